"""A BHT plan, annual report or contract against what the rules say: what each rule asks, where the document says it, what to add.

The text of the document is data: it is searched and quoted, never followed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from assistant import texts
from assistant.answer import Citation
from assistant.cite import Evidence, number_citations, quote_portion, quote_segment
from assistant.documents.language import foreign_language
from assistant.documents.match import Match, Matcher
from assistant.documents.passages import BLANK, DocumentText, Passage, read_passages
from assistant.draft import Paragraph
from assistant.errors import AssistantError
from assistant.wording import cite_wording
from corpus.document_requirements import DocumentKind, Requirement, requirements_for
from corpus.library import Library
from corpus.own.raw import RawPage

MAX_CHARACTERS = 500_000


class DocumentCheckError(AssistantError):
    """The document cannot be checked; the message says why and names a remedy."""


class Status(StrEnum):
    """What was found. The values stand in the product's output."""

    FOUND = "funnet"
    CONFLICTING = "motstridende"
    DENIED = "sier det motsatte"
    MISSING = "ikke funnet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The document's own words: half-open offsets in `CheckReport.text`, and the page where there are pages."""

    text: str
    start: int
    end: int
    page: int | None

    def to_json(self) -> dict[str, Any]:
        """Return the words as the contract writes them."""
        return {"text": self.text, "start": self.start, "end": self.end, "page": self.page}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the document says about one requirement.

    `rule` is the verified quote behind it. `words` are the best sentence, `against` one that says no; None where there is none.
    `score` of the best sentence is in [0, 1]. `add` is what to write, "" when nothing is lacking.
    """

    requirement: Requirement
    status: Status
    rule: Citation
    words: Words | None = None
    against: Words | None = None
    score: float = 0.0
    is_reference: bool = False
    add: str = ""

    @property
    def is_binding(self) -> bool:
        """Whether law or regulation is behind it."""
        return self.requirement.is_binding

    def to_json(self) -> dict[str, Any]:
        """Return the finding as the contract writes it."""
        return {
            "id": self.requirement.requirement_id,
            "name": self.requirement.name,
            "binding": self.is_binding,
            "status": self.status.value,
            "rule": self.rule.to_json(),
            "words": self.words.to_json() if self.words else None,
            "against": self.against.to_json() if self.against else None,
            "score": round(self.score, 2),
            "by_reference": self.is_reference,
            "add": self.add,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """The findings on a document. `text` is what was searched, with broken characters mended."""

    kind: DocumentKind
    text: str
    findings: tuple[Finding, ...]
    warnings: tuple[str, ...] = ()

    @property
    def duties(self) -> tuple[Finding, ...]:
        """What law or regulation is behind."""
        return tuple(f for f in self.findings if f.is_binding)

    @property
    def extras(self) -> tuple[Finding, ...]:
        """What is useful and no duty."""
        return tuple(f for f in self.findings if not f.is_binding)

    @property
    def lacking(self) -> tuple[Finding, ...]:
        """The duties that the document does not show, or contradicts."""
        return tuple(f for f in self.duties if f.status is not Status.FOUND)

    def to_json(self) -> dict[str, Any]:
        """Return the report as the contract writes it."""
        return {
            "kind": self.kind.value,
            "complete": not self.lacking,
            "duties": [finding.to_json() for finding in self.duties],
            "extras": [finding.to_json() for finding in self.extras],
            "warnings": list(self.warnings),
            "text": self.text,
        }


def check_document(pages: Sequence[RawPage], kind: DocumentKind, library: Library) -> CheckReport:
    """Return what a document shows of what is asked of its kind.

    Args:
        pages: The document as the readers of `corpus.own` give it.
        kind: What the document is.
        library: The rules that are quoted.

    Raises:
        DocumentCheckError: There is no text, too much of it, or it is not Norwegian.
    """
    document = read_passages(pages)
    _refuse(document, kind)
    requirements = requirements_for(kind)
    matcher = Matcher.of(requirements, document, kind)
    rules = _rules(requirements, library)
    findings = tuple(
        _judge(requirement, rule, matcher, document, kind)
        for requirement, rule in zip(requirements, rules.citations, strict=True)
    )
    return CheckReport(
        kind=kind, text=document.text, findings=findings, warnings=(*_warnings(document, matcher), *rules.warnings)
    )


def _refuse(document: DocumentText, kind: DocumentKind) -> None:
    size = len(document.text)
    if not document.text.strip():
        raise DocumentCheckError(texts.DOCUMENT_EMPTY)
    if size > MAX_CHARACTERS:
        raise DocumentCheckError(
            texts.DOCUMENT_OVER_LIMIT.format(size=size, limit=MAX_CHARACTERS, kind=texts.DOCUMENT_NAMES[kind])
        )
    if language := foreign_language(document.text):
        raise DocumentCheckError(texts.DOCUMENT_FOREIGN.format(language=language))


@dataclass(frozen=True, slots=True)
class _Rules:
    citations: tuple[Citation, ...]
    warnings: tuple[str, ...]


def _rules(requirements: Sequence[Requirement], library: Library) -> _Rules:
    """Return the quote behind each requirement, in the wording that holds, numbered by requirement."""
    worded = cite_wording([Paragraph(evidence=(quote_requirement(r, library),)) for r in requirements], library, None)
    numbered = number_citations(e for paragraph in worded.paragraphs for e in paragraph.evidence)
    by_place = {(c.provision_id, c.kind, c.start, c.end): c for c in numbered}
    first = [p.evidence[0] for p in worded.paragraphs]
    return _Rules(
        tuple(by_place[(e.provision.provision_id, e.provision.kind, e.start, e.end)] for e in first), worded.warnings
    )


def quote_requirement(requirement: Requirement, library: Library) -> Evidence:
    """Return the part of a provision that is behind a requirement.

    Args:
        requirement: What is looked for.
        library: The sources.

    Raises:
        LookupError: No text of the provision has the part.
    """
    for text in (library.working_text(requirement.provision_id), *library.texts_of(requirement.provision_id)):
        # Of a ledd with a list, what stands before the list.
        exact = next((n for n, s in enumerate(text.segments) if s.portion == requirement.portion), None)
        if evidence := quote_portion(text, requirement.portion):
            return evidence if exact is None else quote_segment(text, exact)
    raise LookupError(f"{requirement.provision_id} has no {requirement.portion.path}")


def _judge(
    requirement: Requirement, rule: Citation, matcher: Matcher, document: DocumentText, kind: DocumentKind
) -> Finding:
    best, denial = matcher.best(requirement)
    is_reference = False
    if best is None and kind is DocumentKind.CONTRACT and requirement.by_reference:
        best = matcher.reference
        is_reference = best is not None
    status = Status.MISSING
    if best:
        status = Status.CONFLICTING if denial else Status.FOUND
    elif denial:
        status = Status.DENIED
    return Finding(
        requirement=requirement,
        status=status,
        rule=rule,
        words=_words(best or denial, document),
        against=_words(denial, document) if best else None,
        score=(best or denial).score if best or denial else 0.0,  # type: ignore[union-attr]
        is_reference=is_reference,
        add="" if status is Status.FOUND else requirement.advice_for(kind),
    )


def _words(match: Match | None, document: DocumentText) -> Words | None:
    if match is None:
        return None
    passage: Passage = match.passage
    start = passage.context_start if match.needs_context else passage.start
    return Words(text=document.text[start : passage.end], start=start, end=passage.end, page=passage.page)


def _warnings(document: DocumentText, matcher: Matcher) -> list[str]:
    warnings = [] if matcher.names_bht else [texts.DOCUMENT_NO_BHT]
    if blanks := len(BLANK.findall(document.text)):
        warnings.append(texts.DOCUMENT_BLANKS.format(count=blanks))
    return warnings
