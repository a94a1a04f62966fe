"""The statements of a text: sentences, list items and table rows, each with what stands above it.

A wrong claim is only one when the text stands for it. What it asks, denies, tells of the past or of other countries, and what it
only cites as others' belief, is set aside here, once for all kinds of conflicts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from corpus.document import Document, Provision
from corpus.patterns import TermGroups, word_pattern

_ABBREVIATIONS = frozenset(["jf", "jfr", "nr", "kap", "pkt", "bl.a", "bla", "f.eks", "feks", "dvs", "ca", "evt", "mv", "m.v", "m.m", "mm", "osv", "inkl", "ekskl", "kl", "pga", "pr", "art", "avd", "ev", "s", "st", "t.o.m", "f.o.m", "o.l", "ol", "§", "§§", "aml", "olm", "lov", "for"])  # fmt: skip
_END = re.compile(r"[.!?]+[\"»”)\]*_]*\s+(?=[\"«“(\[*_]*[A-ZÆØÅ0-9§•–-])")
_BULLET = re.compile(r"\s*(?:[•◦▪·*+]|[-–—](?=\s)|\d{1,2}[.)](?=\s)|[a-zæøå]\)(?=\s))\s*")
_RULE_OF_TABLE = re.compile(r"[\s|:+=-]*")
_CELLS = re.compile(r"\s*[|\t]\s*")
_SHORT_LINE = 55
_MAX_CONTEXT = 200
_WORD = re.compile(r"\w")

DENIAL = re.compile(
    r"\bmyt(?:e|en|er)\b|misforst|feilaktig|utdatert|foreld(?:et|a)\b|feilpåstand|\bfeil(?:en)? (?:at|å)\b|\bgalt (?:at|å)\b"
    r"|\bikk(?:e|je) (?:er |nødvendigvis )?(?:riktig|rett|sant|korrekt|slik|sånn|tilfelle\w*|lenger)\b|stemmer (?:altså )?ikk(?:e|je)\b|lagret kopi|påstand\w* er feil|\ber feil\b|har (?:skrevet|hevdet|påstått) at|har fr[ae]mstilt|\b(?:på|spør|spørs|lurer|lurar|spørsmålet|uenige?|diskuter\w*) om\b|\bsvar(?:er|et|ar)? (?:vi|er|på det er) nei\b"
    r"|\b(?:mange|noen|enkelte|nokon|nokre|flere|fleire|folk|mange arbeidsgivere|andre) (?:tror|trur|hevd\w+|mener|meiner|påst\w+|sier|seier|spør|lurer|ønsker)\b"
    r"|\b(?:tror|trur) (?:mange|noen|nokon|nokre|at)\b|\btrodde\b|\btrudde\b|påstås|sies (?:ofte|det)|hører (?:ofte|vi)|\bforesl|\bforslag|\bhøring"
    r"|\b(?:i|for|fra) (?:sverige|danmark|finland|tyskland|storbritannia|eu)\b|\bsvensk|\bdansk",
)
HISTORY = re.compile(
    r"\btidl?igere\b|\btidlegare\b|\bgamle? (?:regl|lov|ordning|grens|krav|kode|liste|tersk)|\bforrige\b|\bden gang"
    r"|\b(?:før|fram til|frem til|inntil|til og med|t\.o\.m\.) (?:den )?(?:\d{1,2}\.? ?\w+ )?(?:\w+ )?(?:19|20)\d\d\b|\b(?:før|fram til|frem til) (?:endring|lovendring|nyttår)"
    r"|\bgikk grens|\bvar (?:grens|kravet|terskel|regelen|plikten|det (?:krav|påbud|plikt))|\b(?:ble|blei|vart) (?:\w+ )?(?:endr|senk|hev|satt ned|reduser|opphev|flytt|erstatt)"
    r"|\b(?:senk|reduser|endr|hev|øk|flytt)\w* fr[aå]\b|\bgjaldt\b|\bgalt (?:fram|frem|før|til)\b|\bkrevde\b|\bkravde\b|opphev|\bgjelder ikke lenger|\bgjeld ikkje lenger|\berstatt(?:et|a|e) av\b|\berstatter (?:den|det)\b",
)
_ENDED = re.compile(r"\bopphev|\btidligere (?:regl|krav)|\bgamle regl|\bhistori(?:kk|e)\b")
NEGATION = re.compile(r"\b(?:ikke|ikkje|ingen|inga|inkje|aldri|verken|korkje|hverken|neppe)\b")


@dataclass(frozen=True)
class Statement:
    """A sentence, list item or table row of a provision, with its place in the provision's text.

    `context` is what it stands under, folded: the table's first row or the line that leads in a list, the heading, the path.
    """

    provision: Provision
    start: int
    end: int
    context: tuple[str, ...]
    is_row: bool = False

    @property
    def text(self) -> str:
        """The statement as it stands in the provision."""
        return self.provision.text[self.start : self.end]

    @cached_property
    def folded(self) -> str:
        """The statement in lower case on one line."""
        return fold(self.text)

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """The folded cells of a table row, the whole statement for anything else."""
        return tuple(c for c in _CELLS.split(self.folded) if c) if self.is_row else (self.folded,)

    @cached_property
    def _held(self) -> dict[tuple[str, ...], bool]:
        return {}

    def holds(self, group: tuple[str, ...]) -> bool:
        """Return whether the statement holds one of the word patterns; the lists share many groups, so each is tried once."""
        if group not in self._held:
            self._held[group] = bool(group_pattern(group).search(self.folded))
        return self._held[group]

    def matches(self, terms: TermGroups) -> bool:
        """Return whether the statement holds a pattern of each group, as `TermGroups.match` does."""
        return all(self.holds(group) for group in terms.groups)

    @cached_property
    def is_asserted(self) -> bool:
        """Whether the text stands for it: no question, no denial, no other country's rule."""
        return not (
            self.text.rstrip(' "»”)*_').endswith("?")
            or DENIAL.search(self.folded)
            or any(re.search(r"\bmyte|misforst|\bfeil påstand", line) for line in self.context)
        )

    @cached_property
    def is_current(self) -> bool:
        """Whether it is put forward as what holds today."""
        past = HISTORY.search(self.folded) or any(_ENDED.search(line) for line in self.context)
        return self.is_asserted and not past


