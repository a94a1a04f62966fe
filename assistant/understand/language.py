"""Which language a question is in, told from its commonest words."""

import re
from enum import StrEnum

_NYNORSK = frozenset(
    [
        "eg",
        "ikkje",
        "kva",
        "kven",
        "kvar",
        "kvifor",
        "korleis",
        "når",
        "kor",
        "mange",
        "me",
        "vere",
        "vore",
        "vert",
        "verte",
        "berre",
        "sjølv",
        "dykk",
        "dykkar",
        "deira",
        "noko",
        "nokon",
        "nokre",
        "ein",
        "eit",
        "eitt",
        "frå",
        "ho",
        "hennar",
        "kvifor",
        "skal",
        "må",
        "verksemd",
        "verksemda",
        "verksemder",
        "tilsett",
        "tilsette",
        "arbeidsgjevar",
        "arbeidstakar",
        "leiar",
        "sjukmeld",
        "verneombod",
        "bedriftshelseteneste",
        "bedriftshelsetenesta",
        "krev",
        "gjeld",
        "ansvaret",
        "dei",
        "då",
        "enn",
        "medan",
        "fleire",
        "mykje",
        "gjer",
        "gjere",
        "seier",
        "seie",
        "høyrer",
    ]
)
_SHARED = frozenset(["når", "må", "skal", "enn", "ansvaret", "mange"])
_ENGLISH = frozenset(
    [
        "the",
        "is",
        "are",
        "do",
        "does",
        "we",
        "i",
        "you",
        "our",
        "my",
        "must",
        "have",
        "has",
        "how",
        "many",
        "what",
        "when",
        "who",
        "why",
        "which",
        "need",
        "required",
        "employees",
        "company",
        "employer",
        "law",
        "and",
        "or",
        "of",
        "to",
        "in",
        "for",
        "with",
        "be",
        "can",
        "should",
        "an",
        "a",
        "it",
        "that",
        "this",
        "not",
        "if",
        "they",
        "them",
        "before",
        "after",
        "work",
        "health",
        "safety",
    ]
)
_BOKMAL = frozenset(
    [
        "jeg",
        "ikke",
        "hva",
        "hvem",
        "hvor",
        "hvorfor",
        "hvordan",
        "hvilke",
        "hvilken",
        "vi",
        "dere",
        "bare",
        "selv",
        "noe",
        "noen",
        "fra",
        "en",
        "et",
        "være",
        "vært",
        "blir",
        "ble",
        "virksomhet",
        "virksomheten",
        "ansatt",
        "ansatte",
        "arbeidsgiver",
        "arbeidstaker",
        "leder",
        "de",
        "mye",
        "gjør",
        "sier",
        "hvis",
        "til",
        "av",
        "på",
        "for",
        "med",
        "det",
        "som",
        "har",
        "er",
        "og",
        "å",
        "om",
        "kan",
    ]
)


class Language(StrEnum):
    """The languages that are understood."""

    BOKMAL = "nb"
    NYNORSK = "nn"
    ENGLISH = "en"


def detect_language(text: str) -> Language:
    """Return the language of a question; bokmål when nothing points elsewhere."""
    words = re.findall(r"[a-zæøå]+", text.lower())
    nynorsk = sum(word in _NYNORSK and word not in _SHARED for word in words)
    english = sum(word in _ENGLISH for word in words)
    bokmal = sum(word in _BOKMAL for word in words)
    if english > max(1, bokmal) and english >= len(words) / 4:
        return Language.ENGLISH
    return (
        Language.NYNORSK
        if nynorsk and nynorsk >= sum(w in {"jeg", "ikke", "hva", "hvor", "hvem", "dere"} for w in words)
        else Language.BOKMAL
    )
