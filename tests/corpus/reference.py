"""Compares the core with the official texts in the reference folder (`BHT_REFERENCE`).

Newest text first: the Markdown of 2026-07-02 gives wording, change notes and dates; the XML of 2025-11-08 gives the structure of
ledd and letters, which the Markdown flattens.
"""

import os
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from corpus.address import normalise_section
from corpus.document import Document, Provision

MONTH_NAMES = ("jan", "feb", "mars", "apr", "mai", "juni", "juli", "aug", "sep", "okt", "nov", "des")
MONTHS = {name: number for number, name in enumerate(MONTH_NAMES, 1)} | {"sept": 9, "april": 4}
WORDS = {
    "én": "1", "en": "1", "ett": "1", "ein": "1", "eitt": "1", "to": "2", "tre": "3", "fire": "4", "fem": "5", "seks": "6", "sju": "7", "syv": "7",
    "åtte": "8", "ni": "9", "ti": "10", "elleve": "11", "tolv": "12", "tretten": "13", "fjorten": "14", "femten": "15", "seksten": "16",
    "tjue": "20", "tretti": "30", "førti": "40", "femti": "50", "seksti": "60", "halv": "0,5", "halve": "0,5",
    "første": "1", "andre": "2", "annet": "2", "tredje": "3", "fjerde": "4", "femte": "5", "sjette": "6", "sjuende": "7", "åttende": "8", "niende": "9", "tiende": "10", "ellevte": "11",
}  # fmt: skip
NO_STRUCTURE_SINCE = date(2025, 11, 8)


def reference_folder() -> Path:
    """Return the reference folder: BHT_REFERENCE, else ../shared/reference beside the repository."""
    default = Path(__file__).resolve().parents[3] / "shared" / "reference"
    return Path(os.environ.get("BHT_REFERENCE", default))


@dataclass
class Official:
    """What the official text of one § says: words, ledd by number with their letters, change notes."""

    text: str = ""
    notes: str = ""
    subsections: dict[str, set[str]] = field(default_factory=dict)
    has_table: bool = False
    in_xml: bool = False
    in_markdown: bool = False


@cache
def read_official(work: str) -> tuple[dict[str, Official], date | None]:
    """Return the sections of the act by normalised number, and the day the act took effect."""
    kind, rest = work.split("/")
    folder = reference_folder() / "lovdata"
    sections: dict[str, Official] = {}
    markdown = folder / "md-2026-07-02" / f"{kind}-{rest}.md"
    start = None
    if markdown.exists():
        text = markdown.read_text(encoding="utf-8")
        if match := re.search(r'ikrafttredelse: "(\d{4}-\d\d-\d\d)', text):
            start = date.fromisoformat(match[1])
        _read_markdown(text, sections)
    parts = rest.split("-")
    number = parts[3] if len(parts) > 3 else "0"
    stem = (
        f"nl-{''.join(parts[:3])}-{int(number):03d}" if kind == "lov" else f"sf-{''.join(parts[:3])}-{int(number):04d}"
    )
    xml = folder / f"{stem}.xml"
    if xml.exists():
        _read_xml(xml.read_text(encoding="utf-8"), sections)
    return sections, start


def _read_markdown(text: str, sections: dict[str, Official]) -> None:
    current = None
    for line in text.splitlines():
        if line.startswith("#"):
            match = re.match(r"#+ § ([\dA-Za-z -]+?)\.(?:\s|$)", line)
            current = None
            if match:
                current = sections.setdefault(normalise_section(match[1]), Official())
                current.in_markdown = True
                current.text += line.split(".", 1)[-1] + "\n"
        elif (
            current
            and line.startswith("*")
            and re.match(r"\*(?:Endret|Tilføyd|Opphev|Føyd|Ny |Endra|Gitt|Oppheva|Omnummer|Nå|Tidl|0)", line)
        ):
            current.notes += line + "\n"
        elif current:
            current.text += line + "\n"


def _read_xml(text: str, sections: dict[str, Official]) -> None:
    root = ET.fromstring(text.split("<!DOCTYPE html>")[-1])
    for article in root.iter("article"):
        if article.get("class") != "legalArticle" or not (article.get("data-name") or "").startswith("§"):
            continue
        official = sections.setdefault(normalise_section(article.get("data-name")), Official())
        official.in_xml = True
        official.has_table = article.find(".//table") is not None
        count = 0
        for child in article:
            css = child.get("class", "")
            if css not in {"legalP", "numberedLegalP"}:
                if css == "changesToParent":
                    official.notes += " " + "".join(child.itertext())
                continue
            count += 1
            name = child.get("data-numerator") or str(count)
            items = {(li.get("data-name") or "").rstrip(".)") for li in child.iter("li")}
            rows = {(td.text or "").strip().rstrip(".") for td in child.iter("td")}
            official.subsections[name] = items | {r for r in rows if r.isdigit()}
        if not official.in_markdown:
            official.text += " ".join("".join(article.itertext()).split())


def numbers_in(text: str) -> set[str]:
    """Return the numbers of a text as digits with decimal comma, number words included."""
    joined = re.sub(r"(?<=\d)[  ](?=\d{3}\b)", "", text)
    digits = {n.replace(".", ",") for n in re.findall(r"\d+(?:[.,]\d+)?", joined)}
    digits |= {str(int(n[:2])) for n in digits if re.fullmatch(r"[012]\d00", n)}  # "kl. 2300" is stated as "kl. 23"
    words = {WORDS[w] for w in re.findall(r"[a-zæøåé]+", text.lower()) if w in WORDS}
    if re.search(r"og en halv", text.lower()):
        words |= {f"{int(n)},5" for n in (digits | words) if n.isdigit()}
    return digits | words


