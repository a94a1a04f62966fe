"""Questions that name a provision: shown exactly, or searched within when they ask for something in it."""

from dataclasses import replace

from assistant import texts
from assistant.answer import Outcome
from assistant.cite import Evidence, first_sentences, quote_portion
from assistant.compose import escape
from assistant.draft import Draft, Paragraph, abstain
from assistant.respond.passage import Search, choose_passages
from assistant.understand.question import Understood
from corpus.address import Address, Portion, format_section, remove_act_names
from corpus.document import DATE_UNKNOWN, Kind, Provision
from corpus.library import Library
from corpus.merge import Standing, matching_span
from index.text import content_words

_MAX_WORDS = 130
_LONG_PLAIN = 40
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
    provisions = [search.text(a.provision_id) for a in found]
    empty = [provision for provision in provisions if not provision.text.strip()]
    if len(empty) == len(found):
        return abstain(" ".join(map(_without_text, empty)), _neighbours(found[0], library))
    if _asks_within(question):
        draft = choose_passages(question, search.within(question, frozenset(a.provision_id for a in found)), library)
        if draft:
            return draft
    paragraphs = [p for address in found[:3] for p in _show(address, library, search)]
    warnings = [texts.UNKNOWN_SECTION.format(address=a.format()) for a in missing]
    lacking = [a for a, p in zip(found, provisions, strict=True) if p.resolve(a.portion) is None]
    warnings += [texts.UNKNOWN_SECTION.format(address=a.format()) for a in lacking]
    warnings += [p.note for p in provisions if p.note]
    first = replace(paragraphs[0], is_lead=True)
    return Draft(outcome=Outcome.ANSWERED, paragraphs=(first, *paragraphs[1:]), warnings=tuple(warnings))


def _without_text(provision: Provision) -> str:
    """Return what is to be said of a provision that the source has only the number of."""
    label = provision.label_of(Portion())
    if provision.repealed in (None, DATE_UNKNOWN):
        return texts.NO_TEXT.format(label=label, heading=provision.heading or "uten tekst")
    return f"{label}: {texts.REPEALED.format(date=provision.repealed)}"


def _asks_within(question: Understood) -> bool:
    text = question.text
    for mention in sorted(question.mentions, key=lambda m: -m.start):
        text = text[: mention.start] + text[mention.end :]
    rest = [w for w in content_words(remove_act_names(text)) if w not in _SHOW and not w.isdigit()]
    return len(rest) > 1


def _show(address: Address, library: Library, search: Search) -> list[Paragraph]:
    """Return the paragraphs that show a provision or the part of it that was named, as much as an answer holds."""
    provision = search.text(address.provision_id)
    portion = provision.resolve(address.portion)
    evidence = quote_portion(provision, portion) if portion is not None else None
    heading = escape(f"{provision.label_of(portion or Portion())}: {provision.heading}.")
    if provision.repealed == DATE_UNKNOWN:
        heading += " " + texts.REPEALED_SOME_DAY
    elif provision.repealed:
        status = texts.REPEALED if provision.is_repealed(search.day) else texts.ENDS_LATER
        heading += " " + status.format(date=provision.repealed.isoformat())
    whole = evidence or quote_portion(provision, Portion())
    shown = _shorten(provision, portion or Portion(), whole) if whole else []
    paragraphs = [Paragraph(text=heading, evidence=tuple(shown[:1]), is_verbatim=True)]
    paragraphs += [Paragraph(evidence=(item,), is_verbatim=True) for item in shown]
    if whole and shown and shown[-1].end < whole.end:
        paragraphs.append(Paragraph(text=texts.MORE_SUBSECTIONS))
    return paragraphs if search.as_of else [*paragraphs, *_plainly(provision, shown, library)]


def _plainly(provision: Provision, shown: list[Evidence], library: Library) -> list[Paragraph]:
    """Return our plain version of the official parts that are shown, none where we have none that holds."""
    if provision.kind is not Kind.OFFICIAL or library.standing(provision.provision_id) is not Standing.MATCHES:
        return []
    restatement = library.find(provision.provision_id, Kind.RESTATEMENT)
    spans = [matching_span(provision, e.start, e.end, restatement) for e in shown]
    plain = [Evidence(provision=restatement, start=s[0], end=s[1], portion=s[2]) for s in spans if s]
    cut = [first_sentences(item, 2) if len(item.quote.split()) > _LONG_PLAIN else item for item in plain]
    return [Paragraph(evidence=tuple(plain), shown=tuple(cut), prefix=texts.PLAINLY, is_verbatim=True)] if plain else []


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
    same = sorted(pid for pid in library.known if pid.startswith(f"{address.work}/§"))
    near = [pid for pid in same if format_section(pid.split("§")[1]).split("-")[0] == chapter]
    return [library.find(pid) for pid in (near or same)[:3]]
