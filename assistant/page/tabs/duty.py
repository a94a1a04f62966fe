"""The tab BHT-sjekk: must this company have BHT, with the row that decides and what to do next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from assistant import texts as answer_texts
from assistant.answer import Answer
from assistant.duty.check import DutyOutcome, DutyResult
from assistant.duty.company import RegisteredCompany
from assistant.duty.draft import assumed_of
from assistant.duty.industry import Vintage, read_code
from assistant.duty.report import MOST_EMPLOYEES, DutyReport, DutyRequest, report_duty
from assistant.errors import UsageError
from assistant.nynorsk import Language, say
from assistant.page.message import render_markdown
from assistant.page.tabs import texts
from assistant.page.tabs.form import Fields, Form, FormError
from assistant.page.tabs.result import (
    render_block,
    render_list,
    render_result,
    render_sources,
    render_warnings,
)
from assistant.page.tabs.tool import build_tool
from assistant.page.watch import NOBODY, Watch
from assistant.register.errors import RegisterError
from corpus.library import Library
from corpus.risks import read_risks

# Returns a company of the register; asks it, so only to be called when the user has said so.
LookUp = Callable[[str], RegisteredCompany]

_FORM = Form("duty-form")
_YES, _NO = "ja", "nei"
_MOST_CHOICES = 10
_VINTAGES = {"2007": Vintage.SN2007, "2025": Vintage.SN2025}


def build_duty(
    library: Callable[[], Library], look_up: LookUp | None, language: Language, watch: Watch = NOBODY
) -> None:
    """Put the tool into the panel that is open.

    Args:
        library: Returns what is quoted.
        look_up: Asks the register; None where that is not offered.
        language: What the page is written in.
        watch: Counts and logs each use.
    """
    build_tool(
        _FORM, texts.DUTY, texts.DUTY_INTRO, render_form(), texts.DUTY_GIVES,
        lambda fields: check(fields, library(), look_up, language=language), language=language, watch=watch,
    )  # fmt: skip


def render_form() -> str:
    """Return the form: what they do, and what somebody who knows more can add."""
    more = "".join(
        (
            _FORM.line("code", texts.CODE, texts.CODE_HINT, optional=True, attributes='inputmode="decimal"'),
            _FORM.line("orgnr", texts.ORGNR, texts.ORGNR_HINT, optional=True, attributes='inputmode="numeric"'),
            _FORM.tick("online", texts.ONLINE),
            _FORM.line(
                "employees", texts.EMPLOYEES, texts.EMPLOYEES_DUTY_HINT, optional=True, attributes='inputmode="numeric"'
            ),
            _FORM.tick("owner_only", texts.OWNER_ONLY),
        )
    )
    return _FORM.whole(
        (
            _FORM.area("industry", texts.INDUSTRY, placeholder=texts.INDUSTRY_EXAMPLE),
            f'<details class="more"><summary>{texts.DUTY_MORE}</summary>{more}</details>',
        ),
        texts.DUTY_SEND,
    )


def check(
    fields: Fields,
    library: Library,
    look_up: LookUp | None,
    today: date | None = None,
    language: Language = Language.BOKMAAL,
) -> str:
    """Return the result for what was filled in.

    Args:
        fields: The form, and the answers given in the result before.
        library: What is quoted.
        look_up: Asks the register.
        today: The day it is asked; None for today.
        language: What the verdict is told in.

    Raises:
        FormError: A field cannot be used.
    """
    kept = _Kept.of(fields)
    request = _read_request(fields, kept, look_up)
    try:
        report = report_duty(request, library, today)
    except UsageError as error:
        raise FormError({"industry": str(error)}) from error
    return render(report, kept, library, today or date.today(), language)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was answered in the result: it goes with the next question, until the form is sent anew."""

    condition: str = ""
    choice: str = ""
    vintage: str = ""
    risks: tuple[str, ...] = ()

    @classmethod
    def of(cls, fields: Fields) -> "_Kept":
        if fields.has("fresh"):
            return cls()
        known = {risk.risk_id for risk in read_risks()}
        return cls(
            condition=fields.text("condition") if fields.text("condition") in {_YES, _NO} else "",
            choice=fields.text("choice"),
            vintage=fields.text("vintage") if fields.text("vintage") in _VINTAGES else "",
            risks=tuple(risk for risk in fields.all("risk") if risk in known),
        )

    def hidden(self) -> str:
        """Return the answers as hidden fields of the form."""
        rows = {"condition": self.condition, "choice": self.choice, "vintage": self.vintage}
        return "".join(
            f'<input type="hidden" form="{_FORM.form_id}" name="{name}" value="{escape(value, quote=True)}">'
            for name, value in rows.items()
            if value
        )


def _read_request(fields: Fields, kept: _Kept, look_up: LookUp | None) -> DutyRequest:
    said, code = fields.text("industry"), kept.choice or fields.text("code")
    employees = fields.whole("employees", MOST_EMPLOYEES)
    if code:
        _check_code(fields, code, kept.vintage)
    company = _read_company(fields, look_up) if fields.text("orgnr") and not kept.choice else None
    owner_only = fields.has("owner_only")
    if not (said or code or company or owner_only or employees == 0 or fields.problems):
        fields.problems["industry"] = texts.DUTY_EMPTY
    fields.check()
    # The code and the register are the sharper word on what they do; the description still tells of risks.
    knows = company is not None and any(industry.codes for industry in company.main)
    ticked = tuple(risk.words[0].replace("*", "") for risk in read_risks() if risk.risk_id in kept.risks)
    return DutyRequest(
        industries=(said,) if said and not (code or knows) else (),
        codes=(code,) if code else (),
        employees=employees,
        owner_only=owner_only,
        risks=(*ticked, said) if said else ticked,
        vintage=kept.vintage or None,
        condition_met={_YES: True, _NO: False}.get(kept.condition),
        company=company,
    )


