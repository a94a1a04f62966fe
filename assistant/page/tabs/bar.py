"""The bar of tabs. Each tab is a panel of its own, all on the page at once; which of them shows is the browser's to know (bar.js)."""

from collections.abc import Sequence
from dataclasses import dataclass

import gradio as gr

from assistant.nynorsk import Language, say_html
from assistant.page.frame import FOLDER
from assistant.page.tabs import texts


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab. `slug` stands in the address of the page behind #, and in the id of the panel."""

    slug: str
    label: str


ASK = Tab("spor", "Spør")
DUTY = Tab("bht-sjekk", "BHT-sjekk")
DUTIES = Tab("hms-plikter", "HMS-plikter")
DOCUMENTS = Tab("dokumentsjekk", "Dokumentsjekk")
CLAIMS = Tab("paastandssjekk", "Påstandssjekk")
ABSENCE = Tab("sykefravaer", "Sykefravær")
LOOKUP = Tab("slaa-opp", "Slå opp")
SOURCES = Tab("kilder", "Kilder")
ABOUT = Tab("om", "Om")
# In the order of the bar. A tab that is named here needs a panel of `open_panel`, and the other way round.
TABS = (ASK, DUTY, DUTIES, DOCUMENTS, CLAIMS, ABSENCE, LOOKUP, SOURCES, ABOUT)


def build_bar(language: Language, tabs: Sequence[Tab] = TABS) -> gr.HTML:
    """Return the bar; the first tab is open until the address or a click says otherwise."""
    return gr.HTML(
        say_html(render_bar(tabs), language), elem_id="tabs", apply_default_css=False, js_on_load=(FOLDER / "bar.js").read_text(encoding="utf-8"),
    )  # fmt: skip


def render_bar(tabs: Sequence[Tab]) -> str:
    """Return the bar as HTML: WAI-ARIA tabs, one of them in the order of the Tab key."""
    buttons = "".join(
        f'<button type="button" role="tab" id="to-{tab.slug}" data-tab="{tab.slug}" aria-controls="tab-{tab.slug}" '
        f'aria-selected="{"false" if n else "true"}" tabindex="{-1 if n else 0}">{tab.label}</button>'
        for n, tab in enumerate(tabs)
    )
    return f'<div class="tab-bar" role="tablist" aria-label="{texts.TABS}">{buttons}</div>'


def open_panel(tab: Tab) -> gr.Column:
    """Return the panel of a tab: build the tab's content inside it."""
    return gr.Column(elem_id=f"tab-{tab.slug}", elem_classes="tab-panel")
