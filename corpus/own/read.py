"""Any file to a raw document: the reader is chosen by what the file holds, then by its name and type."""

import re
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath

from corpus.errors import EmptyDocument, EncryptedDocument, OversizedDocument, UnsupportedDocument
from corpus.own.html import read_html
from corpus.own.lines import mend_characters, squeeze
from corpus.own.markdown import looks_like_markdown, read_markdown
from corpus.own.pdf import read_pdf
from corpus.own.plain import decode, read_plain, wide_encoding
from corpus.own.published import find_published
from corpus.own.raw import RawDocument, sane_title
from corpus.own.word import MAIN_PART, check_package, read_word

MAX_BYTES = 50 * 2**20
MAX_CHARACTERS = 5_000_000
# pypdf finds a PDF that begins within the first bytes, as mail programs and scanners make them.
_PDF_SEARCHED_BYTES = 1024
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MEDIA = (
    (b"\x89PNG", "et bilde"),
    (b"\xff\xd8\xff", "et bilde"),
    (b"GIF8", "et bilde"),
    (b"II*\0", "et bilde"),
    (b"MM\0*", "et bilde"),
    (b"ID3", "en lydfil"),
    (b"OggS", "en lydfil"),
    (b"\x1f\x8b", "en pakket fil (gzip)"),
    (b"7z\xbc\xaf", "en pakket fil (7z)"),
    (b"Rar!", "en pakket fil (RAR)"),
    (b"\x7fELF", "et program"),
    (b"MZ", "et program"),
)
_HTML_NAMES = frozenset({".html", ".htm", ".xhtml", ".xht"})
_MARKDOWN_NAMES = frozenset({".md", ".markdown", ".mdown", ".mkd"})
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
# Numbers and checksums, and what phones, scanners and browsers call a file.
_MACHINE_MADE = re.compile(
    r"(?:(?:\d+|(?=[a-f]*\d)[0-9a-f]{4,}|img|image|bilde|fil|file|doc|nedlasting|download|index|default|temp|tmp|kopi|copy|av|of|\(\d+\))\s*)+",
    re.IGNORECASE,
)
_TITLE_WORDS = range(3, 16)
_READ_FORMATS = "PDF, Word (.docx), HTML, Markdown og tekst"
_REMEDY = f"Lagre den som .docx eller PDF, og legg til den. Det som leses er {_READ_FORMATS}."


def read_raw(data: bytes, name: str, content_type: str = "") -> RawDocument:
    """Return what a file says, page by page, before anything is cleaned.

    Runs the parsers in this process, with no limit to their time or memory: files that somebody else has written are
    read with `corpus.own.sandbox.read_safely`.

    Args:
        data: The file.
        name: What it is called, for the messages and as a last resort for the title.
        content_type: The type that a server gave it, "" when unknown.

    Raises:
        DocumentError: The file cannot be read; the subclass says why, the message names the file and a remedy.
    """
    if len(data) > MAX_BYTES:
        raise OversizedDocument(
            f"«{name}» er på {len(data) // 2**20} MB, og det meste som leses er {MAX_BYTES // 2**20} MB. "
            "Del filen opp, og legg til delene."
        )
    if not data.strip(b"\0 \t\r\n"):
        raise EmptyDocument(f"«{name}» er tom. Kontroller at du har valgt riktig fil.")
    document = _dispatch(data, name, content_type)
    size = sum(len(block.text) for block in document.blocks)
    if size > MAX_CHARACTERS:
        raise _too_much_text(name)
    if not size:
        raise _empty(document, name)
    return replace(
        document,
        title=document.title or _find_title(document, name),
        published=document.published or find_published(document, date.today()),
    )


def _dispatch(data: bytes, name: str, content_type: str) -> RawDocument:
    start = data[:_PDF_SEARCHED_BYTES]
    if b"%PDF-" in start and not _HTML_START.match(start.decode("latin-1")):
        return read_pdf(data, name, MAX_CHARACTERS)
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _read_package(data, name)
    _refuse_binary(data, name)
    ending = PurePosixPath(name.split("?")[0].lower()).suffix
    kind = content_type.split(";")[0].strip().lower()
    if _is_html(data, ending, kind):
        return read_html(data, name, content_type)
    text = decode(data)
    if len(text) > MAX_CHARACTERS:
        raise _too_much_text(name)
    if ending in _MARKDOWN_NAMES or kind == "text/markdown" or looks_like_markdown(text):
        return read_markdown(text)
    return read_plain(text)


