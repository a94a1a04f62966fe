"""What to say of a result of the duty check: the lead, the rows and rules that decide, the next step, and what to ask back."""

import re

from assistant import texts
from assistant.answer import Outcome
from assistant.cite import Evidence, first_sentences, quote_portion, quote_segment
from assistant.draft import Draft, Paragraph
from assistant.duty.check import Choice, DutyOutcome, DutyResult, Reason, differs_by_vintage
from corpus.address import Portion, find_addresses
from corpus.document import Kind, Provision
from corpus.industry import TABLE_PROVISION, IndustryRow, name_of, read_conditions
from corpus.library import Library
from corpus.risks import Risk

# More rows than this are not read, nor more choices.
_MAX_ROWS, _MAX_CHOICES = 6, 8
_UNKNOWN_CODE = "veiledning/naeringskode-ukjent"
_ON_THE_LIST = frozenset({DutyOutcome.LISTED, DutyOutcome.LISTED_WITH_CONDITION})


def draft_duty(result: DutyResult, library: Library) -> Draft:
    """Return the answer to "must we have BHT?" for a result of the check."""
    lead, evidence, step, back = _words_for(result, library)
    quoted = [e for e in evidence if "rad" not in dict(e.portion.parts)]
    return Draft(
        outcome=Outcome.ASKS_BACK if back else Outcome.ANSWERED,
        verdict=result.verdict,
        paragraphs=(
            Paragraph(text=lead, evidence=evidence, is_lead=True),
            *(Paragraph(evidence=(item,)) for item in quoted),
        ),
        next_step=step,
        follow_up_question=back,
        choices=tuple(_choice_text(choice) for choice in result.choices[:_MAX_CHOICES]),
        warnings=warnings_of(result),
    )


def both_roads(lead: str, library: Library) -> tuple[Paragraph, ...]:
    """Return the lead with the two rules that can make BHT a duty."""
    risk, listed = _risk(library), _list(library)
    return (
        Paragraph(text=lead, evidence=(risk, listed), is_lead=True),
        Paragraph(evidence=(risk,)),
        Paragraph(evidence=(listed,)),
    )


def warnings_of(result: DutyResult) -> tuple[str, ...]:
    """Return what was read into the codes: a retired one, one that meant something else, words that were only alike."""
    found = []
    for industry in result.industries:
        if industry.retired:
            found.append(texts.RETIRED_CODE.format(code=industry.retired, successors=", ".join(industry.codes)))
        if then := differs_by_vintage(industry):
            found.append(
                texts.CODE_MEANT_ELSE.format(
                    code=industry.code, former=_named(industry.former), then=texts.DUTY_OUTCOMES[then]
                )
            )
        if industry.is_guess and len(industry.codes) == 1:
            found.append(texts.GUESSED_CODE.format(name=industry.name, codes=_named(industry.codes)))
    return tuple(found)


def assumed_of(result: DutyResult) -> tuple[str, ...]:
    """Return what the check took for granted: which codes the words or the code were read as."""
    return tuple(
        texts.READ_AS.format(name=industry.name, codes=_named(industry.codes))
        for industry in result.industries
        if industry.codes and (industry.codes != (industry.code,))
    )


def _named(codes: tuple[str, ...]) -> str:
    shown = [f"{code} ({name})" if (name := name_of(code)) else code for code in codes[:4]]
    return ", ".join(shown) + (" og flere" if len(codes) > 4 else "")


def _choice_text(choice: Choice) -> str:
    return f"{choice.code} ({choice.name})" if choice.name else choice.code


def _words_for(result: DutyResult, library: Library) -> tuple[str, tuple[Evidence, ...], str, str | None]:
    """Return lead, evidence, next step and question back for a result of the check."""
    if special := _special(result, library):
        return special
    rows = tuple(_row(library, row) for row in result.rows)
    risk, listed = _risk(library), _list(library)
    first = result.rows[0] if result.rows else None
    if result.outcome is DutyOutcome.LISTED and first:
        lead = texts.DUTY_LISTED.format(row=_names(result.rows), code=", ".join(r.code for r in result.rows))
        return lead, (*rows, listed), texts.DUTY_LISTED_STEP, _which_standard(result)
    if result.outcome is DutyOutcome.LISTED_WITH_CONDITION and first:
        lead = texts.DUTY_CONDITION.format(row=_plain_name(first), code=first.code, condition=result.condition)
        return lead, (*rows, listed, risk), texts.DUTY_CONDITION_STEP, read_conditions()[first.code].question
    if result.outcome is DutyOutcome.NOT_LISTED:
        return _not_listed(result, listed, risk, library)
    if result.reason is Reason.SEVERAL_CODES:
        return _several_codes(result, (*rows[:_MAX_ROWS], listed, risk))
    known = ", ".join(f"{row.code} {_plain_name(row)}" for row in result.rows[:_MAX_ROWS])
    third = _ledd(library, TABLE_PROVISION, "ledd/3")
    if result.reason is Reason.SIDE_ACTIVITY:
        lead = texts.DUTY_SIDE.format(name=_capitalise(result.name), listed=known)
        return lead, (*rows[:_MAX_ROWS], listed, third, risk), texts.DUTY_RISK_STEP, None
    lead = texts.DUTY_ACTIVITIES.format(listed=known)
    return lead, (*rows[:_MAX_ROWS], listed, third), "", texts.ASK_WHICH


