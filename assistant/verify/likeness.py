"""How much of a sentence its evidence says: words, also as other forms, parts of compounds and names for the same thing."""

from collections.abc import Iterable
from functools import cache, lru_cache

from corpus.glossary import read_glossary
from index.text import stems_of

_SHORTEST_PART = 5
# Share of a word's length that a common beginning must have.
_COMMON = 0.7
# Words of another stem for the same thing, as one group a line.
_GROUPS = (
    "sørge ordne besørge passe syte", "betale dekke bekoste kostnad utgift regning gratis", "gi yte få motta", "utføre gjennomføre gjøre foreta",
    "skriftlig skrive nedfelle papir", "muntlig", "jevnlig regelmessig fast periodisk", "årlig år", "straks umiddelbart øyeblikkelig", "minst minimum", "høyst maks maksimalt inntil opptil",
    "lengde vare varighet varer", "forby forbud forbudt ulovlig", "tillate tillatt lov lovlig adgang", "risiko fare farlig helsefare", "vurdere vurdering kartlegge kartlegging",
    "velge valg", "medlem representant", "bistå hjelpe bistand hjelp støtte", "si_opp oppsigelse avskjed", "varsle varsel varsling melding melde si_fra", "kreve krav forlange be",
    "opplæring kurs opplære", "rapport årsrapport melding", "plan årsplan", "avtale kontrakt", "bot gebyr overtredelsesgebyr", "mulkt tvangsmulkt dagbøter", "arbeidsplass arbeidssted jobb", "lønn betaling vederlag",
    "undersøke undersøkelse kontroll kontrollere sjekk", "helse helsemessig", "bestemme avgjøre fastsette vedta avgjørelse", "ansette tilsette ansatt arbeidstaker medarbeider", "virksomhet bedrift firma selskap foretak arbeidsgiver", "syk sykdom sykmelding sykmeldt sykefravær",
    "leder sjef daglig_leder", "gjelde omfatte angå", "unngå hindre forebygge forhindre", "dokumentere dokumentasjon dokument", "frist senest innen", "diskutere drøfte drøfting samtale", "vold trussel trusler", "tilby tilbud",
    "medvirke medvirkning delta deltakelse samarbeid samarbeide", "krav plikt påbud må", "mangle savne uten", "tilrettelegge tilrettelegging legge_til_rette", "overvåke overvåkning kontrolltiltak kamera", "pause hvile hvilepause", "natt nattarbeid",
)  # fmt: skip


@cache
def _names() -> dict[str, str]:
    """Return for each stem of a term's other names the stem of the term, for names of one word."""
    found: dict[str, str] = {}
    for group in _GROUPS:
        first, *others = (stems_of(word.replace("_", " "))[:1] for word in group.split())
        for other in others:
            if first and other:
                found.setdefault(other[0], first[0])
    for term in read_glossary().terms:
        one = stems_of(term.term)
        for form in (*term.forms, *term.abbreviations):
            other = stems_of(form)
            if len(one) == 1 and len(other) == 1 and other != one:
                found.setdefault(other[0], one[0])
    return found


def core_stems(text: str) -> frozenset[str]:
    """Return the stems of a text's content words without numbers, other names as the term they are of."""
    names = _names()
    return frozenset(names.get(stem, stem) for stem in stems_of(text) if not stem[:1].isdigit())


def covered_share(stems: frozenset[str], there: Iterable[str]) -> float:
    """Return the share of the stems that are among those there, longer ones counting more; 1.0 for none."""
    there = frozenset(there)
    weights = {stem: min(len(stem), 10) for stem in stems}
    total = sum(weights.values())
    return sum(weights[s] for s in stems if is_among(s, there)) / total if total else 1.0


def is_among(stem: str, there: frozenset[str]) -> bool:
    """Return whether a stem is there as itself, as another form, or as a part of a compound."""
    return stem in there or any(_are_kin(stem, other) for other in there)


@lru_cache(maxsize=200_000)
def _are_kin(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORTEST_PART:
        return False
    if long.startswith(short) or long.endswith(short):
        return True
    common = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(short))
    return common >= max(_SHORTEST_PART, _COMMON * len(long))
