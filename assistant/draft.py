"""A draft is what a responder has decided to say; composing it checks every quote and numbers the citations."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from assistant import texts
from assistant.answer import Answer, Citation, Nearest, Outcome
from assistant.cite import SENTENCE, Evidence, is_exact, number_citations
from assistant.understand.question import Understood
from corpus.document import Kind, Level, Provision, Verdict

_MONTHS_BEFORE_STALE = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of an answer. A paragraph that states a rule rests on evidence; one that only guides has none.

    `prefix` stands in bold before it. `text` None means the evidence in its own words. `shown` are the parts of it that are shown when it is long; the whole
    is cited. `is_lead` sets the first sentence in bold.
    """

    evidence: tuple[Evidence, ...] = ()
    shown: tuple[Evidence, ...] = ()
    text: str | None = None
    prefix: str = ""
    is_lead: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An answer before its quotes are checked."""

    outcome: Outcome
    paragraphs: tuple[Paragraph, ...]
    verdict: Verdict | None = None
    next_step: str = ""
    follow_up_question: str | None = None
    choices: tuple[str, ...] = ()
    nearest: tuple[Provision, ...] = ()
    warnings: tuple[str, ...] = ()


def abstain(reason: str, nearest: Iterable[Provision] = ()) -> Draft:
    """Return the draft that says there is not enough to go on, why, what is near, and whom to ask."""
    return Draft(outcome=Outcome.ABSTAINED, paragraphs=(Paragraph(text=reason, is_lead=True),), nearest=tuple(nearest))


def compose(draft: Draft, question: Understood, today: date) -> Answer:
    """Return the answer: paragraphs with markers, next step, question back. What cannot be verified is left out.

    Args:
        draft: What to say.
        question: What was asked.
        today: For warnings about age.
    """
    kept, dropped = _verified(draft.paragraphs)
    rests_on_nothing = draft.outcome is not Outcome.ABSTAINED and not any(p.evidence for p in kept)
    if rests_on_nothing:
        draft = abstain(texts.NOT_ENOUGH.format(missing=texts.MISSING_SOURCE), draft.nearest)
        kept = list(draft.paragraphs)
    elif dropped and draft.paragraphs[0] not in kept:
        draft = replace(draft, verdict=None)  # a verdict does not outlive the sentence that gives it
    evidence = [item for paragraph in kept for item in paragraph.evidence]
    citations = number_citations(evidence)
    numbers = {(c.provision_id, c.kind, c.start, c.end): c.n for c in citations}
    parts = [_render(paragraph, numbers) for paragraph in kept]
    if draft.nearest and draft.outcome is Outcome.ABSTAINED:
        parts.append(
            texts.NEAREST_INTRO + "\n" + "\n".join(f"- {escape(p.label)}: {escape(p.heading)}" for p in draft.nearest)
        )
    if draft.outcome is Outcome.ABSTAINED:
        parts.append(texts.ARBEIDSTILSYNET)
    if draft.next_step:
        parts.append(f"{texts.NEXT_STEP} {draft.next_step}")
    if draft.follow_up_question:
        parts.append(f"**{draft.follow_up_question}**")
    warnings = [*draft.warnings, *_warnings([e.provision for e in evidence], citations, today)]
    if dropped:
        warnings.append(texts.DROPPED)
    return Answer(
        question=question.asked,
        standalone_question=question.standalone,
        outcome=draft.outcome,
        verdict=draft.verdict,
        text="\n\n".join(parts),
        citations=citations,
        nearest=tuple(Nearest.of(p) for p in draft.nearest),
        warnings=tuple(dict.fromkeys(warnings)),
        follow_up_question=draft.follow_up_question,
        choices=draft.choices,
    )


def _verified(paragraphs: tuple[Paragraph, ...]) -> tuple[list[Paragraph], bool]:
    """Return the paragraphs whose evidence is exact, and whether any was dropped."""
    kept, dropped = [], False
    for paragraph in paragraphs:
        exact = tuple(e for e in paragraph.evidence if is_exact(e))
        if len(exact) == len(paragraph.evidence):
            kept.append(paragraph)
        else:
            dropped = True
            if paragraph.text is None and exact:
                kept.append(replace(paragraph, evidence=exact, shown=()))
    return kept, dropped


def _render(paragraph: Paragraph, numbers: dict[tuple[str, Kind, int, int], int]) -> str:
    """Return the paragraph as Markdown with its markers."""
    markers = "".join(
        f"[{n}]"
        for n in dict.fromkeys(
            numbers[(e.provision.provision_id, e.provision.kind, e.start, e.end)] for e in paragraph.evidence
        )
    )
    if paragraph.text is not None:
        text = f"**{paragraph.text}**" if paragraph.is_lead else paragraph.text
    else:
        text = _render_quotes(paragraph)
    prefix = f"**{paragraph.prefix}** " if paragraph.prefix else ""
    return f"{prefix}{text} {markers}".strip()


def _render_quotes(paragraph: Paragraph) -> str:
    lines = [escape(line) for e in paragraph.shown or paragraph.evidence for line in e.quote.split("\n")]
    if paragraph.is_lead and not _is_item(lines[0]):
        lines[0] = _bold_first_sentence(lines[0])
    # Items of a list start with their letter, number or dash: a Markdown list keeps each on its line.
    return "\n".join(f"- {line.removeprefix('– ')}" if _is_item(line) else line for line in lines)


def _is_item(line: str) -> bool:
    return bool(re.match(r"(?:[a-zæøå]|\d{1,2})\) |– ", line))


def escape(text: str) -> str:
    """Return text from a document with Markdown's and HTML's own signs made harmless."""
    return re.sub(r"([*_`\[\]<>#|])", r"\\\1", text)


def _bold_first_sentence(text: str) -> str:
    match = SENTENCE.match(text)
    end = match.end(1) if match else len(text)
    return f"**{text[:end]}**{text[end:]}"


def _warnings(provisions: list[Provision], citations: tuple[Citation, ...], today: date) -> list[str]:
    warnings = []
    for provision in dict.fromkeys(provisions):
        if _months_between(provision.checked, today) > _MONTHS_BEFORE_STALE:
            warnings.append(texts.OLD_CHECK.format(date=provision.checked.isoformat()))
        if provision.in_force and provision.in_force > today:
            warnings.append(texts.FUTURE.format(label=provision.label, date=provision.in_force.isoformat()))
    if citations and min(c.level for c in citations) > Level.REGULATION:
        warnings.append(texts.LOWER_LEVEL.format(level=texts.LEVEL_NAMES[min(c.level for c in citations)].lower()))
    return warnings


def _months_between(earlier: date, later: date) -> float:
    return (later - earlier).days / 30.44
