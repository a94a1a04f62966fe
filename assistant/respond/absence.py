"""What does our sick leave cost, and what would we save: the sum from the figures in the talk, or a question for the one missing."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from assistant import texts
from assistant.answer import Outcome
from assistant.cite import Evidence, quote_portion
from assistant.draft import Draft, Paragraph
from assistant.tools import absence
from assistant.tools.absence import AbsenceCost, AbsenceInput, AbsenceInputError, Amount, Field
from assistant.understand.company import read_bare_number, read_employees
from assistant.understand.question import Understood
from corpus.address import Portion
from corpus.errors import UnknownProvision
from corpus.library import Library
from index.text import content_words

EMPLOYER_PERIOD = "lov/1997-02-28-19/§8-19"
QUESTIONS = {
    Field.EMPLOYEES: texts.ASK_EMPLOYEES,
    Field.DAILY_COST: texts.ASK_DAILY_COST,
    Field.RATE: texts.ASK_ABSENCE_RATE,
    Field.TARGET: texts.ASK_ABSENCE_TARGET,
}
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

_N = r"(?:[0-9]{1,3}(?:[ .][0-9]{3})+(?![0-9])(?:,[0-9]{1,2})?|[0-9]+(?:[.,][0-9]+)?)"
_BEGIN = r"(?:(?<![\w.,§-])|(?<=kr))-?"
_PERCENT = r"(?:%|prosent|pst\b|percent)(?![- ]?poeng)"
_POINTS = re.compile(rf"\bmed\s+{_BEGIN}(?P<n>{_N})\s*(?:%|prosent)[- ]?poeng")
_SHARES = re.compile(rf"(?P<n>{_BEGIN}{_N}(?:\s*%?\s*[-–]\s*{_N})?)\s*{_PERCENT}")
_FROM_TO = re.compile(
    rf"\bfr(?:a|å|om)\s+(?P<a>{_N})\s*(?:{_PERCENT})?\s+(?:ned\s+)?(?:til|på|to)\s+(?P<b>{_N})(?!\s*kr)"
)
_KRONER = r"(?:kr\b\.?|kroner|,-|nok\b)"
_MONEY = re.compile(
    rf"(?:\b(?P<kr>kr|nok)\.?\s*)?(?P<n>{_BEGIN}{_N}(?:\s*{_KRONER}?\s*(?:[-–]|til)\s*(?:kr\.?\s*)?{_N})?)\s*(?P<unit>{_KRONER})?"
    r"(?P<day>\s*(?:per|pr\.?|om|for|i)?\s*(?:hver\w*\s+|kvar\s+)?(?:\w*dag(?:en)?\b(?!\w)|a?\s*day\b))?"
)
_DAILY_BEFORE = re.compile(r"\b(?:dags(?:kostnad|pris|sats)\w*|per\s+dag|\w*dag(?:en)?\s+kost[ea]r)\W+(?:\w+\s+){0,2}$")
_OTHER_PERIOD = re.compile(r"\s*(?:mill|mrd|årlig|(?:i|per|pr\.?|om)\s*(?:time|måned|måna|uk[ea]|veke|år))")
_WORKDAYS = re.compile(rf"{_BEGIN}(?P<n>{_N})\s*(?:(?:arbeids|virke|yrke)dag[ea]r|dag[ea]r\s+(?:i|per|pr\.?)\s+år)")
_PEOPLE = re.compile(rf"(?P<n>{_BEGIN}{_N})\s*(?:ansatt|tilsett|årsverk|medarbeid|arbeidstak|employees)")
_TO_TARGET = re.compile(
    r"(?:\bned\s+(?:på|til|mot|under|i)|\btil|\bmot|\bunder|\bmål\w*(?:\W+\w+){0,3}?|\bvil\s+(?:gjerne\s+)?(?:ha|ned)|\bønsk\w*|\bkom\w*\s+på|"
    r"\bspar\w*\s+(?:\w+\s+){0,2}på|\bbl(?:ir|ei)|\bhadde|\bto)\W*(?:(?:om\s+lag|ca|cirka|rundt|bare|berre)\W*)?$"
)
_IS_TARGET = re.compile(r"\s*(?:som|er)\s+mål")
_BARE_TARGET = re.compile(rf"\bned\s+(?:på|til|mot|under)\s+(?P<n>{_N})(?=\W*$|\s*[?.!](?:\s|$))")
_REDUCES = re.compile(r"\b(?:redus\w*|kutt\w*|senk\w*|ned)\b[^.?!]{0,40}\bmed\W*$")
_PERIOD_AFTER = re.compile(r"[^0-9.?!]{0,50}arbeidsgi\w*periode")
_BARE = re.compile(
    rf"\W*(?:[a-zæøå]+\.?\s+){{0,3}}?(?P<n>-?{_N}(?:\s*%?\s*(?:[-–]|til)\s*{_N})?)\s*(?P<unit>{_PERCENT}|{_KRONER})?\W*"
)
_REMARK = (
    "Alle fraværsdager får samme pris, og det tiltak koster, er ikke trukket fra. Antall arbeidsdager kan du endre."
)
_COUNTED = re.compile(
    rf"(?:[a-zæøå]+\s+){{0,6}}[a-zæøå]+(?=\s*(?:{_PERCENT}|prosentpoeng|kroner|kr\b|ansatt|tilsett|arbeidsdag))"
)


def answer_absence(question: Understood, library: Library) -> Draft | None:
    """Return what the company's sick leave costs and what a lower rate saves, or a question for the figure that is missing."""
    if question.mentions or not (_ABSENCE.search(question.folded) and _ASKS.search(question.folded)):
        return None
    saves = bool(_SAVES.search(question.folded))
    needed = (*list(QUESTIONS)[:3], Field.TARGET) if saves else tuple(QUESTIONS)[:3]
    figures = _read_figures(question)
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
        more = "ett tall" if len(missing) == 1 else f"{len(missing)} tall"
        return _ask(f"Det regner jeg ut for dere når jeg har {more} til.", missing[0], figures, rule)
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
        Paragraph(text=f"{_range(cost)} {_REMARK}"),
        Paragraph(evidence=(rule,), prefix="Arbeidsgiverperioden:"),
        Paragraph(text=_split(cost)),
    )


