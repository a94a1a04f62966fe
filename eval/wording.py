"""The Norwegian of tables and reports: what measures, kinds, outcomes and legs are called, and how numbers are written."""

import math
from collections.abc import Mapping

from eval.statistics import Estimate

MEASURE_NAMES: Mapping[str, str] = {
    "citation_validity": "Sitater som stemmer",
    "support": "Setninger med dekning i kilden",
    "citation_recall": "Nødvendige paragrafer vist til",
    "citation_precision": "Viste paragrafer som hører til",
    "facts": "Fakta som skal med",
    "forbidden": "Påstander som ikke skal med, per svar",
    "outcome": "Riktig utfall",
    "verdict": "Riktig ja, nei eller avhenger",
    "refusal_precision": "Avsto med rette",
    "refusal_recall": "Avsto der det skulle avstås",
    "repeatable": "Samme svar på nytt",
    "R@5": "Søk: nødvendige blant fem første (R@5)",
    "R@5 (half for act)": "Søk: R@5, halvt for rett lov",
    "nDCG@10": "Søk: rekkefølge (nDCG@10)",
    "RR@10": "Søk: plass for den første (RR@10)",
    "Success@5": "Søk: minst én blant fem (Success@5)",
    "words": "Ord i svaret",
    "lix": "Lesbarhet (LIX)",
    "seconds": "Sekunder til svar",
}
MEANINGS: Mapping[str, str] = {
    "citation_validity": "Andel sitater som er ordrett det som står i kilden, under rett navn.",
    "support": "Andel setninger med henvisning som de viste kildene bærer: ord, tall og nektelser.",
    "citation_recall": "Andel av de nødvendige paragrafene som svaret viser til.",
    "citation_precision": "Andel av paragrafene svaret viser til, som hører til spørsmålet.",
    "facts": "Andel av opplysningene svaret må ha, som står der.",
    "forbidden": "Antall påstander som ikke skal stå der.",
    "outcome": "Svart, spurt tilbake, rettet eller avstått slik fasiten sier.",
    "verdict": "Ja, nei, avhenger eller ingen dom slik fasiten sier.",
    "refusal_precision": "Av det som ikke ble besvart: andelen som ikke skulle besvares.",
    "refusal_recall": "Av det som ikke skulle besvares: andelen som ikke ble det.",
    "repeatable": "Andel som får samme svar når alt spørres om igjen i motsatt rekkefølge.",
    "R@5": "Andel av det svaret trenger, som er blant de fem første treffene.",
    "R@5 (half for act)": "Som R@5, men rett lov og feil paragraf teller halvt.",
    "nDCG@10": "Hvor høyt alt det relevante står blant de ti første, vektet etter grad.",
    "RR@10": "1 delt på plassen til det første nødvendige treffet.",
    "Success@5": "Andel spørsmål med minst ett nødvendig treff blant de fem første.",
    "words": "Antall ord i svar som ikke er avslag.",
    "lix": "Lesbarhetsindeks: under 35 er lettlest, over 50 er lovspråk.",
    "seconds": "Tid fra spørsmål til svar i prosessen, uten oppstart.",
}
KIND_NAMES: Mapping[str, str] = {
    "all": "alle",
    "fact": "fakta",
    "definition": "begrep",
    "threshold": "terskel",
    "procedure": "framgangsmåte",
    "sanction": "reaksjon",
    "duty_industry": "plikt etter bransje",
    "duty_situation": "plikt etter situasjon",
    "follow_up": "oppfølging",
    "false_premise": "feil premiss",
    "nynorsk": "nynorsk og dialekt",
    "english": "engelsk",
    "typo": "skrivefeil",
    "lay": "hverdagsord",
    "address": "paragraf nevnt",
    "out_of_scope": "utenfor feltet",
    "unanswerable": "ikke i kildene",
    "injection": "misbruk",
    "personal_data": "personopplysninger",
}
OUTCOME_NAMES: Mapping[str, str] = {
    "answered": "svart",
    "partial": "delvis svart",
    "asks_back": "spør tilbake",
    "corrected": "rettet",
    "abstained": "avstått",
}
LEG_NAMES: Mapping[str, str] = {"fused": "samlet", "stem": "ordstammer", "gram": "bokstavgrupper", "dense": "vektorer"}
_FEW_DECIMALS = {"words": 1, "lix": 1}
_DECIMALS = 3


def name_measure(measure: str) -> str:
    """Return what a measure is called; one without a Norwegian name keeps its own."""
    return MEASURE_NAMES.get(measure, measure)


def order_measures(measures: set[str]) -> list[str]:
    """Return measures in the order of the tables; those without a Norwegian name come last."""
    return [m for m in MEASURE_NAMES if m in measures] + sorted(measures - set(MEASURE_NAMES))


def write_number(value: float, measure: str = "", *, sign: bool = False) -> str:
    """Return a number with a decimal comma, "–" for one that is not there.

    Args:
        value: The number.
        measure: What it measures, which settles the decimals.
        sign: Whether a plus is written too.
    """
    if math.isnan(value):
        return "–"
    digits = _FEW_DECIMALS.get(measure, _DECIMALS)
    rounded = round(value, digits) + 0.0  # no minus before a zero
    return f"{rounded:{'+' if sign and rounded else ''}.{digits}f}".replace(".", ",").replace("-", "−")


def write_interval(found: Estimate, measure: str = "") -> str:
    """Return the interval of an estimate, "" when nothing was measured."""
    if not found.count:
        return ""
    return f"{write_number(found.low, measure)} til {write_number(found.high, measure)}"
