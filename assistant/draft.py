"""A draft is what a responder has decided to say. Composing it (compose.py) checks every quote and numbers the citations."""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.answer import Outcome
from assistant.cite import Evidence
from corpus.document import Provision, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of an answer. A paragraph that states a rule rests on evidence; one that only guides has none.

    `prefix` stands in bold before it. `text` None means the evidence in its own words. `shown` are the parts of it that are shown when it is long; the whole
    is cited. `is_lead` sets the first sentence in bold, `is_verbatim` says that the official words themselves are shown,
    `runs_on` that it goes on in the block of the one before.
    """

    evidence: tuple[Evidence, ...] = ()
    shown: tuple[Evidence, ...] = ()
    text: str | None = None
    prefix: str = ""
    is_lead: bool = False
    is_verbatim: bool = False
    runs_on: bool = False


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
