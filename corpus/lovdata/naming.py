"""What provisions are called: ids and labels of articles, sections and commentary, and which sections are commentary."""

import re

from corpus.address import Address, format_section, normalise_section
from corpus.errors import AddressError

# Official commentary stands in the regulation's own file, behind the last §.
_COMMENTARY = re.compile(
    r"(?:[IVX]+\.|[A-Z]\.|Del \d+\s*[.–]?|\d+\.)?\s*(?:(?:generelle|utfyllende|forklarende|spesielle)\s+)?"
    r"(?:kommentar|merknad|veiledning|rettleiing|vegleiing|veiledende materiale)\w*\s+(?:til|fra)\b.*",
    re.IGNORECASE,
)
_BARE_COMMENTARY = re.compile(
    r"(?:kommentar|merknad|veiledning)(?:er|ene)?[.:]?|til (?:§|kapittel|vedlegg)+.*", re.IGNORECASE
)
_EXPLAINS = re.compile(r"\b[Tt]il\s+(?:forskriften\s+)?§+\s*(.*)")
_SECTION_NUMBER = re.compile(r"\d+(?:\s?[A-Za-z](?![\w.]))?(?:-\d+(?:\s?[a-z](?![\w.]))?)*")
_TITLE = re.compile(
    r"(?P<kind>kapittel|kapitel|kap\.|del|avsnitt|vedlegg|annex|bilag|tillegg|underkapittel|innledning)"
    r"\s*(?P<number>\d+(?:-\d+)*(?:\s?[A-Za-z])?|[IVXLC]+(?:\s?[A-Za-z])?|[A-ZÆØÅ])?(?=[\s.:–-]|$)",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"[IVXLC]+\s?[A-Za-z]?")
_TITLE_LENGTH = 60
_SLUG = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "é": "e", "ö": "o", "ä": "a"})


def is_commentary(heading: str, is_named: bool, is_outermost: bool) -> bool:
    """Return whether a section without §§ is commentary on the act, by its heading.

    Args:
        heading: The heading of the section.
        is_named: Whether Lovdata gives the section a name of its own, as it does the chapters of the act.
        is_outermost: Whether it lies in no other section.
    """
    if _COMMENTARY.fullmatch(heading):
        return True
    return not is_named and bool(_BARE_COMMENTARY.fullmatch(heading)) and (is_outermost or heading[:3].lower() == "til")


def explained(work: str, heading: str) -> tuple[Address, ...]:
    """Return the §§ of the act that a commentary is about, by its heading: "Til §§ 13 og 14", "Merknader til § 5-1 Krav"."""
    match = _EXPLAINS.search(heading)
    if not match:
        return ()
    found: list[Address] = []
    end = 0
    for number in _SECTION_NUMBER.finditer(match[1]):
        if not re.fullmatch(r"\s*(?:,|og|til|–|§|\s)*\s*", match[1][end : number.start()]):
            break
        end = number.end()
        try:
            found.append(Address(work, normalise_section(number[0])))
        except AddressError:
            break
    return tuple(found)


def slug(heading: str, addresses: tuple[Address, ...]) -> str:
    """Return the name of a commentary in its id: "til-5", or else the heading's first words."""
    if addresses:
        return f"til-{addresses[0].section.lower()}"
    words = re.findall(r"[a-z0-9]+", heading.lower().translate(_SLUG))
    return "-".join(words[:8]) or "kommentar"


def commentary_label(name: str, heading: str, addresses: tuple[Address, ...]) -> str:
    """Return how a commentary is cited."""
    if addresses:
        return f"kommentar til {name} § {format_section(addresses[0].section)}"
    return f"kommentarer til {name}: {_shorten(heading)}" if heading else f"kommentarer til {name}"


def article_tail(name: str, value: str) -> str:
    """Return what follows the work in an article's id: "§18-10a" of "§18-10a", "gdpr/a6" as it is.

    A § keeps its own form of the number, so that what people write leads to it; see `normalise_section`.
    """
    number = name[1:] if name.startswith("§") else name if value.startswith("§") else ""
    try:
        return f"§{normalise_section(number)}"
    except AddressError:
        return name


def article_label(name: str, tail: str, value: str) -> str:
    """Return how an article is cited: "arbeidsmiljøloven § 18-10 a", "personopplysningsloven (GDPR) artikkel 6"."""
    if tail.startswith("§") and not tail.startswith("§§"):
        section = tail[1:].partition("~")[0]
        shown = value.removeprefix("§").replace("\xa0", " ").strip()
        try:
            shown = shown if normalise_section(shown) == section else format_section(section)
        except AddressError:
            shown = format_section(section)
        label = f"{name} § {shown}"
    else:
        convention = tail.rpartition("/")[0].upper()
        shown = value.replace("\xa0", " ").strip(" .") or tail.rpartition("/")[2]
        label = f"{name} ({convention}) {_lower(shown)}" if convention else f"{name} {_lower(shown)}"
    number = tail.rpartition("~")[2] if "~" in tail else ""
    return f"{label} (forekomst {number})" if number else label


def section_label(name: str, heading: str, tail: str) -> str:
    """Return how a section's own text is cited: "forskriften kapittel 8", "forskriften vedlegg I"."""
    number = tail.rpartition("~")[2] if "~" in tail else ""
    if match := _TITLE.match(heading):
        shown = " ".join(part for part in (match["kind"].lower(), match["number"]) if part)
        label = f"{name} {shown}"
    elif _ROMAN.fullmatch(heading.strip(" .")):
        label = f"{name} {heading.strip(' .')}"
    else:
        label = f"{name}: {_shorten(heading)}" if heading else name
    return f"{label} (forekomst {number})" if number else label


def _shorten(heading: str) -> str:
    heading = " ".join(heading.split())
    if len(heading) <= _TITLE_LENGTH:
        return heading
    return heading[:_TITLE_LENGTH].rpartition(" ")[0].rstrip(" ,.;:–-") + " …"


def _lower(text: str) -> str:
    """Return the text as it stands within a sentence."""
    text = " ".join(text.split())
    return text[0].lower() + text[1:] if text[1:2].islower() else text
