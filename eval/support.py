"""Does a cited source carry a sentence? By words, numbers and negations, without a judge model and without the product's own code.

A sentence that stands in a cited text is carried. Any other is compared with the sentence of the cited texts that is most like it. Where
the two say nearly the same, numbers, negations and duty against permission must be the same, and no word be new. Where they do
not, most words must come from the texts, and each number from them or from the question. What this cannot see: two
words of the text changed about, and a paraphrase turned around in words that the text does not have.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from eval.statements import FRAMES, is_rightly_listed
from index.text import stems_of

_MARKER = re.compile(r"(?<!\\)\[(\d+)\]")
_SENTENCE = re.compile(r"[^.!?:\n]+(?:[.!?:](?=\S)[^.!?:\n]*)*[.!?:]?")
_ADDRESS = re.compile(
    r"§+\s*\d+(?:\s?[a-zæøå](?=\s?[-–]))?(?:\s?[-–]\s?\d+[a-z]?)?|\b\d+(?:\s[a-z](?=[-–]))?[-–]\d+[a-z]?\b"
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NEGATION = re.compile(
    r"\b(?:ikke|ikkje|ingen|ingenting|intet|inga|aldri|uten|utan|verken|hverken|unntatt|forbudt|forbode|fritatt|slipper|not|no|never)\b",
    re.IGNORECASE,
)
_DUTY = re.compile(r"\b(?:skal|må|plikter|plikt|pliktig|påbudt|krav|kreves|krever)\b", re.IGNORECASE)
_PERMISSION = re.compile(r"\b(?:kan|får|bør|frivillig)\b", re.IGNORECASE)
_RULE = re.compile(
    r"\b(?:skal|må|plikter|plikt|pliktig|påbudt|krav|kreves|krever|forbudt|rett til)\b|\d", re.IGNORECASE
)
_LEDD = re.compile(r"^\s*\(\d+\)\s")
_LABEL = re.compile(r"§ ?\d[^.]*:$")
_NEXT_STEP = "**Neste steg:**"
# Sentences this alike (share of the longer one's stems) say the same or the opposite; above the second, no word may be new.
_ALIKE, _NEARLY_SAME = 0.6, 0.8
# Share of a claim's stems in one sentence, from which the claim is a piece of what that says.
_PIECE = 0.85
_FEWEST_STEMS = 2
# Share of a claim's stems that the texts and the question must have, and of the texts alone.
_COVERED, _FROM_TEXTS = 0.75, 0.6
_WORDS = {
    "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "sju": 7, "syv": 7, "åtte": 8, "ni": 9, "ti": 10, "elleve": 11, "tolv": 12,
    "femten": 15, "seksten": 16, "tjue": 20, "tretti": 30, "førti": 40, "femti": 50, "seksti": 60, "hundre": 100,
}  # fmt: skip
_WORD_NUMBER = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b")


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of an answer and the numbers of the citations behind its paragraph; none where a rule stands without a source."""

    text: str
    cited: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence as it is compared."""

    words: str
    stems: frozenset[str]
    negations: int


def claims_of(answer: str) -> list[Claim]:
    """Return the sentences that must be carried.

    They are those of a paragraph with a marker, of a quotation below one, and of the next step, which rests on all that is cited; and any other
    that has a rule or a number in it. A question states nothing, nor does a heading behind the label of its provision.
    """
    claims: list[Claim] = []
    every = tuple(dict.fromkeys(int(n) for n in _MARKER.findall(answer)))
    before: tuple[int, ...] = ()
    for block in re.split(r"\n\s*\n", answer):
        cited = tuple(int(n) for n in _MARKER.findall(block))
        is_quote = block.startswith(">")
        if is_quote:
            cited, block = before, re.sub(r"[«»…]", "\n", block)
        elif block.startswith(_NEXT_STEP):
            cited, block = every, block.removeprefix(_NEXT_STEP)
        sentences = _sentences(block)
        if cited:
            before_it = ["", *sentences]
            claims += [
                Claim(s, cited)
                for label, s in zip(before_it, sentences, strict=False)
                if not s.endswith("?") and not _is_heading(label, s)
            ]
        else:
            claims += [Claim(s, ()) for s in sentences if _RULE.search(s) and not s.endswith("?")]
        before = cited if not is_quote else before
    return claims


def _is_heading(label: str, sentence: str) -> bool:
    """Return whether a sentence is the heading of a provision behind its label: it has no rule, number or negation in it."""
    return bool(_LABEL.search(label)) and not _RULE.search(sentence) and not _NEGATION.search(sentence)


def _sentences(block: str) -> list[str]:
    text = re.sub(r"^\s*(?:>|[-*]\s)\s*", "", _MARKER.sub("", block), flags=re.MULTILINE).replace("**", "")
    return [s for s in map(str.strip, _SENTENCE.findall(re.sub(r"\\(\W)", r"\1", text))) if stems_of(s)]


def is_carried(claim: str, texts: Sequence[str], question: str) -> bool:
    """Return whether the texts carry a sentence.

    Args:
        claim: The sentence.
        texts: The whole text of every provision cited with it, their labels, and what was read against them by hand.
        question: What was asked, whose numbers an answer may repeat.
    """
    if not texts:
        return False
    said = _say(claim)
    if said.words in FRAMES or _is_verbatim(said, texts):
        return True
    listed = is_rightly_listed(claim, "\n".join(texts), question)
    if listed is not None:
        return listed
    if not numbers_of(claim) <= numbers_of(" ".join((*texts, question))) or not _is_covered(
        said.stems, texts, question
    ):
        return False
    sentences = [s for text in (*texts, *FRAMES) for s in _split(text) if s.stems]
    return _fits_the_likest(said, sentences, question) and _keeps_its_sense(said, sentences)


def numbers_of(text: str) -> frozenset[str]:
    """Return the numbers of a text, in digits or words, without thousands separators; the address of a provision is one."""
    return frozenset(_count_numbers(text))


def _count_numbers(text: str) -> Counter[str]:
    joined = re.sub(r"(?<=\d)[ \u00a0.](?=\d{3}\b)", "", text.lower())
    addresses = (re.sub(r"[§\s]", "", a).replace("–", "-") for a in _ADDRESS.findall(joined))
    rest = _ADDRESS.sub(" ", joined)
    written = (str(_WORDS[word]) for word in _WORD_NUMBER.findall(rest))
    return Counter((*(f"§{a}" for a in addresses), *written, *(n.replace(".", ",") for n in _NUMBER.findall(rest))))


def _fits_the_likest(said: _Said, sentences: Iterable[_Said], question: str) -> bool:
    """Return whether the claim says what the sentences most like it say, if any is like it."""
    shares = [(_share(said, s), s) for s in sentences]
    best = max((share for share, _ in shares), default=0.0)
    if best < _ALIKE or (len(said.stems) < _FEWEST_STEMS and best < 1):
        return True
    # Among equals, one that fits is enough.
    asked = _count_numbers(question)
    return any(_says_the_same(said, other, share, asked) for share, other in shares if share == best)


def _says_the_same(said: _Said, other: _Said, share: float, asked: Counter[str]) -> bool:
    if said.negations != other.negations or _count_numbers(said.words) - asked - _count_numbers(other.words):
        return False
    if share < _NEARLY_SAME:
        return not (_is_only_permission(other) and _is_duty(said)) and not (
            _is_only_permission(said) and _is_duty(other)
        )
    return said.stems <= other.stems and all(
        len(modal.findall(said.words)) <= len(modal.findall(other.words)) for modal in (_DUTY, _PERMISSION)
    )


def _keeps_its_sense(said: _Said, sentences: Iterable[_Said]) -> bool:
    """Return whether a claim that is a piece of one sentence or several negates as one of them does."""
    if len(said.stems) < _FEWEST_STEMS:
        return True
    holding = [s for s in sentences if len(said.stems & s.stems) >= _PIECE * len(said.stems)]
    return not holding or any((s.negations > 0) == (said.negations > 0) for s in holding)


def _is_duty(said: _Said) -> bool:
    return bool(_DUTY.search(said.words))


def _is_only_permission(said: _Said) -> bool:
    return bool(_PERMISSION.search(said.words)) and not _is_duty(said)


def _share(one: _Said, other: _Said) -> float:
    return len(one.stems & other.stems) / max(len(one.stems), len(other.stems), 1)


def _is_verbatim(said: _Said, texts: Iterable[str]) -> bool:
    """Return whether the claim stands in a text, and is not the part of a sentence that leaves its negation out."""
    for text in texts:
        if f" {said.words} " in f" {_plain(text)} ":
            around = [s for s in _split(text) if f" {said.words} " in f" {s.words} "]
            if not around or any(s.negations == said.negations for s in around):
                return True
    return False


def _is_covered(stems: frozenset[str], texts: Sequence[str], question: str) -> bool:
    there = frozenset(stem for text in texts for stem in _stems(text))
    from_texts = len(stems & there)
    both = len(stems & (there | _stems(question)))
    return both >= _COVERED * len(stems) and from_texts >= _FROM_TEXTS * len(stems)


@lru_cache(maxsize=4096)
def _split(text: str) -> tuple[_Said, ...]:
    return tuple(map(_say, _SENTENCE.findall(text)))


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    return frozenset(stem for stem in stems_of(text) if not stem[:1].isdigit())  # numbers are compared apart


def _say(sentence: str) -> _Said:
    sentence = _LEDD.sub("", sentence)
    return _Said(_plain(sentence), _stems(sentence), len(_NEGATION.findall(sentence)))


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return " ".join(re.findall(r"[\w§%]+(?:[.,–-]\d+)*", text.lower()))
