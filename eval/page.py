"""What the HTML pages share: templates in which everything is escaped, and the facts of a run."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from eval.results import Judged

_TEMPLATES = Path(__file__).with_name("templates")
_HASH_SHOWN = 12


def render(template: str, **values: Any) -> str:
    """Return a page: one file, nothing outside it, no script.

    Args:
        template: The name of its template.
        values: What the template shows; text is escaped, Markup is not.
    """
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    css = (_TEMPLATES / "report.css").read_text(encoding="utf-8")
    return environment.get_template(template).render(css=Markup(css), **values)


def label_runs(runs: Sequence[Judged]) -> list[str]:
    """Return what each run is called in tables: its questions, and its folder where several have the same."""
    names = [run.name for run in runs]
    return [
        name if names.count(name) == 1 else f"{name} ({run.run.folder.name or run.run.folder})"
        for name, run in zip(names, runs, strict=True)
    ]


def facts_of(judged: Judged) -> list[tuple[str, str]]:
    """Return what the figures of a run depend on, as names and values."""
    settings = judged.run.settings
    versions = settings.get("versions") or {}
    return [
        ("Spørsmål", str(len(judged.cases))),
        ("Tid", str(settings.get("time", "–")).replace("T", " ").replace("+00:00", " UTC")),
        ("Kilder", _short(settings.get("corpus_hash"))),
        ("Kode", _short(settings.get("code_hash"))),
        ("Fasit", _short(settings.get("dataset_hash"))),
        ("Vektorer", str(settings.get("space") or "ingen: bare ord")),
        ("Maskin", f"{settings.get('machine', '–')}, Python {settings.get('python', '–')}"),
        ("Versjoner", ", ".join(f"{name} {version}" for name, version in versions.items()) or "–"),
    ]


def write_json(values: Mapping[str, Any]) -> str:
    """Return settings as they are shown; of a path only the name."""
    shown = {**values, "dataset": Path(str(values.get("dataset", ""))).name}
    return json.dumps(shown, indent=2, ensure_ascii=False)


def _short(value: object) -> str:
    return str(value)[:_HASH_SHOWN] if value else "–"
