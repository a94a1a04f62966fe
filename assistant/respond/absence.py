"""What does our sick leave cost, and what would we save: the sum from the figures in the talk, or a question for the one missing."""

import re
from collections.abc import Mapping

from assistant import texts
from assistant.answer import Outcome
from assistant.cite import Evidence, quote_portion
from assistant.draft import Draft, Paragraph
from assistant.respond.absence_figures import QUESTIONS, is_usable, read_figures
from assistant.tools import absence
from assistant.tools.absence import AbsenceCost, AbsenceInput, AbsenceInputError, Amount, Field
from assistant.understand.question import Understood
from corpus.address import Portion
from corpus.errors import UnknownProvision
from corpus.library import Library
from index.text import content_words

EMPLOYER_PERIOD = "lov/1997-02-28-19/§8-19"
# With so many figures of its own, the question is hardly about anything else.
_FEW_FIGURES, _MANY_FIGURES = 2, 3

_ABSENCE = re.compile(r"fr[aå]vær|\bsick\s+leave\b|\babsence")
_SAVES = re.compile(r"\b(?:spar(?:e|er|ar|t)?|innspar\w*|besparels\w*|gevinst\w*|sav(?:e|es|ings?))\b")
_COSTS = re.compile(r"\b(?:kost(?:er|ar|e|a|nad\w*)?|taper|tapar|cost\w*)\b")
_ASKS = re.compile(r"\b(?:hva|kva|(?:hvor|kor)\s+(?:mye|mykje|stor\w*)|how\s+much|what|(?:be)?(?:regn|rekn)\w*)\b")
_OURS = re.compile(r"\b(?:oss|vi|me|vår\w*|we|us|our|(?:bedrift|verksemd|virksomhet|firma|selskap)\w*)\b|fr[aå]været\b")
_OTHER = re.compile(
    r"\bbht\b|bedriftshelse|sykepeng|sjukepeng|lønn\w*|løn\b|refu|\blege|egenmeld|oppfølg|følg\w*\s+opp|\bgebyr|\bbot\b|oppsig|permit"
    r"|\bhvem\b|\bkven\b|samfunn|\bnorge\b|\bnoreg\b|i\s+snitt|gjennomsnitt|verneomb|\bamu\b|\bnav\b|\blov|plikt|krav\b"
)
_PRICE_OF_OTHER = re.compile(r"\bkost\w*\s+(?:\w+\s+){0,3}?(?:bht\b|bedriftshelse|lege|verneomb|\bamu\b)")
_EXPECTED = re.compile(
    r"fravær|fråvær|^(?:spar|inn|kost|tap|redus|senk|lågare|lavere|ned$|få|år|i?dag|hver|kvar|mye|mykje|prosent|kron|kr$|"
    r"[\d,.-]+$|ansatt|tilsett|bedrift|firma|virksomhet|verksemd|selskap|penge|regn|rekn|bereg|berek|gå|kom|sick|leave|cost|sav|reduc)"
)


def answer_absence(question: Understood, library: Library) -> Draft | None:
    """Return what the company's sick leave costs and what a lower rate saves, or a question for the figure that is missing."""
    if question.mentions or not _ASKS.search(question.folded):
        return None
    saves = bool(_SAVES.search(question.folded))
    needed = (*list(QUESTIONS)[:3], Field.TARGET) if saves else tuple(QUESTIONS)[:3]
    figures = read_figures(question)
    # "hva sparer vi på å gå fra 8 til 5 prosent med 30 ansatte og 1800 kr dagen" is about nothing else.
    if not _ABSENCE.search(question.folded) and any(field not in figures for field in QUESTIONS):
        return None
    if not (saves or _COSTS.search(question.folded)) or not _is_about_us(question, figures):
        return None
    rule = quote_employer_period(library)
    if rule is None:
        return None
    try:
        for field in figures:
            absence.read_figure(field, figures[field])
    except AbsenceInputError as error:
        return _ask(str(error), error.field, figures, rule)
    missing = [field for field in needed if field not in figures]
    if missing:
        more = texts.count_figures(len(missing))
        return _ask(texts.ABSENCE_MORE.format(more=more), missing[0], figures, rule)
    cost = absence.compute_absence(AbsenceInput.read(figures))
    return Draft(outcome=Outcome.ANSWERED, paragraphs=tell_absence(cost, rule), next_step=_next_step(cost))


