"""Sentences that were read against a provision by hand, and that an answer resting on it may therefore say.

The corpus has them as lists: what a term means, the rule behind a misunderstanding, what holds from a number of employees, what to do
next. Those of the duty check are written out here once more, apart from the product: a change there is read anew here.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import combinations

from corpus.address import find_addresses
from corpus.core import read_core
from corpus.glossary import Term, read_glossary
from corpus.industry import TABLE_PROVISION, IndustryRow, read_conditions, read_table
from corpus.misunderstandings import read_misunderstandings
from corpus.next_steps import read_next_steps
from corpus.risks import read_risks
from corpus.thresholds import Threshold, read_thresholds

# Sentences around a rule that state none.
FRAMES = frozenset(
    {
        "ja",
        "kort sagt",
        "nei",
        "nei det stemmer ikke",
        "det er ikke helt slik",
        "det kommer an på",
        "ikke automatisk",
    }
)
_APPLIES, _EMPLOYEE, _BHT = "lov/2005-06-17-62/§1-2", "lov/2005-06-17-62/§1-8", "lov/2005-06-17-62/§3-3"
_DUTY = (
    "Ja, dere må ha godkjent bedriftshelsetjeneste. Det kommer an på hva dere driver med, og hvilken risiko arbeidet har. "
    "Antall ansatte avgjør det aldri. Jeg kjenner ikke igjen bransjen. Svaret kommer an på næringskoden og risikoen, aldri på antall ansatte. "
    "Det kommer an på hva som er hovedaktiviteten. "
    "Spør meg «Må vi ha BHT?» og skriv hva dere driver med, så ser jeg etter bransjen deres på lista. "
    "Knytt dere til en godkjent leverandør (registeret ligger hos Arbeidstilsynet), og lag en plan for bistanden sammen med den. "
    "Er dere innenfor grensen, må dere ha godkjent bedriftshelsetjeneste. Er dere utenfor, er det risikoen som avgjør. "
    "Vurder risikoen og skriv ned svaret: tungt eller ensformig arbeid, kjemikalier, støy, nattarbeid, vold og trusler, alenearbeid, "
    "høyt tidspress. Gir noe av det fare for helsa, trenger dere bedriftshelsetjeneste. "
    "Det taler for bedriftshelsetjeneste. "
    "Vurder risikoen sammen med verneombudet, og skriv ned om den gjør det nødvendig med bedriftshelsetjeneste. "
    "Spør Arbeidstilsynet når du er i tvil: arbeidstilsynet.no, telefon 73 19 97 00."
)
_UNKNOWN_CODE = "Koden 00.000 betyr at aktiviteten ikke er registrert ennå, så den sier ingenting om plikten."
_OUTSIDE = (
    "Nei, ikke så lenge dere ikke har ansatte. Loven gjelder virksomheter som har arbeidstakere. "
    "Vurder spørsmålet på nytt den dagen dere ansetter noen. "
    "Nei, ikke etter arbeidsmiljøloven. Sjøfart, fangst og fiske er utenfor loven, og har egne regler. "
    "Har dere ansatte på land, gjelder loven for dem. Spør Sjøfartsdirektoratet om reglene om bord."
)
_OWNER = (
    "Det er ikke avklart for den som er eneste ansatt i eget selskap. Plikten gjelder virksomheter med arbeidstakere, og en arbeidstaker "
    "arbeider for og er underordnet en annen; det taler for nei. "
    "Er bransjen farlig eller skal dere ansette flere, bør dere avklare det. "
    "Spør Arbeidstilsynet når du er i tvil: arbeidstilsynet.no, telefon 73 19 97 00."
)
_STANDING = (
    (TABLE_PROVISION, _DUTY),
    (_BHT, _DUTY),
    (_APPLIES, _OUTSIDE),
    (_EMPLOYEE, _OWNER),
    ("veiledning/naeringskode-ukjent", _UNKNOWN_CODE),
)
_ON_THE_LIST = re.compile(
    r"(?P<names>.+?) \((?P<codes>[\d., ]+)\) står på lista i § 13-1(?:, og da gjelder plikten uansett hvor mange dere er\.|, men med en grense:)"
)
_OFF_THE_LIST = re.compile(
    r"(?:Næringskode (?P<code>[\d.]+)|.+ \((?P<codes>[\d., ]+)\)) står ikke på lista i § 13-1, så risikoen hos dere avgjør"
    r"(?:, og dere nevner (?P<risks>.+))?\."
)
_DIFFERING = re.compile(r"(?P<name>.+) kan høre til flere næringskoder\.")
_BESIDE = re.compile(
    r"Hovedaktiviteten \(.+\) står ikke på lista i § 13-1, men dere driver også med (?P<rows>.+), og da kan Arbeidstilsynet bestemme "
    r"at dere skal ha bedriftshelsetjeneste\."
)
_SORTED = re.compile(r"(?P<where>På|Utenfor) lista (?:i § 13-1 )?står (?P<named>.+)\.")
_SOME_ON_THE_LIST = re.compile(r"Av det dere driver med, står (?P<rows>.+) på lista i § 13-1\.")
_ABOUT_CODES = re.compile(r"(?:\(\d\d[\d., ]*\)|[Nn]æringskode \d|står \d\d).*på lista")


def statements_of(provision_id: str, numbers: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return the texts that were read against a provision.

    Args:
        provision_id: The provision.
        numbers: The numbers of the question: a sentence about so many employees holds for those of its band.
    """
    bands = tuple(
        lead.replace("{n}", number)
        for number in sorted(numbers | _sums(numbers))
        for threshold in _thresholds().get(provision_id, ())
        for lead in _leads(threshold, number)
    )
    return (*_statements().get(provision_id, ()), *bands)