def stated_numbers(text: str) -> set[str]:
    """Return the numbers a restatement states as digits, addresses of other provisions left out."""
    without = re.sub(
        r"§+\s*\d+\s?[A-Za-z]?(?:[-–]\d+)?(?:\s[a-z]\b)?(?:(?:,| og| til|–)\s\d+\s?[A-Za-z]?(?:[-–]\d+)?)*", " ", text
    )
    without = re.sub(r"(?:kapittel|kap\.|nr\.|trinn|klasse)\s*\d+\s?[A-Z]?", " ", without)
    without = re.sub(
        r"\b\d{1,2}\. (?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)(?: \d{4})?",
        " ",
        without,
    )
    without = re.sub(r"(?<=\d)[  ](?=\d{3}\b)", "", without)
    return {n.replace(".", ",") for n in re.findall(r"\d+(?:[.,]\d+)?", without)}


@cache
def fact_lines() -> str:
    """Return the reference notes as one text."""
    return "\n".join((reference_folder() / n).read_text(encoding="utf-8") for n in ("FACTS.md", "GUIDANCE.md"))


def facts_about(abbreviation: str, section: str) -> str:
    """Return the lines of FACTS.md that start with the provision."""
    wanted = re.compile(rf"^- \*\*{re.escape(abbreviation)} §+ {re.escape(section)}\b")
    spaced = section.replace(" ", "")
    return "\n".join(
        line for line in fact_lines().splitlines() if wanted.match(line) or wanted.match(line.replace(spaced, section))
    )


@cache
def shingles(work: str, size: int = 9) -> frozenset[tuple[str, ...]]:
    """Return the runs of words of an act's official text ("notes": of the reference notes)."""
    if work == "notes":
        text = re.sub(r"<[^>]*>", " ", fact_lines())
    else:
        text = " ".join(o.text for o in read_official(work)[0].values())
    return frozenset(_runs(text, size))


def _runs(text: str, size: int) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"[\wæøåÆØÅ]+", text.lower())
    return (tuple(words[i : i + size]) for i in range(len(words) - size + 1))


def problems_of(document: Document) -> Iterator[str]:
    """Yield what is wrong with a document of the core, a line each."""
    is_act = document.document_id.startswith(("lov/", "forskrift/"))
    if is_act and read_official(document.document_id)[0]:
        for provision in document:
            yield from (f"{provision.provision_id}: {p}" for p in _problems_of_section(document, provision))
    for provision in document:
        for run in _copied(provision, document.document_id if is_act else "notes"):
            yield f"{provision.provision_id}: copied run: «{run}»"
        asked = [q.text.lower() for s in provision.segments for q in s.questions]
        if is_act and not provision.repealed and len(asked) < 3:
            yield f"{provision.provision_id}: {len(asked)} lay questions, 3 or more wanted"
        if len(asked) != len(set(asked)):
            yield f"{provision.provision_id}: the same lay question twice"


def _problems_of_section(document: Document, provision: Provision) -> Iterator[str]:
    sections, start = read_official(document.document_id)
    section = provision.provision_id.split("§")[1]
    official = sections.get(section)
    if official is None:
        yield "no such § in the official text"
        return
    recent = provision.in_force is not None and provision.in_force > NO_STRUCTURE_SINCE
    if official.subsections and not recent and not provision.repealed:
        yield from _structure_problems(provision, official)
    if not provision.repealed:
        if provision.in_force is None:
            yield "no in_force"
        elif not _date_is_known(provision.in_force, official.notes, start):
            yield f"in_force {provision.in_force} is neither in the change notes nor the act's start ({start})"
    abbreviation = document.abbreviation
    allowed = numbers_in(official.text) | numbers_in(official.notes)
    facts = facts_about(abbreviation, section)
    stray = stated_numbers(_own_words(provision)) - allowed - numbers_in(facts)
    if stray:
        yield f"numbers that neither the official text nor FACTS.md has: {', '.join(sorted(stray))}"


def _structure_problems(provision: Provision, official: Official) -> Iterator[str]:
    for segment in provision.segments:
        parts = dict(segment.portion.parts)
        ledd = parts.get("ledd")
        if (
            ledd is None or "rad" in parts or official.has_table
        ):  # a table is counted otherwise in the XML than in the law
            continue
        if ledd not in official.subsections:
            yield f"ledd {ledd} is not in the official text, which has {', '.join(official.subsections)}"
        elif (item := parts.get("bokstav") or parts.get("nr")) and item not in official.subsections[ledd]:
            if any(item in items for items in official.subsections.values()) and provision.note:
                continue
            yield f"ledd {ledd} has no item {item} in the official text"


def _own_words(provision: Provision) -> str:
    """Return the text without markers of ledd and items, and without the rows of the industry table."""
    kept = (s for s in provision.segments if "rad" not in dict(s.portion.parts))
    return "\n".join(provision.text[s.start : s.end] for s in kept)


def _date_is_known(day: date, notes: str, start: date | None) -> bool:
    if day == start or day.isoformat() in notes:
        return True
    return any(
        (int(d), MONTHS.get(m[:4].rstrip("."), MONTHS.get(m[:3], 0)), int(y)) == (day.day, day.month, day.year)
        for d, m, y in re.findall(r"(\d{1,2})\.? ([a-z]+)\.? (\d{4})", notes.lower())
    )


def _copied(provision: Provision, work: str) -> Iterator[str]:
    official = shingles(work) | shingles("notes")
    last = None
    for line in _own_words(provision).splitlines():
        for run in _runs(line, 9):
            if sum(word.isdigit() for word in run) > 2:  # a row of references has one wording only
                continue
            if run in official and last != run[:-1]:
                yield " ".join(run)
                last = run[1:]
            elif run in official:
                last = run[1:]
