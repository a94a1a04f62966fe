"""Which HMS duties a workplace has: each with what brings it, what to do, how soon, and the parts of provisions it rests on."""

from dataclasses import dataclass
from datetime import date, timedelta

from assistant import texts
from assistant.cite import Evidence
from assistant.duty.check import DutyOutcome, DutyResult, Reason, check_duty
from assistant.duty.draft import warnings_of
from assistant.tools.duties_evidence import quote_row, quote_rule
from assistant.tools.duties_workplace import SickLeave, Workplace, check_workplace
from corpus.address import Address, Portion
from corpus.document import Verdict
from corpus.duties import Duty, Rule, read_duties
from corpus.library import Library

_ACT = "lov/2005-06-17-62"


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyItem:
    """A duty of one workplace. `due` is a day that was worked out, `condition` what an `avhenger` turns on."""

    duty_id: str
    group: str
    title: str
    verdict: Verdict
    scope: str
    condition: str
    action: str
    deadline: str
    due: date | None
    note: str
    evidence: tuple[Evidence, ...]
    in_chat: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something to say about the whole list, with the rule behind it where it states one."""

    text: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judgement:
    verdict: Verdict
    scope: str = ""
    condition: str = ""
    due: date | None = None
    evidence: tuple[Evidence, ...] = ()


def list_duties(workplace: Workplace, library: Library, today: date | None = None) -> tuple[DutyItem, ...]:
    """Return the duties that a workplace has or may have, in the order of plikter.toml.

    Args:
        workplace: What is known of it.
        library: The sources that are quoted.
        today: The day that no absence begins after; None leaves that out.

    Raises:
        UsageError: A number or a day cannot be used.
    """
    check_workplace(workplace, today)
    table = read_duties(library.known)
    check = _check_bht(workplace)
    if check.reason is Reason.SEA:
        return ()
    items: dict[str, DutyItem] = {}
    for duty in table.duties:
        judged = _judge(duty, workplace, check, items, library)
        if judged is None:
            continue
        rules = tuple(quote_rule(rule, library) for rule in duty.rules)
        items[duty.duty_id] = DutyItem(
            duty_id=duty.duty_id,
            group=table.groups[duty.group],
            title=duty.title,
            verdict=judged.verdict,
            scope=judged.scope or (duty.scope if judged.verdict is Verdict.YES else ""),
            condition=(judged.condition or duty.depends) if judged.verdict is Verdict.DEPENDS else "",
            action=duty.action,
            deadline=duty.deadline,
            due=judged.due,
            note=duty.note,
            evidence=(*judged.evidence, *rules),
            in_chat=duty.in_chat,
        )
    return tuple(items.values())


def list_remarks(workplace: Workplace, library: Library) -> tuple[Remark, ...]:
    """Return what has to be said about the whole list: nobody is employed, outside the act, unknown headcount, how codes and words were read.

    Args:
        workplace: What is known of it.
        library: The sources that are quoted.
    """
    check = _check_bht(workplace)
    remarks: list[Remark] = []
    if workplace.employees == 0:
        remarks.append(Remark(text=texts.DUTIES_NO_EMPLOYEES, evidence=(_quote("1-2", "ledd/1", library),)))
    elif check.reason is Reason.SEA:
        remarks.append(Remark(text=texts.DUTIES_SEA, evidence=(_quote("1-2", "ledd/2/bokstav/a", library),)))
    elif workplace.employees is None:
        remarks.append(Remark(text=texts.DUTIES_UNKNOWN_COUNT))
    return (*remarks, *(Remark(text=text) for text in warnings_of(check)))


def _quote(section: str, path: str, library: Library) -> Evidence:
    return quote_rule(Rule(address=Address(_ACT, section, Portion.parse(path))), library)


def _check_bht(workplace: Workplace) -> DutyResult:
    return check_duty(workplace.industries, workplace.employees, condition_met=workplace.condition_met)


def _judge(
    duty: Duty, workplace: Workplace, check: DutyResult, items: dict[str, DutyItem], library: Library
) -> _Judgement | None:
    """Return what a duty is for the workplace, None when it is left out."""
    if workplace.employees == 0 and not duty.self_employed:
        return None
    if duty.weeks:
        return _judge_sick_leave(duty, workplace)
    if duty.bht_check:
        return _judge_bht(workplace, check, library)
    if duty.follows:
        first = items.get(duty.follows)
        return (
            _Judgement(verdict=first.verdict, scope=texts.DUTIES_FOLLOWS.format(title=first.title)) if first else None
        )
    if duty.or_facts & workplace.facts:
        return _Judgement(verdict=duty.verdict)
    if duty.threshold or duty.steps:
        gate = _gate(duty, workplace)
        return _judge_headcount(duty, workplace, library) if gate else None
    verdict = _gate(duty, workplace)
    return _Judgement(verdict=verdict, scope=texts.DUTIES_EVERYONE if duty.everyone else "") if verdict else None


def _gate(duty: Duty, workplace: Workplace) -> Verdict | None:
    """Return what the facts and the industry make of a duty, None when they do not bring it."""
    if not (duty.facts or duty.codes) or duty.facts & workplace.facts:
        return duty.verdict
    best: Verdict | None = None
    for industry in workplace.industries:
        covered = [any(_covers(code, own) for code in duty.codes) for own in industry.codes]
        if covered and all(covered):
            return duty.code_verdict
        best = Verdict.DEPENDS if any(covered) else best
    return best


def _covers(code: str, own: str) -> bool:
    """Return whether a code is another or lies below it: 43 covers 43.210, 81.2 covers 81.210."""
    return own == code or own.startswith(code if "." in code else f"{code}.")


def _judge_headcount(duty: Duty, workplace: Workplace, library: Library) -> _Judgement | None:
    bounds = _bounds(duty, library)
    sure = min((start for start, verdict in bounds if verdict is Verdict.YES), default=None)
    count = workplace.employees
    if duty.counts == "amu" and workplace.amu_count is not None:
        count = workplace.amu_count
    if count is None:
        known = texts.DUTIES_SURE_FROM.format(least=sure) if sure else ""
        return _Judgement(verdict=Verdict.DEPENDS, condition=f"{texts.DUTIES_HOW_MANY}{known}")
    found = next(((start, verdict) for start, verdict in bounds if count >= start), None)
    if found is None or found[1] is Verdict.NO:
        return None
    start, verdict = found
    return _Judgement(
        verdict=verdict, scope=texts.DUTIES_FROM.format(least=start) if start > 1 else texts.DUTIES_EVERYONE
    )


def _bounds(duty: Duty, library: Library) -> list[tuple[int, Verdict]]:
    """Return what holds from how many employees upwards, the highest number first."""
    if duty.threshold:
        threshold = next(t for t in library.thresholds if t.threshold_id == duty.threshold)
        return [(band.start, band.verdict) for band in threshold.bands]
    return [(step.start, step.verdict) for step in duty.steps]


def _judge_bht(workplace: Workplace, check: DutyResult, library: Library) -> _Judgement:
    if not workplace.industries or check.reason is Reason.UNKNOWN:
        return _Judgement(verdict=Verdict.DEPENDS, scope=texts.DUTIES_EVERYONE, condition=texts.DUTIES_BHT_UNKNOWN)
    rows = tuple(row for row in (quote_row(row, library) for row in check.rows) if row)
    if check.outcome is DutyOutcome.LISTED:
        scope = texts.DUTIES_BHT_LISTED.format(codes=", ".join(row.code for row in check.rows))
        return _Judgement(verdict=Verdict.YES, scope=scope, evidence=rows)
    if check.outcome is DutyOutcome.LISTED_WITH_CONDITION:
        condition = texts.DUTIES_BHT_LIMITED.format(condition=check.condition)
    elif check.outcome is DutyOutcome.NOT_LISTED:
        condition = texts.DUTIES_BHT_NOT_LISTED
    else:
        condition = texts.DUTIES_BHT_SEVERAL
    return _Judgement(verdict=Verdict.DEPENDS, scope=texts.DUTIES_EVERYONE, condition=condition, evidence=rows)


def _judge_sick_leave(duty: Duty, workplace: Workplace) -> _Judgement | None:
    """Return the duty with its day: the same weekday so many weeks after the first day of absence."""
    if workplace.sick_since is None:
        return None
    due = workplace.sick_since + timedelta(weeks=duty.weeks)
    if not duty.full_leave_only or workplace.sick_leave is SickLeave.FULL:
        return _Judgement(verdict=Verdict.YES, due=due)
    return _Judgement(verdict=Verdict.DEPENDS, due=None if workplace.sick_leave is SickLeave.GRADED else due)
