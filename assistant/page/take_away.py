"""The talk as a file for the browser: made in memory and sent back, never written here. Plain functions."""

from base64 import b64encode
from collections.abc import Mapping
from datetime import date
from typing import Any

from assistant.export import Format, export_talk, read_exchanges
from assistant.nynorsk import Language
from assistant.page import texts


def render_keep() -> str:
    """Return what stands under a talk: how to take it away and delete it, where it lies; and the earlier talks."""
    formats = "".join(
        f'<li><button type="button" class="quiet" data-take="{form}">{name}</button></li>'
        for form, name in texts.FORMATS.items()
    )
    return (
        f'<div class="kept" data-not-taken="{texts.NOT_TAKEN}" data-deleted="{texts.DELETED}" data-open-label="{texts.OPEN_TALK}" '
        f'data-delete-label="{texts.DELETE_ONE}"><div class="this-talk"><p id="take-title">{texts.TAKE_AWAY}</p>'
        f'<ul aria-labelledby="take-title">{formats}</ul><button type="button" class="quiet" data-delete>{texts.DELETE_TALK}</button></div>'
        f'<section class="earlier" aria-labelledby="earlier-title" hidden><h3 id="earlier-title">{texts.EARLIER_TALKS}</h3><ul></ul>'
        f'<p><button type="button" class="quiet" data-delete-all data-sure="{texts.DELETE_SURE}">{texts.DELETE_ALL}</button></p></section>'
        f'<p class="where">{texts.KEPT_HERE}</p><p class="told" role="status"></p></div>'
    )


def take_away(sent: Any, language: Language = Language.BOKMAAL) -> dict[str, str]:
    """Return the talk as {"name", "type", "data", "notice"} with the data in base64, or {"problem"}.

    Args:
        sent: What the browser sent: {"format", "talk"}, the talk as the records of its messages.
        language: What it is written in.
    """
    values: Mapping[str, Any] = sent if isinstance(sent, Mapping) else {}
    talk = read_exchanges(values.get("talk"))
    if values.get("format") not in set(Format) or not talk:
        return {"problem": texts.NOT_TAKEN}
    made = export_talk(talk, Format(values["format"]), date.today(), language)
    return {
        "name": made.name, "type": made.media_type, "data": b64encode(made.data).decode(),
        "notice": texts.TAKEN.format(name=made.name),
    }  # fmt: skip
