"""The verifier judged by hand-labelled sentences: how many true ones it keeps, and how many false ones it stops."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.cite import Evidence, quote_portion
from assistant.verify import Judgement, Source, judge_sentence
from assistant.verify.support import Measure
from corpus.address import Portion
from corpus.document import Kind, Provision
from corpus.library import Library

CLAIMS_FOLDER = Path(__file__).with_name("datasets") / "claims"


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledSentence:
    """A sentence of a model's answer, what it cites, and whether that carries it. `trick` is what is wrong with it."""

    claim_id: str
    sentence: str
    evidence: tuple[Evidence, ...]
    is_supported: bool
    trick: str

    @property
    def sources(self) -> dict[int, Source]:
        """The sources by their numbers."""
        return {number: Source(number, item) for number, item in enumerate(self.evidence, 1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFigures:
    """What the verifier did with a set. `stopped` is (stopped, all) by trick; `precision` and `recall` are those of stopping."""

    kept: int
    supported: int
    stopped: dict[str, tuple[int, int]]

    @property
    def kept_share(self) -> float:
        """Share of the true sentences that may be said."""
        return self.kept / self.supported

    @property
    def recall(self) -> float:
        """Share of the false sentences that are stopped."""
        return sum(n for n, _ in self.stopped.values()) / sum(n for _, n in self.stopped.values())

    @property
    def precision(self) -> float:
        """Share of what is stopped that is false."""
        caught = sum(n for n, _ in self.stopped.values())
        return caught / max(1, caught + self.supported - self.kept)


def read_claims(name: str, library: Library) -> list[LabelledSentence]:
    """Return the sentences of a file: "dev" and "dev2" to develop on, "test" to measure."""
    lines = (CLAIMS_FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [_read(json.loads(line), library) for line in lines if line.strip()]


def judge_all(
    claims: Sequence[LabelledSentence], library: Library, likeness: Measure | None
) -> Iterator[tuple[LabelledSentence, Judgement]]:
    """Yield each sentence with its judgement."""
    for claim in claims:
        yield claim, judge_sentence(claim.sentence, claim.sources, known=library.known, likeness=likeness)


def count_figures(judged: Sequence[tuple[LabelledSentence, Judgement]]) -> ClaimFigures:
    """Return the figures of a set that was judged."""
    wrong = [(claim, judgement) for claim, judgement in judged if not claim.is_supported]
    every, stopped = Counter(c.trick for c, _ in wrong), Counter(c.trick for c, j in wrong if not j.is_carried)
    return ClaimFigures(
        kept=sum(claim.is_supported and judgement.is_carried for claim, judgement in judged),
        supported=sum(claim.is_supported for claim, _ in judged),
        stopped={trick: (stopped[trick], count) for trick, count in sorted(every.items())},
    )


def _read(row: dict[str, Any], library: Library) -> LabelledSentence:
    return LabelledSentence(
        claim_id=row["id"],
        sentence=row["sentence"],
        evidence=tuple(_evidence(item["provision_id"], item.get("portion", ""), library) for item in row["evidence"]),
        is_supported=row["label"] == "supported",
        trick=row["trick"],
    )


def _evidence(provision_id: str, portion: str, library: Library) -> Evidence:
    provision = _text(provision_id, library)
    found = quote_portion(provision, Portion.parse(portion)) if portion else None
    if portion and found is None:
        raise LookupError(f"{provision_id} has no {portion}")
    return found or Evidence(provision=provision, start=0, end=len(provision.text), portion=Portion())


def _text(provision_id: str, library: Library) -> Provision:
    kind = Kind.GUIDANCE if provision_id.startswith("veiledning/") else Kind.RESTATEMENT
    return library.find(provision_id, kind)
