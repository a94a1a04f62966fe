"""What the tests of the documents share: documents written for them, and answers that fill in a draft."""

from pathlib import Path

from assistant.documents.answers import read_answers
from assistant.documents.check import CheckReport, Finding, check_document
from assistant.documents.draft import DraftDocument, answer_fields, draft_document, task_fields, write_draft
from corpus.document_requirements import DocumentKind
from corpus.library import Library
from corpus.own.read import read_raw

ANSWERS = """
virksomhet = "Fjordplate Mekaniske AS"
organisasjonsnummer = "000 000 000"
aar = 2027
ansatte = 34
naering = "sveiseverksted"
leverandor = "Kystvern BHT"
periode = "1. januar til 31. desember 2027"
risikoer = ["sveiserøyk", "støy", "tunge løft"]
utsatte_grupper = "sveisere og platearbeidere"
kontakt_virksomhet = "Anne Berg"
kontakt_bht = "Per Vik"
verneombud = "Siri Moe"
deltakere = "Anne Berg, Siri Moe og Per Vik"
amu = "10. desember 2026"
moter = "hvert kvartal"
fagfelt = "yrkeshygiene og ergonomi"
ansvarlig = "Anne Berg, innen juni"
hms_system = "mappa BHT på intranettet"
aarsrapport_klar = "klar i februar, og legges på tavla"
prioritering = "sveisehallen, der røyken er tettest"
anbefalinger = "nytt avsug ved benk 3"
pris = "40 000 kr i året"
tilleggstjenester = "influensavaksine, faktureres for seg"
oppsigelse = "3 måneder"
dato = "Bergen, 1. november 2026"

[oppgaver]
a = "hele sveisehallen, i mars"
b = "punktavsug, i april"
c = "ny hall i august"
d = "herdere og lim, i mai"
e = "hørsel og lunger hos sveisere, i juni"
f = "Per Vik ringes ved behov"
g = "støy og løfteteknikk, i september"
h = "på telefon alle hverdager"
meldinger = "innen 3 uker, til Anne Berg"
rutiner = "klare i oktober"
"""


def check_text(text: str | bytes, kind: DocumentKind, library: Library, name: str = "dokument.md") -> CheckReport:
    """Return the report on a document that is read as the program reads it."""
    data = text.encode() if isinstance(text, str) else text
    return check_document(read_raw(data, name).pages, kind, library)


def finding(report: CheckReport, requirement_id: str) -> Finding:
    """Return the finding on a requirement."""
    return next(f for f in report.findings if f.requirement.requirement_id == requirement_id)


def filled_draft(kind: DocumentKind, folder: Path, library: Library, answers: str = ANSWERS) -> DraftDocument:
    """Return a draft filled in with answers of a file."""
    path = folder / "svar.toml"
    path.write_text(answers, encoding="utf-8")
    return draft_document(kind, read_answers(path, answer_fields(), task_fields()), library)


def check_draft(draft: DraftDocument, kind: DocumentKind, folder: Path, library: Library) -> CheckReport:
    """Return the report on a draft that was written to a Word file and read back."""
    out = folder / "utkast.docx"
    write_draft(draft, out, force=True)
    return check_document(read_raw(out.read_bytes(), out.name).pages, kind, library)
