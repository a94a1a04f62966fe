"""Is a document of the BHT to be checked or drafted: the plan, the annual report or the contract, asked for or pasted in."""

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.understand.question import Understood
from assistant.understand.stance import Modality
from corpus.document_requirements import DocumentKind

_KINDS = {
    DocumentKind.REPORT: r"(?:bht-?\s?)?(?:års?-?)?(?:rapport|melding)(?:en|a|er|ar|ene|ane)?",
    DocumentKind.CONTRACT: r"(?:bht-?\s?|bedriftshelse\w*-?\s?|samarbeids|leverandør|tjeneste)?-?(?:kontrakt|avtale|contract|agreement)(?:en|n|r|er|ne|ar|ane|s)?",
    DocumentKind.PLAN: r"(?:(?:bht|bedriftshelse\w{0,20}|års?|handlings|bistands|samarbeids)-?\s?){0,2}plan(?:en|a|ar|er|ene|ane)?",
}
_ANY = "|".join(_KINDS.values())
_BHT = re.compile(r"bht|bedrifts?hels|occupational\s+health", re.IGNORECASE)
_BETWEEN = r"(?:\s+(?!må\b|skal\b|bør\b|trenger\b|treng\b|plikt)[\wæøå/-]+){0,5}?"
_ASK = r"(?:(?:kan|kunne|vil|klarer|klarar|orker|gidder|can|could)\s+(?:du|dere|de|you)\s+(?:please\s+|bare\s+|kjapt\s+|også\s+|hjelpe\s+(?:meg|oss)\s+(?:med\s+)?å\s+)*|^\W*(?:(?:hei|hallo|please|vær\s+så\s+snill(?:\s+og)?|og)\W+)*|hjelp\w*\s+(?:meg|oss)\s+(?:med\s+)?å\s+|\bvil\s+(?:gjerne\s+)?ha\s+)"
_LOOK = r"(?:(?:dobbelt)?sjekke?|kontrollere?|se\s+(?:over|gjennom|igjennom|på)|sjå\s+(?:over|gjennom|på)|gå\s+(?:gjennom|igjennom)|lese?(?:\s+(?:gjennom|over))?|vurdere?|kvalitetssikre?|sjekket|sjekka|check|review)"
_CHECK = re.compile(rf"{_ASK}{_LOOK}\b{_BETWEEN}\s+(?:{_ANY})\b", re.IGNORECASE)
# "sjekk planen vår": a plan of no other kind, to whom checks no other.
_BARE_CHECK = re.compile(
    rf"{_ASK}{_LOOK}\s+(?:års)?(?:planen|plana|rapporten|kontrakten|avtalen)\s+(?:vår|min|vores|her)\W*$", re.IGNORECASE
)
# "kan du lage en for oss?", of what the question before it named.
_IT = r"\s+(?:meg\s+|oss\s+)?(?:en|ei|ein|et|eit|den|det|denne|dette|one|it)\b(?!\s+[a-zæøå]{4})"
_LOOKS = re.compile(rf"{_ASK}{_LOOK}{_IT}", re.IGNORECASE)
_MADE_OR_CHECKED = re.compile(rf"{_ASK}(?:lage?|skrive?|make|write|{_LOOK}){_IT}", re.IGNORECASE)
# "er BHT-planen vår god nok?", "mangler vi noe i avtalen?"
_GOOD = r"(?:god\s+nok|godt\s+nok|bra\s+nok|bra|ok|okei|i\s+orden|lovlig|lovleg|riktig|komplett|fullstendig|innafor|holdbar|good\s+enough)"
_IS_GOOD = re.compile(
    rf"\b(?:er|holder|held|oppfyller|oppfyll|is)\s+(?:den\s+)?(?:{_ANY})\s+(?:\w+\s+){{0,4}}?(?:{_GOOD}|mål|kravene|krava|reglene|reglane)\b"
    rf"|\b(?:mangler|manglar)\s+(?:vi|me|det|jeg)\s+(?:noe|noko|noen\s+ting)\s+i\s+(?:{_ANY})\b",
    re.IGNORECASE,
)
_OURS = re.compile(r"\b(?:vår|vårt|våre|min|vi|me|jeg|eg|vores|our|my|denne|this)\b", re.IGNORECASE)
_MAKE = re.compile(
    rf"{_ASK}(?:lage?|skrive?|sette?\s+opp|utarbeide?|gi\s+(?:meg|oss)|formulere?|write|draft|make)\b{_BETWEEN}\s+(?:{_ANY}|(?:{_ANY})s?mal)\b",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(
    rf"\b(?:mal|malen|malar|maler|utkast|eksempel|døme|oppsett|template|draft)\b(?:\s+(?!er\b|må\b)[\wæøå-]+){{0,3}}?\s+(?:{_ANY})\b|\b(?:plan|rapport|avtale|kontrakts?|bht-?)mal(?:en|er)?\b",
    re.IGNORECASE,
)
# Who makes it, whether it must follow a form: a question of the rule.
_OF_THE_RULE = re.compile(
    r"^\W*(?:hvem|kven|når|hvorfor|kvifor|skal|må|hva|kva|hvilke\w*|who|when|what|must|kan\s+(?:bht|arbeids\w+|ver\w+|vi|jeg|me|eg)|trenger\s+(?:vi|jeg|me|eg)|er\s+det)\b|\b(?:krav|bestemt|påbud\w*|pålagt|plikt\w*|arbeidstilsyn\w*)\b",
    re.IGNORECASE,
)
# "trenger utkast til BHT-plan": asked for, not whether there must be one.
_NEEDS_ONE = re.compile(
    r"\W*(?:trenger|treng|need)\s+(?:et\s+|en\s+|ei\s+|eit\s+|a\s+)?(?:mal|utkast|eksempel|døme|template|draft)\b",
    re.IGNORECASE,
)
# A line so long that ends in the middle of a sentence was wrapped.
_WRAPPED, _ENDS = 60, ".:;!?"
_BREAK = ("\n", "\n\n")
_LEAST_LINES, _LEAST_CHARACTERS, _LONGEST_TITLE = 4, 200, 90


class Wish(StrEnum):
    """What is wanted of a document."""

    CHECK = "check"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentQuestion:
    """A document that is asked about. `text` is what was pasted, "" for none."""

    wish: Wish
    kind: DocumentKind
    text: str = ""


def read_document_question(question: Understood) -> DocumentQuestion | None:
    """Return which document is to be checked or drafted, None when none is.

    Args:
        question: What was asked, with the text that may be pasted behind it.
    """
    if pasted := _read_pasted(question.raw):
        return pasted
    text = question.text
    if question.mentions or not (_BHT.search(text) or _BARE_CHECK.search(text)):
        return None
    for clause in re.split(r"(?<=[.!?])\s+", text):
        kind = _kind_of(clause)
        if _MADE_OR_CHECKED.search(clause) and (meant := kind or _kind_of(text)):
            return DocumentQuestion(wish=Wish.CHECK if _LOOKS.search(clause) else Wish.DRAFT, kind=meant)
        if kind is None:
            continue
        if _CHECK.search(clause) or (_IS_GOOD.search(clause) and _OURS.search(clause)):
            return DocumentQuestion(wish=Wish.CHECK, kind=kind)
        if _MAKE.search(clause) or (_TEMPLATE.search(clause) and not _is_of_the_rule(question, clause)):
            return DocumentQuestion(wish=Wish.DRAFT, kind=kind)
    return None


def is_document(text: str) -> bool:
    """Return whether a text has the lines of a document rather than those of a question."""
    return len(text) >= _LEAST_CHARACTERS and sum(bool(line.strip()) for line in text.splitlines()) >= _LEAST_LINES


def _is_of_the_rule(question: Understood, clause: str) -> bool:
    is_asked = question.is_yes_no and question.modality is Modality.MUST and not _NEEDS_ONE.match(clause)
    return bool(_OF_THE_RULE.search(clause)) or is_asked


def _read_pasted(raw: str) -> DocumentQuestion | None:
    """Return the document that stands in a message: behind a line that asks for a check, or beginning with its title."""
    if not is_document(raw) or not _BHT.search(raw):
        return None
    lines = [line.strip() for line in raw.strip().splitlines()]
    asking = next((n for n in (0, len(lines) - 1) if _CHECK.search(lines[n]) or _IS_GOOD.search(lines[n])), None)
    rest = [line for n, line in enumerate(lines) if n != asking]
    title = next((line.strip("# *") for line in rest if line), "")
    is_title = len(title) <= _LONGEST_TITLE and title[-1:] not in ("?", ".", "!", ",") and bool(_BHT.search(title))
    kind = _kind_of(lines[asking]) if asking is not None else None
    kind = kind or (_kind_of(title) if is_title else None)
    if kind is None:
        return None
    return DocumentQuestion(wish=Wish.CHECK, kind=kind, text=_with_breaks(rest))


def _with_breaks(lines: list[str]) -> str:
    """Return the lines with a blank one between those that are no continuation of the one before."""
    text, before = "", ""
    for line in lines:
        goes_on = line[:1].islower() or (len(before) >= _WRAPPED and before[-1] not in _ENDS)
        text += line if not text else f"{_BREAK[not goes_on]}{line}"
        before = line
    return text.strip()


def _kind_of(text: str) -> DocumentKind | None:
    """Return the document that a text names first."""
    found = {
        kind: match.start() for kind, form in _KINDS.items() if (match := re.search(rf"\b(?:{form})\b", text, re.I))
    }
    return min(found, key=found.__getitem__) if found else None
