"""Must we have BHT: the verdict of the duty check with the row that decides it, or the question back."""

import re

from assistant import texts
from assistant.answer import Outcome
from assistant.cite import Evidence, first_sentences, quote_portion, quote_segment
from assistant.draft import Draft, Paragraph
from assistant.duty.check import DutyOutcome, DutyResult, Reason, check_duty
from assistant.understand.question import Understood
from assistant.understand.stance import Modality
from corpus.address import Portion
from corpus.industry import TABLE_PROVISION, IndustryRow
from corpus.library import Library
from corpus.patterns import word_pattern
from index.text import content_words

_BHT = ("bht*", "bedriftshels*", "bedrifthels*", "bedriftslege*", "occupational health*", "godkjent bht", "ohs")
# Words of a duty question that change nothing in the answer; what is left over is a subject of its own.
_BACKGROUND = frozenset(
    [
        "plikt",
        "pliktig",
        "pliktige",
        "plikter",
        "pliktig",
        "krav",
        "krever",
        "kreves",
        "lovpålagt",
        "lovpålagd",
        "pålagt",
        "pålagd",
        "påbudt",
        "påbudd",
        "påbode",
        "obligatorisk",
        "nødt",
        "nødvendig",
        "nøydd",
        "nøydde",
        "slippe",
        "slipper",
        "slepp",
        "fritak",
        "fritatt",
        "unntatt",
        "omfattet",
        "omfatta",
        "omfattes",
        "gjelder",
        "tilknyttet",
        "tilknyttes",
        "tilknytte",
        "knyttet",
        "knytte",
        "tilslutta",
        "avtale",
        "kjøpe",
        "kjøper",
        "ha",
        "hatt",
        "skaffe",
        "melde",
        "innmeldt",
        "bedrift",
        "bedriften",
        "firma",
        "firmaet",
        "selskap",
        "selskapet",
        "virksomhet",
        "virksomheten",
        "foretak",
        "forretning",
        "ansatt",
        "ansatte",
        "tilsette",
        "arbeidstaker",
        "arbeidstakere",
        "medarbeidere",
        "mann",
        "folk",
        "stykker",
        "personer",
        "lite",
        "liten",
        "lita",
        "små",
        "stor",
        "stort",
        "ny",
        "nytt",
        "nystartet",
        "driver",
        "driv",
        "drive",
        "jobber",
        "jobb",
        "arbeider",
        "arbeid",
        "bransje",
        "bransjen",
        "næring",
        "næringen",
        "næringskode",
        "næringskoden",
        "kode",
        "koden",
        "kontor",
        "uansett",
        "fortsatt",
        "fremdeles",
        "altså",
        "enig",
        "greit",
        "viktig",
        "helt",
        "fast",
        "eget",
        "egen",
        "egne",
        "eier",
        "eigar",
        "daglig",
        "leder",
        "godkjent",
        "godkjente",
        "ordning",
        "loven",
        "lov",
        "lova",
        "norge",
        "norway",
        "small",
        "company",
        "business",
        "firm",
        "employees",
        "employee",
        "required",
        "mandatory",
        "need",
        "run",
        "affiliated",
        "service",
        "health",
        "occupational",
        "approved",
        "obliged",
        "legally",
        "law",
        "norwegian",
        "run",
        "runs",
        "own",
        "sure",
        "sjekk",
        "sjekke",
        "spørsmål",
        "lurer",
        "lure",
        "vite",
        "veit",
        "vet",
        "hjelp",
        "trenge",
        "trengs",
        "snart",
        "nødvendigvis",
        "automatisk",
        "selv",
        "likevel",
        "årlig",
        "lønningslista",
        "ned",
        "sikkert",
        "sitter",
        "aktivitet",
        "hovedaktivitet",
        "kvinner",
        "menn",
        "damer",
        "gutter",
        "deltid",
        "heltid",
        "vikarer",
        "lærlinger",
        "lærling",
        "sønn",
        "kone",
        "mannen",
    ]
)
_MAX_RESIDUE = 1


def is_duty_question(question: Understood) -> bool:
    """Return whether the question is whether the asker must have BHT, and nothing else."""
    names_bht = any(word_pattern(p).search(question.folded) for p in _BHT)
    residue = _residue(question)
    if not names_bht:
        # "frisørsalong med tre ansatte" alone can only be meant as the question of duty.
        return (
            bool(question.new_industries) and not residue and len(question.text.split()) <= 12 and not question.mentions
        )
    if question.mentions or re.match(
        r"\W*(?:hva|kva|hvem|kven|hvordan|korleis|hvorfor|kvifor|what|who|how|why)\b", question.folded
    ):
        return False
    asks = question.modality in (Modality.MUST, Modality.NEED_NOT) or question.is_yes_no or question.new_industries
    return bool(asks) and len(residue) <= (_MAX_RESIDUE if question.company.industries else 0)


def _residue(question: Understood) -> list[str]:
    """Return the content words that are neither BHT, duty, company nor industry."""
    industries = {word for industry in question.company.industries for word in re.findall(r"[\wæøå]+", industry.name)}
    left = []
    for word in content_words(question.text):
        if word in _BACKGROUND or word in industries or any(ch.isdigit() for ch in word):
            continue
        if any(word_pattern(p).search(word) for p in _BHT) or word in _NUMBERS:
            continue
        left.append(word)
    return left


