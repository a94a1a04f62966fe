"""Lines to paragraphs: mends characters, joins words divided at line ends, and tells wrapped lines from ended ones."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# A gap above this many normal line distances divides paragraphs.
BLANK_GAP = 1.5
_LARGEST_DIVIDING_GAP = 2.6
# Below this share of the width, the first word of the next line would have fitted: the break was meant.
_WRAPPED_SHARE = 0.8
_WRAPPED_SHARE_IN_SENTENCE = 0.5
_FULL_SHARE = 0.85
_LEAST_WIDTH = 30
# Looking no further back keeps the search for a divided word linear.
_LONGEST_WORD = 100
_CONJUNCTIONS = frozenset({"og", "eller", "samt", "men", "and", "or"})
_KEPT_PREFIXES = frozenset({"ikke", "ikkje", "ex", "non"})
# A line that ends with one of these goes on.
_OPEN_WORDS = frozenset(
    {
        "og", "eller", "samt", "at", "som", "å", "av", "i", "på", "til", "for", "fra", "med", "om", "ved", "mellom", "mot",
        "hos", "innen", "uten", "en", "et", "ei", "ein", "eit", "når", "hvis", "dersom", "frå", "hjå", "and", "or", "of", "the",
    }
)  # fmt: skip
_BULLET = re.compile(r"[•▪◦‣●○■□◆►▶➢➤✓✔·–—*-][ \t]+(?=\S)")
_LONE_BULLET = re.compile(r"[•▪◦‣●○■□◆►▶➢➤✓✔·]")
_NUMBER = re.compile(
    r"(?:\(?\d{1,2}\)|[a-zæøå]\)|\d{1,2}\.(?!\s(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|"
    r"november|desember|ledd|punktum|kapittel|gang|dag|år|time)))[ \t]+(?=\S)"
)
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
# Word and PowerPoint put bullets of the fonts Symbol and Wingdings in the private use area.
_PRIVATE_BULLETS = dict.fromkeys((0xF0B7, 0xF0A7, 0xF076, 0xF0D8, 0xF0FC, 0xF06E, 0xF0A8, 0xF02D, 0xF0B0), "•")
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x200E, 0x200F), "")
_CHARACTERS = str.maketrans(
    {**_LIGATURES, **_PRIVATE_BULLETS, **_INVISIBLE, 0x2010: "-", 0x2011: "-", 0x2028: "\n", 0x2029: "\n"}
)
# The second character of mojibake may be a no-break space or a soft hyphen ("Ã\xa0" is "à"): its repair needs it.
_SPACE = re.compile(r"(?<![ÂÃâ€])[\xa0\u2000-\u200a\u202f\u205f\u3000]")
_SOFT_HYPHEN = re.compile(r"(?<![ÂÃâ€])\xad(?![ \t]*(?:[\n\f]|\Z))")
_SOFT_BREAK = re.compile(r"(?<![ÂÃâ€])\xad\s+(?=\S)")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]")
_DIVIDED = re.compile(r"([^\s/(«\"-]+)-$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of text as it stands on the page.

    `gap` is the distance to the line above in normal line distances, `starts` says that a paragraph begins here
    whatever the text looks like, `size` the size of the letters (0: unknown).
    """

    text: str
    gap: float = 1.0
    starts: bool = False
    size: float = 0.0
    bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Lines that belong together, as one text."""

    text: str
    lines: tuple[Line, ...]
    is_item: bool = False
    is_row: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a document, and those that it writes with a hyphen: they tell which divided words keep theirs."""

    words: frozenset[str] = frozenset()
    hyphenated: frozenset[str] = frozenset()

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Vocabulary":
        """Return the vocabulary of the texts."""
        words: set[str] = set()
        for text in texts:
            words.update(re.findall(r"\w[\w-]*\w", text.lower()))
        hyphenated = frozenset(word for word in words if "-" in word)
        return cls(frozenset(words) - hyphenated, hyphenated)


def mend_characters(text: str) -> str:
    """Return the text with ligatures, no-break spaces, soft hyphens and bullets of symbol fonts made plain.

    A soft hyphen at the end of a line stays: it says that the word goes on. Line breaks and tabs stay.
    """
    text = _CONTROL.sub("", text.translate(_CHARACTERS))
    text = _SOFT_HYPHEN.sub("", _SPACE.sub(" ", text))
    return unicodedata.normalize("NFC", text)


def squeeze(text: str) -> str:
    """Return the text on one line with single spaces; no-break spaces left by mojibake stay for its repair."""
    return re.sub(r"[ \t\r\n\f\v\u2028\u2029]+", " ", _SOFT_BREAK.sub("", text)).strip(" ")


