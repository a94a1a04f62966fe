"""The law's address as a value: parsed from what people write, formatted the way lawyers cite.

`lov/2005-06-17-62/§3-3` is a provision (§); the ledd, letter, number or table row within it is a `Portion`
("ledd/2/bokstav/e"). Parsing and formatting round-trip.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from corpus.act_names import act_pattern, acts_by_id, all_acts, find_more_acts
from corpus.errors import AddressError
from corpus.patterns import fold_case
from corpus.portion import ORDINAL_NUMBERS, PART_WORDS, WHOLE
from corpus.portion import ORDINALS as ORDINALS
from corpus.portion import Portion as Portion
from corpus.portion import format_section as format_section
from corpus.portion import normalise_section as normalise_section

# What belongs to an address stands near it. Without bounds, a page full of numbers takes time in the square of its length.
_REACH = 100
_MAX_PARTS = 30


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """A provision of an act, and the part of it that is meant. `section` has no spaces: "2A-6", "18-10a"."""

    work: str
    section: str
    portion: Portion = WHOLE

    @classmethod
    def from_id(cls, provision_id: str, portion: Portion = WHOLE) -> "Address":
        """Return the address of the provision with the id, of a part of it when one is given.

        Raises:
            AddressError: The id is not that of a §.
        """
        work, sign, section = provision_id.partition("/§")
        if not (work and sign and section):
            raise AddressError(f"Ikke en paragraf: «{provision_id}»")
        return cls(work, section, portion)

    @property
    def provision_id(self) -> str:
        """Identity of the provision: `lov/2005-06-17-62/§3-3`."""
        return f"{self.work}/§{self.section}"

    def format(self) -> str:
        """Return the citation with the act's name: "arbeidsmiljøloven § 2 A-6 første ledd"."""
        act = acts_by_id().get(self.work)
        name = act.name if act else self.work
        return f"{name} § {format_section(self.section)} {self.portion.format()}".strip()


@dataclass(frozen=True, slots=True)
class Mention:
    """An address found in running text. `candidates` is in order of likelihood; `named` says that the act was named."""

    start: int
    end: int
    candidates: tuple[Address, ...]
    named: bool


# Ignoring case, "K" would match the Kelvin sign too; (?a:...) keeps to our own letters.
_SECTION = re.compile(
    r"(?P<sign>/?(?<!§)§+\s*|\bparagraf(?:en)?\s+|\bpgf\.?\s*|\bsection\s+)?"
    r"(?P<section>(?<![\d.,-])\d{1,2}\s?(?a:[A-Za-z])?\s?[-–‑]\s?\d{1,2}(?:\s?(?a:[a-z])(?![\w.]))?"
    r"|(?<![\d.,-])\d{1,3}(?:\s?(?a:[a-z])(?![\w.]))?)"
    r"(?![\d]|[.,]\d)",
    re.IGNORECASE,
)
_ACT_WORD_BEFORE = re.compile(r"(?:lov(?:en|a)?|forskrift(?:en|a)?)\s*$", re.IGNORECASE)
_ACT_WORD_AFTER = re.compile(r"\s*(?:(?:i|in|etter)\s+)?[\wæøå-]+(?:lov(?:en|a)|forskrift(?:en|a))\b", re.IGNORECASE)
_LISTED = re.compile(r"\s*(?:,|og|and|eller|til|–|-)\s*(?:§+\s*)?")
_RIGHT_BEFORE = re.compile(r"[\s,.()/:]*(?:kap\w*\.?\s*)?")
_WORD_BEHIND = re.compile(r"\s+\w")
_ORDINAL_WORDS = "|".join(sorted(ORDINAL_NUMBERS, key=len, reverse=True))
_PARTS = re.compile(
    rf"(?P<between>[\s,/]*)(?:(?P<ordinal>{_ORDINAL_WORDS}|\d{{1,3}}\.?)\s*(?:ledd|paragraph|subsection)|ledd[\s/](?P<ledd>\d{{1,3}}[a-z]?)\b"
    r"|(?:bokstav|bokst\.?|litra|letter)[\s/]*(?P<letter>(?P<repeated>[a-zæøå])(?P=repeated){0,2})\b"
    r"|(?:nr\.?|nummer|punkt|pkt\.?)[\s/]*(?P<item>\d{1,3}(?:\.\d+)*(?:[a-z]\b)?|[a-zæøå]{1,4}[.-]?\d+(?:\.\d+)*|[ivx]{2,6}\b|[ivx]\b(?=\s*(?:$|[,.;:?)]|\(forek|bokstav|strekp|nr\.|rad\b)))"
    r"|(?:strek/|strekpunkt\s+)(?P<dash>\d+)|(?:rad/|næringskode\s+)(?P<row>\d[\d.]*)"
    r"|rad\s+(?P<line>(?=\S*\d)[\w.,+§-]*\w)|\((?P<bracket>\d{1,2})\))(?:\s\(forekomst\s(?P<number>\d+)\))?",
    re.IGNORECASE,
)
_PART_KINDS = {"ledd": "ledd", "letter": "bokstav", "item": "nr", "dash": "strek", "row": "rad", "line": "tabellrad", "bracket": "ledd"}  # fmt: skip
_PATH = re.compile(rf"(?:/(?:{'|'.join(PART_WORDS)})/(?:[^\s/,;?!)]|,(?=\d)){{1,100}}){{1,12}}")
# What may follow the number that _SECTION finds: more levels ("-3"), more letters ("cb"), or which of several with that number.
_LEVELS_BEHIND = re.compile(r"(?:[-–‑]\d{1,3}(?:\s?(?a:[a-z])(?!\w))?){1,2}(?![\d-])", re.IGNORECASE)
_LETTERS_BEHIND = re.compile(r"\s?((?a:[a-z]){2,3})(?!\w)", re.IGNORECASE)
_NUMBER_BEHIND = re.compile(r"~(\d+)|\s\(forekomst\s(\d+)\)")


