"""The organisasjonsnummer in a text: with its name before it as it stands, by itself when nothing says that it is another number."""

import re

from assistant.register.number import is_valid_number

# What stands for the number where it was all that was written.
STAND_IN = "organisasjonsnummer"

_NAME = r"\b(?:org(?:anisasjons?)?[\s.-]*(?:nr|num+er)\w*|foretaks(?:nr|nummer)\w*|firmanummer\w*|(?:company|organi[sz]ation|business)\s+(?:number|no))\.?"
_MVA = r"(?:\s*MVA\b\.?)?"
_LABELLED = re.compile(
    rf"{_NAME}\s*(?:(?:er|is|vårt|vår|vart|til\s+(?:oss|firmaet|bedriften)|hos\s+oss)\s+){{0,3}}\W{{0,3}}(?:NO[\s-]*)?"
    rf"(?P<n>\d{{3}}([\s.-]?)\d{{3}}\2\d{{3}}(?!\d)|\d(?:[\s.-]?\d){{2,13}}){_MVA}",
    re.IGNORECASE,
)
_ALONE = re.compile(
    rf"(?<![\w.,§+-])(?<!\d\s)(?:NO[\s-]*)?(?P<n>\d{{9}}|\d{{3}}([\s.])\d{{3}}\2\d{{3}}){_MVA}(?![\w-]|[\s.,]\d)",
    re.IGNORECASE,
)
_OTHER_BEFORE = re.compile(
    r"(?:\bkr\b|kroner|nok|€|\$|\b(?:saks?|faktura|kunde|ordre|konto|medlems?|kid|tlf|telefon|mobil|serie|referanse|ref)[\w-]*)[\s.:]*(?:nr\.?|nummer\w*)?[\s.:]*(?:er\s+)?$",
    re.IGNORECASE,
)
_OTHER_AFTER = re.compile(
    r"\s*(?:kr\b|kroner|nok|mill|,-|%|prosent|stk|ansatt|tilsett|timer|dager|tonn|kilo|kg|m2|liter)", re.IGNORECASE
)
# "sjekk 923 609 017": a number with a wrong digit is still meant as one.
_MEANT = re.compile(
    r"\b(?:sjekk\w*|slå\s+opp|slåtte\s+opp|søk\w*|finn|bht|bedriftshels\w*|firma\w*|bedrift\w*|verksemd\w*|virksomhet\w*|selskap\w*|foretak\w*)\b",
    re.IGNORECASE,
)


def find_number(text: str) -> str:
    """Return the organisasjonsnummer that a text gives, as it is written there, "" for none. It may have a wrong digit.

    Args:
        text: What was written.
    """
    match = _find(text)
    return match["n"] if match else ""


def without_number(text: str) -> str:
    """Return a text without its organisasjonsnummer, so that the digits are read as nothing else.

    Args:
        text: What was written.
    """
    match = _find(text)
    if match is None:
        return text
    rest = " ".join(f"{text[: match.start()].rstrip(' ,:(')} {text[match.end() :].lstrip(' ,)')}".split())
    return rest if re.search(r"[a-zæøå]{2}", rest, re.IGNORECASE) else STAND_IN


def _find(text: str) -> re.Match[str] | None:
    if labelled := list(_LABELLED.finditer(text)):
        return labelled[-1]
    return next((match for match in reversed(list(_ALONE.finditer(text))) if _is_meant(text, match)), None)


def _is_meant(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()], text[match.end() :]
    if _OTHER_BEFORE.search(before) or _OTHER_AFTER.match(after):
        return False
    if is_valid_number(re.sub(r"\D", "", match["n"])):
        return True
    return not re.search(r"[a-zæøå]{2}", before + after, re.IGNORECASE) or bool(_MEANT.search(before + after))