def is_rightly_listed(sentence: str, text: str, question: str = "") -> bool | None:
    """Return whether a sentence about codes on the list of § 13-1 says what the list says, None when it is about no code.

    Args:
        sentence: The sentence.
        text: The text of the list, which has the names.
        question: What was asked: what is given back as the asker's own words must be.
    """
    if on := _ON_THE_LIST.fullmatch(sentence):
        named = all(name in text for name in on["names"].split(" / "))
        return named and all(_is_listed(code) for code in re.split(r",\s*", on["codes"]))
    if off := _OFF_THE_LIST.fullmatch(sentence):
        risks = set(re.split(r", | og (?!annen)", off["risks"] or ""))
        known = {part for risk in read_risks() for part in re.split(r", | og (?!annen)", risk.name)} | {""}
        return risks <= known and not any(_is_listed(code) for code in re.split(r",\s*", off["code"] or off["codes"]))
    if kept := _SORTED.fullmatch(sentence):
        codes = re.findall(r"(?:^|; )(\d\d[\d.]*)", kept["named"])
        return all(_is_listed(code) is (kept["where"] == "På") for code in codes)
    if differing := _DIFFERING.fullmatch(
        sentence
    ):  # what is on the list and what is not stands in the sentences after it
        return _is_said(differing["name"], question)
    if some := _SOME_ON_THE_LIST.fullmatch(sentence) or _BESIDE.fullmatch(sentence):
        return all(any(_names(row, said) for row in read_table()) for said in re.split(r", (?=\d)", some["rows"]))
    return False if _ABOUT_CODES.search(sentence) else None


def _is_said(name: str, question: str) -> bool:
    """Return whether a name in quotation marks is the asker's own words; one without may be any."""
    own = re.fullmatch(r"«(.+?)(?: …)?»", name)
    return own is None or own[1].lower() in " ".join(question.split()).lower()


def _is_listed(code: str) -> bool:
    return any(row.covers(code) for row in read_table())


def _names(row: IndustryRow, said: str) -> bool:
    return f"{row.code} {row.name}".startswith(said)


def _sums(numbers: frozenset[str]) -> frozenset[str]:
    """Return the sums of two of the numbers: "fire faste og to på deltid" are 6."""
    whole = sorted(int(number) for number in numbers if number.isdigit())
    return frozenset(str(one + other) for one, other in combinations(whole, 2))


def _leads(threshold: Threshold, number: str) -> tuple[str, ...]:
    band = threshold.band_for(int(number)) if number.isdigit() else None
    return tuple(b.lead for b in (band, band.demanded, band.undemanded) if b) if band else ()


@cache
def _known() -> frozenset[str]:
    return frozenset(p.provision_id for document in read_core(rows=read_table()) for p in document)


@cache
def _thresholds() -> dict[str, tuple[Threshold, ...]]:
    found: dict[str, tuple[Threshold, ...]] = {}
    for threshold in read_thresholds(_known()):
        for address in threshold.provisions:
            found[address.provision_id] = (*found.get(address.provision_id, ()), threshold)
    return found


@cache
def _statements() -> dict[str, tuple[str, ...]]:
    said: dict[str, list[str]] = defaultdict(list)
    for provision_id, text in (*_STANDING, *_headings(), *_lists()):
        said[provision_id].append(text)
    return {provision_id: tuple(dict.fromkeys(texts)) for provision_id, texts in said.items()}


def _headings() -> Iterator[tuple[str, str]]:
    """Yield the heading of each provision by its id, and whether it is repealed."""
    for document in read_core(rows=read_table()):
        for provision in document:
            yield provision.provision_id, provision.heading
            yield provision.provision_id, f"{provision.label}: {provision.heading}."
            if provision.repealed:
                yield provision.provision_id, f"Opphevet {provision.repealed}. Oppheves {provision.repealed}."


def _lists() -> Iterator[tuple[str, str]]:
    """Yield the sentences of the corpus's lists by the ids of their provisions."""
    for term in read_glossary().terms:
        for provision_id in _ids(*term.provisions):
            yield from ((provision_id, f"{name}: {term.definition}") for name in _names_of(term))
    for misunderstanding in read_misunderstandings(_known()):
        yield from ((address.provision_id, misunderstanding.rule) for address in misunderstanding.provisions)
    for threshold in read_thresholds(_known()):
        for address in threshold.provisions:
            yield from ((address.provision_id, text) for text in (threshold.rule, threshold.next_step))
    yield from ((provision_id, step) for (provision_id, _), step in read_next_steps(_known()).items())
    yield from ((TABLE_PROVISION, condition.question) for condition in read_conditions().values())


def _names_of(term: Term) -> tuple[str, ...]:
    return term.term, *(f"{term.term} ({short})" for short in term.abbreviations)


def _ids(*addresses: str) -> list[str]:
    """Return the ids of addresses as people write them; a note stands by its id."""
    found = [text for text in addresses if text in _known()]
    return found + [m.candidates[0].provision_id for text in addresses for m in find_addresses(text, _known())]