def _lead(cost: AbsenceCost) -> str:
    given, saved = cost.given, cost.saved
    if not (given.target and saved):
        return f"Sykefraværet koster dere om lag {_about(cost.now, cost)} i året."
    if saved.value == 0 and (not cost.has_own_range or saved.low == saved.high):
        return "Målet er det samme som fraværet nå, så det er ingenting å spare."
    if saved.low < 0 < saved.high:
        return f"Det kan gå begge veier: Dere sparer om lag {_about(saved, cost)} i året, der minus betyr at det blir dyrere."
    if saved.high <= 0:
        dearer = Amount(value=-saved.value, low=-saved.high, high=-saved.low)
        return f"Målet er høyere enn fraværet nå, så det koster dere om lag {_about(dearer, cost)} mer i året."
    return (
        f"Dere sparer om lag {_about(saved, cost)} i året på å gå fra {given.rate} % til {given.target} % sykefravær."
    )


def _about(amount: Amount, cost: AbsenceCost) -> str:
    return absence.tell_amount(amount, cost) if cost.has_own_range else absence.round_kroner(amount.value)


def _range(cost: AbsenceCost) -> str:
    if cost.has_own_range:
        return "Spennet i svaret kommer bare av spennet i tallene du ga."
    amount, name = (cost.saved, "forskjellen") if cost.saved and cost.saved.value else (cost.now, "kostnaden")
    low, high = sorted((abs(amount.low), abs(amount.high)))
    percent = absence.format_number(absence.MARGIN * 100)
    return (
        f"Er dagskostnaden {percent} % lavere eller høyere enn du skrev, blir {name} om lag {absence.round_kroner(low)} til {absence.round_kroner(high)}. "
        f"De {percent} prosentene er et regneeksempel, ikke statistikk."
    )


def _split(cost: AbsenceCost) -> str:
    part, now, share = cost.in_employer_period, cost.now, cost.given.employer_share
    if part is None or share is None:
        return (
            "Summen er ikke delt der. Vet dere hvor mange prosent av fraværsdagene som ligger i perioden, så oppgi det."
        )
    rest = Amount(value=now.value - part.value, low=now.low - part.low, high=now.high - part.high)
    return (
        f"Med {absence.format_number(share)} % av fraværsdagene i arbeidsgiverperioden, som dere oppga, ligger {absence.tell_amount(part, cost)} "
        f"av kostnaden nå der, og {absence.tell_amount(rest, cost)} etter den."
    )


def _next_step(cost: AbsenceCost) -> str:
    if cost.given.target is None:
        return f"{texts.ASK_ABSENCE_TARGET} Skriv det, så regner jeg ut hva dere sparer."
    return "Bytt gjerne ut et tall, eller skriv et spenn, for eksempel «1500-2500 kr dagen», så regner jeg på nytt."


