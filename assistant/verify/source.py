"""What a sentence is held against: the evidence behind a marker, its sentences and its clauses."""

from dataclasses import dataclass, replace
from functools import cached_property

from assistant.cite import Evidence, split_sentences
from assistant.verify.likeness import core_stems
from assistant.verify.sense import Force, Sense, read_sense, split_clauses


@dataclass(frozen=True)
class Source:
    """What a marker points at."""

    number: int
    evidence: Evidence

    @cached_property
    def text(self) -> str:
        """Everything the source may be quoted for: its words, its heading, its label and its dates."""
        provision = self.evidence.provision
        dates = [f"gjelder fra {provision.in_force.isoformat()}" if provision.in_force else ""]
        dates += [f"tekst per {provision.text_date.isoformat()}" if provision.text_date else ""]
        return "\n".join([self.evidence.quote, provision.heading, provision.label_of(self.evidence.portion), *dates])

    @cached_property
    def clauses(self) -> tuple["Clause", ...]:
        """The clauses of the source's sentences. What is only advised in the first is only advised in the others too."""
        found = []
        for sentence in self.sentences:
            first, *others = (Clause(text) for text in split_clauses(sentence))
            found += [first, *(Clause(other.text, is_advised=first.sense.force is Force.ADVICE) for other in others)]
        return tuple(found)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The sentences of the source; the line that leads in a list goes with each item."""
        lines = self.evidence.quote.split("\n")
        lead = lines[0] if len(lines) > 1 and lines[0].rstrip().endswith(":") else ""
        items = (f"{lead} {line}" for line in lines[1:] if lead)
        return tuple(dict.fromkeys([*(item.quote for item in split_sentences(self.evidence)), *items]))


@dataclass(frozen=True)
class Clause:
    """A clause of a source as it is compared."""

    text: str
    is_advised: bool = False

    @cached_property
    def stems(self) -> frozenset[str]:
        """Its stems."""
        return core_stems(self.text)

    @cached_property
    def sense(self) -> Sense:
        """Which way it points."""
        sense = read_sense(self.text)
        return replace(sense, force=Force.ADVICE) if self.is_advised and sense.force is Force.NONE else sense