def quote_employer_period(library: Library) -> Evidence | None:
    """Return the rule on the employer period, FTRL § 8-19 first subsection; None when the library has no such provision."""
    try:
        return quote_portion(library.working_text(EMPLOYER_PERIOD), Portion.parse("ledd/1"))
    except UnknownProvision:
        return None


def tell_absence(cost: AbsenceCost, rule: Evidence) -> tuple[Paragraph, ...]:
    """Return the result in words: lead, formula, how sure it is, and the employer period with its rule."""
    return (
        Paragraph(text=_lead(cost), is_lead=True),
        Paragraph(text="\n".join(f"- {line}" for line in absence.show_formula(cost))),
        Paragraph(text=f"{_range(cost)} {texts.ABSENCE_REMARK}"),
        Paragraph(evidence=(rule,), prefix=texts.ABSENCE_PERIOD),
        Paragraph(text=_split(cost)),
    )


def _lead(cost: AbsenceCost) -> str:
    given, saved = cost.given, cost.saved
    if not (given.target and saved):
        return texts.ABSENCE_COSTS.format(amount=_about(cost.now, cost))
    if saved.value == 0 and (not cost.has_own_range or saved.low == saved.high):
        return texts.ABSENCE_SAME
    if saved.low < 0 < saved.high:
        return texts.ABSENCE_EITHER.format(amount=_about(saved, cost))
    if saved.high <= 0:
        dearer = Amount(value=-saved.value, low=-saved.high, high=-saved.low)
        return texts.ABSENCE_DEARER.format(amount=_about(dearer, cost))
    return texts.ABSENCE_SAVES.format(amount=_about(saved, cost), rate=given.rate, target=given.target)


def _about(amount: Amount, cost: AbsenceCost) -> str:
    return absence.tell_amount(amount, cost) if cost.has_own_range else absence.round_kroner(amount.value)


def _range(cost: AbsenceCost) -> str:
    if cost.has_own_range:
        return texts.ABSENCE_OWN_RANGE
    amount, name = (
        (cost.saved, texts.ABSENCE_DIFFERENCE) if cost.saved and cost.saved.value else (cost.now, texts.ABSENCE_COST)
    )
    low, high = sorted((abs(amount.low), abs(amount.high)))
    percent = absence.format_number(absence.MARGIN * 100)
    return texts.ABSENCE_MARGIN.format(
        percent=percent, name=name, low=absence.round_kroner(low), high=absence.round_kroner(high)
    )


def _split(cost: AbsenceCost) -> str:
    part, now, share = cost.in_employer_period, cost.now, cost.given.employer_share
    if part is None or share is None:
        return texts.ABSENCE_NOT_SPLIT
    rest = Amount(value=now.value - part.value, low=now.low - part.low, high=now.high - part.high)
    return texts.ABSENCE_SPLIT.format(
        share=absence.format_number(share), part=absence.tell_amount(part, cost), rest=absence.tell_amount(rest, cost)
    )


def _next_step(cost: AbsenceCost) -> str:
    if cost.given.target is None:
        return texts.ABSENCE_ASKS_TARGET
    return texts.ABSENCE_CHANGE


def _ask(lead: str, field: Field, figures: Mapping[Field, str], rule: Evidence) -> Draft:
    known = {f: absence.read_figure(f, text) if is_usable(f, text) else "?" for f, text in figures.items()}
    people, kroner, rate, _ = (known.get(f, "?") for f in QUESTIONS)
    days = known.get(Field.WORKDAYS, absence.WORKDAYS)
    formula = texts.ABSENCE_SO_FAR.format(people=people, days=days, rate=rate, kroner=kroner)
    period = Paragraph(evidence=(rule,), prefix=texts.ABSENCE_PERIOD)
    return Draft(
        outcome=Outcome.ASKS_BACK,
        paragraphs=(Paragraph(text=lead, is_lead=True), Paragraph(text=formula), period),
        follow_up_question=QUESTIONS.get(field) or texts.ABSENCE_WHICH,
    )


def _is_about_us(question: Understood, figures: Mapping[Field, str]) -> bool:
    """Return whether it is the asker's own absence that is to be reckoned, rather than who pays or what something else costs."""
    count = sum(field in figures for field in QUESTIONS)
    if count >= _MANY_FIGURES:
        return not _PRICE_OF_OTHER.search(question.folded)
    if _OTHER.search(question.folded):
        return False
    is_plain = all(_EXPECTED.search(word) for word in content_words(question.text))
    return count >= _FEW_FIGURES or (is_plain and bool(_OURS.search(question.folded)))
