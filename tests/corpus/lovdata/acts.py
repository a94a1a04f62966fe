"""Invented acts in Lovdata's form: the files in tests/data/lovdata, and documents made around a few elements."""

from datetime import date
from pathlib import Path

from corpus.document import Provision
from corpus.lovdata.parse import ParsedAct, parse_act
from tests.corpus.reference import reference_folder

DATA = Path(__file__).parents[2] / "data" / "lovdata"
ARCHIVED = date(2099, 6, 1)
REFERENCE_DATE = date(2025, 11, 8)
REFID = "forskrift/2099-01-02-9999"


def invented(name: str) -> ParsedAct:
    """Return the invented act in the file."""
    return parse_act((DATA / name).read_bytes(), ARCHIVED)


def real(name: str) -> ParsedAct:
    """Return the act in a file of the reference folder."""
    return parse_act((reference_folder() / "lovdata" / name).read_bytes(), REFERENCE_DATE, file_name=name)


def document(body: str, language: str = "no", **fields: str) -> bytes:
    """Return a regulation with the body, and header fields in addition to the usual ones or instead of them."""
    header = {"dokid": f"SF/{REFID}", "refid": REFID, "dateInForce": "2099-02-01", "title": "Forskrift om te"} | fields
    shown = "".join(f'<dt class="{k}">x</dt><dd class="{k}">{v}</dd>' for k, v in header.items() if v)
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><title>x</title></head><body><header><dl>{shown}</dl></header>'
        f'<main data-lovdata-URL="SF/{REFID}"><h1>Forskrift om te</h1>{body}</main></body></html>'
    ).encode()


def article(inside: str, name: str = "§1", value: str = "", attributes: str = "", title: str = "Te") -> str:
    """Return a § with what is inside it."""
    return (
        f'<article class="legalArticle" data-lovdata-URL="SF/{REFID}/{name}" data-name="{name}" {attributes}><h2 class="legalArticleHeader">'
        f'<span class="legalArticleValue">{value or name.replace("§", "§ ")}</span>. <span class="legalArticleTitle">{title}</span></h2>{inside}</article>'
    )


def parse(body: str, language: str = "no", **fields: str) -> ParsedAct:
    """Return the regulation with the body as parsed."""
    return parse_act(document(body, language, **fields), ARCHIVED)


def only(inside: str, **fields: str) -> Provision:
    """Return the one § with what is inside it."""
    (provision,) = parse(article(inside), **fields).document.provisions
    return provision


def parts(provision: Provision) -> list[tuple[str, str]]:
    """Return path and text of each part."""
    return [(s.portion.path, provision.text[s.start : s.end]) for s in provision.segments]


def find(act: ParsedAct, tail: str) -> Provision:
    """Return the provision whose id ends with the tail."""
    (provision,) = [p for p in act.document if p.provision_id.endswith(f"/{tail}")]
    return provision
