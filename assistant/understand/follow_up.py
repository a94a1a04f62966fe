"""A follow-up made to stand alone, from the questions before it."""

import re
from collections.abc import Sequence

from assistant import texts
from assistant.answer import Turn
from assistant.duty.industry import find_industries
from assistant.understand.company import read_bare_number, read_employees
from assistant.understand.orgnr import find_number, without_number
from assistant.understand.stance import is_small_talk
from corpus.glossary import Glossary, Term
from index.text import content_words

_SWAP = re.compile(
    r"^\W*(?:(?:og|men|så|jaha|ok|and|but)\s+)*(?:hva|kva|what|enn)\s+(?:med|about|så\s+med)\s+(?P<rest>.+?)\s*(?:da|så|then)?\W*$|"
    r"^\W*(?:og|enn|and)\s+(?P<short>[\wæøå§ .-]{2,40}?)\s*(?:da|så|då)?\s*\?*\W*$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(?:det|den|dette|denne|de|dei|disse|desse|han|hun|ho|hen|vervet|it|that|this|they|those)\b(?!\s+(?:er|som|å|at|lov|nok|mulig|påbudt)\b)",
    re.IGNORECASE,
)
_LEANS = re.compile(
    r"^\W*(?:og|men|så|and|but)\b|\b(?:det|den|dette|denne|de|dei|dem|disse|desse|da|då|der|han|hun|ho|hen|vervet|i\s+stedet|imens|sånt?|slikt?|it|that|this|them|then|instead)\b",
    re.IGNORECASE,
)
_DOING_IT = re.compile(
    r"\b(?:gjør|gjer|gjøre|gjere|har|hadde|skaffer|følger|følgjer|do|have)\s+(?:det|dette|that|this|it)\b",
    re.IGNORECASE,
)
_WHY = re.compile(r"^\W*(?:hvorfor|kvifor|why|hva\s+mener|forklar|hvordan\s+da)\b", re.IGNORECASE)
# "kan du lage en for oss?": the thing is what was spoken of, and what it belongs to is part of its name.
_MAKE_IT = re.compile(
    r"\b(?:lag|lage|skriv|skrive|sjekk|sjekke|kontrollere|vurdere|make|write|check)\s+(?:meg\s+|oss\s+)?(?:en|ei|ein|et|eit|den|det|denne|dette|one|it)\b(?!\s+[a-zæøå]{4})",
    re.IGNORECASE,
)
_THAT_THING = re.compile(r"\b(?:det|den|dette|denne|dei|de|disse)\s+(?P<noun>[a-zæøå]{4,})\b", re.IGNORECASE)
_PART_ONLY = re.compile(
    r"^\W*(?:(?:og|enn|hva\s+med|kva\s+med|hva\s+sier|kva\s+seier)\s+)*(?P<part>(?:[\wæøå]+\s+ledd|ledd\s+\d+|bokstav\s+\w|nr\.?\s+\d+))\W*$",
    re.IGNORECASE,
)
# "hvem eier 923 609 016?"
_WHO = re.compile(
    r"^\W*(?:hvem|kven|who|hvor|kor|når|hvorfor|kvifor|(?:hva|kva|what)(?!\s+(?:med|about)))\b", re.IGNORECASE
)
_OWN_SUBJECT = 4
# With more content words than this, a pronoun is not all that leans on the talk.
_PRONOUN_ALONE = 2
# Facts about the company, not subjects: a turn that names only these goes on with the question before it.
_BACKGROUND = frozenset(
    {
        "arbeidsgiver",
        "arbeidstaker",
        "ansatt",
        "virksomhet",
        "leder",
        "daglig leder",
        "plikt",
        "deltid",
        "vikar",
        "innleid",
    }
)


def rewrite(asked: str, history: Sequence[Turn], glossary: Glossary) -> str:
    """Return the question in words that stand without the talk.

    Args:
        asked: The latest message.
        history: The turns before it, oldest first.
        glossary: To see which subject a message has.
    """
    previous = ""
    for position, turn in enumerate(history):
        if turn.role == "user" and not is_small_talk(turn.content):
            # Each message stands on the ones before it, so that "og hva med AMU?" is remembered as the question it was.
            standalone = _rewrite_one(turn.content, previous, _last_said(history[:position]), glossary)
            previous = standalone if not previous or _subjects(standalone, glossary) else previous
    return _rewrite_one(asked, previous, _last_said(history), glossary)


def _last_said(history: Sequence[Turn]) -> str:
    return next((turn.content for turn in reversed(history) if turn.role == "assistant"), "")


def _rewrite_one(asked: str, previous: str, last_said: str, glossary: Glossary) -> str:
    """Return one message made to stand alone.

    Args:
        asked: The message.
        previous: The question before it that had a subject, standing alone; "" for none.
        last_said: What the assistant said last.
        glossary: To see which subject a message has.
    """
    if is_small_talk(asked):
        return asked
    if not previous or previous.strip().lower() == asked.strip().lower():
        return _with_question(asked, glossary)
    opening = previous.rstrip(" ?.!")
    if any(question in last_said for question in texts.QUESTIONS_BACK) and _is_reply(asked, last_said, glossary):
        number = read_bare_number(asked) if texts.ASK_EMPLOYEES in last_said else None
        return f"{opening}? Vi er {number} ansatte." if number is not None else f"{opening}? {asked}"
    if ((part := _PART_ONLY.match(asked)) and "§" in previous) or (part and re.search(r"\d-\d", previous)):
        return f"{_without_part(opening)} {part['part']}"
    if match := _SWAP.match(asked):
        swapped = _swap_subject(previous, match["rest"] or match["short"], glossary)
        if swapped:
            return swapped
    if named := _name_what_is_meant(asked, previous, glossary):
        return named
    if (_WHY.match(asked) and len(content_words(asked)) <= 1) or (
        _MAKE_IT.search(asked) and not _subjects(asked, glossary)
    ):
        return f"{opening}? {asked}"
    return _lend_subject(asked, previous, glossary)


