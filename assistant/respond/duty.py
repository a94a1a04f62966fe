"""Must we have BHT: the verdict of the duty check with the row that decides it, or the question back."""

import re

from assistant import texts
from assistant.answer import Outcome
from assistant.cite import Evidence, first_sentences, quote_portion, quote_segment
from assistant.draft import Draft, Paragraph
from assistant.duty.check import DutyOutcome, DutyResult, Reason, check_duty
from assistant.understand.question import Understood
from corpus.address import Portion
from corpus.document import Verdict
from corpus.industry import TABLE_PROVISION, IndustryRow, read_conditions
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
_MAX_RESIDUE = 2
_MAX_ROWS = 6
_BHT_WORD = r"(?:bht\w*|bedriftshels\w*|bedrifthels\w*|bedriftslege\w*|occupational\s+health\s+service|ohs)"
_DUTY_VERB = (
    r"(?:må|lyt|skal|trenger|treng|trengst|plikter|pliktar|plikt\w*|pliktig\w*|nødt|nøydd\w*|nødvendig|pålagt|pålagd|pålagde|lovpålagt|påbudt|påbode|krav|krever|kreves|krevst|obligatorisk|tvungen|"
    r"slipper|slepp|fritatt|fritak|unntatt|omfatta|omfattes|omfattet|gjelder|gjeld|burde|bør|must|have\s+to|need|required?|mandatory|obliged)"
)
# "må vi ha BHT", "er BHT påbudt for oss", "trenger frisører BHT": BHT is what somebody must have ...
_HAVE_BHT = re.compile(
    rf"\b{_DUTY_VERB}\b.*\b{_BHT_WORD}|\b{_BHT_WORD}(?:-?\s?(?:plikt\w*|krav\w*|ordning\w*))?\b.*\b{_DUTY_VERB}|\b{_BHT_WORD}[- ]?plikt\w*",
    re.IGNORECASE,
)
# ... not who must do something: "må BHT være med", "skal BHT kartlegge".
_BHT_DOES = re.compile(
    rf"\b(?:må|skal|kan|bør|vil|får|trenger)\s+(?:da\s+|også\s+|alltid\s+|egentlig\s+)?{_BHT_WORD}(?:en|a)?\s+(?:å\s+)?(?!for\b|hos\b|når\b|da\b|selv\b|hvis\b|i\b|til\b|nå\b|om\b)[a-zæøå]+",
    re.IGNORECASE,
)
# Words of another question about BHT.
_OTHER_QUESTION = re.compile(
    r"\b(?:kost\w*|pris\w*|betal\w*|dyrt?|moms\w*|mva|amu|dialogmøte\w*|møte\w*|plan\w*|årsplan\w*|rapport\w*|årsrapport\w*|straff\w*|bot|bøter|gebyr\w*|mulkt\w*|skjer|konsekvens\w*|oppgave\w*|"
    r"innhold\w*|bytte\w*|velge\w*|kontrakt\w*|taushetsplikt\w*|helsekontroll\w*|helseundersøkelse\w*|godkjenning\w*|dispensasjon\w*|søke\w*|delta\w*|risikovurdering\w*|fastlege\w*|lege|legekontor\w*|cost\w*|price|"
    r"bli\s+godkjent|være\s+godkjent|være\s+med|signere\w*|brukes?|sykefravær\w*|behandle\w*|hvilke\s+opp\w*|hvor\s+ofte|vernerunde\w*)\b",
    re.IGNORECASE,
)
_OPEN_DUTY = re.compile(
    r"^\W*(?:når|hvem|hvilke\s+\w+|kven|kva\s+(?:for\s+)?\w+|who|when|which\s+\w+)\s+(?:må|skal|lyt|har|er|kreves|trenger|treng|må\s+man|does|must|is|needs?)\b",
    re.IGNORECASE,
)
_ASKS_OTHERWISE = re.compile(
    r"^\W*(?:hva|kva|hvem|kven|hvordan|korleis|hvorfor|kvifor|hvor|kor|når|hvilke\w*|what|who|how|why|when|where|which)\b",
    re.IGNORECASE,
)


