"""How a text asks: does it claim something, ask whether one must, may or need not, or ask openly?"""

import re
from enum import StrEnum

CONFIRM = re.compile(
    r"\b(?:stemmer\s+(?:vel\s+|nok\s+)?(?:det|dette)|har\s+(?:jeg|eg|han|hun|ho|de|dei|sjefen)\s+rett(?!\s+(?:til|på|om))|er\s+det\s+(?:riktig|rett|sant|korrekt|slik|sånn|slik\s+at)|medfører\s+det\s+riktighet|is\s+it\s+true|is\s+it\s+correct|"
    r"er\s+det\s+ikke\s+slik|er\s+det\s+ikkje\s+slik|kan\s+du\s+bekrefte|bekreft|stemmer\s+ikke\s+det|myte)\b",
    re.IGNORECASE,
)
HEARSAY = re.compile(
    r"\b(?:(?:jeg|eg|vi|me|i|we)\s+(?:har\s+|'ve\s+)?(?:hørt|høyrt|lest|lese|trodde|trudde|tror|trur|fikk\s+høre|fekk\s+høyre|fått\s+vite|heard|read|thought|think|believe)|"
    r"(?:har|ha)\s+(?:hørt|høyrt|lest|lese|fått\s+(?:høre|vite|beskjed\s+om)|blitt\s+fortalt)|(?:fikk|fekk)\s+(?:beskjed|vite|høre|høyre)|så\s+vidt\s+(?:jeg|eg|vi)|(?:jeg|eg|vi)\s+(?:regner\s+med|reknar\s+med|går\s+ut\s+(?:fra|frå)|antar|mener|meiner)|"
    r"(?:han|hun|ho|de|dei|noen|nokon|sjefen|naboen|selgeren|seljaren|regnskapsfører\w*|rekneskapsførar\w*|kollega\w*|konsulenten|styret|de\s+sier|folk|"
    r"kursholder\w*|advokaten|someone|they)\s+(?:sier|seier|sa|påstår|påstod|mener|meiner|hevder|hevdar|says|said|told|claims)|ifølge|according\s+to)\b",
    re.IGNORECASE,
)
PARTICLE = re.compile(
    r"\b(?:jo|vel)\b|,\s*(?:ikke\s+sant|ikkje\s+sant|sant|eller|right|riktig|stemmer\s+ikke\s+det|gjør\s+vi\s+ikke|isn't\s+it|da)\s*\?|\b(?:siden|ettersom|fordi|sidan|since|because)\s+(?:vi|me|eg|jeg|det|dette|we|i|bht|loven)\b"
    r"|\bslipper\s+vi\s+(?:da|vel)|\bdermed\b|\bså\s+da\b|\bda\s+(?:trenger|slipper|må|er)\b|\baltså\b|\btakket\s+være\b|\bnå\s+som\b|\bno\s+som\b|\bloven\s+krever\b|\blova\s+krev\b",
    re.IGNORECASE,
)
OPENERS = [
    "hva",
    "hvem",
    "hvor",
    "hvordan",
    "hvorfor",
    "hvilke",
    "hvilken",
    "hvilket",
    "når",
    "kva",
    "kven",
    "kvar",
    "kvifor",
    "korleis",
    "kor",
    "kva",
    "what",
    "who",
    "where",
    "how",
    "why",
    "which",
    "when",
    "er",
    "må",
    "kan",
    "skal",
    "bør",
    "har",
    "gjelder",
    "trenger",
    "får",
    "finnes",
    "plikter",
    "kreves",
    "vil",
    "gjer",
    "gjeld",
    "treng",
    "lyt",
    "do",
    "does",
    "is",
    "are",
    "must",
    "can",
    "should",
    "has",
    "have",
    "may",
    "bestemmer",
    "betaler",
    "blir",
    "dekkes",
    "held",
    "overtar",
    "overtek",
    "holder",
    "regnes",
    "ska",
    "slepp",
    "slipper",
    "teller",
    "hvis",
    "om",
    "dersom",
    "dette",
    "forklar",
    "vis",
    "fortell",
    "si",
    "finn",
    "gi",
]
_NEED_NOT = re.compile(
    r"\b(?:slippe?r?|fri(?:tatt|teken)|unntatt|unnateken|trenger\s+(?:vi|jeg)\s+(?:da\s+)?ikke|treng\s+(?:me|vi|eg)\s+ikkje|må\s+(?:vi|jeg)\s+ikke|droppe|la\s+være|exempt|opt\s+out)\b",
    re.IGNORECASE,
)
_MUST = re.compile(
    r"\b(?:må|lyt|skal|\w*plikt\w*|pliktig\w*|krav|krever|kreves|krevst|påbudt|påbode|pålagt|pålagd|lovpålagt|obligatorisk|nødt|nøydd\w*|tvungen|trenger|treng|trengs|required?|mandatory|must|have\s+to|need|obliged)\b",
    re.IGNORECASE,
)
_MAY = re.compile(
    r"\b(?:kan|lov\s+til|lov\s+å|får\s+(?:vi|jeg|sjefen|arbeidsgiver\w*)|har\s+(?:jeg|vi)\s+rett|rett\s+til|tillatt|forbudt|lovlig|can|may|allowed)\b",
    re.IGNORECASE,
)
_VERB_FIRST = re.compile(
    r"^(?:og\s+|men\s+|så\s+|altså\s+|ok\s+|hei[,!.]?\s+|hallo[,!.]?\s+)*(?:må|lyt|stemmer|skal|plikta|plikt\b|er|har|kan|bør|trenger|treng|plikter|pliktar|gjelder|gjeld|får|krever|kreves|krevst|slipper|slepp|do|does|is|are|must|can|may|should|have|has|holder|teller|tel|finnes)\b",
    re.IGNORECASE,
)
OPEN_QUESTION = re.compile(
    r"^\W*(?:hva|hvem|hvor|hvordan|hvorfor|hvilke\w*|når|kva|kven|korleis|kor|kvifor|how|what|when|who|why|which)\b",
    re.IGNORECASE,
)

