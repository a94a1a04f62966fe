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
