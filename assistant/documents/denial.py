"""Sentences that say no: what is not offered, not covered, not done."""

import re

_VERB = r"(?:omfatt\w*|inngå\w*|dekk\w*|inkluder\w*|tilby\w*|tilbod\w*|lever\w*|utfør\w*|gjennomfør\w*|gjort|bistå\w*|bisto\w*|hjelp\w*|hjalp|skal|vil|har|er|var|ble|blir|vart|vert|delta\w*|deltok|yte\w*|foreta\w*|gi|gis|gir|gjev|planlagt|planlagd|aktuel\w*|behov|avtalt|avtala|del av|med i)"
_NOT = r"(?:ikke|ikkje|aldri)"
_DENIES = re.compile(
    rf"\b{_VERB}(?:\s+\w+){{0,2}}\s+{_NOT}\b|\b{_NOT}\s+(?:\w+\s+)?{_VERB}\b"
    r"|\b(?:unntatt|unnateke|unntak\s+av|unntak\s+for|bortsett\s+(?:fra|frå)|ekskl\w*|utelatt|utelate|faller\s+utenfor|fell\s+utanfor|utenfor\s+avtal\w*|utanfor\s+avtal\w*|holdes\s+utenfor|ytes\s+ikke|frasier\s+seg)\b"
    r"|\bingen\s+(?:bistand|hjelp|kartlegg\w*|risikovurder\w*|opplær\w*|helse\w*|tiltak|forebygg\w*|førebygg\w*|tilrettelegg\w*|retningslinj\w*|rutine\w*|rutinar|endring\w*|henvend\w*|førespurn\w*|melding\w*|informasjon|plan\w*|årsrapport\w*)",
    re.IGNORECASE,
)
# "not only", "no later than", "without having to ask": no denial.
_HARMLESS = re.compile(
    rf"\b{_NOT}\s+(?:bare|berre|minst|begrenset|avgrensa|(?:lenger|senere|seinare|sjeldnere|mindre|lengre)\s+enn|måtte|nødvendig\w*|spør\w*|gå)\b",
    re.IGNORECASE,
)
# What holds only when something is not so: "Dersom vi ikke har gjort det, ..."
_CONDITION = re.compile(r"\b(?:dersom|hvis|viss|når|om)\b[^,;:.]{0,200},", re.IGNORECASE)
_NO_NEED = re.compile(
    rf"\b(?:{_NOT}|ingen)\s+(?:\w+\s+){{0,2}}(?:behov|aktuel\w*|nødvendig\w*)|\b(?:behov|aktuel\w*)\s+{_NOT}"
    rf"|\b(?:ingen|{_NOT}\s+(?:\w+\s+)?(?:noen|nokon|nokre))\s+(?:\w+\s+){{0,2}}(?:endring|henvend|førespurn)\w*",
    re.IGNORECASE,
)
_CELL = re.compile(
    r"(?:^|\|)\s*(?:nei|ikke|ikkje|ikke aktuelt|ikkje aktuelt|nei,? ikke|utgår)\s*(?:\||$)", re.IGNORECASE
)
_CLAUSE = re.compile(
    r";|\bmen\b|\bmens\b|\bmedan\b|\bderimot\b|,\s+(?:og|slik at)\s+(?=(?:bht|bedriftshels\w*|arbeidsgiv\w*|arbeidsgjev\w*|leverandør\w*|virksomhet\w*|verksemd\w*)\b)",
    re.IGNORECASE,
)


def split_clauses(sentence: str) -> list[str]:
    """Return the parts of a sentence that can each say yes or no for itself."""
    return [clause for clause in _CLAUSE.split(sentence) if clause.strip()]


def denies(clause: str) -> bool:
    """Return whether a clause, a heading or a row of a table says that something is not so, or not offered."""
    if _CELL.search(clause):
        return True
    return bool(_DENIES.search(_HARMLESS.sub(" ", _CONDITION.sub(" ", clause))))


def says_no_need(clause: str) -> bool:
    """Return whether a clause only says that there was no need, or nothing to help with: an account of the year, no refusal."""
    return bool(_NO_NEED.search(clause))