_ALTERNATIVE = re.compile(
    r",?\s+(?:eller|or)\s+(?=(?:holder|held|er|e|kan|skal|må|gjelder|gjeld|slipper|slepp|trenger|treng|har|is|are|do|does|can|must)\b)",
    re.IGNORECASE,
)
_OR = re.compile(r"^(?:eller|or)\s+", re.IGNORECASE)
_SMALL_TALK = re.compile(
    r"^\W*(?:(?:ok|okei|greit|fint|supert|bra|topp|flott|tusen|mange|så|hei|hallo|heisann|god\s+(?:dag|morgen|kveld)|takk(?:\s+(?:for|skal)\s+.{0,25})?|thanks?(?:\s+you)?|hi|hello|bye|ha\s+det|hvordan\s+(?:går|har)\s+(?:det|du).{0,25})\W*)+$",
    re.IGNORECASE,
)
WONDERS = re.compile(
    r"^\W*(?:jeg|eg|vi|me)\s+(?:bare\s+)?(?:lurer|lurar|undres|undrast|spør|spør|vil\s+(?:gjerne\s+)?vite)\b",
    re.IGNORECASE,
)


class Modality(StrEnum):
    """What a yes/no question asks about."""

    MUST = "must"
    MAY = "may"
    NEED_NOT = "need_not"
    OTHER = "other"


def is_small_talk(text: str) -> bool:
    """Return whether the text is a greeting or thanks and nothing more."""
    return bool(_SMALL_TALK.match(text))


def is_claim(text: str) -> bool:
    """Return whether the text puts something forward as true, or asks to have it confirmed."""
    if WONDERS.match(text) and not CONFIRM.search(text):
        return False
    if CONFIRM.search(text) or HEARSAY.search(text) or PARTICLE.search(text):
        return True
    stripped = text.strip().lower()
    first = re.match(r"\W*([\wæøå]+)", stripped)
    return not stripped.endswith("?") and first is not None and first[1] not in OPENERS and len(stripped.split()) > 4


def read_modality(text: str) -> Modality:
    """Return what the question asks about."""
    if _NEED_NOT.search(text):
        return Modality.NEED_NOT
    if _MUST.search(text):
        return Modality.MUST
    return Modality.MAY if _MAY.search(text) else Modality.OTHER


def asks_confirmation(text: str) -> bool:
    """Return whether the text asks to have something confirmed."""
    return bool(CONFIRM.search(text))


def yes_no_clause(text: str) -> str | None:
    """Return the last clause that is a yes/no question, one that starts with its verb; None when there is none."""
    return next(iter(reversed(_verb_first_clauses(text))), None)


def duty_clause(text: str) -> str | None:
    """Return the last clause that asks yes or no about a duty ("må vi", "slipper vi"); None when there is none.

    Where a text has question marks, only what ends in one is asked. Of "holder det med et nettkurs, eller må vi øve?" the half that
    names the duty is answered.
    """
    sentences = re.split(r"(?<=[.!?])\s+", text.strip())
    asked = [sentence for sentence in sentences if sentence.endswith("?")] or sentences
    halves = (
        half
        for sentence in reversed(asked)
        for clause in reversed(_verb_first_clauses(sentence))
        for half in reversed(_ALTERNATIVE.split(clause))
    )
    return next((half for half in halves if read_modality(half) in (Modality.MUST, Modality.NEED_NOT)), None)


def _verb_first_clauses(text: str) -> list[str]:
    """Return the clauses that start with their verb, none of a text that begins as an open question."""
    if OPEN_QUESTION.match(text.strip()):
        return []
    clauses = (_OR.sub("", clause.strip()) for clause in re.split(r"[.!?;:]\s+|,\s+|\s+-\s+", text.strip()))
    return [clause for clause in clauses if _VERB_FIRST.search(clause)]


def is_yes_no(text: str) -> bool:
    """Return whether the text holds a yes/no question."""
    return yes_no_clause(text) is not None