def is_duty_question(question: Understood) -> bool:
    """Return whether the question is whether the asker must have BHT, and nothing else."""
    if question.mentions:
        return False
    if not re.search(rf"\b{_BHT_WORD}", question.folded):
        # "frisørsalong med tre ansatte" alone can only be meant as the question of duty.
        alone = not _residue(question, question.text) and len(question.text.split()) <= 12
        return bool(question.new_industries) and alone and not _ASKS_OTHERWISE.match(question.text)
    clauses = [c.strip() for c in re.split(r"[.!?;:]\s*|,\s+(?:og|men|så)?\s*|\s+-\s+", question.text) if c.strip()]
    about = [c for c in clauses if re.search(rf"\b{_BHT_WORD}", c, re.IGNORECASE)]
    return any(_asks_duty(question, clause) for clause in about)


def _asks_duty(question: Understood, clause: str) -> bool:
    """Return whether one clause asks for the duty to have BHT."""
    if _ASKS_OTHERWISE.match(clause) or _OTHER_QUESTION.search(clause) or _BHT_DOES.search(clause):
        return False
    residue = _residue(question, clause)
    known = bool(question.company.industries or question.company.owner_only or question.company.employees is not None)
    if _HAVE_BHT.search(clause):
        first_person = bool(
            re.search(
                r"\b(?:vi|me|jeg|eg|oss|we|i|us|dere|firma\w*|bedrift\w*|selskap\w*|konsern\w*)\b",
                clause,
                re.IGNORECASE,
            )
        )
        return first_person or known or len(residue) <= _MAX_RESIDUE
    return bool(question.new_industries) and len(residue) <= 1


def _residue(question: Understood, text: str) -> list[str]:
    """Return the content words of a text that are neither BHT, duty, company nor industry."""
    industries = {word for industry in question.company.industries for word in re.findall(r"[\wæøå]+", industry.name)}
    left = []
    for word in content_words(text):
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
    if (
        _OPEN_DUTY.match(question.text)
        and len(_residue(question, question.text)) <= 1
        and re.search(_BHT_WORD, question.folded)
    ):
        return Draft(
            outcome=Outcome.ANSWERED, paragraphs=_both_roads(texts.DUTY_ASK, library), next_step=texts.DUTY_OPEN_STEP
        )
    if not is_duty_question(question):
        return None
    company = question.company
    if company.employees == 0 or company.industries or company.owner_only:
        result = check_duty(company.industries, company.employees, company.owner_only, company.condition_met)
        return _draft_result(result, question, library)
    # The reply to "what do you do" named no industry that is known.
    asked_before = question.standalone != question.asked and not question.new_industries
    return Draft(
        outcome=Outcome.ASKS_BACK,
        verdict=Verdict.DEPENDS,
        paragraphs=_both_roads(texts.DUTY_UNKNOWN if asked_before else texts.DUTY_ASK, library),
        follow_up_question=texts.ASK_INDUSTRY,
        choices=texts.INDUSTRY_CHOICES,
    )


def _both_roads(lead: str, library: Library) -> tuple[Paragraph, ...]:
    """Return the lead with the two rules that can make BHT a duty."""
    risk, listed = _risk(library), _list(library)
    return (
        Paragraph(text=lead, evidence=(risk, listed), is_lead=True),
        Paragraph(evidence=(risk,)),
        Paragraph(evidence=(listed,)),
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
        return lead, (*rows, listed), texts.DUTY_LISTED_STEP, None
    if result.outcome is DutyOutcome.LISTED_WITH_CONDITION and first:
        lead = texts.DUTY_CONDITION.format(row=_plain_name(first), code=first.code, condition=result.condition)
        return lead, (*rows, listed, risk), texts.DUTY_CONDITION_STEP, read_conditions()[first.code].question
    if result.outcome is DutyOutcome.NOT_LISTED:
        codes = ", ".join(code for industry in result.industries for code in industry.codes)
        named = all(i.name.startswith("næringskode") for i in result.industries)
        name = _capitalise(result.name)
        lead = texts.DUTY_NOT_LISTED.format(name=name, codes=codes).replace(f" ({codes})" if named else "\0", "")
        return lead, (listed, risk), texts.DUTY_NOT_LISTED_STEP, None
    shown = result.rows[:_MAX_ROWS]
    known = ", ".join(f"{row.code} {_plain_name(row)}" for row in shown)
    template = texts.DUTY_SEVERAL if result.reason is Reason.SEVERAL_CODES else texts.DUTY_ACTIVITIES
    name = _capitalise(result.name)
    return template.format(name=name, listed=known), (*rows[:_MAX_ROWS], listed, risk), "", texts.ASK_WHICH


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