def _special(result: DutyResult, library: Library) -> tuple[str, tuple[Evidence, ...], str, str | None] | None:
    """Return the words for a company that the list does not decide, None for all others."""
    scope = _ledd(library, "lov/2005-06-17-62/§1-2", "ledd/1")
    if result.reason is Reason.NO_EMPLOYEES:
        return texts.DUTY_NO_EMPLOYEES, (scope,), texts.DUTY_NO_EMPLOYEES_STEP, None
    if result.reason is Reason.SEA:
        sea = _segment(library, "lov/2005-06-17-62/§1-2", "ledd/2/bokstav/a")
        return texts.DUTY_SEA, (sea,), texts.DUTY_SEA_STEP, None
    if result.reason is Reason.OWNER_ONLY:
        employee = _ledd(library, "lov/2005-06-17-62/§1-8", "ledd/1")
        return texts.DUTY_OWNER_ONLY, (scope, employee), texts.DUTY_OWNER_ONLY_STEP, None
    if result.reason is Reason.UNKNOWN:
        note = quote_segment(library.working_text(_UNKNOWN_CODE), 0)
        return texts.DUTY_UNKNOWN_CODE, (note, _list(library), _risk(library)), "", texts.ASK_INDUSTRY
    return None


def _not_listed(
    result: DutyResult, listed: Evidence, risk: Evidence, library: Library
) -> tuple[str, tuple[Evidence, ...], str, str | None]:
    codes = ", ".join(code for industry in result.industries for code in industry.codes)
    is_code = all(industry.code for industry in result.industries)
    name = _capitalise(result.name) if is_code else f"{_capitalise(result.name)} ({codes})"
    if not result.risks:
        lead = texts.DUTY_NOT_LISTED.format(name=name)
        return lead, (listed, risk), texts.DUTY_NOT_LISTED_STEP, _which_standard(result)
    lead = texts.DUTY_RISK.format(name=name, risks=_listing([r.name for r in result.risks]))
    rules = [e for r in result.risks[:2] if (e := _rule_of(r, library))]
    return lead, (listed, risk, *rules), texts.DUTY_RISK_STEP, None


def _several_codes(
    result: DutyResult, evidence: tuple[Evidence, ...]
) -> tuple[str, tuple[Evidence, ...], str, str | None]:
    name = _capitalise(result.name)
    on, off = (
        [_choice_text(c) for c in result.choices if (c.outcome in _ON_THE_LIST) is listed][:_MAX_CHOICES]
        for listed in (True, False)
    )
    lead = texts.DUTY_SEVERAL.format(name=name, listed="; ".join(on), unlisted="; ".join(off))
    return lead, evidence, "", texts.ASK_WHICH


def _which_standard(result: DutyResult) -> str | None:
    """Return the question from when a code is, where it would make a difference."""
    return texts.ASK_STANDARD if any(differs_by_vintage(industry) for industry in result.industries) else None


def _rule_of(risk: Risk, library: Library) -> Evidence | None:
    """Return the first sentence of the rule about a risk."""
    address = next(iter(find_addresses(risk.provision, library.known)), None)
    if address is None:
        return None
    found = address.candidates[0]
    return first_sentences(_ledd(library, found.provision_id, found.portion.path))


def _listing(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} og {names[-1]}"


def _capitalise(name: str) -> str:
    return "IT" + name[2:] if re.match(r"it\b", name) else name[:1].upper() + name[1:]


def _plain_name(row: IndustryRow) -> str:
    """Return the row's name without the limit that the table puts behind it."""
    return re.split(r"\s+[–-]\s+|\.\s+(?:Kun|Gjelder)", row.name)[0]


def _names(rows: tuple[IndustryRow, ...]) -> str:
    return " / ".join(_plain_name(row) for row in rows)


def _risk(library: Library) -> Evidence:
    return first_sentences(_ledd(library, "lov/2005-06-17-62/§3-3", "ledd/1"))


def _list(library: Library) -> Evidence:
    return first_sentences(_ledd(library, TABLE_PROVISION, "ledd/2"))


def _ledd(library: Library, provision_id: str, path: str) -> Evidence:
    evidence = quote_portion(_text(library, provision_id, path), Portion.parse(path))
    if evidence is None:
        raise LookupError(f"{provision_id} has no {path}")
    return evidence


def _segment(library: Library, provision_id: str, path: str) -> Evidence:
    text = _text(library, provision_id, path)
    return quote_segment(text, next(n for n, s in enumerate(text.segments) if s.portion.path == path))


def _text(library: Library, provision_id: str, path: str) -> Provision:
    """Return the working text of a provision, or our restatement where an amended one no longer has the part."""
    working = library.working_text(provision_id)
    if any(segment.portion.path == path for segment in working.segments):
        return working
    return library.find(provision_id, Kind.RESTATEMENT)


def _row(library: Library, row: IndustryRow) -> Evidence:
    return _segment(library, TABLE_PROVISION, f"ledd/2/rad/{row.code}")
