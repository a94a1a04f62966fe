"""A draft to the answer: every quote checked, the wording that holds cited, citations numbered, text rendered as Markdown."""

import re
from dataclasses import dataclass, replace
from datetime import date

from assistant import texts
from assistant.answer import Answer, Citation, Nearest, Outcome
from assistant.cite import SENTENCE, Evidence, is_exact, number_citations, split_sentences
from assistant.disputes import conflict_warnings
from assistant.draft import Draft, Paragraph, abstain
from assistant.understand.question import Understood
from assistant.wording import cite_wording
from corpus.coming import coming_changes
from corpus.document import Kind, Level, Provision
from corpus.library import Library
from index.text import stems_of

_MONTHS_BEFORE_STALE = 6
# An official wording longer than this is quoted by its first sentence; the whole stands in the citation.
_MAX_QUOTE_WORDS = 45
_SHORTEST_SENTENCE = 4


@dataclass(frozen=True, slots=True)
class Composer:
    """Composes answers from a library. `today` is for warnings about age."""

    library: Library
    today: date

    def compose(self, draft: Draft, question: Understood, as_of: date | None = None) -> Answer:
        """Return the answer: paragraphs with markers, next step, question back. What cannot be verified is left out.

        Args:
            draft: What to say.
            question: What was asked.
            as_of: The day whose wording is cited; None for today's.
        """
        if as_of:
            draft = _without_advice(draft)
        kept, dropped = _verified(draft.paragraphs)
        worded = cite_wording(kept, self.library, as_of)
        is_less = dropped or len(worded.paragraphs) < len(kept)
        kept = list(worded.paragraphs)
        if draft.outcome is not Outcome.ABSTAINED and not any(p.evidence for p in kept):
            missing = " ".join(worded.warnings[1:]) if as_of else ""
            draft = abstain(texts.NOT_ENOUGH.format(missing=missing or texts.MISSING_SOURCE), draft.nearest)
            kept, dropped, worded = list(draft.paragraphs), False, replace(worded, warnings=worded.warnings[:1])
        elif is_less and draft.paragraphs[0].evidence and not (kept and kept[0].is_lead):
            draft = replace(draft, verdict=None)  # a verdict does not outlive the sentence that gives it
        citations = number_citations(item for paragraph in kept for item in paragraph.evidence)
        warnings = [*draft.warnings, *worded.warnings, *self._warnings(kept, citations)]
        warnings += conflict_warnings(citations, question, self.library)
        if dropped:
            warnings.append(texts.DROPPED)
        return Answer(
            question=question.asked,
            standalone_question=question.standalone,
            outcome=draft.outcome,
            verdict=draft.verdict,
            text="\n\n".join(_parts(draft, kept, citations)),
            citations=citations,
            nearest=tuple(Nearest.of(p) for p in draft.nearest),
            warnings=tuple(dict.fromkeys(warnings)),
            follow_up_question=draft.follow_up_question,
            choices=draft.choices,
        )

    def _warnings(self, paragraphs: list[Paragraph], citations: tuple[Citation, ...]) -> list[str]:
        warnings = []
        for provision in dict.fromkeys(item.provision for paragraph in paragraphs for item in paragraph.evidence):
            if _months_between(provision.checked, self.today) > _MONTHS_BEFORE_STALE:
                warnings.append(texts.OLD_CHECK.format(date=provision.checked.isoformat()))
            warnings += _status_warnings(provision, self.today)
        if citations and min(c.level for c in citations) > Level.REGULATION:
            warnings.append(texts.LOWER_LEVEL.format(level=texts.LEVEL_NAMES[min(c.level for c in citations)].lower()))
        return warnings


def _without_advice(draft: Draft) -> Draft:
    """Return the draft without its verdict and next step: they are about the law as it is."""
    paragraphs = draft.paragraphs
    if draft.verdict:
        paragraphs = tuple(replace(p, prefix="") if p.is_lead else p for p in paragraphs)
    return replace(draft, verdict=None, next_step="", paragraphs=paragraphs)


def _status_warnings(provision: Provision, today: date) -> list[str]:
    if coming := coming_changes(provision):
        label, day = provision.label, coming[0].isoformat()
        if coming[0] <= today:
            return [texts.CHANGED_SINCE.format(label=label, day=day, date=provision.text_date)]
        return [texts.CHANGES_SOON.format(label=label, date=day)]
    if provision.pending:
        return [texts.PENDING.format(label=provision.label)]
    if provision.in_force and provision.in_force > today:
        return [texts.FUTURE.format(label=provision.label, date=provision.in_force.isoformat())]
    if provision.repealed and provision.repealed > today:
        return [texts.ENDS.format(label=provision.label, date=provision.repealed.isoformat())]
    return []


def _parts(draft: Draft, paragraphs: list[Paragraph], citations: tuple[Citation, ...]) -> list[str]:
    """Return the blocks of the answer's text."""
    numbers = {(c.provision_id, c.kind, c.start, c.end): c.n for c in citations}
    parts: list[str] = []
    quoted, block = False, 0
    for paragraph in paragraphs:
        if paragraph.runs_on and parts:
            parts[block] += f" {_render(paragraph, numbers)}"
            continue
        block = len(parts)
        parts.append(_render(paragraph, numbers))
        if not quoted and (quote := _official_quote(paragraph)):
            parts.append(quote)
            quoted = True
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
    return parts


def _official_quote(paragraph: Paragraph) -> str:
    """Return the official wording behind a paragraph in our words, as a quotation; "" where those are the official words."""
    ours = [item.quote for item in paragraph.shown if item.provision.kind is Kind.RESTATEMENT]
    said = paragraph.text or " ".join(ours)
    # A row of a table is a name: what is quoted is the sentence above it.
    official = [
        item for item in paragraph.evidence
        if item.provision.kind is Kind.OFFICIAL and "rad" not in dict(item.portion.parts)
    ]  # fmt: skip
    if not said or not official or paragraph.is_verbatim:
        return ""
    whole = official[0]
    cut = whole if len(whole.quote.split()) <= _MAX_QUOTE_WORDS else _closest_sentence(whole, said)
    before, after = "… " * (cut.start > whole.start), " …" * (cut.end < whole.end)
    lines = [line for line in cut.quote.split("\n") if " | " not in line] or [cut.quote]  # no head of a table
    quote = escape(" ".join(" ".join(lines).split()))
    return f"> «{before}{quote}{after}» ({escape(cut.provision.label_of(cut.portion))})"


def _closest_sentence(evidence: Evidence, said: str) -> Evidence:
    """Return the sentence of the evidence that shares most words with what is said; the first of equals."""
    wanted = set(stems_of(said))
    return max(split_sentences(evidence), key=lambda item: len(wanted & set(stems_of(item.quote))))


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
    # "9. Regnskap": a number is no sentence.
    end = next((m.end(1) for m in SENTENCE.finditer(text) if len(m[1].strip()) > _SHORTEST_SENTENCE), len(text))
    return f"**{text[:end]}**{text[end:]}"


def _months_between(earlier: date, later: date) -> float:
    return (later - earlier).days / 30.44