_NUMBERS = frozenset(
    [
        "to",
        "tre",
        "fire",
        "fem",
        "seks",
        "sju",
        "syv",
        "åtte",
        "ni",
        "ti",
        "elleve",
        "tolv",
        "tjue",
        "tretti",
        "femti",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
    ]
)


def answer_duty(question: Understood, library: Library) -> Draft | None:
    """Return the verdict on the duty to have BHT, or ask for the industry."""
    if not is_duty_question(question):
        return None
    company = question.company
    employees = company.employees
    if employees is None and company.sole_proprietor:
        employees = None  # a sole proprietor may have employees: only the user knows
    if employees == 0 or company.industries or company.owner_only:
        return _draft_result(check_duty(company.industries, employees, company.owner_only), question, library)
    return Draft(
        outcome=Outcome.ASKS_BACK,
        verdict=check_duty((), None, owner_only=True).verdict,
        paragraphs=(
            Paragraph(text=texts.DUTY_ASK, evidence=(_risk(library), _list(library)), is_lead=True),
            Paragraph(evidence=(_risk(library),)),
            Paragraph(evidence=(_list(library),)),
        ),
        follow_up_question=texts.ASK_INDUSTRY,
        choices=texts.INDUSTRY_CHOICES,
    )


def _draft_result(result: DutyResult, question: Understood, library: Library) -> Draft:
    lead, evidence, step, back = _words_for(result, library)
    warnings = tuple(
        texts.RETIRED_CODE.format(code=i.retired, successors=", ".join(i.codes)) for i in result.industries if i.retired
    )
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
        warnings=warnings,
    )


def _words_for(result: DutyResult, library: Library) -> tuple[str, tuple[Evidence, ...], str, str | None]:
    """Return lead, evidence, next step and question back for a result of the check."""
    rows = tuple(_row(library, row) for row in result.rows)
    risk, listed = _risk(library), _list(library)
    first = result.rows[0] if result.rows else None
    if result.reason is Reason.NO_EMPLOYEES:
        return (
            texts.DUTY_NO_EMPLOYEES,
            (_ledd(library, "lov/2005-06-17-62/§1-2", "ledd/1"),),
            texts.DUTY_NO_EMPLOYEES_STEP,
            None,
        )
    if result.reason is Reason.SEA:
        sea = quote_segment(
            library.find("lov/2005-06-17-62/§1-2"), _segment_of(library, "lov/2005-06-17-62/§1-2", "ledd/2/bokstav/a")
        )
        return texts.DUTY_SEA, (sea,), texts.DUTY_SEA_STEP, None
    if result.reason is Reason.OWNER_ONLY:
        employee = _ledd(library, "lov/2005-06-17-62/§1-8", "ledd/1")
        return (
            texts.DUTY_OWNER_ONLY,
            (_ledd(library, "lov/2005-06-17-62/§1-2", "ledd/1"), employee),
            texts.DUTY_OWNER_ONLY_STEP,
            None,
        )
    if result.outcome is DutyOutcome.LISTED and first:
        lead = texts.DUTY_LISTED.format(row=_names(result.rows), code=", ".join(r.code for r in result.rows))
        return lead, (*rows, listed, risk), texts.DUTY_LISTED_STEP, None
    if result.outcome is DutyOutcome.LISTED_WITH_CONDITION and first:
        lead = texts.DUTY_CONDITION.format(row=_plain_name(first), code=first.code, condition=result.condition)
        return lead, (*rows, listed, risk), texts.DUTY_CONDITION_STEP, texts.ASK_CONDITION
    if result.outcome is DutyOutcome.NOT_LISTED:
        codes = ", ".join(code for industry in result.industries for code in industry.codes)
        named = all(i.name.startswith("næringskode") for i in result.industries)
        name = result.name[:1].upper() + result.name[1:]
        lead = texts.DUTY_NOT_LISTED.format(name=name, codes=codes).replace(f" ({codes})" if named else "\0", "")
        return lead, (listed, risk), texts.DUTY_NOT_LISTED_STEP, None
    known = ", ".join(f"{row.code} {_plain_name(row)}" for row in result.rows[:4])
    template = texts.DUTY_SEVERAL if result.reason is Reason.SEVERAL_CODES else texts.DUTY_ACTIVITIES
    name = result.name[:1].upper() + result.name[1:]
    return template.format(name=name, listed=known), (*rows[:4], listed, risk), "", texts.ASK_WHICH


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
    evidence = quote_portion(library.find(provision_id), Portion.parse(path))
    if evidence is None:
        raise LookupError(f"{provision_id} has no {path}")
    return evidence


def _segment_of(library: Library, provision_id: str, path: str) -> int:
    segments = library.find(provision_id).segments
    return next(n for n, segment in enumerate(segments) if segment.portion.path == path)


def _row(library: Library, row: IndustryRow) -> Evidence:
    number = _segment_of(library, TABLE_PROVISION, f"ledd/2/rad/{row.code}")
    return quote_segment(library.find(TABLE_PROVISION), number)
