"""The duty check from what a person gives to what every face shows: the same for the command line, the page, the API and MCP."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from assistant.answer import Answer
from assistant.compose import Composer
from assistant.duty.check import DutyResult, check_duty
from assistant.duty.company import RegisteredCompany
from assistant.duty.draft import assumed_of, draft_duty
from assistant.duty.industry import Industry, Vintage, read_code
from assistant.duty.reader import read_description
from assistant.errors import UsageError
from assistant.understand.question import MAX_QUESTION, ask_for_a_tool
from corpus.industry import name_of
from corpus.library import Library
from corpus.risks import find_risks, read_risks

MOST_EMPLOYEES = 1_000_000
_VINTAGES = {"2007": Vintage.SN2007, "2025": Vintage.SN2025}


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRequest:
    """What is known of a company. `vintage` is "2007" or "2025" for codes that exist in both standards, None to read them.

    `condition_met` answers the condition of a limited row of § 13-1, None when it was not asked.
    """

    industries: Sequence[str] = ()
    codes: Sequence[str] = ()
    employees: int | None = None
    owner_only: bool = False
    risks: Sequence[str] = ()
    vintage: str | None = None
    condition_met: bool | None = None
    company: RegisteredCompany | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyReport:
    """The result of the check, and the answer that says it with citations."""

    result: DutyResult
    answer: Answer
    next_step: str

    def to_json(self) -> dict[str, Any]:
        """Return the result as the contract writes it (README, the duty check)."""
        result, answer = self.result, self.answer
        vintages = dict.fromkeys(i.vintage.value for i in result.industries if i.vintage)
        return {
            "outcome": result.outcome.value,
            "reason": result.reason.value,
            "verdict": result.verdict.value,
            "answer": answer.text,
            "rows": [{"code": row.code, "name": row.name, "condition": row.condition or None} for row in result.rows],
            "condition": result.condition or None,
            "codes": [{"code": code, "name": name_of(code)} for i in result.industries for code in i.codes],
            "code_vintage": "/".join(vintages) or "SN2025",
            "choices": [{"code": c.code, "name": c.name, "outcome": c.outcome.value} for c in result.choices],
            "assumed": list(assumed_of(result)),
            "risks": [risk.name for risk in result.risks],
            "risk_questions": [risk.question for risk in read_risks()] if result.decided_by_risk else [],
            "citations": [citation.to_json() for citation in answer.citations],
            "follow_up_question": answer.follow_up_question,
            "warnings": list(answer.warnings),
            "next_steps": [self.next_step] if self.next_step else [],
        }


def report_duty(request: DutyRequest, library: Library, today: date | None = None) -> DutyReport:
    """Return whether the company must have BHT.

    Args:
        request: What is known of it.
        library: What is quoted.
        today: The day it is asked; None for today.

    Raises:
        UsageError: A number, a code or a description cannot be used, or nothing says what the company does.
    """
    employees, company = request.employees, request.company
    if employees is not None and not 0 <= employees <= MOST_EMPLOYEES:
        raise UsageError(f"Antall ansatte må være fra 0 til {MOST_EMPLOYEES:,}.".replace(",", " "))
    industries = _read_industries(request) or (company.main if company else ())
    if company and employees is None:
        employees = company.employees
    if not industries and employees != 0 and not request.owner_only:
        raise UsageError(
            "Skriv hva dere driver med, for eksempel «frisørsalong», eller næringskoden, for eksempel 96.210."
        )
    said = " ".join([*request.industries, *request.risks])
    side = company.side if company else ()
    result = check_duty(
        industries, employees, request.owner_only, request.condition_met, risks=find_risks(said), side=side
    )
    draft = draft_duty(result, library)
    draft = replace(draft, warnings=(*draft.warnings, *(company.warnings if company else ())))
    question = ask_for_a_tool(f"Må vi ha BHT? {said or ' '.join(i.name for i in industries)}")
    answer = Composer(library, today or date.today()).compose(draft, question)
    return DutyReport(result=result, answer=answer, next_step=draft.next_step)


def _read_industries(request: DutyRequest) -> tuple[Industry, ...]:
    if request.vintage and request.vintage not in _VINTAGES:
        raise UsageError(f"Standarden er 2007 eller 2025, ikke «{request.vintage}».")
    vintage = _VINTAGES.get(request.vintage or "")
    coded = [read_code(code, vintage) for code in request.codes]
    named: list[Industry] = []
    for text in request.industries:
        if len(text) > MAX_QUESTION:
            raise UsageError(f"Beskrivelsen er på {len(text)} tegn, og grensen er {MAX_QUESTION}. Skriv den kortere.")
        if not (found := read_description(text)):
            raise UsageError(
                f"Jeg kjenner ikke igjen «{text.strip()[:60]}». Beskriv arbeidet litt nærmere, eller bruk næringskoden, for eksempel 96.210."
            )
        named += found
    return (*coded, *named)
