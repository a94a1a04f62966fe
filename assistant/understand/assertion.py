"""What a text puts forward as true, and what it takes for granted, apart from what it asks."""

import re

from assistant.understand.stance import CONFIRM, HEARSAY, OPEN_QUESTION, OPENERS, PARTICLE, WONDERS

_SENTENCES = re.compile(r"(?<=[.!?…])(?<!\bkl\.)(?<!\bnr\.)(?<!\bbl\.)(?<!\bca\.)[\s\"»)]+|(?<=\w)[:;]\s+|\s+[–—-]\s+")
_FILLER = re.compile(
    r"^(?:(?:og|men|så|altså|jo|ja|nei|ok|okei|hei|hallo|heisann|hei\s+igjen|du|forresten|for|fordi\s+at|då|well|and|but|so|hi|hello)\b[\s,!]*)+",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"(?:^|(?<=\s))(?<!år )(?<!lenge )(?<!måneder )(?<!uker )(?<!dager )(?:siden|ettersom|fordi|i\s+og\s+med\s+at|gitt\s+at|nå\s+som|nå\s+når|no\s+som|no\s+når|sidan|"
    r"av\s+di|since|because|given\s+that|now\s+that)\s+(?P<reason>(?!(?:19|20)\d\d)[^,:;?.!]{8,}(?:,\s*(?:men|og|and|but)\s[^,:;?.!]+)?)",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"^(?:hvis|dersom|viss|om|if|i\s+tilfelle|når|ang|angående|vedrørende)\b", re.IGNORECASE)
# Where a question begins behind a statement: ", hvordan …", ", så kan vi …", " men hvem …".
_TURN = re.compile(
    r"(?:,\s*(?:(?:og|men|så|eller|for|da|and|but|so)\s+)?|\s+(?:men|så|but|so)\s+)(?=(?:hva|hvem|hvor|hvordan|hvorfor|hvilke[nt]?|kva|kven|kvar|kvifor|korleis|kor|what|who|where|how|why|which|when)\b)"
    r"|,\s*(?:(?:og|men|så|eller|and|but|so)\s+)?(?=(?:når|må|lyt|skal|kan|bør|er|har|trenger|treng|plikter|får|gjelder|gjeld|finnes|slipper|vil|stemmer|dekkes|regnes|teller|holder|held|do|does|is|are|can|must|should)\s+"
    r"(?:det|dette|den|vi|jeg|man|en|ein|du|dere|han|hun|ho|de|dei|me|eg|noen|we|i|you|they|he|she|it|this|that)\b)",
    re.IGNORECASE,
)
# Where the sentence is marked as a question, any word may follow the verb: ", må sjefen …?"
_TURN_MARKED = re.compile(
    r",\s*(?:(?:og|men|så|eller|and|but|so)\s+)?(?=(?:må|lyt|skal|kan|bør|er|har|trenger|treng|plikter|får|gjelder|gjeld|slipper|vil|do|does|is|are|can|must|should)\s+\w)",
    re.IGNORECASE,
)
# "Fra hvor mange …", "På hvilket skjema …".
_WH_BEHIND = re.compile(r"^\w+\s+(?:hva|hvem|hvor|hvilke[nt]?|kva|kven|kor|what|which|whom)\b", re.IGNORECASE)
_WHY = re.compile(
    r"^(?:hvorfor|kvifor|why|hva\s+er\s+grunnen\s+til\s+at|hvordan\s+kan\s+det\s+ha\s+seg\s+at)\b", re.IGNORECASE
)
_THEN = re.compile(r"\b(?:så|men|so|but)\b", re.IGNORECASE)
_INVERSION = re.compile(
    r"\b(?:må|lyt|skal|kan|bør|er|har|trenger|treng|får|gjelder|slipper|do|does|is|are|can|must|should|may)\s+(?:vi|jeg|man|en|du|dere|han|hun|ho|me|eg|ein|we|i|you|they)\b",
    re.IGNORECASE,
)
# Keywords on their own claim nothing.
_CLAUSE_WORD = re.compile(
    r"\b(?:er|var|har|må|skal|kan|bør|vil|får|ble|blir|trenger|treng|gjelder|gjeld|vi|jeg|eg|me|det|den|de|dei|han|hun|ho|som|å|at|til|for|på|en|et|ei|ein|eit|ingen|inga|gir|gjev|gjer|går|tar|tek|held|overtek|is|are|has|have|must|can|we|i|it|they|to|"
    r"krever|krev|kreves|krevst|slipper|slepp|holder|betaler|bruker|følger|står|sier|velger|velges|bestemmer|teller|tel|overtar|regnes|dekker|varer|lager|skriver|sendes|føres|lever|styrer|hjelper|"
    r"medfører|betyr|gjør|utvidet|utvida|ser|stopper|starter|begynner|kommer|tas|drar|kjører|pays|counts|covers|applies|expires)\b",
    re.IGNORECASE,
)
_STATED = re.compile(
    r"\s(?:må|lyt|skal|kan|bør|er|har|trenger|treng|får|gjelder|gjeld|slipper|slepp|holder|held|krever|krev|kreves|krevst|blir|betaler|must|can|is|are|has|have|need|needs|only)\b",
    re.IGNORECASE,
)
# A question that asks for nothing but agreement with the sentence before it.
_AGREED = re.compile(
    r"^(?:men\s+|så\s+|og\s+)?(?:stemmer|(?:er|is)\s+(?:(?:det|dette|that|it)\s+)?(?:(?:ikke|ikkje|da|vel|virkelig|bare)\s+)*(?:riktig|rett|sant|korrekt|slik|sånn|true|correct|right)"
    r"|(?:har|is)\s+(?:han|hun|ho|jeg|eg|de|dei|vi|sjefen|he|she)\s+(?:rett|right)|ikke\s+sant|ikkje\s+sant|right|sant)\b.{0,25}$",
    re.IGNORECASE,
)
_LEAST_WORDS = 4
_SHORT_TAG = 7