def fold(text: str) -> str:
    """Return the text in lower case, blanks and line breaks as one blank, and soft hyphens out."""
    return " ".join(text.replace("\u00ad", "").lower().split())


_EDGES = (r"(?<![\wæøå])", r"(?![\wæøå])")


@cache
def group_pattern(group: tuple[str, ...]) -> re.Pattern[str]:
    """Return one compiled pattern for a group of word patterns (`corpus.patterns`).

    What all the patterns begin and end with is tried once, not once for each: five times faster.
    """
    first, last = _EDGES
    pieces = (word_pattern(p).pattern.removeprefix(first).removesuffix(last) for p in group)
    return re.compile(f"{first}(?:{'|'.join(pieces)}){last}")


def read_statements(document: Document) -> Iterator[Statement]:
    """Yield the statements of a document in order."""
    for provision in document:
        lead, table, title = "", "", ""
        headings = tuple(fold(h) for h in (provision.heading, *reversed(provision.path)) if h)
        for start, end, is_row, is_item in _blocks(provision):
            folded = fold(provision.text[start:end])
            table = (table or folded) if is_row else ""
            lead = lead if is_row or is_item else ""
            # A heading within the text is nearer than the one above the whole of it.
            above = (table if is_row and table != folded else "", lead, *((title,) if title else headings))
            context = tuple(line[:_MAX_CONTEXT] for line in above if line)
            for a, b in ((start, end),) if is_row else _sentences(provision.text, start, end):
                yield Statement(provision, a, b, context, is_row)
            if not (is_row or is_item):
                lead = folded if folded.endswith(":") else ""
                title = folded if _is_heading(folded) else title


def _is_heading(folded: str) -> bool:
    """Return whether the block is a short line without an end, a heading in all but name."""
    return len(folded) <= _SHORT_LINE and not folded.endswith((".", "!", ";", ":", ","))


def _blocks(provision: Provision) -> Iterator[tuple[int, int, bool, bool]]:
    """Yield start, end, whether it is a table row and whether it is a list item, for each paragraph, item and row."""
    text = provision.text
    spans = [(s.start, s.end) for s in provision.segments] or [(0, len(text))]
    for first, last in spans:
        start: int | None = None
        item, previous = False, ""
        for line in re.finditer(r"[^\n]*(?:\n|$)", text[first:last]):
            content = line[0].strip()
            begin = first + line.start()
            is_row = "|" in content or ("\t" in content and len(_CELLS.split(content)) > 1)
            bullet = _BULLET.match(line[0]) if content else None
            joins = start is not None and bool(content) and not is_row and not bullet and _continues(previous, content)
            if start is not None and not joins:
                yield from _trimmed(text, start, begin, False, item)
                start = None
            if is_row and not _RULE_OF_TABLE.fullmatch(content):
                yield from _trimmed(text, begin, begin + len(line[0]), True, False)
            elif content and not is_row and start is None:
                start, item = begin + (bullet.end() if bullet else 0), bool(bullet)
            previous = content
        if start is not None:
            yield from _trimmed(text, start, last, False, item)


# "50+ Obligatorisk ...", "20–49 Obligatorisk ...": rows of a table of which a PDF has kept the words alone.
_ROW_OF_NUMBERS = re.compile(r"\d+\s?(?:\+|[-–]\s?\d+)\s")


def _continues(previous: str, line: str) -> bool:
    """Return whether a line goes on with the one above it, as in text that was broken to a width."""
    if previous.endswith((".", "!", "?", ":", ";")) or _ROW_OF_NUMBERS.match(line):
        return False
    return line[0].islower() or line[0] in "§(" or (line[0].isdigit() and len(previous) > _SHORT_LINE)


def _trimmed(text: str, start: int, end: int, is_row: bool, is_item: bool) -> Iterator[tuple[int, int, bool, bool]]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end = start + len(piece.strip())
    if _WORD.search(text[start:end]):
        yield start, end, is_row, is_item


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences between two offsets."""
    begin = start
    for match in _END.finditer(text, start, end):
        words = text[begin : match.start()].split()
        last = words[-1].lower().lstrip('(«"') if words else ""
        if match[0][0] == "." and (
            last in _ABBREVIATIONS
            or (last.isdigit() and (len(words) == 1 or (len(last) < 3 and words[-2:-1] in (["nr."], ["kap."]))))
        ):
            continue
        stop = match.start() + len(match[0].rstrip())
        yield begin, stop
        begin = match.end()
    if text[begin:end].strip():
        yield begin, end
