"""The best sentence of a document for each requirement, and the one that says no."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.documents.denial import denies, says_no_need, split_clauses
from assistant.documents.passages import DocumentText, Passage
from assistant.documents.tense import is_ahead, leads_ahead
from assistant.documents.terms import Lexicon
from corpus.document_requirements import DocumentKind, Requirement
from index.text import words_of

# A term in the heading or in the line before a list counts half of one in the sentence itself.
_IN_CONTEXT = 0.5
# Who acts, and the paragraph's own number, make a sentence more likely to be the one.
_BHT = ("bht", "bedriftshelse*", "bedriftshelsetjeneste*", "bedriftshelseteneste*", "leverandør*", "leverandøren")
_BONUS = 0.1
_LEAST_WORDS = 3
_REFERENCE = re.compile(
    r"§+\s*13\s*[-–]\s*2\b(?!\s*(?:første\s+ledd\s+)?(?:bokstav|bokst\.?)\s*[a-h]\b(?!\s*(?:til|[-–]|t\.?o\.?m)))",
    re.IGNORECASE,
)
_PROMISE = re.compile(
    r"\b(?:bistå\w*|bistand\w*|hjelp\w*|utfør\w*|oppgave\w*|oppgåv\w*|lever\w*|tjeneste\w*|teneste\w*|yte\w*)\b",
    re.IGNORECASE,
)
# "Kunden skal gjennomføre risikovurdering": what the employer does alone is no help from the BHT.
_EMPLOYER = re.compile(
    r"^(?:\W|\d)*(?:kunden|arbeidsgiver(?:en)?|arbeidsgjevar(?:en)?|virksomheten|verksemda|oppdragsgiver(?:en)?|oppdragsgjevar(?:en)?|bedriften|bedrifta)\s+(?:skal|må|plikt\w*|er\s+ansvarlig|har\s+ansvar\w*)\b",
    re.IGNORECASE,
)
_HELP = re.compile(r"\b(?:bht|bedriftshels\w*|leverandør\w*|bistå\w*|bistand\w*|hjelp\w*|råd\w*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A passage that is about a requirement, with a score in (0, 1]; `needs_context` when its heading or lead-in says part of it."""

    passage: Passage
    score: float
    needs_context: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A passage with the terms in it, clause by clause, and those in its context.

    `is_led`: it stands right under its heading or in a list, so that these may say what it is about.
    """

    passage: Passage
    clauses: tuple[tuple[str, frozenset[str]], ...]
    own: frozenset[str]
    context: frozenset[str]
    is_denied_above: bool
    is_long: bool
    is_led: bool
    is_employers: bool
    is_led_ahead: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Matcher:
    """The passages of one document, read once."""

    kind_is_account: bool
    reads: tuple[_Read, ...]
    reference: Match | None
    names_bht: bool

    @classmethod
    def of(cls, requirements: Sequence[Requirement], document: DocumentText, kind: DocumentKind) -> "Matcher":
        """Return the matcher of a document.

        Args:
            requirements: What will be looked for.
            document: Its passages.
            kind: What the document is: a report may say that there was no need.
        """
        words = words_of(document.text)
        terms = [t for r in requirements for group in (*r.terms, r.not_terms) for t in group]
        lexicon = Lexicon.of([*terms, *_BHT], words)
        contexts: dict[str, frozenset[str]] = {}
        reads = tuple(_read(passage, document.text, lexicon, contexts) for passage in document.passages)
        return cls(
            kind_is_account=kind is DocumentKind.REPORT,
            reads=reads,
            reference=_find_reference(reads, document.text),
            names_bht=bool(lexicon.find(words).intersection(_BHT[:4])),
        )

    def best(self, requirement: Requirement) -> tuple[Match | None, Match | None]:
        """Return the best passage that is about a requirement, and the best one that says no to it."""
        yes: Match | None = None
        no: Match | None = None
        for read in self.reads:
            match = _match(requirement, read)
            if match is None or (self.kind_is_account and requirement.by_reference and _is_to_come(requirement, read)):
                continue
            if requirement.is_deniable and self._is_denied(requirement, read):
                no = match if no is None or match.score > no.score else no
            elif read.is_long or not match.needs_context:
                yes = match if yes is None or match.score > yes.score else yes
        return yes, no

    def _is_denied(self, requirement: Requirement, read: _Read) -> bool:
        if read.is_denied_above:
            return True
        about = _clauses_about(requirement, read)
        return any(denies(c) and not (self.kind_is_account and says_no_need(c)) for c in about)


def _clauses_about(requirement: Requirement, read: _Read) -> list[str]:
    """Return the clauses that name what is asked for, all where none does."""
    core = set(requirement.terms[0])
    return [clause for clause, terms in read.clauses if terms & core] or [clause for clause, _ in read.clauses]


def _is_to_come(requirement: Requirement, read: _Read) -> bool:
    """Return whether the passage tells of help that is only advised or planned."""
    return read.is_led_ahead or all(is_ahead(clause) for clause in _clauses_about(requirement, read))


def _read(passage: Passage, text: str, lexicon: Lexicon, contexts: dict[str, frozenset[str]]) -> _Read:
    words = text[passage.start : passage.end]
    above = " \n ".join([*passage.headings[-1:], passage.lead_in]).strip()
    if above not in contexts:
        contexts[above] = lexicon.find(words_of(above))
    clauses = tuple((clause, lexicon.find(words_of(clause))) for clause in split_clauses(words))
    return _Read(
        passage=passage,
        clauses=clauses,
        own=lexicon.find(words_of(words)),
        context=contexts[above],
        is_denied_above=any(denies(line) for line in (*passage.headings, passage.lead_in) if line),
        is_employers=bool(_EMPLOYER.match(words)) and not _HELP.search(words),
        is_led_ahead=any(leads_ahead(line) for line in (*passage.headings[-1:], passage.lead_in) if line),
        is_led=passage.context_start < passage.start or bool(passage.lead_in),
        is_long=len(words.split()) >= _LEAST_WORDS,
    )


def _match(requirement: Requirement, read: _Read) -> Match | None:
    inside = [bool(read.own.intersection(group)) for group in requirement.terms]
    around = [bool(read.context.intersection(group)) for group in requirement.terms]
    if not all(one or two for one, two in zip(inside, around, strict=True)):
        return None
    # What has letters of § 13-2 behind it is about the help that the BHT gives.
    if (not any(inside) and not read.is_led) or (requirement.by_reference and read.is_employers):
        return None
    needs_context = not all(inside)
    seen = read.own | read.context if needs_context else read.own
    if seen.intersection(requirement.not_terms):
        return None
    score = sum(1.0 if one else _IN_CONTEXT for one in inside) / len(inside)
    bonus = _BONUS * bool((read.own | read.context).intersection(_BHT))
    return Match(passage=read.passage, score=min(1.0, score * (1 - _BONUS) + bonus), needs_context=needs_context)


def _find_reference(reads: Sequence[_Read], text: str) -> Match | None:
    """Return the passage that promises all of § 13-2 by its number, None when there is none."""
    for read in reads:
        words = text[read.passage.start : read.passage.end]
        if _REFERENCE.search(words) and _PROMISE.search(words) and not read.is_denied_above and not denies(words):
            return Match(passage=read.passage, score=_IN_CONTEXT)
    return None
