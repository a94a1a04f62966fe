"""What may follow when the employer does not do what the law demands: order, coercive fine, halt, fine and punishment, in their own words."""

import re

from assistant import texts
from assistant.answer import Outcome
from assistant.cite import Evidence, first_sentences, quote_portion
from assistant.draft import Draft, Paragraph
from assistant.understand.question import Understood
from corpus.address import Portion
from corpus.library import Library

_EMPLOYER = r"(?:vi|me|jeg|eg|man|bedrift(?:en|a)|firmaet|virksomheten|verksemda|selskapet|sjefen|arbeidsgiver(?:en)?|arbeidsgjevar(?:en)?|we|i|the\s+(?:company|employer|boss))"
_DOES = r"(?:ha|har|følge[r]?|følgjer|gjør|gjer|gjøre|lager|lagar|lage|hold(?:er)?|held|oppfyll(?:er)?|oppfylle|gjennomfører|melder|melde|varsler|vurderer|bryr|tar|tek|have|has|follow|do|comply)"
_FAILS = rf"(?:(?:ikke|ikkje|not|don't|doesn't)\s+{_DOES}|uten|utan|dropper|droppar|bryter|bryt|mangler|manglar|gir\s+blaffen|blåser|lar\s+være)"
_WHEN = r"(?:hvis|viss|om|dersom|når|if|when)"
_ASKS = re.compile(
    rf"\b(?:hva|kva|ka|ke|what)\s+(?:skjer|hender|happens|risikerer|kan\s+skje|kan\s+hende)\b.*?\b{_WHEN}\s+(?:{_EMPLOYER}|han|hun)\s+(?:\w+\s+){{0,2}}?{_FAILS}\b"
    rf"|\b(?:konsekvens\w*|consequences?|sanksjon\w*)\b.*?\b(?:{_WHEN}|av|for|of|å)\s+(?:{_EMPLOYER}\s+)?(?:å\s+)?(?:\w+\s+){{0,2}}?{_FAILS}\b"
)
_EMPLOYEE = re.compile(
    r"\b(?:en|ein|den|an)\s+(?:ansatt|tilsett|arbeidstak\w+|employee)|\b(?:ansatte|tilsette|arbeidstakerne)\b"
)
# What is broken must be a duty that the question names; a longer story is about more than that.
_LAW = re.compile(r"\b(?:lov\w*|regl\w*|hms\w*|arbeidsmiljø\w*|the\s+law)\b")
_MOST_WORDS = 16
_ACT = "lov/2005-06-17-62"
# Paragraph, ledd, and how many of its sentences say it.
_MEANS = (("18-6", 2, 1), ("18-7", 1, 1), ("18-8", 1, 1), ("18-10", 1, 3), ("19-1", 1, 2))


def answer_consequence(question: Understood, library: Library) -> Draft | None:
    """Return what the Labour Inspection Authority and the courts may do, when that is asked of a duty not done.

    Args:
        question: What was asked.
        library: Has the provisions.
    """
    if question.mentions or len(question.text.split()) > _MOST_WORDS or not _ASKS.search(question.folded):
        return None
    # The glossary knows words for the means themselves; what is not done must be named beside them.
    duties = [term for term in question.terms if not any("§ 18-" in place for place in term.provisions)]
    if _EMPLOYEE.search(question.folded) or not (duties or _LAW.search(question.folded)):
        return None
    means = [item for name, ledd, most in _MEANS if (item := _quote(name, ledd, most, library))]
    scope = _quote("18-6", 1, 2, library)
    if scope is None or len(means) < len(_MEANS):
        return None  # a corpus without the rules has nothing to say of them
    lead = Paragraph(text=texts.CONSEQUENCES, evidence=(scope, *means[:-1]), is_lead=True)
    return Draft(
        outcome=Outcome.ANSWERED,
        paragraphs=(lead, *(Paragraph(evidence=(item,)) for item in means)),
        next_step=library.next_step(scope.provision.provision_id, scope.portion),
    )


def _quote(name: str, ledd: int, most: int, library: Library) -> Evidence | None:
    provision_id = f"{_ACT}/§{name}"
    if provision_id not in library.known:
        return None
    evidence = quote_portion(library.working_text(provision_id), Portion.parse(f"ledd/{ledd}"))
    return first_sentences(evidence, most) if evidence else None