def _check_code(fields: Fields, code: str, vintage: str) -> None:
    try:
        read_code(code, _VINTAGES.get(vintage))
    except UsageError as error:
        fields.problems["code"] = str(error)


def _read_company(fields: Fields, look_up: LookUp | None) -> RegisteredCompany | None:
    """Return the company of the number, None with a problem noted where it was not found or may not be asked for."""
    if look_up is None:
        fields.problems["orgnr"] = texts.NO_REGISTER
    elif not fields.has("online"):
        fields.problems["orgnr"] = texts.ONLINE_NEEDED
    else:
        try:
            return look_up(fields.text("orgnr"))
        except (RegisterError, UsageError) as error:
            fields.problems["orgnr"] = str(error)
    return None


def render(
    report: DutyReport, kept: _Kept, library: Library, today: date, language: Language = Language.BOKMAAL
) -> str:
    """Return the result: verdict, why, the row, what to answer, next step, sources."""
    result, answer = report.result, report.answer
    is_outside = result.outcome is DutyOutcome.OUTSIDE_THE_ACT
    name = texts.OUTSIDE_VERDICT if is_outside else texts.DUTY_VERDICTS[result.verdict]
    lead = say(answer.text.split("\n\n")[0].replace("**", ""), language).removeprefix(f"{say(name, language)}. ")
    body = (
        f'<div class="lead">{render_markdown(lead, answer.citations)}</div>',
        _rows(result),
        _question(result, answer, kept),
        _risks(result, kept),
        render_block(texts.NEXT, f"<p>{escape(report.next_step)}</p>", "next") if report.next_step else "",
        _assumed(result),
        render_warnings(answer.warnings),
        render_sources(answer.citations, library),
        kept.hidden(),
    )
    return render_result(texts.DUTY, name, "".join(body), today, verdict=result.verdict.value)


def _rows(result: DutyResult) -> str:
    if not result.rows:
        return ""
    rows = "".join(
        f'<li><span class="code">{escape(row.code)}</span><span>{escape(row.name)}</span></li>' for row in result.rows
    )
    return render_block(texts.DUTY_ROWS[result.outcome is DutyOutcome.LISTED], f'<ul class="rows">{rows}</ul>')


def _question(result: DutyResult, answer: Answer, kept: _Kept) -> str:
    """Return what is asked back with its answers as buttons, or what was answered."""
    question, told = answer.follow_up_question, ""
    if kept.condition:
        changed = _buttons("condition", (("", texts.CHANGE_ANSWER),))
        told = render_block(texts.CONDITION_ANSWERED[kept.condition == _YES], changed, "ask")
    if result.outcome is DutyOutcome.LISTED_WITH_CONDITION and question:
        buttons = _buttons("condition", ((_YES, texts.CONDITION_YES), (_NO, texts.CONDITION_NO)))
        return render_block(escape(question), f"<p>{texts.CONDITION}: {escape(result.condition)}.</p>{buttons}", "ask")
    if result.choices:
        options = [(c.code, f"{c.code} {c.name} – {texts.CHOICE_OUTCOMES[c.outcome]}") for c in result.choices]
        return render_block(texts.CHOOSE, _buttons("choice", options[:_MOST_CHOICES], stacked=True), "ask")
    if question == answer_texts.ASK_STANDARD and not kept.vintage:
        return told + render_block(escape(question), _buttons("vintage", texts.VINTAGES), "ask")
    return told + (render_block(escape(question), "", "ask") if question and not kept.vintage else "")


def _buttons(name: str, options: Sequence[tuple[str, str]], *, stacked: bool = False) -> str:
    buttons = "".join(
        f'<button type="submit" form="{_FORM.form_id}" name="{name}" value="{escape(value, quote=True)}">{escape(label)}</button>'
        for value, label in options
    )
    return f'<p class="answers no-copy{" stacked" if stacked else ""}">{buttons}</p>'


def _risks(result: DutyResult, kept: _Kept) -> str:
    """Return the checklist of risks where risk decides, those ticked that were named, and what they amount to."""
    if not result.decided_by_risk:
        return ""
    named = {risk.risk_id for risk in result.risks} | set(kept.risks)
    boxes = "".join(
        f'<li><label class="tick"><input type="checkbox" form="{_FORM.form_id}" name="risk" value="{risk.risk_id}"'
        f"{' checked' if risk.risk_id in named else ''}> {escape(risk.question)}</label></li>"
        for risk in read_risks()
    )
    send = f'<p class="answers no-copy"><button type="submit" form="{_FORM.form_id}">{texts.RISKS_SEND}</button></p>'
    grounds = render_block(texts.GROUNDS, render_list(risk.name for risk in result.risks)) if result.risks else ""
    return grounds + render_block(
        texts.RISKS, f"<p>{texts.RISKS_HINT}</p><ul class='boxes'>{boxes}</ul>{send}", "checklist"
    )


def _assumed(result: DutyResult) -> str:
    assumed = assumed_of(result)
    return render_block(texts.ASSUMED, render_list(assumed), "small") if assumed else ""
