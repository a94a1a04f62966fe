"""The law's address as a value: parsed from what people write, formatted the way lawyers cite.

`lov/2005-06-17-62/§3-3` is a provision (§); the ledd, letter, number or table row within it is a `Portion`
("ledd/2/bokstav/e"). Parsing and formatting round-trip.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.errors import AddressError

ORDINALS = ("første", "andre", "tredje", "fjerde", "femte", "sjette", "sjuende", "åttende", "niende", "tiende", "ellevte", "tolvte")  # fmt: skip
_ORDINAL_NUMBERS = {word: n for n, word in enumerate(ORDINALS, 1)} | {
    "fyrste": 1, "annet": 2, "anna": 2, "andra": 2, "syvende": 7, "sjuande": 7, "åttande": 8, "niande": 9,
    "tiande": 10, "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6,
}  # fmt: skip
_EVERYDAY_WORDS = frozenset({"bil", "ren", "akt"})
# How a kind of part is written, in citation order.
_PART_WORDS = {"ledd": "ledd", "bokstav": "bokstav", "nr": "nr.", "strek": "strekpunkt", "rad": "næringskode"}


@dataclass(frozen=True, slots=True, order=True)
class Portion:
    """A part of a provision as pairs of kind and name: ("ledd", "2"), ("bokstav", "e"). Empty: the whole §."""

    parts: tuple[tuple[str, str], ...] = ()

    @classmethod
    def parse(cls, text: str) -> "Portion":
        """Return the portion written as a path, such as "ledd/2/bokstav/e"; "" is the whole provision.

        Raises:
            AddressError: The path is not made of known kinds with a name each.
        """
        if not text:
            return cls()
        pieces = text.split("/")
        pairs = tuple(zip(pieces[::2], pieces[1::2], strict=False))
        if len(pieces) % 2 or any(kind not in _PART_WORDS or not name for kind, name in pairs):
            raise AddressError(f"Ikke en del av en paragraf: «{text}»")
        return cls(pairs)

    @property
    def path(self) -> str:
        """The portion as a path; `parse` reads it back."""
        return "/".join(f"{kind}/{name}" for kind, name in self.parts)

    def starts_with(self, other: "Portion") -> bool:
        """Return whether this part lies in the other one (or is it)."""
        return self.parts[: len(other.parts)] == other.parts

    def child(self, kind: str, name: str) -> "Portion":
        """Return the part below this one."""
        return Portion((*self.parts, (kind, name)))

    def format(self) -> str:
        """Return how the part is cited: "andre ledd bokstav e"."""
        words = []
        for kind, name in self.parts:
            if kind == "ledd":
                number = int(name)
                words.append(f"{ORDINALS[number - 1]} ledd" if number <= len(ORDINALS) else f"{number}. ledd")
            else:
                words.append(f"{_PART_WORDS[kind]} {name}")
        return " ".join(words)


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """A provision of an act, and the part of it that is meant. `section` has no spaces: "2A-6", "18-10a"."""

    work: str
    section: str
    portion: Portion = Portion()

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
class Act:
    """What an act is called. Source of the aliases: acts.toml."""

    work: str
    abbreviation: str
    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """An address found in running text. `candidates` is in order of likelihood; `named` says that the act was named."""

    start: int
    end: int
    candidates: tuple[Address, ...]
    named: bool


def format_section(section: str) -> str:
    """Return the number as the law writes it: "2A-6" becomes "2 A-6", "18-10a" becomes "18-10 a"."""
    spaced = re.sub(r"^(\d+)([A-ZÆØÅ])", r"\1 \2", section)
    return re.sub(r"(\d)([a-zæøå])$", r"\1 \2", spaced)


def normalise_section(text: str) -> str:
    """Return the section number without spaces, chapter letter upper case and trailing letter lower case.

    Raises:
        AddressError: The text is not the number of a section.
    """
    compact = re.sub(r"[\s§.]", "", text).replace("–", "-").replace("‑", "-")
    match = re.fullmatch(r"(\d+)([A-Za-zÆØÅæøå]?)(?:-(\d+)([A-Za-zæøå]?))?", compact)
    if not match:
        raise AddressError(f"Ikke et paragrafnummer: «{text}»")
    chapter, chapter_letter, number, letter = match.groups()
    if number is None:
        return chapter + chapter_letter.lower()
    return f"{chapter}{chapter_letter.upper()}-{number}{letter.lower()}"


@cache
def all_acts() -> tuple[Act, ...]:
    """Return the acts we have names for, in the order an address without an act is tried."""
    rows = tomllib.loads(Path(__file__).with_name("acts.toml").read_text(encoding="utf-8"))["act"]
    return tuple(Act(row["id"], row["abbreviation"], row["name"], tuple(row["aliases"])) for row in rows)


@cache
def acts_by_id() -> dict[str, Act]:
    """Return the acts by the address of the work."""
    return {act.work: act for act in all_acts()}


@cache
def _act_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    works: dict[str, str] = {}
    for act in all_acts():
        for name in (act.name, act.abbreviation, *act.aliases):
            works.setdefault(name.lower(), act.work)
    names = sorted(works, key=len, reverse=True)
    # An abbreviation that is also an everyday word ("bil", "ren") counts only in capitals.
    alternatives = "|".join(f"(?-i:{n.upper()})" if n in _EVERYDAY_WORDS else re.escape(n) for n in names)
    works_pattern = r"(?:lov|forskrift)/\d{4}-\d\d-\d\d(?:-\d+)?"
    return re.compile(
        rf"(?<![\w-])(?:(?P<name>{alternatives})s?|(?P<work>{works_pattern}))(?![\w-])", re.IGNORECASE
    ), works


# Ignoring case, "K" would match the Kelvin sign too; (?a:...) keeps to our own letters.
_SECTION = re.compile(
    r"(?P<sign>/?§+\s*|\bparagraf(?:en)?\s+|\bpgf\.?\s*|\bsection\s+)?"
    r"(?P<section>(?<![\d.,-])\d{1,2}\s?(?a:[A-Za-z])?\s?[-–‑]\s?\d{1,2}(?:\s?(?a:[a-z])(?![\w.]))?"
    r"|(?<![\d.,-])\d{1,3}(?:\s?(?a:[a-z])(?![\w.]))?)"
    r"(?![\d]|[.,]\d)",
    re.IGNORECASE,
)
_ACT_WORD_BEFORE = re.compile(r"[\wæøå-]*(?:lov(?:en|a)?|forskrift(?:en|a)?)\s*$", re.IGNORECASE)
_ACT_WORD_AFTER = re.compile(r"\s*(?:(?:i|in|etter)\s+)?[\wæøå-]+(?:lov(?:en|a)|forskrift(?:en|a))\b", re.IGNORECASE)
_ORDINAL_WORDS = "|".join(sorted(_ORDINAL_NUMBERS, key=len, reverse=True))
_PARTS = re.compile(
    rf"[\s,/]*(?:(?P<ordinal>{_ORDINAL_WORDS}|\d{{1,2}}\.?)\s*(?:ledd|paragraph|subsection)|ledd[\s/](?P<ledd>\d{{1,2}})\b"
    r"|(?:bokstav|bokst\.?|litra|letter)[\s/]*(?P<letter>[a-zæøå])\b|(?:nr\.?|nummer|punkt|pkt\.?)[\s/]*(?P<item>\d{1,2})\b"
    r"|(?:strek/|strekpunkt\s+)(?P<dash>\d+)|(?:rad/|næringskode\s+)(?P<row>\d[\d.]*)|\((?P<bracket>\d{1,2})\))",
    re.IGNORECASE,
)


def find_addresses(text: str, known: frozenset[str] = frozenset()) -> Iterator[Mention]:
    """Yield the addresses in running text, in order.

    A number counts as an address when it has a § sign, follows another address in a list, has its act named beside it, or
    is followed by a ledd or letter; a bare "10-30" is a range of numbers. Without a named act, the acts that have such a
    section are candidates.

    Args:
        text: What somebody wrote.
        known: Provision ids that exist; they settle which act is meant and whether "§ 13-2 e" is a section or a letter.
    """
    pattern, works = _act_pattern()
    names = [(m.start(), m.end(), m["work"] or works[m["name"].lower()]) for m in pattern.finditer(text)]
    last: Mention | None = None
    for match in _SECTION.finditer(text):
        start = match.start("section")
        if (last and start < last.end) or any(a <= start < b for a, b, _ in names):
            continue
        listed = last is not None and re.fullmatch(
            r"\s*(?:,|og|and|eller|til|–|-)\s*(?:§+\s*)?", text[last.end : start]
        )
        try:
            behind = _read_parts(text, match, known, None)[2]
        except AddressError:  # a letter that only looks like one of ours
            continue
        named = _nearest_act(text, names, match.start(), match.end(), behind)
        if named is None and listed and last and last.named:
            named = last.candidates[0].work
        if named is None and (
            _ACT_WORD_BEFORE.search(text[: match.start()]) or _ACT_WORD_AFTER.match(text[match.end() :])
        ):
            continue  # of an act that we do not know: never taken from another
        dashed = bool(re.search(r"[-–‑]", match["section"]))
        section, portion, end = _read_parts(text, match, known, named)
        alone = not text[:start].strip(" ?") and not text[end:].strip(" ?.")
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
    before = [
        (s, e, w) for s, e, w in names if e <= start and re.fullmatch(r"[\s,.()/:]*(?:kap\w*\.?\s*)?", text[e:start])
    ]
    if before:
        return before[-1][2]
    gap = (
        r"[^.?!]{0,40}?\b(?:i|in|of|etter)\s+(?:the\s+)?"
        if "§" in text[start:end]
        else r"\s*(?:i|in|of|etter)\s+(?:the\s+)?"
    )
    after = [w for s, _, w in names if s >= end and any(re.fullmatch(rf"\s+|{gap}", text[e:s]) for e in (end, behind))]
    if after:
        return after[0]
    earlier = [w for _, e, w in names if e <= start]
    return earlier[-1] if earlier and "§" in text[start:end] else None


def _read_parts(text: str, match: re.Match[str], known: frozenset[str], work: str | None) -> tuple[str, Portion, int]:
    """Return the section, the ledd, letter or number written behind it, and where the address ends."""
    written, end, parts = match["section"], match.end(), dict[str, str]()
    section = normalise_section(written)
    trailing = re.search(r"(?<=\d)(\s?)([a-zA-Z])$", written)
    if trailing and not _is_known(section, known, work):
        # "§ 13-2 e" is letter e of § 13-2 unless there is a § 13-2 e; in "§ 3-3 i loven" the i is a word.
        base_is_known = _is_known(section[:-1], known, work)
        section, end = (section[:-1], end - len(trailing[0])) if base_is_known else (section, end)
        if base_is_known and not (trailing[2] == "i" and re.match(r"\s+\w", text[match.end() :])):
            parts["bokstav"], end = trailing[2].lower(), match.end()
    while part := _PARTS.match(text, end):
        if ordinal := part["ordinal"]:
            number = _ORDINAL_NUMBERS.get(ordinal.lower())
            number = number if number is not None else int(ordinal.rstrip("."))
            if number:
                parts["ledd"] = str(number)
        for group, kind in (
            ("ledd", "ledd"),
            ("letter", "bokstav"),
            ("item", "nr"),
            ("dash", "strek"),
            ("row", "rad"),
            ("bracket", "ledd"),
        ):
            if part[group]:
                parts[kind] = part[group].lower()
        end = part.end()
    return section, Portion(tuple((kind, parts[kind]) for kind in _PART_WORDS if kind in parts)), end


def _is_known(section: str, known: frozenset[str], work: str | None) -> bool:
    if not known:
        return True
    works = [work] if work else [act.work for act in all_acts()]
    return any(f"{w}/§{section}" in known for w in works)


def remove_act_names(text: str) -> str:
    """Return the text without the names of acts."""
    return _act_pattern()[0].sub(" ", text)


def parse_address(text: str, known: frozenset[str] = frozenset()) -> Address:
    """Return the one address that the text is, the likeliest when the act is not named.

    Raises:
        AddressError: There is no address in the text.
    """
    for mention in find_addresses(text, known):
        return mention.candidates[0]
    raise AddressError(
        f"Fant ingen paragrafadresse i «{text}». Skriv for eksempel «aml § 3-3» eller «OLM § 13-2 bokstav e»."
    )
