"""All of the page in one written language."""

from dataclasses import dataclass
from datetime import date

import gradio as gr

from assistant.browse import Browser
from assistant.feedback import FeedbackStore
from assistant.nynorsk import Language, say, say_html
from assistant.page import texts
from assistant.page.chat import Assistant
from assistant.page.engine import restore_choice
from assistant.page.frame import FOLDER
from assistant.page.sections import Coverage, about_html, header_html
from assistant.page.tabs import bar, lookup, sources
from assistant.page.tabs.absence import build_absence
from assistant.page.tabs.administer import build_administration
from assistant.page.tabs.claims import build_claims
from assistant.page.tabs.documents import build_documents
from assistant.page.tabs.duties import build_duties
from assistant.page.tabs.duty import LookUp, build_duty
from assistant.page.talk import build_talk, html_of, wire_talk
from assistant.page.watch import Watch


@dataclass(frozen=True, slots=True)
class Page:
    """What the page is made of, the same in every language; see `build_app`. `default` is the language of the plain address."""

    assistant: Assistant
    browser: Browser
    coverage: Coverage | None
    feedback: FeedbackStore | None
    look_up: LookUp | None
    may_change: bool
    default: Language
    watch: Watch

    def build(self, app: gr.Blocks, language: Language) -> None:
        """Put the page into the app that is open.

        Args:
            app: The app.
            language: What it is written in.
        """
        assistant, browser, watch = self.assistant, self.browser, self.watch
        with gr.Row(elem_id="top"):
            banner = html_of(self._header(self.coverage, language), "banner")
            restart = gr.Button(say(texts.NEW_TALK, language), elem_id="restart", size="sm")
        bar.build_bar(language)
        with bar.open_panel(bar.ASK):
            talk = build_talk(assistant, browser, language, watch)
        with bar.open_panel(bar.DUTY):
            build_duty(lambda: assistant.library, self.look_up, language, watch)
        with bar.open_panel(bar.DUTIES):
            build_duties(lambda: assistant.library, language, watch)
        with bar.open_panel(bar.DOCUMENTS):
            build_documents(lambda: assistant.library, language, watch)
        with bar.open_panel(bar.CLAIMS):
            build_claims(assistant, language, watch)
        with bar.open_panel(bar.ABSENCE):
            build_absence(lambda: assistant.library, language, watch)
        with bar.open_panel(bar.LOOKUP):
            lookup.build_lookup(assistant, browser, language, watch, may_change=self.may_change)
        with bar.open_panel(bar.SOURCES):
            if self.may_change:
                build_administration(language)
            listed = html_of(self._list_sources(language), "sources")
        with bar.open_panel(bar.ABOUT):
            html_of(say_html(about_html(), language), "about")
        wire_talk(talk, assistant, browser, self.feedback, restart, language, watch)
        restore = (FOLDER / "restore.js").read_text(encoding="utf-8")
        app.load(None, None, talk.shown, js=restore, api_visibility="private")
        if assistant.model:
            app.load(None, None, talk.engine, js=restore_choice(assistant.model), api_visibility="private")
        if self.may_change:
            self._refresh(app, banner, listed, language)

    def _refresh(self, app: gr.Blocks, banner: gr.HTML, listed: gr.HTML, language: Language) -> None:
        """Show the sources as they are when the page is opened: what was built with the page may be of older ones."""
        app.load(
            lambda: [self._header(Coverage.of(self.assistant.library), language), self._list_sources(language)], None,
            [banner, listed], show_progress="hidden", api_visibility="private",
        )  # fmt: skip

    def _header(self, coverage: Coverage | None, language: Language) -> str:
        return say_html(header_html(coverage, language, self.default), language)

    def _list_sources(self, language: Language) -> str:
        return say_html(sources.render_sources(self.browser, self.assistant.notices, date.today()), language)
