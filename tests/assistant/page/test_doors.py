"""The API and MCP beside the page: one process, one port."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from mcp import Client

from assistant.api import create_api
from assistant.dialogue import Assistant
from assistant.page import start
from assistant.settings import Settings
from assistant.users import Users
from tests.assistant.page.fake import tidy_gradio

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # Gradio leaves event loops open


@pytest.fixture(scope="module")
def address(bare: Assistant) -> Iterator[str]:
    """The page with the API beside it."""
    settings = Settings(home=Path(), cache=Path(), port=0, api_rate=0)
    with tidy_gradio():
        app = start(bare, settings, api=create_api(bare, settings))
        yield app.local_url
        app.close(verbose=False)


def test_page_api_and_mcp_are_served_on_one_port(address: str) -> None:
    """Each with its own headers and errors, and the page as it was"""
    html = httpx.get(address)
    assert html.status_code == 200
    assert '<html lang="nb"' in html.text
    assert "default-src 'self'" in html.headers["content-security-policy"]
    answer = httpx.post(f"{address}api/v1/ask", json={"question": "Må en frisørsalong med tre ansatte ha BHT?"})
    assert answer.json()["verdict"] == "ja"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "error" in httpx.get(f"{address}api/tull").json()

    async def list_tools() -> int:
        async with Client(f"{address}mcp") as client:
            return len((await client.list_tools()).tools)

    assert asyncio.run(list_tools()) == 6
    assert 'route="/mcp"' in httpx.get(f"{address}metrics").text


def test_the_page_and_all_of_it_is_behind_the_log_in(bare: Assistant, tmp_path: Path) -> None:
    """It starts, shows nothing to who has not logged in, and is itself to who has"""
    settings = Settings(home=tmp_path, cache=tmp_path, port=0)
    Users(settings.users).add("kari", "en lang og god setning")
    with tidy_gradio():
        app = start(bare, settings, api=create_api(bare, settings))
        url = app.local_url
        for path in ("", "config", "gradio_api/info", "theme.css", "api/v1/search?q=hei", "eget/0123456789abcdef.pdf"):
            assert httpx.get(f"{url}{path}").status_code == 401, path
        inside = httpx.get(url, auth=("kari", "en lang og god setning"))
        assert '<html lang="nb"' in inside.text
        assert httpx.get(f"{url}api/v1/health").status_code == 200
        app.close(verbose=False)