def find_addresses(
    text: str, known: frozenset[str] = frozenset(), more_acts: Mapping[str, str] = MappingProxyType({})
) -> Iterator[Mention]:
    """Yield the addresses in running text, in order.

    A number counts as an address when it has a § sign, follows another address in a list, has its act named beside it, or
    is followed by a ledd or letter; a bare "10-30" is a range of numbers. Without a named act, the acts that have such a
    section are candidates.

    Args:
        text: What somebody wrote.
        known: Provision ids that exist; they settle which act is meant and whether "§ 13-2 e" is a section or a letter.
        more_acts: Works by what further acts are called, in lower case, beside those of sources.toml.
    """
    pattern, works = act_pattern()
    names = [(m.start(), m.end(), m["work"] or works[fold_case(m["name"])]) for m in pattern.finditer(text)]
    if more_acts:
        names = sorted([*names, *find_more_acts(text, more_acts, names)])
    begins, ends = len(text) - len(text.lstrip(" ?")), len(text.rstrip(" ?."))
    last: Mention | None = None
    for match in _SECTION.finditer(text):
        start = match.start("section")
        if (last and start < last.end) or _is_within(start, names):
            continue
        listed = last is not None and start - last.end < _REACH and _LISTED.fullmatch(text[last.end : start])
        try:
            behind = _read_parts(text, match, known, None)[2]
        except AddressError:  # a letter that only looks like one of ours
            continue
        named = _nearest_act(text, names, match.start(), match.end(), behind)
        if named is None and listed and last and last.named:
            named = last.candidates[0].work
        if named is None and (
            _ACT_WORD_BEFORE.search(text[max(0, match.start() - _REACH) : match.start()])
            or _ACT_WORD_AFTER.match(text[match.end() : match.end() + _REACH])
        ):
            continue  # of an act that we do not know: never taken from another
        dashed = bool(re.search(r"[-–‑]", match["section"]))
        section, portion, end = _read_parts(text, match, known, named)
        alone = start <= begins and end >= ends
        if not (match["sign"] or listed or (dashed and (named or portion.parts or alone))):
            continue
        order = [named] if named else [a.work for a in all_acts() if f"{a.work}/§{section}" in known]
        if order:
            last = Mention(match.start(), end, tuple(Address(w, section, portion) for w in order), named is not None)
            yield last


def _nearest_act(text: str, names: list[tuple[int, int, str]], start: int, end: int, behind: int) -> str | None:
    """Return the act named right before the section (a few small words may stand between) or right after its parts.

    Args:
        text: What somebody wrote.
        names: The acts named, with where they stand.
        start: Where the section begins, its sign included.
        end: Where the number ends.
        behind: Where the ledd or letter written behind it ends.
    """
    count = bisect_right(names, start, key=lambda name: name[1])
    _, before, earlier = names[count - 1] if count else (0, 0, None)
    if earlier and start - before < _REACH and _RIGHT_BEFORE.fullmatch(text[before:start]):
        return earlier
    gap = (
        r"[^.?!]{0,40}?\b(?:i|in|of|etter)\s+(?:the\s+)?"
        if "§" in text[start:end]
        else r"\s*(?:i|in|of|etter)\s+(?:the\s+)?"
    )
    for position in range(bisect_left(names, end, key=lambda name: name[0]), len(names)):
        s, _, work = names[position]
        if s > behind + _REACH:
            break
        if any(re.fullmatch(rf"\s+|{gap}", text[e:s]) for e in (end, behind)):
            return work
    return earlier if "§" in text[start:end] else None


