"""Gradio's own theme, set to the page's colours; everything else is in page.css."""

import gradio as gr
from gradio.themes.utils import colors

_FONT = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif")
_MONO = ("ui-monospace", "Consolas", "monospace")


def make_theme() -> gr.themes.Base:
    """Return the theme. No font is fetched: only the system's."""
    theme = gr.themes.Base(
        primary_hue=colors.teal, neutral_hue=colors.slate, font=_FONT, font_mono=_MONO, text_size="lg"
    )
    return theme.set(
        body_background_fill="#f4f7f6",
        body_background_fill_dark="#0f1716",
        body_text_color="#15211f",
        body_text_color_dark="#e6eeec",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_border_width_dark="0px",
    )