def _ask(lead: str, field: Field, figures: Mapping[Field, str], rule: Evidence) -> Draft:
    known = {f: absence.read_figure(f, text) if _is_usable(f, text) else "?" for f, text in figures.items()}
    people, kroner, rate, _ = (known.get(f, "?") for f in QUESTIONS)
    days = known.get(Field.WORKDAYS, absence.WORKDAYS)
    formula = f"Regnestykket så langt: {people} ansatte × {days} arbeidsdager × {rate} % fravær × {kroner} kr dagen."
    period = Paragraph(evidence=(rule,), prefix="Arbeidsgiverperioden:")
    return Draft(
        outcome=Outcome.ASKS_BACK,
        paragraphs=(Paragraph(text=lead, is_lead=True), Paragraph(text=formula), period),
        follow_up_question=QUESTIONS.get(field) or "Hvilket tall skal jeg bruke i stedet?",
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


def _read_figures(question: Understood) -> dict[Field, str]:
    """Return the figures that the talk gives, as written; what is said last counts."""
    figures: dict[Field, str] = {}
    for segment in re.split(r"\?\s+", _COUNTED.sub(_in_digits, " ".join(question.standalone.lower().split()))):
        missing = [
            field for field in QUESTIONS if not _is_usable(field, figures.get(field))
        ]  # the target is asked for last
        bare = _BARE.fullmatch(segment)
        if bare and missing and figures and (field := _fitting(bare["unit"] or "", missing)):
            figures[field] = bare["n"]
        else:
            figures.update(_read_segment(segment, knows_rate=Field.RATE in figures and Field.RATE not in missing))
    if Field.EMPLOYEES not in figures and question.company.employees is not None:
        said_here = read_employees(question.standalone)  # a percentage in words may look like a headcount
        if said_here is None or said_here == read_employees(_SHARES.sub(" ", question.standalone)):
            figures[Field.EMPLOYEES] = str(question.company.employees)
    return figures


def _is_usable(field: Field, written: str | None) -> bool:
    try:
        return written is not None and bool(absence.read_figure(field, written))
    except AbsenceInputError:
        return False


def _fitting(unit: str, missing: list[Field]) -> Field | None:
    """Return the figure that a reply of only a number gives: the one asked for, if the unit fits it."""
    if not unit:
        return missing[0]
    fits = (Field.DAILY_COST,) if re.match(_KRONER, unit) else (Field.RATE, Field.TARGET)
    return next((field for field in missing if field in fits), None)


def _read_segment(text: str, *, knows_rate: bool) -> Iterator[tuple[Field, str]]:
    """Yield the figures of one message; of two for the same the last counts."""
    for field, pattern in ((Field.EMPLOYEES, _PEOPLE), (Field.WORKDAYS, _WORKDAYS)):
        if match := pattern.search(text):
            yield field, match["n"]
    if daily := _daily_cost(text):
        yield Field.DAILY_COST, daily
    yield from _read_rates(text, knows_rate=knows_rate)


def _read_rates(text: str, *, knows_rate: bool) -> Iterator[tuple[Field, str]]:
    """Yield the percentages of one message."""
    if match := _FROM_TO.search(text):
        yield Field.RATE, match["a"]
        yield Field.TARGET, match["b"]
        return
    rate = ""
    for match in _SHARES.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        if _PERIOD_AFTER.match(after):
            yield Field.EMPLOYER_SHARE, match["n"]
        elif _TO_TARGET.search(before) or _IS_TARGET.match(after):
            yield Field.TARGET, match["n"]
        elif _REDUCES.search(before):
            continue  # "ned med 2 %" may be of the days or of the rate: it is asked for
        elif not rate:
            rate = match["n"]
            yield (Field.TARGET if knows_rate else Field.RATE), rate
    if match := _BARE_TARGET.search(text):
        yield Field.TARGET, match["n"]
    if rate and (match := _POINTS.search(text)) and _is_usable(Field.RATE, rate):
        points = Decimal(match["n"].replace(",", "."))
        yield Field.TARGET, str(absence.read_figure(Field.RATE, rate).middle - points)


def _daily_cost(text: str) -> str:
    """Return the kroner a day, "" when none are told: with a day beside them, else the only amount there is."""
    others = []
    for match in _MONEY.finditer(text):
        has_unit = bool(match["kr"] or match["unit"])
        if _OTHER_PERIOD.match(text, match.end()):
            continue
        if (match["day"] and (has_unit or len(match["n"]) > 2)) or _DAILY_BEFORE.search(text[: match.start()]):
            return match["n"]
        if has_unit:
            others.append(match["n"])
    return others[0] if len(others) == 1 else ""


def _in_digits(match: re.Match[str]) -> str:
    """Return a phrase with the number that it ends in written in digits: "rundt seks komma fem" is "rundt 6,5"."""
    words = match[0].split()
    for start in range(len(words)):
        if number := _read_words(words[start:]):
            return " ".join([*words[:start], number])
    return match[0]


def _read_words(words: list[str]) -> str:
    """Return the digits of a number in words, "" when it is none: "seks", "seks og en halv", "fire komma fem"."""
    text = " ".join(words)
    if half := re.fullmatch(r"(.+) og ei?n? halv", text):
        whole = _read_words(half[1].split())
        return f"{whole},5" if whole else ""
    if len(parts := text.split(" komma ")) == 2:
        whole, decimals = (_read_words(part.split()) for part in parts)
        return f"{whole},{decimals}" if whole and decimals else ""
    value = read_bare_number(text)
    return str(value) if value is not None and len(words) == 1 else ""
