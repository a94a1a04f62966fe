"""Sentences about what is still to be done: in an account of the year, what is advised or planned has not been done."""

import re

_AHEAD = re.compile(
    r"\b(?:neste\s+(?:år|periode|kvartal|halvår)|kommende\s+(?:år|periode)|komande\s+(?:år|periode)|til\s+(?:våren|høsten|hausten)|fram-?over|fremover|vidare\s+framover"
    r"|skal|vil|bør|kommer\s+til\s+å|kjem\s+til\s+å|anbefal(?:er|es|ast)|tilrår|tilrådes|planlegg(?:er|es|jast)|ønsker\s+å|ønskjer\s+å)\b",
    re.IGNORECASE,
)
# What was done, or has been: "de som skal ha undersøkelse, fikk den i mai".
_DONE = re.compile(
    r"\b(?:har|ha|ble|blei|blitt|vart|vorte|var|vært|vore|fikk|fekk|hadde|deltok|delteke|holdt|heldt|hjalp|bistod?|ga|gav|gjorde|gjort|gikk|gjekk|tok|så|skrev|skreiv|kom|la|"
    r"gjennomført\w*|utført\w*|utarbeid(?:et|d|a)|svarte|kartla|kartlagt|undersøkte|vurderte|foreslo|anbefalte|rådet|målte|informerte|lærte|kurset|fulgte)\b",
    re.IGNORECASE,
)
_HEADS_AHEAD = re.compile(
    r"\bneste\s+år|\bvidare?\s+arbeid|\bvidere\s+arbeid|\banbefaling|\btilråding|\bplan(?:er|ar)?\s+(?:for|framover|fremover|videre)|\bveien\s+videre|\bvegen\s+vidare|\bfram-?over|\bfremover|\bforslag\s+til",
    re.IGNORECASE,
)


def is_ahead(clause: str) -> bool:
    """Return whether a clause tells of what is advised or planned, and of nothing that was done."""
    return bool(_AHEAD.search(clause)) and not _DONE.search(clause)


def leads_ahead(line: str) -> bool:
    """Return whether a heading or the line before a list is about the time to come: "Anbefalinger for neste år"."""
    return bool(_HEADS_AHEAD.search(line)) and not _DONE.search(line)
