"""Broken input: documents with parts of them changed, and text that looks like Norwegian."""

import random
import re
from copy import deepcopy

from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html

from tests.fuzz.pieces import ODD

MAX_INPUT = 100_000
_MAX_GARBAGE = 10_000
_ENCODINGS = ("utf-8", "utf-8", "utf-8", "cp1252", "cp865", "mac_roman", "utf-16", "utf-16-le", "utf-32")


def mutate_bytes(rng: random.Random, data: bytes) -> bytes:
    """Return the bytes with something overwritten, cut, repeated or moved, or with a number, name or word changed."""
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        a = rng.randrange(len(data) + 1)
        b = min(len(data), a + rng.choice((1, 4, 40, 4000)))
        kind = rng.randrange(8)
        if kind == 0:
            data = data[:a] + rng.randbytes(b - a) + data[b:]
        elif kind == 1:
            data = data[:a] + data[b:] if rng.random() < 0.7 else data[:a]
        elif kind == 2:
            times = min(rng.choice((2, 2, 50, 50, 50, 5000)), MAX_INPUT // (b - a + 1))
            data = data[:b] + data[a:b] * times + data[b:]
        elif kind == 3:
            data = data[:a] + data[b:] + data[a:b]
        else:
            data = _change_token(rng, data, a, odd=kind < 6)
    return data[: 2 * MAX_INPUT]


def _change_token(rng: random.Random, data: bytes, near: int, *, odd: bool) -> bytes:
    """Return the bytes with a word, number or /Name put in the place of another."""
    tokens = [match.span() for match in re.finditer(rb"/?\w+", data[near : near + 2000])]
    if not tokens:
        return data
    (start, end), (other, other_end) = rng.choice(tokens), rng.choice(tokens)
    new = rng.choice(ODD).encode() if odd else data[near + other : near + other_end]
    return data[: near + start] + new + data[near + end :]


def recode(rng: random.Random, data: bytes) -> bytes:
    """Return UTF-8 text mutated, and in one of the encodings that text is stored in."""
    data, encoding = mutate_bytes(rng, data), rng.choice(_ENCODINGS)
    if encoding != "utf-8":
        data = data.decode("utf-8", "replace").encode(encoding, "replace")
    return mutate_bytes(rng, data) if rng.random() < 0.2 else data


def garbage(pieces: tuple[str, ...], size: int = 40) -> st.SearchStrategy[bytes]:
    """Return a strategy of text made of the pieces and of anything else, sometimes far too much of it."""
    anything = st.text(st.characters(exclude_categories=()), max_size=6)
    piece = st.one_of(st.sampled_from(pieces), st.sampled_from(pieces), st.sampled_from(ODD), anything)
    between = st.sampled_from((" ", " ", "", "\n", "/", ", "))
    times = st.sampled_from((1,) * 12 + (40, 3000))

    def repeat(found: list[str], gap: str, wanted: int) -> bytes:
        text = gap.join(found) + gap
        return (text * min(wanted, 1 + _MAX_GARBAGE // (1 + len(text)))).encode("utf-8", "surrogatepass")

    return st.builds(repeat, st.lists(piece, max_size=size), between, times)


class TreeMutator:
    """Mutates well-formed documents with the tags, attributes, values and texts of all of them."""

    def __init__(self, documents: list[bytes], *, html: bool = False) -> None:
        self._method = "html" if html else "xml"
        self._roots = [lxml_html.document_fromstring(d) if html else etree.fromstring(d) for d in documents]
        elements = [e for root in self._roots for e in _elements(root)]
        self._tags = sorted({str(e.tag) for e in elements})
        self._attributes = sorted({(str(k), str(v)) for e in elements for k, v in e.items()})
        self._texts = sorted({e.text[:2000] for e in elements if e.text and e.text.strip()} | {"Te"})

    def make(self, rng: random.Random) -> bytes:
        """Return a mutated document; now and then it is not well-formed any more."""
        root = deepcopy(rng.choice(self._roots))
        for _ in range(rng.choice((1, 2, 3, 8, 30))):
            self._change(rng, root, rng.choice(_elements(root)))
        data: bytes = etree.tostring(root, encoding="utf-8", method=self._method)
        return mutate_bytes(rng, data) if rng.random() < 0.15 else data

    def _change(self, rng: random.Random, root: etree._Element, element: etree._Element) -> None:
        parent, kind = element.getparent(), rng.randrange(9)
        if kind == 0:
            element.tag = rng.choice(self._tags)
        elif kind == 1:
            name, value = rng.choice(self._attributes)
            element.set(name, rng.choice((value, rng.choice(ODD))))
        elif kind == 2 and element.keys():
            del element.attrib[rng.choice(element.keys())]
        elif kind == 3:
            element.text = rng.choice((rng.choice(self._texts), rng.choice(ODD)))
        elif kind == 4:
            element.tail = rng.choice((rng.choice(self._texts), rng.choice(ODD)))
        elif parent is not None and kind == 5:
            parent.remove(element)
        elif parent is not None and kind == 6:
            self._nest(rng, parent, element)
        elif parent is not None:
            self._copy(rng, root, element)

    def _nest(self, rng: random.Random, parent: etree._Element, element: etree._Element) -> None:
        """Wrap an element, up to a depth that readers refuse."""
        position, tag = parent.index(element), rng.choice((str(element.tag), rng.choice(self._tags)))
        for _ in range(rng.choice((1, 1, 5, 60, 400))):
            outer = etree.Element(tag, dict(rng.sample(self._attributes, 1)))
            outer.append(element)
            element = outer
        parent.insert(position, element)

    def _copy(self, rng: random.Random, root: etree._Element, element: etree._Element) -> None:
        """Put copies of an element into any other, up to thousands."""
        size = sum(len(e.text or "") + len(e.tail or "") + 50 for e in _elements(element))
        other = rng.choice(_elements(root))
        times = min(rng.choice((1, 1, 1, 1, 3, 2000)), MAX_INPUT // size)
        for copy in [deepcopy(element) for _ in range(times)]:
            other.insert(rng.randrange(len(other) + 1), copy)


def _elements(root: etree._Element) -> list[etree._Element]:
    return [element for element in root.iter() if isinstance(element.tag, str)]
