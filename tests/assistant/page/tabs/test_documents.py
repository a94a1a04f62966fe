"""The tab Dokumentsjekk: the result of a check, and drafts; and the way the file takes."""

import base64
import io
import re
from collections.abc import Iterator
from datetime import date

import docx
import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from assistant.documents.check import DocumentCheckError
from assistant.page.tabs import texts
from assistant.page.tabs.documents import ENDINGS, MAX_BYTES, PATH, check, find_problem, make_draft
from assistant.page.tabs.form import FormError
from assistant.page.upload import DocumentUpload
from corpus.document_requirements import DocumentKind
from corpus.library import Library
from corpus.own.raw import RawDocument
from corpus.own.read import read_raw
from tests.assistant.page.tabs.filled import fill, text_of

TODAY = date(2026, 11, 22)
PLAN = (
    "Plan for bruk av bedriftshelsetjenesten (BHT) 2026.\n\n"
    "BHT hjelper oss med løpende kartlegging av arbeidsmiljøet og risikovurdering hvert år.\n\n"
    "BHT skal ikke drive helseovervåking. <script>alert(1)</script>\n"
)
HEADERS = {"content-type": "application/octet-stream"}


def read(text: str) -> RawDocument:
    return read_raw(text.encode(), "plan.txt")


@pytest.fixture
def client(library: Library) -> Iterator[TestClient]:
    app = Starlette(middleware=[Middleware(DocumentUpload, library=lambda: library)])
    with TestClient(app) as client:
        yield client


def post(client: TestClient, data: bytes, name: str = "plan.txt", kind: str = "plan") -> httpx.Response:
    return client.post(PATH, params={"kind": kind, "name": name}, content=data, headers=HEADERS)


def test_each_requirement_is_a_row_with_rule_words_and_advice(library: Library) -> None:
    """What was found in the document's own words, what was not, and what says the opposite"""
    html = check(read(PLAN), "plan.txt", DocumentKind.PLAN, library, TODAY)
    told = text_of(html)
    assert "«BHT hjelper oss med løpende kartlegging" in told
    assert texts.MISSING in told
    assert texts.DENIED in told
    assert html.count('<tr><th scope="row">') == html.count('<details class="rule">')
    assert re.search(r"<h3 [^>]*>\d+ av \d+ punkter", html)


def test_what_stands_in_the_document_is_escaped(library: Library) -> None:
    """A document cannot put tags into the page, nor can its name"""
    html = check(read(PLAN), "<i>plan</i>.txt", DocumentKind.PLAN, library, TODAY)
    assert "<script" not in html
    assert "<i>" not in html


def test_a_document_in_another_language_is_refused(library: Library) -> None:
    """With what to do instead"""
    english = (
        "The occupational health service will help the employer with the mapping of the working environment. " * 20
    )
    with pytest.raises(DocumentCheckError, match="norske utgaven"):
        check(read(english), "plan.txt", DocumentKind.PLAN, library, TODAY)


@pytest.mark.parametrize(
    ("name", "size", "told"),
    [
        ("", 0, texts.FILE_NEEDED),
        ("plan.txt", 0, texts.FILE_NEEDED),
        ("plan.exe", 9, "«plan.exe»"),
        ("plan", 9, "«plan»"),
        ("plan.pdf", MAX_BYTES + 1, "Fila er på 21 MB, og grensen er 20 MB"),
        *((f"plan{ending}", MAX_BYTES, "") for ending in ENDINGS),
        ("PLAN.PDF", 9, ""),
    ],
)
def test_a_file_is_looked_at_before_it_is_read(name: str, size: int, told: str) -> None:
    """Its name and size alone refuse what cannot be read"""
    problem = find_problem(name, size)
    assert told in problem
    assert bool(problem) is bool(told)


def test_a_posted_file_is_checked(client: TestClient) -> None:
    """The whole way: body, child process, rules, HTML that no browser keeps"""
    response = post(client, PLAN.encode())
    assert response.status_code == 200
    assert "punkter fra regelverket" in response.text
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("data", "name", "kind", "told"),
    [
        (b"", "plan.txt", "plan", texts.FILE_NEEDED),
        (b"MZ", "plan.exe", "plan", "filtype"),
        (b"%PDF-1.4 broken", "plan.pdf", "plan", "plan.pdf"),
        (b"   ", "plan.txt", "plan", "problem"),
        (PLAN.encode(), "plan.txt", "novel", texts.KIND_NEEDED),
        (b"x" * (MAX_BYTES + 1), "plan.txt", "plan", "grensen er 20 MB"),
    ],
    ids=["empty", "wrong type", "broken", "blank", "wrong kind", "too large"],
)
def test_a_bad_file_is_a_sentence(client: TestClient, data: bytes, name: str, kind: str, told: str) -> None:
    """Never an error page or a traceback"""
    response = post(client, data, name, kind)
    assert response.status_code == 200
    assert 'class="problem' in response.text
    assert told in response.text
    assert "Traceback" not in response.text


def test_another_site_cannot_post(client: TestClient) -> None:
    """What a form of another site can send is refused, and so is reading the address"""
    plain = {"content-type": "text/plain"}
    assert client.post(f"{PATH}?kind=plan&name=a.txt", content=b"x", headers=plain).status_code == 405
    cross = HEADERS | {"sec-fetch-site": "cross-site"}
    assert client.post(f"{PATH}?kind=plan&name=a.txt", content=b"x", headers=cross).status_code == 405
    assert client.get(PATH).status_code == 405


def test_other_requests_pass(client: TestClient) -> None:
    """Only its own address is its own"""
    assert client.get("/annet").status_code == 404


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_a_draft_is_a_word_file_in_the_link(kind: DocumentKind, library: Library) -> None:
    """Made of the answers, with the blanks named"""
    html = make_draft(fill(kind=kind.value, virksomhet="Eksempel <AS>"), library, TODAY)
    data = re.search(r'base64,([^"]+)" download="([\w-]+\.docx)"', html)
    assert data
    words = "\n".join(p.text for p in docx.Document(io.BytesIO(base64.b64decode(data[1]))).paragraphs)
    assert "Eksempel <AS>" in words
    assert "felt er merket gult" in text_of(html)


def test_a_draft_of_nothing_or_with_a_novel_is_refused(library: Library) -> None:
    """At the field"""
    with pytest.raises(FormError) as caught:
        make_draft(fill(kind="novel"), library, TODAY)
    assert list(caught.value.problems) == ["kind"]
    with pytest.raises(FormError) as caught:
        make_draft(fill(kind="plan", risikoer="x" * 501), library, TODAY)
    assert list(caught.value.problems) == ["risikoer"]