def _with_question(asked: str, glossary: Glossary) -> str:
    """Return "sjekk 923 609 016" with the question that a company's number alone can only be meant as."""
    if not find_number(asked) or _WHO.match(asked) or _subjects(asked, glossary):
        return asked
    is_alone = len(content_words(without_number(asked))) <= _OWN_SUBJECT
    return f"{texts.DUTY_QUESTION} {asked}" if is_alone else asked


def _lend_subject(asked: str, previous: str, glossary: Glossary) -> str:
    """Return the message with the subject of the talk put in for its pronoun, or behind it; unchanged when it has its own."""
    own, words = _subjects(asked, glossary), content_words(asked)
    subjects = _subjects(previous, glossary)
    lent = next(
        (term for term in _in_order(subjects, previous) if term not in own and not find_industries(term.term)), None
    )
    # "må bht være med?": BHT is in it, but what the talk was about is not.
    bare = (
        len([w for w in words if not any(w in form for t in own for form in (t.term, *t.forms, *t.abbreviations))]) == 0
    )
    leans = (not own and (bool(_LEANS.search(asked)) or len(words) <= _OWN_SUBJECT)) or (
        bare and len(own) == 1 and bool(_LEANS.search(asked) or re.search(r"\bmed\W*$", asked.lower()))
    )
    if not leans:
        return asked
    if lent is None or read_employees(asked) is not None or len(words) > _PRONOUN_ALONE:
        # With so much said, a pronoun may stand for anything: the whole question before it goes along.
        return f"{previous.rstrip(' ?.!')}? {asked}"
    shortened = lent.abbreviations[0] if lent.abbreviations else ""
    used = shortened and re.search(rf"(?<!\w){re.escape(shortened)}(?!\w)", previous, re.IGNORECASE)
    name = shortened if used else lent.term
    acting = _DOING_IT.sub(f"har {name}", asked)
    replaced = acting if acting != asked else _PRONOUN.sub(name, asked, count=1) if not own else asked
    return replaced if replaced != asked else f"{asked.rstrip(' ?.!')} ({name})?"


def _in_order(terms: list[Term], text: str) -> list[Term]:
    """Return the terms in the order in which the text names them."""
    folded = text.lower()

    def place(term: Term) -> int:
        found = (folded.find(form.lower()) for form in (term.term, *term.forms, *term.abbreviations))
        return min((position for position in found if position >= 0), default=len(folded))

    return sorted(terms, key=place)


def _name_what_is_meant(asked: str, previous: str, glossary: Glossary) -> str | None:
    """Return the message with "det møtet" replaced by the "dialogmøte" that was spoken of; None when nothing fits."""
    for match in _THAT_THING.finditer(asked):
        noun = re.sub(r"(?:et|en|a|ene|ane)$", "", match["noun"].lower())
        for term in _subjects(previous, glossary) if len(noun) > 2 else ():
            if any(
                form.endswith(noun) or form.endswith(f"{noun}e") for form in (term.term, *term.forms) if form != noun
            ):
                return f"{asked[: match.start()]}{term.term}{asked[match.end() :]}"
    return None


def _subjects(text: str, glossary: Glossary) -> list[Term]:
    return [term for term in glossary.find(text) if term.term not in _BACKGROUND]


def _is_reply(asked: str, last_said: str, glossary: Glossary) -> bool:
    """Return whether the message answers a question about the company rather than asking a new one."""
    if "?" in asked and _subjects(asked, glossary):
        return False
    if find_industries(asked) or read_employees(asked) is not None:
        return True
    if texts.ASK_EMPLOYEES in last_said and read_bare_number(asked) is not None:
        return True
    is_figure = any(character.isdigit() for character in asked) and len(content_words(asked)) <= _OWN_SUBJECT
    if is_figure and any(question in last_said for question in texts.QUESTIONS_FOR_FIGURES):
        return True
    return "?" not in asked and len(content_words(asked)) <= 2 * _OWN_SUBJECT and not _asks_something(asked)


def _asks_something(asked: str) -> bool:
    return bool(
        re.match(
            r"\W*(?:hva|hvem|hvor|hvordan|hvorfor|når|kva|kven|korleis|takk|tusen\s+takk|ok)\b", asked, re.IGNORECASE
        )
    )


def _without_part(question: str) -> str:
    """Return an earlier question about a provision without the ledd or letter it named."""
    return re.sub(r"\s+(?:[\wæøå]+\s+ledd|ledd\s+\d+|bokstav\s+\w|nr\.?\s+\d+)\b.*$", "", question, flags=re.IGNORECASE)


def _swap_subject(previous: str, subject: str, glossary: Glossary) -> str | None:
    """Return the earlier question with its subject replaced: "når må vi ha verneombud" + "AMU"."""
    if not _subjects(subject, glossary):
        return None
    previous = without_number(previous).replace("? ?", "?")  # the company's number is kept by the talk
    subjects = [term for term in _subjects(previous, glossary) if not find_industries(term.term)]
    forms = [form for term in subjects for form in (term.term, *term.abbreviations, *term.forms)]
    # What a company does is no subject, whatever term it is a form of: "vi driver restaurant" stays.
    for form in sorted((form for form in forms if not find_industries(form)), key=len, reverse=True):
        pattern = re.compile(rf"(?<![\wæøå]){re.escape(form)}(?:e?t|e?n|a|e?ne)?(?![\wæøå])", re.IGNORECASE)
        if pattern.search(previous):
            return pattern.sub(subject.strip(" ?"), previous, count=1)
    return None
