"""The page in a real browser, for the tests that need one."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from assistant.feedback import FeedbackStore
from assistant.page import Coverage, start, texts
from tests.assistant.page.fake import FakeAssistant, make_settings, tidy_gradio

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> FeedbackStore:
    return FeedbackStore(replace(make_settings(), home=tmp_path_factory.mktemp("home")).feedback)


@pytest.fixture(scope="module")
def address(store: FeedbackStore) -> Iterator[str]:
    with tidy_gradio():
        settings = replace(make_settings(), home=store.path.parent)
        app = start(FakeAssistant(), settings, Coverage(acts=20, provisions=427, notes=213, text_date=date(2026, 7, 2)))
        yield app.local_url
        app.close(verbose=False)


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """One for all tests of a file; each has a page with a memory of its own."""
    playwright_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip(f"no browser on this machine: looked for {', '.join(BROWSERS)}")
    with playwright_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(address: str, browser, request: pytest.FixtureRequest) -> Iterator[object]:  # type: ignore[no-untyped-def]
    width = getattr(request, "param", 1400)
    page = browser.new_page(viewport={"width": width, "height": 800}, locale="en-US")
    page.outside, page.errors = [], []
    page.on("request", lambda r: None if r.url.startswith((address, "data:", "blob:")) else page.outside.append(r.url))
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on("console", lambda line: page.errors.append(line.text) if line.type == "error" else None)
    page.goto(address)
    page.get_by_label(texts.QUESTION_LABEL).wait_for(timeout=60_000)
    yield page
    page.close()  # and with it the context that was made for it