def read_assertions(text: str) -> tuple[str, ...]:
    """Return the portions of the text that it puts forward as true, each alone and each with the one before it.

    A question tells what it takes for granted: "Siden alle må på kurs, hvem betaler?" asserts that everybody must.
    """
    portions: list[str] = []
    previous = ""
    for sentence in filter(None, _SENTENCES.split(text.strip())):
        bare = _FILLER.sub("", sentence.strip())
        said = [previous] if previous and _AGREED.match(bare) and len(bare.split()) <= _SHORT_TAG else _said_in(bare)
        if len(said) == 1 and previous and said[0] != previous:
            said.append(f"{previous} {said[0]}")
        portions += said
        previous = sentence if not sentence.endswith("?") else (said[0] if said else "")
    return tuple(dict.fromkeys(portion for portion in portions if len(portion.split()) >= _LEAST_WORDS))


def read_open_questions(text: str) -> tuple[str, ...]:
    """Return the questions in the text that begin with a question word: they may rest on what they do not ask."""
    found = []
    for sentence in filter(None, _SENTENCES.split(text.strip())):
        for part in (sentence, *(sentence[m.end() :] for m in _TURN.finditer(sentence))):
            if OPEN_QUESTION.match(_FILLER.sub("", part.strip())):
                found.append(part.strip())
                break
    return tuple(found)


def _said_in(sentence: str) -> list[str]:
    """Return what a sentence puts forward as true: all of it, the reason it gives, what it says before it asks, or nothing."""
    if WONDERS.match(sentence) and not CONFIRM.search(sentence):
        return _reasons(sentence)
    if _WHY.match(sentence) or CONFIRM.search(sentence) or HEARSAY.search(sentence):
        return [sentence]
    lead, tail = _split(sentence)
    if not lead and _opens_as_question(sentence) and _is_reason_only(sentence):
        return _reasons(sentence)
    if PARTICLE.search(tail) or (PARTICLE.search(sentence) and not (lead and OPEN_QUESTION.match(tail))):
        return [sentence]
    if not sentence.endswith("?"):
        is_said = _CLAUSE_WORD.search(sentence) and not _opens_as_question(sentence)
        return [lead or sentence] if is_said else _reasons(sentence)
    if lead:
        return [*_reasons(sentence), lead]
    is_stated = _STATED.search(sentence) and not (_opens_as_question(sentence) or _INVERSION.search(sentence))
    return [sentence] if is_stated else _reasons(sentence)


def _split(sentence: str) -> tuple[str, str]:
    """Return a statement and the question behind it; no statement when the sentence asks from its start."""
    turn = _TURN.search(sentence) or (_TURN_MARKED.search(sentence) if sentence.endswith("?") else None)
    if turn is None:
        return "", sentence
    # "Når alle er enige, er det lov, så hvorfor …": what follows the condition is said, not asked.
    is_concluded = _CONDITION.match(sentence) and _THEN.search(turn[0])
    if (_opens_as_question(sentence) and not is_concluded) or len(sentence[: turn.start()].split()) < _LEAST_WORDS:
        return "", sentence
    return sentence[: turn.start()], sentence[turn.end() :]


def _opens_as_question(sentence: str) -> bool:
    first = re.match(r"\W*([\wæøå]+)", sentence.lower())
    return first is None or first[1] in OPENERS or bool(_CONDITION.match(sentence) or _WH_BEHIND.match(sentence))


def _is_reason_only(sentence: str) -> bool:
    """Return whether nothing marks a claim but "siden vi …": "Slipper vi fordi vi er små?" asks."""
    return all(_REASON.match(match[0] + " " + "x" * 8) for match in PARTICLE.finditer(sentence))


def _reasons(sentence: str) -> list[str]:
    return [match["reason"] for match in _REASON.finditer(sentence)]
