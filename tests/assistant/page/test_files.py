"""Opening the user's own documents: the copies alone, and never as a page of ours."""

from pathlib import Path

import anyio
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.page import launch_arguments, texts
from assistant.page.files import OwnFiles, page_address
from assistant.page.panel import render_panel
from corpus.document import Kind, Level
from tests.assistant.page.fake import make_answer, make_citation, make_provision, tidy_gradio

PDF, HTML, TEXT, ODD = f"{'a' * 16}.pdf", f"{'b' * 16}.html", f"{'c' * 16}.txt", f"{'d' * 16}.bin"
SECRET = "hemmelig"


@pytest.fixture(scope="module", autouse=True)
def tidy() -> None:
    """Give up a loop that Gradio left as the current one, here and not where a test's own takes its place."""
    with tidy_gradio():
        anyio.run(anyio.sleep, 0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of copies, with what is not to be served in it and above it."""
    own = tmp_path / "own"
    own.mkdir()
    (own / PDF).write_bytes(b"%PDF-1.7 side")
    (own / HTML).write_bytes(b"<script>alert(1)</script>")
    (own / TEXT).write_bytes("rød".encode())
    (own / ODD).write_bytes(b"\0")
    for path in (tmp_path / PDF, own / "plan.pdf", own / f"{PDF}.part", own / "a" / PDF):
        path.parent.mkdir(exist_ok=True)
        path.write_text(SECRET)
    (own / f"{'e' * 16}.pdf").mkdir()
    return own


async def pass_on(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("videre", status_code=404)(scope, receive, send)


def get(app: ASGIApp, path: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body for a path as a server hands it on: decoded, and nothing in it resolved."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        await anyio.sleep_forever()  # the browser waits for the whole
        raise AssertionError

    scope = {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b"", "headers": [],
        "http_version": "1.1", "scheme": "http", "server": ("x", 80), "client": ("x", 1), "root_path": "",
    }  # fmt: skip
    anyio.run(app, scope, receive, send)
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(message.get("body", b"") for message in sent[1:])


@pytest.mark.parametrize(
    ("name", "content_type", "is_shown"),
    [
        pytest.param(PDF, "application/pdf", True, id="PDF"),
        pytest.param(TEXT, "text/plain; charset=utf-8", True, id="text"),
        pytest.param(HTML, "application/octet-stream", False, id="HTML"),
        pytest.param(ODD, "application/octet-stream", False, id="anything else"),
    ],
)
def test_a_copy_is_served(folder: Path, name: str, content_type: str, is_shown: bool) -> None:
    """What the browser shows safely is shown, anything else is saved; and nothing is taken for what it is not"""
    status, headers, body = get(OwnFiles(pass_on, folder), f"/eget/{name}")
    assert (status, body) == (200, (folder / name).read_bytes())
    assert headers["content-type"] == content_type
    assert headers["content-disposition"].partition(";")[0] == ("inline" if is_shown else "attachment")
    assert (headers["x-content-type-options"], headers["cache-control"]) == ("nosniff", "no-store")


def test_a_browser_may_ask_for_the_headers_alone(folder: Path) -> None:
    status, headers, body = get(OwnFiles(pass_on, folder), f"/eget/{PDF}", method="HEAD")
    assert (status, headers["content-length"], body) == (200, "13", b"")


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(f"/eget/../{PDF}", id="above"),
        pytest.param(f"/eget/../own/{PDF}", id="above and back"),
        pytest.param(f"/eget/%2e%2e/{PDF}", id="encoded"),
        pytest.param(f"/eget/..%2f{PDF}", id="encoded slash"),
        pytest.param(f"/eget//{PDF}", id="two slashes"),
        pytest.param(f"/eget/a/{PDF}", id="below"),
        pytest.param(f"/eget/..\\{PDF}", id="backslash"),
        pytest.param("/eget/plan.pdf", id="no name of a copy"),
        pytest.param(f"/eget/{PDF}.part", id="half written"),
        pytest.param(f"/eget/{'a' * 16}.PDF", id="another suffix"),
        pytest.param(f"/eget/{'a' * 16}", id="no suffix"),
        pytest.param(f"/eget/{'e' * 16}.pdf", id="a folder"),
        pytest.param(f"/eget/{'f' * 16}.pdf", id="not there"),
        pytest.param(f"/eget/{PDF}\n", id="line break"),
        pytest.param(f"/eget/{PDF}\0", id="zero"),
        pytest.param(f"/Eget/{PDF}", id="another folder"),
        pytest.param(f"/{PDF}", id="no folder"),
        pytest.param("/eget/", id="the folder itself"),
        pytest.param("/", id="the page"),
    ],
)
def test_anything_else_is_passed_on(folder: Path, path: str) -> None:
    assert get(OwnFiles(pass_on, folder), path)[::2] == (404, b"videre")


def test_a_folder_that_is_not_there_serves_nothing(tmp_path: Path) -> None:
    assert get(OwnFiles(pass_on, tmp_path / "own"), f"/eget/{PDF}")[0] == 404


def test_the_page_is_launched_with_it(folder: Path) -> None:
    """With a folder the copies are opened beside the page, without one none are"""

    async def page(request: Request) -> Response:
        return PlainTextResponse("siden")

    def serve(own_folder: Path | None) -> ASGIApp:
        return Starlette(routes=[Route("/", page)], **launch_arguments(own_folder)["app_kwargs"])

    assert get(serve(folder), f"/eget/{PDF}")[::2] == (200, (folder / PDF).read_bytes())
    assert get(serve(folder), "/")[::2] == (200, b"siden")
    assert get(serve(None), f"/eget/{PDF}")[0] == 404


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param(f"file:///hjem/bht/own/{PDF}#page=2", f"/eget/{PDF}#page=2", id="page of a PDF"),
        pytest.param(f"file:///hjem/b%20h/own/{HTML}", f"/eget/{HTML}", id="no page"),
        pytest.param("file:///etc/passwd", "", id="any file"),
        pytest.param("file:///hjem/plan.pdf", "", id="no name of a copy"),
        pytest.param(f"https://bedrift.example/{PDF}", "", id="web"),
        pytest.param(f"javascript:alert(1)//{PDF}", "", id="script"),
        pytest.param("http://[", "", id="no address"),
        pytest.param("", "", id="none"),
    ],
)
def test_only_copies_have_an_address_on_the_page(url: str, expected: str) -> None:
    assert page_address(url) == expected


@pytest.mark.parametrize(
    ("url", "link", "label"),
    [
        pytest.param(f"file:///hjem/own/{PDF}#page=2", f"/eget/{PDF}#page=2", texts.OPEN_OWN, id="copy"),
        pytest.param("https://bedrift.example/plan", "https://bedrift.example/plan", "bedrift.example", id="web page"),
    ],
)
def test_the_citation_of_an_own_document_opens_it(url: str, link: str, label: str) -> None:
    """The link leads to the page that is cited, in a tab of its own"""
    provision = make_provision(
        "eget/plan-1/s2", [("", "", "Vernerunden går hvert kvartal.")], kind=Kind.OWN, level=Level.COMMERCIAL,
        label="«Plan», side 2", url=url,
    )  # fmt: skip
    answer = make_answer(citations=(make_citation(1, provision, "hvert kvartal"),))
    html = render_panel(answer, {(provision.provision_id, provision.kind): provision}, 1)
    assert f'<a href="{link}" target="_blank" rel="noopener noreferrer">' in html
    assert label in html
    assert "«Plan», side 2" in html


def test_a_file_that_is_no_copy_is_not_linked_to() -> None:
    provision = make_provision("eget/plan-1/s1", [("", "", "Tekst.")], kind=Kind.OWN, url="file:///etc/passwd")
    html = render_panel(make_answer(citations=(make_citation(1, provision, "Tekst."),)), {}, 1)
    assert "<a " not in html
    assert "passwd" not in html
