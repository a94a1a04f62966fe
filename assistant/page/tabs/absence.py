"""The tab Sykefravær: what the absence costs, with formula and chart, and the days to keep when somebody is on sick leave."""

from collections.abc import Callable
from datetime import date
from html import escape

from assistant.cite import number_citations
from assistant.draft import Paragraph
from assistant.errors import AssistantError
from assistant.nynorsk import Language
from assistant.page.tabs import texts
from assistant.page.tabs.duties import render_item
from assistant.page.tabs.form import Fields, Form, FormError
from assistant.page.tabs.result import (
    render_block,
    render_list,
    render_quote,
    render_result,
    render_warnings,
)
from assistant.page.tabs.tool import build_tool
from assistant.page.watch import NOBODY, Watch
from assistant.respond.absence import quote_employer_period, tell_absence
from assistant.tools import absence
from assistant.tools.absence import AbsenceCost, AbsenceInput, AbsenceInputError, Amount, Field
from assistant.tools.duties import list_duties
from assistant.tools.duties_render import word_evidence
from assistant.tools.duties_workplace import SickLeave, Workplace
from assistant.wording import cite_wording
from corpus.duties import read_duties
from corpus.library import Library
from corpus.numerals import format_day

_COST = Form("absence-form")
_DAYS = Form("follow-up-form")


def build_absence(library: Callable[[], Library], language: Language, watch: Watch = NOBODY) -> None:
    """Put both tools into the panel that is open.

    Args:
        library: Returns what is quoted.
        language: What the page is written in.
        watch: Counts and logs each use.
    """
    build_tool(
        _COST, texts.ABSENCE, texts.ABSENCE_INTRO, render_cost_form(), texts.ABSENCE_GIVES,
        lambda fields: reckon(fields, library()), language=language, watch=watch,
    )  # fmt: skip
    build_tool(
        _DAYS, texts.FOLLOW_UP, texts.FOLLOW_UP_INTRO, render_days_form(), texts.FOLLOW_UP_GIVES,
        lambda fields: count_days(fields, library()), language=language, watch=watch,
    )  # fmt: skip


def render_cost_form() -> str:
    """Return the form of the sum. Ranges are written with a dash, so the fields take text."""
    rows = [
        _COST.line(
            name,
            label,
            hint,
            optional=name in texts.ABSENCE_OPTIONAL,
            attributes=f'placeholder="{texts.EXAMPLE.format(example)}"' if example else "",
        )
        for name, (label, hint, example) in texts.ABSENCE_FIELDS.items()
    ]
    name, (label, hint) = Field.WORKDAYS.value, texts.ABSENCE_WORKDAYS
    rows.insert(-1, _COST.line(name, label, hint, attributes=f'value="{absence.WORKDAYS}"'))
    return _COST.whole(rows, texts.ABSENCE_SEND)


def render_days_form() -> str:
    """Return the form of the days."""
    return _DAYS.whole(
        (
            _DAYS.line("sick_since", texts.SICK_SINCE, texts.SICK_SINCE_HINT),
            _DAYS.choice("sick_leave", texts.SICK_LEAVE, texts.SICK_LEAVES),
        ),
        texts.FOLLOW_UP_SEND,
    )


def reckon(fields: Fields, library: Library, today: date | None = None) -> str:
    """Return the sum for what was filled in.

    Args:
        fields: The form.
        library: What is quoted.
        today: The day it is asked; None for today.

    Raises:
        FormError: A figure cannot be used.
        AssistantError: The rule on the employer period is missing.
    """
    given = {field: fields.text(field.value) for field in Field}
    try:
        cost = absence.compute_absence(AbsenceInput.read(given))
    except AbsenceInputError as error:
        raise FormError({error.field.value: str(error)}) from error
    return render_cost(cost, library, today or date.today())


def render_cost(cost: AbsenceCost, library: Library, today: date) -> str:
    """Return the figures, a chart, the formula, how sure it is, and the employer period with its rule."""
    rule = quote_employer_period(library)
    if rule is None:
        raise AssistantError(texts.NO_RULE)
    worded = cite_wording(tell_absence(cost, rule), library, None)
    lead, _, certainty, _, period = worded.paragraphs
    citations = number_citations(e for paragraph in worded.paragraphs for e in paragraph.evidence)
    body = (
        _figures(cost),
        f'<figure class="chart">{absence.draw_chart(cost)}</figure>',
        _text(certainty),
        render_block(texts.FORMULA, render_list(absence.show_formula(cost)), "formula"),
        render_block(texts.EMPLOYER_PERIOD, "".join(map(render_quote, citations)) + _text(period)),
        render_warnings(worded.warnings),
    )
    return render_result(texts.ABSENCE, escape(lead.text or ""), "".join(body), today)


def _text(paragraph: Paragraph) -> str:
    return f'<p class="told">{escape(paragraph.text or "")}</p>'


def _figures(cost: AbsenceCost) -> str:
    rows: list[tuple[str, Amount]] = [(texts.COST_NOW, cost.now)]
    if cost.at_target and cost.saved:
        rows.append((texts.COST_TARGET.format(target=cost.given.target), cost.at_target))
        dearer = cost.saved.high <= 0 and cost.saved.low < 0
        saved = Amount(value=-cost.saved.value, low=-cost.saved.high, high=-cost.saved.low) if dearer else cost.saved
        rows.append((texts.DEARER if dearer else texts.SAVED, saved))
    if cost.in_employer_period:
        rows.append((texts.IN_PERIOD, cost.in_employer_period))
    figures = "".join(
        f"<div><dt>{name}</dt><dd>{escape(absence.tell_amount(amount, cost))} <span>{texts.PER_YEAR}</span></dd></div>"
        for name, amount in rows
    )
    return f'<dl class="figures">{figures}</dl>'


def count_days(fields: Fields, library: Library, today: date | None = None) -> str:
    """Return the days to keep for an absence.

    Args:
        fields: The form.
        library: What is quoted.
        today: The day it is asked; None for today.

    Raises:
        FormError: The day is missing or cannot be used.
    """
    now = today or date.today()
    since = fields.day("sick_since")
    if since is None:
        fields.problems.setdefault("sick_since", texts.SICK_SINCE_NEEDED)
    elif since > now:
        fields.problems["sick_since"] = texts.SICK_SINCE_AHEAD
    fields.check()
    leave = fields.text("sick_leave")
    workplace = Workplace(sick_since=since, sick_leave=SickLeave(leave) if leave in set(SickLeave) else None)
    items = tuple(item for item in list_duties(workplace, library, now) if item.duty_id in _follow_up_ids(library))
    groups, warnings = word_evidence([item.evidence for item in items], library)
    rows = "".join(render_item(item, evidence, now) for item, evidence in zip(items, groups, strict=True))
    body = (f'<p class="told">{texts.COUNTED}</p><div class="duties">{rows}</div>', render_warnings(warnings))
    day = format_day(since) if since else ""
    return render_result(texts.FOLLOW_UP, texts.FOLLOW_UP_HEAD.format(day=day), "".join(body), now)


def _follow_up_ids(library: Library) -> frozenset[str]:
    return frozenset(duty.duty_id for duty in read_duties(library.known).duties if duty.weeks)
