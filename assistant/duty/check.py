"""Industry and headcount to one of five outcomes, by the table of OLM § 13-1. Deterministic; knows no headcount criterion."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.duty.industry import Industry, Vintage
from corpus.document import Verdict
from corpus.industry import IndustryRow, name_of, read_codes, read_conditions, read_table
from corpus.risks import Risk

# AML § 1-2 andre ledd: shipping, catching and fishing are outside the act (SN2025 groups; diving and pilotage are not).
_OUTSIDE_SECTORS = ("03.1", "50")


class DutyOutcome(StrEnum):
    """The outcomes of the duty check."""

    LISTED = "listed"
    LISTED_WITH_CONDITION = "listed_with_condition"
    NOT_LISTED = "not_listed_risk_decides"
    OUTSIDE_THE_ACT = "outside_the_act"
    CANNOT_TELL = "cannot_tell"


_VERDICTS = {
    DutyOutcome.LISTED: Verdict.YES,
    DutyOutcome.LISTED_WITH_CONDITION: Verdict.DEPENDS,
    DutyOutcome.NOT_LISTED: Verdict.NO,
    DutyOutcome.OUTSIDE_THE_ACT: Verdict.NO,
    DutyOutcome.CANNOT_TELL: Verdict.DEPENDS,
}


class Reason(StrEnum):
    """Why the outcome is what it is, where the row does not say it."""

    ROW = "row"
    NO_EMPLOYEES = "no_employees"
    SEA = "sea"
    OWNER_ONLY = "owner_only"
    SEVERAL_CODES = "several_codes"
    SEVERAL_ACTIVITIES = "several_activities"
    SIDE_ACTIVITY = "side_activity"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A code that an industry may be, and what the table says for it. All codes below it have the same outcome."""

    code: str
    name: str
    outcome: DutyOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyResult:
    """What the check found. `rows` are the rows of § 13-1 that match, `industries` what was judged, `risks` what speaks for BHT off the list."""

    outcome: DutyOutcome
    reason: Reason
    industries: tuple[Industry, ...]
    rows: tuple[IndustryRow, ...] = ()
    risks: tuple[Risk, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Answer to "must we have BHT?"; off the list, a risk that was named makes it depend."""
        return Verdict.DEPENDS if self.risks else _VERDICTS[self.outcome]

    @property
    def decided_by_risk(self) -> bool:
        """Whether the list is silent, so that the risk assessment decides."""
        return self.outcome is DutyOutcome.NOT_LISTED

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The codes to choose among where the industry has several that differ, () where they do not."""
        if self.reason is not Reason.SEVERAL_CODES:
            return ()
        return tuple(dict.fromkeys(c for industry in self.industries for code in industry.codes for c in _split(code)))

    @property
    def condition(self) -> str:
        """What limits the matched row, "" when nothing does."""
        return "; ".join(dict.fromkeys(row.condition for row in self.rows if row.condition))

    @property
    def name(self) -> str:
        """The industries as the user named them."""
        return " og ".join(dict.fromkeys(industry.name for industry in self.industries))


def match_rows(code: str) -> tuple[IndustryRow, ...]:
    """Return the rows of § 13-1 that cover a code."""
    return tuple(row for row in read_table() if row.covers(code))


def _leaves(code: str) -> list[str]:
    """Return the five-digit codes below a code; none for a five-digit code."""
    if len(code) == 6:
        return []
    prefix = code if "." in code else f"{code}."
    return [c for c in read_codes() if len(c) == 6 and c.startswith(prefix)]


def check_duty(
    industries: tuple[Industry, ...],
    employees: int | None = None,
    owner_only: bool = False,
    condition_met: bool | None = None,
    risks: tuple[Risk, ...] = (),
    side: tuple[Industry, ...] = (),
) -> DutyResult:
    """Return what the table of § 13-1 says for what a company does.

    Args:
        industries: What it does, one or more.
        employees: Number of employees; only 0 matters. None is unknown.
        owner_only: The owner is the only employee.
        condition_met: The user's answer to the condition of a limited row; None when it was not asked.
        risks: What the user says of the work; they matter where the list does not decide.
        side: What it does beside that: activities that are known not to be the main one.
    """
    if employees == 0:
        return DutyResult(outcome=DutyOutcome.OUTSIDE_THE_ACT, reason=Reason.NO_EMPLOYEES, industries=industries)
    results = [_check_one(industry, condition_met) for industry in industries]
    outcomes = {result.outcome for result in results}
    rows = tuple(dict.fromkeys(row for result in results for row in result.rows))
    if owner_only:
        return DutyResult(outcome=DutyOutcome.CANNOT_TELL, reason=Reason.OWNER_ONLY, industries=industries, rows=rows)
    if len(outcomes) == 1:
        first = results[0]
        beside = tuple(dict.fromkeys(row for industry in side for row in _check_one(industry, None).rows))
        if beside and first.outcome is DutyOutcome.NOT_LISTED:
            return DutyResult(
                outcome=DutyOutcome.CANNOT_TELL, reason=Reason.SIDE_ACTIVITY, industries=industries, rows=beside
            )
        kept = risks if first.outcome is DutyOutcome.NOT_LISTED else ()
        return DutyResult(outcome=first.outcome, reason=first.reason, industries=industries, rows=rows, risks=kept)
    # A listed main activity decides; a listed side activity is for Arbeidstilsynet to judge (§ 13-1 tredje ledd).
    return DutyResult(
        outcome=DutyOutcome.CANNOT_TELL, reason=Reason.SEVERAL_ACTIVITIES, industries=industries, rows=rows
    )


def differs_by_vintage(industry: Industry) -> DutyOutcome | None:
    """Return the outcome that the same code had by its meaning in SN2007, None when it is the same or there was none."""
    if industry.vintage is not Vintage.SN2025 or not industry.former:
        return None
    then = check_duty((Industry(name=industry.name, codes=industry.former),)).outcome
    return then if then is not check_duty((industry,)).outcome else None


def _split(code: str) -> list[Choice]:
    """Return the fewest codes at or below a code whose five-digit codes agree."""
    outcomes = {_check_one(Industry(name=leaf, codes=(leaf,)), None).outcome for leaf in _leaves(code) or [code]}
    if len(outcomes) == 1:
        return [Choice(code=code, name=name_of(code), outcome=outcomes.pop())]
    children = [c for c in read_codes() if c != code and c.startswith(code) and _parent(c) == code]
    return [choice for child in children for choice in _split(child)]


def _parent(code: str) -> str:
    return code[:-1].removesuffix(".") if "." in code else ""


def _check_one(industry: Industry, condition_met: bool | None) -> DutyResult:
    if not industry.codes:
        return DutyResult(outcome=DutyOutcome.CANNOT_TELL, reason=Reason.UNKNOWN, industries=(industry,))
    if all(code.startswith(_OUTSIDE_SECTORS) for code in industry.codes):
        return DutyResult(outcome=DutyOutcome.OUTSIDE_THE_ACT, reason=Reason.SEA, industries=(industry,))
    leaves = [leaf for code in industry.codes for leaf in (_leaves(code) or [code])]
    found = [match_rows(leaf) for leaf in leaves]
    rows = tuple(dict.fromkeys(row for matched in found for row in matched))
    states = {(bool(matched), any(row.condition for row in matched)) for matched in found}
    if len(states) > 1:
        return DutyResult(
            outcome=DutyOutcome.CANNOT_TELL, reason=Reason.SEVERAL_CODES, industries=(industry,), rows=rows
        )
    if not rows:
        return DutyResult(outcome=DutyOutcome.NOT_LISTED, reason=Reason.ROW, industries=(industry,))
    if any(row.condition for row in rows):
        met = _settle_condition(industry, rows[0]) if condition_met is None else condition_met
        if met is False:
            return DutyResult(outcome=DutyOutcome.NOT_LISTED, reason=Reason.ROW, industries=(industry,))
        outcome = DutyOutcome.LISTED if met else DutyOutcome.LISTED_WITH_CONDITION
    else:
        outcome = DutyOutcome.LISTED
    return DutyResult(outcome=outcome, reason=Reason.ROW, industries=(industry,), rows=rows)


def settles_condition(industry: Industry) -> bool:
    """Return whether the word for an industry of a limited row says by itself on which side of the limit it is."""
    rows = [row for code in industry.codes for row in match_rows(code) if row.condition]
    return bool(rows) and _settle_condition(industry, rows[0]) is not None


def _settle_condition(industry: Industry, row: IndustryRow) -> bool | None:
    """Return whether the word for the industry already says that the limited row applies; None when it does not say."""
    condition = read_conditions()[row.code]
    if industry.name.startswith(condition.inside):
        return True
    return False if industry.name.startswith(condition.outside) else None
