"""Evidence to citations. A quote that is not exactly what the provision says never becomes a citation."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.answer import Citation
from corpus.address import Portion
from corpus.document import Provision

# A full stop, question mark or exclamation mark that a new sentence or the end follows; "nr. 4" and "kap. 2" do not end one.
SENTENCE = re.compile(r"(.+?(?<!\bnr)(?<!\bkap)(?<!\bjf)(?<!\bf\.eks)[.!?:])(?=\s+[«\"A-ZÆØÅ–]|\s*$)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A span of a provision that an answer rests on. Half-open offsets in its text."""

    provision: Provision
    start: int
    end: int
    portion: Portion

    @property
    def quote(self) -> str:
        """The words of the span."""
        return self.provision.text[self.start : self.end]


def quote_segment(provision: Provision, number: int) -> Evidence:
    """Return the evidence that is a whole segment."""
    segment = provision.segments[number]
    return Evidence(provision=provision, start=segment.start, end=segment.end, portion=segment.portion)


def quote_portion(provision: Provision, portion: Portion) -> Evidence | None:
    """Return the evidence that is a part with everything below it, None when the provision has no such part."""
    inside = [s for s in provision.segments if s.portion.starts_with(portion)]
    if not inside:
        return None
    if len(portion.parts) == 1:
        # A table is never quoted whole: its rows are parts of their own.
        inside = [s for s in inside if "rad" not in dict(s.portion.parts)] or inside
    return Evidence(provision=provision, start=inside[0].start, end=inside[-1].end, portion=portion)


def split_sentences(evidence: Evidence) -> list[Evidence]:
    """Return the sentences of the evidence, each a piece of evidence; items of a list count as sentences."""
    pieces = []
    for line in re.finditer(r"[^\n]+", evidence.quote):
        for sentence in SENTENCE.finditer(line[0]) or ():
            text = sentence[1].strip()
            start = evidence.start + line.start() + sentence.start(1) + (len(sentence[1]) - len(sentence[1].lstrip()))
            pieces.append(replace(evidence, start=start, end=start + len(text)))
    return pieces or [evidence]


def first_sentences(evidence: Evidence, count: int = 1) -> Evidence:
    """Return the evidence cut to its first sentences."""
    ends = [m.end(1) for m in SENTENCE.finditer(evidence.quote)][:count]
    return replace(evidence, end=evidence.start + ends[-1]) if ends else evidence


def is_exact(evidence: Evidence) -> bool:
    """Return whether the span lies in the text and holds words."""
    return 0 <= evidence.start < evidence.end <= len(evidence.provision.text) and bool(evidence.quote.strip())


def number_citations(evidence: Iterable[Evidence]) -> tuple[Citation, ...]:
    """Return a citation for each distinct piece of evidence that is exact, numbered from 1 in the order given."""
    citations = []
    for n, item in enumerate(dict.fromkeys(e for e in evidence if is_exact(e)), 1):
        provision = item.provision
        citations.append(
            Citation(
                n=n,
                label=provision.label_of(item.portion),
                provision_id=provision.provision_id,
                portion=item.portion,
                level=provision.level,
                kind=provision.kind,
                quote=item.quote,
                start=item.start,
                end=item.end,
                url=provision.url,
                in_force=provision.in_force,
                text_date=provision.text_date,
            )
        )
    return tuple(citations)
