"""What the API takes, checked as it comes in, and what it gives, as the documentation shows it.

What is sent is never built from these: it is the JSON that every face writes. A test holds the two together.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.duty.report import MOST_EMPLOYEES
from assistant.understand.question import MAX_QUESTION

_QUESTION = "Må en frisørsalong med tre ansatte ha BHT?"
_Words = Annotated[str, Field(min_length=1, max_length=MAX_QUESTION)]


class _Taken(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TurnIn(_Taken):
    """En melding i samtalen."""

    role: Literal["user", "assistant"]
    content: str


class Question(_Taken):
    """Spørsmålet, og det som trengs for å forstå det."""

    question: Annotated[str, Field(min_length=1, max_length=MAX_QUESTION, examples=[_QUESTION])]
    history: Annotated[list[TurnIn], Field(max_length=200)] = []
    as_of: Annotated[date | None, Field(description="Svar etter teksten som gjaldt denne dagen.")] = None
    engine: Annotated[
        Literal["extractive", "llm"],
        Field(description="Hvem som skriver svaret: kildenes egne ord, eller språkmodellen i innstillingene."),
    ] = "extractive"
    id: Annotated[str | None, Field(max_length=200, description="Kommer tilbake i svaret.")] = None


class Company(_Taken):
    """Det som er kjent om virksomheten. Gi minst én bransje eller kode, eller si at den ikke har ansatte."""

    industries: Annotated[list[_Words], Field(max_length=20, examples=[["frisørsalong"]])] = []
    codes: Annotated[list[_Words], Field(max_length=20, description="Næringskoder, for eksempel 96.210.")] = []
    employees: Annotated[int | None, Field(ge=0, le=MOST_EMPLOYEES, examples=[3])] = None
    owner_only: Annotated[bool, Field(description="Eieren er eneste ansatt.")] = False
    risks: Annotated[list[_Words], Field(max_length=20, description="Risiko i arbeidet, med egne ord.")] = []
    vintage: Annotated[Literal["2007", "2025"] | None, Field(description="Standarden kodene er fra.")] = None


class Claims(_Taken):
    """Teksten som skal kontrolleres."""

    text: Annotated[str, Field(min_length=1, max_length=20_000, examples=["BHT er påbudt fra 50 ansatte."])]


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Problem(_Given):
    """Hva som er galt, i en setning."""

    error: str


class CitationOut(_Given):
    """Et ordrett sitat og hvor det står: `text[start:end] == quote` i teksten av samme paragraf og `kind`."""

    n: int
    label: str
    provision_id: str
    portion: str
    level: int
    kind: str
    quote: str
    start: int
    end: int
    url: str
    in_force: date | None
    text_date: date | None


class NearestOut(_Given):
    """En paragraf nær spørsmålet."""

    provision_id: str
    label: str
    heading: str
    url: str


class AnswerOut(_Given):
    """Svaret, det samme som `bht ask --json` skriver."""

    id: str | None
    question: str
    standalone_question: str
    outcome: Literal["answered", "partial", "asks_back", "corrected", "abstained"]
    refused: bool
    verdict: Literal["ja", "nei", "avhenger"] | None
    answer: str
    citations: list[CitationOut]
    nearest: list[NearestOut]
    warnings: list[str]
    follow_up_question: str | None
    engine: Literal["extractive", "llm"]
    latency_s: float


class TextOut(_Given):
    """Én tekst av en paragraf."""

    kind: str
    text: str
    in_force: date | None
    text_date: date | None
    checked: date
    repealed: date | None
    last_amended: str | None
    url: str
    note: str
    remark: str
    attribution: str


class WordingOut(_Given):
    """En ordlyd som gjaldt før."""

    until: date | None
    text: str
    in_force: date | None


class ProvisionOut(_Given):
    """Paragrafen, det samme som `bht corpus show --json` skriver."""

    provision_id: str
    label: str
    heading: str
    level: int
    texts: list[TextOut]
    changes: list[WordingOut]


class HitOut(_Given):
    """Et treff, med delen som passer best."""

    rank: int
    score: float
    provision_id: str
    label: str
    heading: str
    portion: str
    level: int
    kind: str
    text: str
    start: int
    end: int
    url: str
    in_force: date | None
    text_date: date | None


class SearchOut(_Given):
    """Treffene, det beste først."""

    query: str
    hits: list[HitOut]


class CodeOut(_Given):
    """En næringskode."""

    code: str
    name: str


class RowOut(CodeOut):
    """En rad i lista i § 13-1."""

    condition: str | None


class ChoiceOut(CodeOut):
    """En kode å velge."""

    outcome: str


class DutyOut(_Given):
    """Resultatet, det samme som `bht duty --json` skriver."""

    outcome: Literal["listed", "listed_with_condition", "not_listed_risk_decides", "outside_the_act", "cannot_tell"]
    reason: str
    verdict: Literal["ja", "nei", "avhenger"]
    answer: str
    rows: list[RowOut]
    condition: str | None
    codes: list[CodeOut]
    code_vintage: str
    choices: list[ChoiceOut]
    assumed: list[str]
    risks: list[str]
    risk_questions: list[str]
    citations: list[CitationOut]
    follow_up_question: str | None
    warnings: list[str]
    next_steps: list[str]


class HealthOut(_Given):
    """Tilstanden: `notices` er det som brukeren bør vite."""

    status: Literal["ok"]
    version: str
    provisions: int
    has_official: bool
    notices: list[str]


# The claims of a text have the form that the check of claims writes.
class ClaimOut(_Given):
    """En påstand i teksten: `text[start:end] == claim`."""

    claim: str
    start: int
    end: int
    finding: Literal["supported", "contradicted", "not_found"]
    reason: str | None
    citations: list[CitationOut]


class VerifiedOut(_Given):
    """Påstandene i teksten, og hvor mange det er av hvert slag."""

    claims: list[ClaimOut]
    counts: dict[str, int]