def _is_within(start: int, names: list[tuple[int, int, str]]) -> bool:
    """Return whether a character is one of the name of an act."""
    position = bisect_right(names, start, key=lambda name: name[0]) - 1
    return position >= 0 and start < names[position][1]


def _read_parts(text: str, match: re.Match[str], known: frozenset[str], work: str | None) -> tuple[str, Portion, int]:
    """Return the section, the ledd, letter or number written behind it, and where the address ends."""
    written, end, found = match["section"], match.end(), list[tuple[str, str]]()
    section, extended = _read_more(text, normalise_section(written), end, known, work)
    trailing = re.search(r"(?<=\d)(\s?)([a-zA-Z])$", written)
    if extended > end:
        end = extended
    elif trailing and not _is_known(section, known, work):
        # "§ 13-2 e" is letter e of § 13-2 unless there is a § 13-2 e; in "§ 3-3 i loven" the i is a word.
        base_is_known = _is_known(section[:-1], known, work)
        section, end = (section[:-1], end - len(trailing[0])) if base_is_known else (section, end)
        if base_is_known and not (trailing[2] == "i" and _WORD_BEHIND.match(text, match.end())):
            found, end = [("bokstav", trailing[2].lower())], match.end()
    if path := _PATH.match(text, end):
        shown = path[0].rstrip(".:")
        return section, Portion.parse(shown[1:].lower()), end + len(shown)
    for _ in range(_MAX_PARTS):
        if not (part := _PARTS.match(text, end)):
            break
        kind, name = _part(part)
        if kind:
            _put(found, kind, name, listed="," in part["between"])
        end = part.end()
    return section, Portion(tuple(sorted(found, key=lambda p: p[0] != "ledd"))), end


def _part(match: re.Match[str]) -> tuple[str, str]:
    """Return kind and name of a part; no kind for a ledd 0."""
    number = f"~{match['number']}" if match["number"] else ""
    if ordinal := match["ordinal"]:
        place = ORDINAL_NUMBERS.get(fold_case(ordinal))
        place = place if place is not None else int(ordinal.rstrip("."))
        return ("ledd", f"{place}{number}") if place else ("", "")
    return next((kind, match[group].lower() + number) for group, kind in _PART_KINDS.items() if match[group])


def _put(found: list[tuple[str, str]], kind: str, name: str, *, listed: bool) -> None:
    """Add a part to those found: below the last, or instead of one of its kind when they are listed ("bokstav a, bokstav b")."""
    same = next((i for i, part in enumerate(found) if part[0] == kind), None)
    if same is not None and (listed or kind == "ledd"):
        found[same:] = [(kind, name)] if listed else [(kind, name), *found[same + 1 :]]
    else:
        found.append((kind, name))


def _read_more(text: str, section: str, end: int, known: frozenset[str], work: str | None) -> tuple[str, int]:
    """Return the section and its end with what else belongs to the number: "1-1-3", "8 cb", "6-2 (forekomst 2)"."""
    if (more := _LEVELS_BEHIND.match(text, end)) and _is_known(normalise_section(section + more[0]), known, work):
        section, end = normalise_section(section + more[0]), more.end()
    elif known and section[-1].isdigit() and (more := _LETTERS_BEHIND.match(text, end)):
        longer = section + more[1].lower()
        section, end = (longer, more.end()) if _is_known(longer, known, work) else (section, end)
    if number := _NUMBER_BEHIND.match(text, end):
        section, end = f"{section}~{number[1] or number[2]}", number.end()
    return section, end


def _is_known(section: str, known: frozenset[str], work: str | None) -> bool:
    if not known:
        return True
    return f"{work}/§{section}" in known if work else section in _sections_of_acts(known)


@lru_cache(maxsize=4)
def _sections_of_acts(known: frozenset[str]) -> frozenset[str]:
    """Return the numbers of the sections that any act with a name has."""
    split = (provision_id.split("/§", 1) for provision_id in known if "/§" in provision_id)
    return frozenset(section for work, section in split if work in acts_by_id())


def remove_act_names(text: str) -> str:
    """Return the text without the names of acts."""
    return act_pattern()[0].sub(" ", text)


def parse_address(
    text: str, known: frozenset[str] = frozenset(), more_acts: Mapping[str, str] = MappingProxyType({})
) -> Address:
    """Return the one address that the text is, the likeliest when the act is not named.

    Raises:
        AddressError: There is no address in the text.
    """
    for mention in find_addresses(text, known, more_acts):
        return mention.candidates[0]
    raise AddressError(
        f"Fant ingen paragrafadresse i «{text}». Skriv for eksempel «aml § 3-3» eller «OLM § 13-2 bokstav e»."
    )