def join_lines(lines: Sequence[Line], vocabulary: Vocabulary, *, spacious: bool = False) -> list[Paragraph]:
    """Return the paragraphs that the lines make up.

    Args:
        lines: The lines in reading order; none is blank.
        vocabulary: The words of the document.
        spacious: Paragraphs are not set apart from lines, so a sentence that ends with its line ends the paragraph.
    """
    lines = _attach_bullets(lines)
    widths = _widths(lines)
    groups: list[list[Line]] = []
    for line, width in zip(lines, widths, strict=True):
        if groups and _continues(groups[-1], line, width, spacious=spacious):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_make_paragraph(group, vocabulary) for group in groups]


def join_pair(left: str, right: str, vocabulary: Vocabulary) -> str:
    """Return two lines as one, a word divided between them put together: "virk-", "somhet" gives "virksomhet".

    A hyphen that is no division stays: "arbeids-", "og" and "BHT-", "ordning" keep theirs.
    """
    if left.endswith("\xad"):
        return left[:-1] + right
    match = _DIVIDED.search(left[-_LONGEST_WORD:])
    if not match:
        return f"{left} {right}"
    stem = match[1]
    first = re.match(r"[\w-]*", right)
    word = first[0].lower() if first else ""
    if not word or word in _CONJUNCTIONS:
        return f"{left} {right}"
    is_name = right[0].isupper() or right[0].isdigit()
    is_abbreviation = len(stem) == 1 or stem[-1].isdigit() or stem[-2:].isupper()
    if is_name or is_abbreviation or stem.lower() in _KEPT_PREFIXES:
        return left + right
    joined = (stem + word).lower()
    if f"{stem}-{word}".lower() in vocabulary.hyphenated and joined not in vocabulary.words:
        return left + right
    return left[:-1] + right


def _attach_bullets(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with a bullet that stands alone put before the text it belongs to."""
    kept: list[Line] = []
    for line in lines:
        if kept and _LONE_BULLET.fullmatch(kept[-1].text):
            bullet = kept.pop()
            line = Line(
                text=f"• {line.text}",
                gap=bullet.gap,
                starts=bullet.starts or line.starts,
                size=line.size,
                bold=line.bold,
            )
        kept.append(line)
    return kept


def _widths(lines: Sequence[Line]) -> list[int]:
    """Return for each line how wide the text is around it: the longest line since the last visible break."""
    widths: list[int] = []
    run: list[Line] = []
    for line in lines:
        if run and (line.starts or line.gap > BLANK_GAP):
            widths += [max(len(other.text) for other in run)] * len(run)
            run = []
        run.append(line)
    return widths + [max((len(other.text) for other in run), default=0)] * len(run)


def _continues(group: Sequence[Line], line: Line, width: int, *, spacious: bool) -> bool:
    """Return whether the line goes on with the paragraph that the lines before it make up."""
    left, right = group[-1].text, line.text
    if line.starts or _begins_item(group, line, width) or _LONE_BULLET.fullmatch(right):
        return False
    goes_on = right[0].islower()
    is_open = left[-1] in ",\xad" or left.rsplit(" ", 1)[-1].lower() in _OPEN_WORDS
    if goes_on and line.gap <= _LARGEST_DIVIDING_GAP and (is_open or _DIVIDED.search(left[-_LONGEST_WORD:])):
        return True
    if line.gap > BLANK_GAP:
        return False
    length = len(left) + 1 + len(right.split(" ", 1)[0])
    is_wrapped = length >= _WRAPPED_SHARE * width
    if left[-1] in ".!?:;":
        return is_wrapped and left[-1] != ":" and (goes_on or not spacious) and width >= _LEAST_WIDTH
    if is_open or left[-1] == "-":
        return True
    if goes_on or right[0] in "(":
        return is_wrapped if spacious and line.gap >= 1 else length >= _WRAPPED_SHARE_IN_SENTENCE * width
    share = _FULL_SHARE if spacious else 0.0  # a heading in spacious text looks like a line that goes on with a name
    return is_wrapped and width >= _LEAST_WIDTH and len(left) >= share * width


def _begins_item(group: Sequence[Line], line: Line, width: int) -> bool:
    if _NUMBER.match(line.text):
        return True
    if not _BULLET.match(line.text):
        return False
    # A dash may also stand in the middle of a sentence, at the place where the line was wrapped.
    in_sentence = line.text[0] in "-–—" and group[-1].text[-1] not in ".:;!?" and not _BULLET.match(group[0].text)
    is_wrapped = len(group[-1].text) + 2 >= _WRAPPED_SHARE * width >= _WRAPPED_SHARE * _LEAST_WIDTH
    return not (in_sentence and is_wrapped and line.gap <= BLANK_GAP)


def _make_paragraph(lines: Sequence[Line], vocabulary: Vocabulary) -> Paragraph:
    bullet = _BULLET.match(lines[0].text)
    text = lines[0].text[bullet.end() :] if bullet else lines[0].text
    for line in lines[1:]:
        text = join_pair(text, line.text, vocabulary)
    is_item = bool(bullet or _NUMBER.match(lines[0].text))
    return Paragraph(text=squeeze(text.rstrip("\xad")), lines=tuple(lines), is_item=is_item)
