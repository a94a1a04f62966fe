"""The tab HMS-plikter: every HMS duty that follows from how many they are and what they do, with its paragraph."""

from collections.abc import Callable
from datetime import date
from html import escape
from itertools import groupby

from assistant.cite import Evidence, number_citations
from assistant.duty.industry import Industry
from assistant.errors import UsageError
from assistant.nynorsk import Language
from assistant.page.tabs import texts
from assistant.page.tabs.bar import DUTY
from assistant.page.tabs.form import Fields, Form
from assistant.page.tabs.result import render_block, render_result, render_rule, render_warnings
from assistant.page.tabs.tool import build_tool
from assistant.page.watch import NOBODY, Watch
from assistant.tools.duties import DutyItem, Remark, list_duties, list_remarks
from assistant.tools.duties_render import word_evidence
from assistant.tools.duties_workplace import MOST_EMPLOYEES, Workplace, read_industries
from corpus.document import Verdict
from corpus.duties import read_duties
from corpus.library import Library
from corpus.numerals import format_day

_FORM = Form("duties-form")


def build_duties(library: Callable[[], Library], language: Language, watch: Watch = NOBODY) -> None:
    """Put the tool into the panel that is open.

    Args:
        library: Returns what is quoted.
        language: What the page is written in.
        watch: Counts and logs each use.
    """
    build_tool(
        _FORM, texts.DUTIES, texts.DUTIES_INTRO, render_form(library()), texts.DUTIES_GIVES,
        lambda fields: check(fields, library()), language=language, watch=watch,
    )  # fmt: skip


def render_form(library: Library) -> str:
    """Return the form: how many, what they do, and what there is to be exposed to."""
    ids = [fact.fact_id for fact in read_duties(library.known).facts]
    facts = [(fact_id, texts.FACT_NAMES.get(fact_id, fact_id.capitalize())) for fact_id in ids]
    whole_number = 'inputmode="numeric"'
    return _FORM.whole(
        (
            _FORM.line("employees", texts.EMPLOYEES, texts.EMPLOYEES_DUTIES_HINT, attributes=whole_number),
            _FORM.area("industry", texts.INDUSTRY, placeholder=texts.INDUSTRY_EXAMPLE, optional=True),
            _FORM.line("code", texts.CODE, texts.CODE_HINT, optional=True, attributes='inputmode="decimal"'),
            _FORM.line("amu_count", texts.AMU_COUNT, texts.AMU_COUNT_HINT, optional=True, attributes=whole_number),
            _FORM.ticks("fact", texts.FACTS, facts),
        ),
        texts.DUTIES_SEND,
    )


def check(fields: Fields, library: Library, today: date | None = None) -> str:
    """Return the list of duties for what was filled in.

    Args:
        fields: The form.
        library: What is quoted.
        today: The day it is asked; None for today.

    Raises:
        FormError: A field cannot be used.
    """
    known = {fact.fact_id for fact in read_duties(library.known).facts}
    employees = fields.whole("employees", MOST_EMPLOYEES)
    amu_count = fields.whole("amu_count", MOST_EMPLOYEES)
    industries = (
        _read_industries(fields, "code", codes=fields.all("code")) if fields.has("code")
        else _read_industries(fields, "industry", words=fields.all("industry"))
    )  # fmt: skip
    fields.check()
    workplace = Workplace(
        employees=employees,
        amu_count=amu_count,
        industries=industries,
        facts=frozenset(fields.all("fact")) & known,
    )
    items, remarks = list_duties(workplace, library), list_remarks(workplace, library)
    return render(items, remarks, library, today or date.today())


def _read_industries(
    fields: Fields, name: str, *, words: tuple[str, ...] = (), codes: tuple[str, ...] = ()
) -> tuple[Industry, ...]:
    try:
        return read_industries(words, codes)
    except UsageError as error:
        fields.problems[name] = str(error)
        return ()


def render(items: tuple[DutyItem, ...], remarks: tuple[Remark, ...], library: Library, today: date) -> str:
    """Return the list, grouped, each duty with its rule behind a line."""
    groups, warnings = word_evidence([*(r.evidence for r in remarks), *(i.evidence for i in items)], library)
    told = "".join(map(_remark, remarks, groups))
    cited = dict(zip((item.duty_id for item in items), groups[len(remarks) :], strict=True))
    blocks = (
        render_block(escape(group), "".join(render_item(item, cited[item.duty_id]) for item in members), "duties")
        for group, members in groupby(items, key=lambda item: item.group)
    )
    sure = sum(item.verdict is Verdict.YES for item in items)
    title = texts.DUTIES_HEAD.format(yes=sure, depends=len(items) - sure) if items else texts.DUTIES_NONE
    asks = any(item.duty_id == "bht" and item.verdict is Verdict.DEPENDS for item in items)
    link = (
        f'<p class="answers no-copy"><button type="button" data-to-tab="{DUTY.slug}">{texts.DUTIES_CHECK}</button></p>'
        if asks
        else ""
    )
    body = (told, link, *blocks, render_warnings(warnings), f'<p class="foot">{texts.DUTIES_FOOT}</p>')
    return render_result(texts.DUTIES, title, "".join(body), today)


def _remark(remark: Remark, evidence: tuple[Evidence, ...]) -> str:
    return f'<div class="remark"><p>{escape(remark.text)}</p>{render_rule(number_citations(evidence))}</div>'


def render_item(item: DutyItem, evidence: tuple[Evidence, ...], today: date | None = None) -> str:
    """Return one duty.

    Args:
        item: The duty.
        evidence: What it rests on, in the wording that holds.
        today: The day that a deadline has passed on; None says of none that it has.
    """
    due = ""
    if item.due:
        passed = f" ({texts.PASSED})" if today and item.due < today else ""
        due = f' <time datetime="{item.due.isoformat()}">{format_day(item.due)}</time>{passed}'
    rows = (
        (texts.SCOPE, escape(item.scope)),
        (texts.DEPENDS, escape(item.condition)),
        (texts.DEADLINE, escape(item.deadline) + due),
        (texts.REMARK, escape(item.note)),
    )
    facts = "".join(f"<div><dt>{name}</dt><dd>{text}</dd></div>" for name, text in rows if text)
    state = item.verdict.value
    return (
        f'<article class="duty-item"><h5>{escape(item.title)} '
        f'<span class="badge badge-{state}">{texts.DUTY_STATES[item.verdict]}</span></h5>'
        f"<p>{escape(item.action)}</p><dl>{facts}</dl>{render_rule(number_citations(evidence))}</article>"
    )
