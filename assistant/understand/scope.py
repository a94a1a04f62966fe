"""What no source of Norwegian law in force can answer: the law of other countries, and what will be decided one day."""

import re
from datetime import date

_ADJECTIVE = r"(?:svensk|dansk|finsk|islandsk|tysk|polsk|britisk|engelsk|amerikansk|fransk|spansk|nederlandsk|litauisk|estisk|latvisk|rumensk|kinesisk)(?:e|t)?"
_LAND = r"(?:Sverige|Danmark|Finland|Island|Tyskland|Polen|Storbritannia|England|USA|Frankrike|Spania|Nederland|Litauen|Estland|Latvia|Romania|Kina)"
_ENGLISH = r"(?:Swedish|Danish|Finnish|Icelandic|German|Polish|British|UK|US|American|French|Spanish|Dutch|Lithuanian|Estonian|Latvian|Romanian|Chinese)"
_LAW = r"(?:arbeidsmiljø|arbeids|arbeidstids)?(?:lov\w*|rett|regl\w*|regelverk\w*|forskrift\w*)"
_FOREIGN = re.compile(
    rf"\b{_ADJECTIVE}\s+{_LAW}\b"
    rf"|\b(?:{_LAW}|krav\w*|plikt\w*)\b[^.?!]{{0,30}}\bi\s+{_LAND}\b"
    rf"|\b{_ENGLISH}\s+(?:labou?r\s+|employment\s+|work(?:ing\s+environment)?\s+)?(?:law|rules?|legislation|regulations?)\b",
    re.IGNORECASE,
)
# With one of these the question is about Norwegian law all the same: whether it holds for people from elsewhere, say.
_NORWEGIAN = re.compile(r"\b(?:norsk\w*|Norge|Noreg|Norway|Norwegian|arbeidsmiljøloven|aml)\b", re.IGNORECASE)
_TO_COME = re.compile(
    r"\b(?:kommer|kjem)\b[^.?!]{0,80}\btil\s+å\b|\bblir\b|\b(?:spår|venter|forventer|ventar|tror|trur)\b|\bwill\b|\bgoing\s+to\b|\bexpect\w*\b",
    re.IGNORECASE,
)
_ONE_DAY = re.compile(
    r"\bneste\s+(?:revisjon|revidering|gjennomgang|endring|oppdatering|stortingsvalg)\w*|\bneste\s+gang\b|\bnext\s+(?:revision|time|review)\b|\b(?:hva|kva)\s+(?:tror|trur)\s+du\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b20\d\d\b")
_RULES = re.compile(
    r"§|\b(?:\w*lov(?:en|a|er|ene)?|\w*forskrift\w*|\w*regl\w*|\w*plikt\w*|\w*krav\w*|\w*list(?:e|a|en|er)|gebyr\w*|\w*grense\w*|paragraf\w*|terskel\w*|rules?|law|list|dut(?:y|ies)|limits?|require\w*)\b",
    re.IGNORECASE,
)


def asks_foreign_law(text: str) -> bool:
    """Return whether the text asks for the law of another country."""
    return bool(_FOREIGN.search(text)) and not _NORWEGIAN.search(text)


def asks_forecast(text: str, today: date) -> bool:
    """Return whether the text asks what the rules will be one day, which nobody has decided yet.

    Args:
        text: What was asked.
        today: The day it is asked.
    """
    later = any(int(year) > today.year for year in _YEAR.findall(text))
    return bool((later or _ONE_DAY.search(text)) and _TO_COME.search(text) and _RULES.search(text))
