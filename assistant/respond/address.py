"""Questions that name a provision: shown exactly, or searched within when they ask for something in it."""

from assistant import texts
from assistant.answer import Outcome
from assistant.cite import Evidence, quote_portion
from assistant.draft import Draft, Paragraph, abstain, escape
from assistant.respond.passage import Search, choose_passages
from assistant.understand.question import Understood
from corpus.address import Address, Portion, format_section, remove_act_names
from corpus.document import Provision
from corpus.library import Library
from index.text import content_words

_MAX_WORDS = 130
# Words of a question that only asks to see the provision.
_SHOW = frozenset(
    [
        "sier",
        "seier",
        "står",
        "står",
        "vis",
        "vise",
        "forklar",
        "forklare",
        "forklaring",
        "tekst",
        "teksten",
        "ordlyd",
        "ordlyden",
        "paragraf",
        "paragrafen",
        "ledd",
        "bokstav",
        "litra",
        "punktum",
        "lov",
        "loven",
        "lova",
        "forskrift",
        "forskriften",
        "handler",
        "omhandler",
        "gjelder",
        "betyr",
        "tyder",
        "innhold",
        "innholdet",
        "enkelt",
        "vanlig",
        "norsk",
        "kort",
        "sitat",
        "siter",
        "section",
        "say",
        "says",
        "show",
        "explain",
        "enkle",
        "ord",
        "lese",
        "les",
        "kap",
        "kapittel",
        "slå",
        "opp",
    ]
)


def answer_address(question: Understood, library: Library, search: Search) -> Draft | None:
    """Return the provisions that the question names, or that one of them is not there."""
    if not question.mentions:
        return None
    chosen = [next((a for a in m.candidates if a.provision_id in library.known), None) for m in question.mentions]
    missing = [m.candidates[0] for m, a in zip(question.mentions, chosen, strict=True) if a is None]
    found = [a for a in chosen if a is not None]
    if not found:
        return abstain(texts.UNKNOWN_SECTION.format(address=missing[0].format()), _neighbours(missing[0], library))
    if _asks_within(question):
        draft = choose_passages(question, search.within(question, frozenset(a.provision_id for a in found)), library)
        if draft:
            return draft
    paragraphs = [p for address in found[:3] for p in _show(address, library)]
    provisions = [library.find(a.provision_id) for a in found]
    warnings = [texts.UNKNOWN_SECTION.format(address=a.format()) for a in missing]
    lacking = [a for a in found if library.find(a.provision_id).resolve(a.portion) is None]
    warnings += [texts.UNKNOWN_SECTION.format(address=a.format()) for a in lacking]
    warnings += [p.note for p in provisions if p.note]
    first = Paragraph(evidence=paragraphs[0].evidence, text=paragraphs[0].text, is_lead=True)
    return Draft(outcome=Outcome.ANSWERED, paragraphs=(first, *paragraphs[1:]), warnings=tuple(warnings))


def _asks_within(question: Understood) -> bool:
    text = question.text
    for mention in sorted(question.mentions, key=lambda m: -m.start):
        text = text[: mention.start] + text[mention.end :]
    rest = [w for w in content_words(remove_act_names(text)) if w not in _SHOW and not w.isdigit()]
    return len(rest) > 1


def _show(address: Address, library: Library) -> list[Paragraph]:
    """Return the paragraphs that show a provision or the part of it that was named, as much as an answer holds."""
    provision = library.find(address.provision_id)
    portion = provision.resolve(address.portion)
    evidence = quote_portion(provision, portion) if portion is not None else None
    heading = escape(f"{provision.label_of(portion or Portion())}: {provision.heading}.")
    if provision.repealed:
        heading += " " + texts.REPEALED.format(date=provision.repealed.isoformat())
    whole = evidence or quote_portion(provision, Portion())
    shown = _shorten(provision, portion or Portion(), whole) if whole else []
    paragraphs = [Paragraph(text=heading, evidence=tuple(shown[:1]))]
    paragraphs += [Paragraph(evidence=(item,)) for item in shown]
    if whole and shown and shown[-1].end < whole.end:
        paragraphs.append(Paragraph(text=texts.MORE_SUBSECTIONS))
    return paragraphs


def _shorten(provision: Provision, portion: Portion, whole: Evidence) -> list[Evidence]:
    """Return the part in pieces of a ledd each, up to the length of an answer; at least one piece."""
    pieces: list[Evidence] = []
    words = 0
    ledd = dict.fromkeys(
        Portion(s.portion.parts[: max(1, len(portion.parts))])
        for s in provision.segments
        if s.portion.starts_with(portion)
    )
    for part in ledd:
        piece = quote_portion(provision, part) or whole
        length = len(piece.quote.split())
        if pieces and words + length > _MAX_WORDS:
            break
        pieces.append(piece)
        words += length
    return pieces or [whole]


def _neighbours(address: Address, library: Library) -> list[Provision]:
    """Return provisions of the same chapter of the same act."""
    chapter = format_section(address.section).split("-")[0]
    same = [texts_[0] for pid, texts_ in library.provisions.items() if pid.startswith(f"{address.work}/§")]
    near = [p for p in same if format_section(p.provision_id.split("§")[1]).split("-")[0] == chapter]
    return (near or same)[:3]