def _is_html(data: bytes, ending: str, kind: str) -> bool:
    start = decode(data[:4096])
    if _HTML_START.match(start):
        return True
    # A server calls any text HTML; without a single element it is plain text.
    return (ending in _HTML_NAMES or kind in {"text/html", "application/xhtml+xml"}) and bool(
        re.search(rb"<\s*/?\s*[A-Za-z!]|<\0", data)
    )


def _read_package(data: bytes, name: str) -> RawDocument:
    """Return the text of a zip file that is a Word document; other kinds are refused by name."""
    parts = check_package(data, name)
    if MAIN_PART in parts:
        return read_word(data, name)
    kinds = (("xl/", "et regneark"), ("ppt/", "en presentasjon"), ("META-INF/container.xml", "en e-bok"))
    kind = next((kind for prefix, kind in kinds if any(part.startswith(prefix) for part in parts)), "")
    if "mimetype" in parts and not kind:
        kind = "et OpenDocument-dokument"
    if not kind:
        raise UnsupportedDocument(f"«{name}» er en pakket fil (zip). Pakk den ut, og legg til filene i den.")
    raise UnsupportedDocument(f"«{name}» er {kind}, som ikke leses. {_REMEDY}")


def _refuse_binary(data: bytes, name: str) -> None:
    if data.startswith(_OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise EncryptedDocument(f"«{name}» er låst med passord. Lagre en kopi uten passord, og legg til den.")
        raise UnsupportedDocument(f"«{name}» er i et gammelt Office-format (.doc, .xls, .ppt). {_REMEDY}")
    if data.startswith(b"{\\rtf"):
        raise UnsupportedDocument(f"«{name}» er i formatet RTF, som ikke leses. {_REMEDY}")
    if kind := next((kind for magic, kind in _MEDIA if data.startswith(magic)), ""):
        raise UnsupportedDocument(f"«{name}» er {kind}, og har ingen tekst å lese. {_REMEDY}")
    sample = data[:65536]
    has_mark = sample.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff"))
    control = len(re.findall(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", sample))
    if not has_mark and not wide_encoding(data) and control > len(sample) / 100:
        raise UnsupportedDocument(f"«{name}» er i et ukjent format. {_REMEDY}")


def _too_much_text(name: str) -> OversizedDocument:
    return OversizedDocument(
        f"«{name}» har mer enn {MAX_CHARACTERS // 1_000_000} millioner tegn tekst. Del filen opp, og legg til delene."
    )


def _empty(document: RawDocument, name: str) -> EmptyDocument:
    if any("skannet" in problem for problem in document.problems):
        return EmptyDocument(
            f"«{name}» er skannet, og har bare bilder av sidene. Kjør tekstgjenkjenning (OCR), og legg til den på nytt."
        )
    return EmptyDocument(f"«{name}» har ingen tekst som kan leses. Kontroller at du har valgt riktig fil.")


def _find_title(document: RawDocument, name: str) -> str:
    """Return the first heading of the highest level near the beginning, else the file's name in words, else the first line.

    A name that a program made ("004_7ff50abe.txt", "scan0012.pdf") says nothing, so the line goes before it.
    """
    first = [page for page in document.pages if page.blocks][:2]
    headings = [block for page in first for block in page.blocks[:20] if block.heading]
    if headings:
        return min(headings, key=lambda block: block.heading).text[:300]
    stem = PurePosixPath(re.split(r"[?#]", name.rstrip("/"))[0].replace("\\", "/")).name
    title = sane_title(re.sub(r"[_+-]+", " ", squeeze(mend_characters(stem))))
    if title and not _MACHINE_MADE.fullmatch(title):
        return title
    lines = [block.text for page in first for block in page.blocks[:20]]
    return next((line for line in lines if _is_title(line)), "") or title or name


def _is_title(line: str) -> bool:
    return len(line.split()) in _TITLE_WORDS and line[-1] not in ".,;:!" and not line[:1].islower()
