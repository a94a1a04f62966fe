"""What is fed: each target is made once in a process, and then run on one input after the other."""

import os
import random
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from corpus.errors import AddressError, ArchiveError, DocumentError, LovdataError
from corpus.own.raw import KINDS, Block, RawDocument, RawPage, from_json, to_json
from tests.fuzz.check import Finding, check_document, check_own, core
from tests.fuzz.files import Make, page_maker, pdf_maker, text_maker, word_maker
from tests.fuzz.mutate import TreeMutator, garbage, mutate_bytes
from tests.fuzz.pieces import ROOT, SIGNS, sentences

# Of the real acts, those that are read in a fraction of a second.
_MAX_ACT = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Something to feed. `make` draws an input from a random generator, or `strategy` is hypothesis's; only `declared` may come out."""

    run: Callable[[bytes], None]
    declared: tuple[type[Exception], ...] = ()
    make: Make | None = None
    strategy: Any = None


def lovdata() -> Target:
    """Acts: the invented ones, and real ones where they are at hand."""
    from corpus.lovdata.parse import parse_act
    from corpus.lovdata.words import check_words

    reference = Path(os.environ.get("BHT_REFERENCE", ROOT.parent / "shared" / "reference")) / "lovdata"
    files = [*sorted((ROOT / "tests" / "data" / "lovdata").glob("*.xml")), *sorted(reference.glob("*.xml"))]
    acts = [data for data in map(Path.read_bytes, files) if len(data) < _MAX_ACT]
    trees = TreeMutator(acts)

    def run(data: bytes) -> None:
        parsed = parse_act(data, date(2025, 11, 8), file_name="sf/sf-20990102-9999.xml")
        check_document(parsed.document)
        check_words(data, parsed)

    def make(rng: random.Random) -> bytes:
        return trees.make(rng) if rng.random() < 0.8 else mutate_bytes(rng, rng.choice(acts))

    return Target(run=run, declared=(LovdataError,), make=make)


def archive() -> Target:
    """Archives of acts."""
    from corpus.lovdata.archive import read_members
    from tests.fuzz.archives import make_archive

    path = Path(tempfile.mkdtemp()) / "oppdiktet.tar.bz2"

    def run(data: bytes) -> None:
        path.write_bytes(data)
        for member in read_members(path):
            if ".." in member.name or member.name.startswith("/"):
                raise Finding(f"the name {member.name!r} leads out of the folder")

    return Target(run=run, declared=(ArchiveError,), make=make_archive)


def address() -> Target:
    """Addresses in running text, and alone."""
    from corpus.address import find_addresses, parse_address
    from corpus.portion import Portion

    def run(data: bytes) -> None:
        text = data.decode("utf-8", "surrogatepass")
        for known in (core().known, frozenset[str]()):
            for mention in find_addresses(text, known):
                if not (0 <= mention.start < mention.end <= len(text) and mention.candidates):
                    raise Finding(f"a mention at {mention.start}:{mention.end} of {len(text)} characters")
                for found in mention.candidates:
                    if Portion.parse(found.portion.path) != found.portion:
                        raise Finding(f"{found.portion.path} does not round-trip")
                    found.format()
        for parse in (parse_address, Portion.parse):
            try:
                parse(text).format()
            except AddressError:
                continue

    return Target(run=run, strategy=garbage(SIGNS))


def clean() -> Target:
    """Pages of blocks as the readers give them."""
    from corpus.own.repair import repair_text

    words = st.one_of(garbage(SIGNS, 12), garbage(sentences(), 3)).map(lambda data: data.decode("utf-8", "replace"))
    block = st.builds(Block, text=words, heading=st.sampled_from((0, 0, 0, 1, 2, 6)), kind=st.sampled_from(KINDS))
    page = st.builds(RawPage, number=st.sampled_from((None, 1, 2, 3)), blocks=st.lists(block, max_size=12).map(tuple))
    document = st.builds(
        RawDocument, title=words, publisher=words, language=st.sampled_from(("", "nb", "nn", "en")),
        pages=st.lists(page, max_size=4).map(tuple),
    )  # fmt: skip

    def run(data: bytes) -> None:
        raw = from_json(data.decode())
        for block in raw.blocks:
            mended = repair_text(block.text)
            if repair_text(mended) != mended:
                raise Finding(f"repaired twice it is another text: {block.text!r}")
        check_own(raw)

    return Target(run=run, declared=(DocumentError,), strategy=document.map(lambda raw: to_json(raw).encode()))


def conflicts() -> Target:
    """Sentences about the subject, right and wrong and neither, compared with the law."""

    def run(data: bytes) -> None:
        blocks = tuple(Block(text=line) for line in data.decode("utf-8", "replace").split("\n"))
        check_own(RawDocument(pages=(RawPage(number=1, blocks=blocks),)), cleaned=False)

    return Target(run=run, declared=(DocumentError,), strategy=garbage((*sentences(), *SIGNS)))


def question() -> Target:
    """Questions, each with the talk before it on the lines below."""
    from assistant.answer import Turn
    from assistant.errors import QuestionError
    from assistant.understand.question import Reader
    from assistant.understand.spelling import Speller

    texts = (provision.text for document in core().core for provision in document)
    reader = Reader(Speller(texts), core().glossary, core().known)

    def run(data: bytes) -> None:
        asked, *before = data.decode("utf-8", "surrogatepass").split("\n")
        history = [Turn(role="assistant" if n % 2 else "user", content=text) for n, text in enumerate(before)]
        reader.read(asked, history)

    return Target(run=run, declared=(QuestionError,), strategy=garbage((*sentences(), *SIGNS)))


def own(name: str, make: Make) -> Target:
    """Return the target of a file of the user's own: read, cleaned, built, compared with the law."""
    from corpus.own.read import read_raw

    def run(data: bytes) -> None:
        raw = read_raw(data, name)
        if from_json(to_json(raw).encode("utf-8", "replace").decode()) != raw:
            raise Finding("the document does not survive its way out of the child process")
        check_own(raw)

    return Target(run=run, declared=(DocumentError,), make=make)


TARGETS: dict[str, Callable[[], Target]] = {
    "lovdata": lovdata,
    "archive": archive,
    "address": address,
    "pdf": lambda: own("fil.pdf", pdf_maker()),
    "word": lambda: own("fil.docx", word_maker()),
    "html": lambda: own("fil.html", page_maker()),
    "markdown": lambda: own("fil.md", text_maker("handbok.md")),
    "plain": lambda: own("fil.txt", text_maker("tekst.txt")),
    "clean": clean,
    "conflicts": conflicts,
    "question": question,
}
