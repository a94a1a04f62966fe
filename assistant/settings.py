"""Settings, read once by an entry point and passed on. Nothing here reads the environment at import."""

import math
import os
import tomllib
from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import platformdirs

from assistant.errors import SettingsError
from assistant.llm.address import parse_model_address
from assistant.secret import Secret

APP_NAME = "bht-assistenten"
_MODEL_SETTINGS = frozenset({"url", "model", "key", "first_seconds", "total_seconds", "max_tokens"})
_IN_FILE = frozenset({"host", "port", "online", "llm"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where state lies, how the page is served, and which language model may be asked.

    `home` holds the index and the fetched and own documents; `cache` holds vectors by text and may be deleted at any time.
    There is no language model without `llm_url`.
    `online` says that a company whose number the user gives may be looked up in Enhetsregisteret.
    """

    home: Path
    cache: Path
    host: str = "127.0.0.1"
    port: int = 7860
    llm_url: str = ""
    llm_model: str = ""
    llm_key: Secret = field(default_factory=Secret, repr=False)
    llm_first_seconds: float = 10.0
    llm_total_seconds: float = 60.0
    llm_max_tokens: int = 900
    online: bool = False

    @property
    def index_folder(self) -> Path:
        """Where the indexes lie."""
        return self.home / "index"

    @property
    def store(self) -> Path:
        """The file of fetched and own documents."""
        return self.home / "corpus.sqlite"

    @property
    def lovdata_folder(self) -> Path:
        """Where the archives of Lovdata lie."""
        return self.home / "lovdata"

    @property
    def feedback(self) -> Path:
        """The file of what users thought of answers."""
        return self.home / "feedback.sqlite"

    @property
    def register_folder(self) -> Path:
        """Where companies that were looked up in Enhetsregisteret are kept."""
        return self.home / "register"

    @property
    def own_folder(self) -> Path:
        """Where copies of the user's own documents lie."""
        return self.home / "own"


def load_settings(environ: Mapping[str, str] = os.environ, folder: Path | None = None) -> Settings:
    """Return the settings: defaults, then `bht.toml` in the folder (or BHT_HOME), then BHT_* variables.

    Args:
        environ: The environment.
        folder: Where to look for `bht.toml`; the current folder when None.

    Raises:
        SettingsError: The file cannot be read or a value is of the wrong kind.
    """
    home = Path(environ.get("BHT_HOME") or platformdirs.user_data_path(APP_NAME, appauthor=False))
    cache = Path(environ.get("BHT_CACHE") or platformdirs.user_cache_path(APP_NAME, appauthor=False))
    settings = Settings(home=home.expanduser(), cache=cache.expanduser())
    for file in ((folder or Path.cwd()) / "bht.toml", settings.home / "bht.toml"):
        if file.is_file():
            settings = _apply_file(settings, file)
            break
    if host := environ.get("BHT_HOST"):
        settings = replace(settings, host=host)
    if port := environ.get("BHT_PORT"):
        settings = replace(settings, port=_port(port, "BHT_PORT"))
    if online := environ.get("BHT_ONLINE"):
        settings = replace(settings, online=_switch(online, "BHT_ONLINE"))
    given = {
        "url": environ.get("BHT_LLM_URL"),
        "model": environ.get("BHT_LLM_MODEL"),
        "key": environ.get("BHT_LLM_KEY"),
        "first_seconds": environ.get("BHT_LLM_FIRST_SECONDS"),
        "total_seconds": environ.get("BHT_LLM_TOTAL_SECONDS"),
        "max_tokens": environ.get("BHT_LLM_MAX_TOKENS"),
    }
    return _apply_model(settings, {f"BHT_LLM_{name.upper()}": (name, value) for name, value in given.items() if value})


def _apply_file(settings: Settings, file: Path) -> Settings:
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"Kan ikke lese {file.name}: {error}. Rett fila, eller flytt den bort.") from error
    _refuse_unknown(values, _IN_FILE, file.name)
    model = values.get("llm", {})
    if not isinstance(model, dict):
        raise SettingsError(f"llm i {file.name} må være en del for seg: [llm] på en egen linje, og så url og model.")
    _refuse_unknown(model, _MODEL_SETTINGS, f"[llm] i {file.name}")
    settings = _apply_model(settings, {f"{name} i [llm] i {file.name}": (name, model[name]) for name in model})
    host = values.get("host", settings.host)
    if not isinstance(host, str):
        raise SettingsError(f'host i {file.name} må stå i anførselstegn, for eksempel host = "127.0.0.1".')
    return replace(
        settings,
        host=host,
        port=_port(values.get("port", settings.port), file.name),
        online=_switch(values.get("online", settings.online), file.name),
    )


def _switch(value: object, where: str) -> bool:
    known = {"1": True, "true": True, "ja": True, "0": False, "false": False, "nei": False}
    switched = known.get(str(value).strip().lower())
    if switched is None:
        raise SettingsError(f"online i {where} må være 1 (ja) eller 0 (nei), ikke «{value}».")
    return switched


def _refuse_unknown(values: Mapping[str, object], known: Set[str], where: str) -> None:
    if unknown := set(values) - known:
        raise SettingsError(
            f"Ukjent innstilling i {where}: {', '.join(sorted(unknown))}. Kjente: {', '.join(sorted(known))}."
        )


def _apply_model(settings: Settings, given: Mapping[str, tuple[str, object]]) -> Settings:
    """Return the settings with those of the language model, given by the words that a complaint is to use of them."""
    changes: dict[str, Any] = {}
    for where, (name, value) in given.items():
        if name in {"first_seconds", "total_seconds"}:
            changes[f"llm_{name}"] = _number(value, where, 3600)
        elif name == "max_tokens":
            changes["llm_max_tokens"] = _whole(_number(value, where, 100_000), where)
        elif name == "key":
            changes["llm_key"] = _key(value, where)
        elif not isinstance(value, str) or not value.strip().isprintable():
            raise SettingsError(f'{where} må være tekst på én linje, i anførselstegn i bht.toml: {name} = "...".')
        else:
            changes[f"llm_{name}"] = value.strip()
    if changes.get("llm_url"):
        parse_model_address(changes["llm_url"])
    return replace(settings, **changes)


def _number(value: object, where: str, most: int) -> float:
    try:
        number = float(str(value))
    except ValueError:
        number = math.nan
    if isinstance(value, bool) or not 0 < number <= most:
        raise SettingsError(f"{where} må være et tall over 0 og ikke over {most}, ikke «{value}».")
    return number


def _whole(number: float, where: str) -> int:
    if not number.is_integer():
        raise SettingsError(f"{where} må være et helt tall, ikke «{number:g}».")
    return int(number)


def _key(value: object, where: str) -> Secret:
    """Return the key; a complaint never repeats it."""
    key = value.strip() if isinstance(value, str) else ""
    if not isinstance(value, str) or not key.isascii() or not key.isprintable() or " " in key:
        raise SettingsError(f"{where} er ikke en nøkkel: den må være tekst uten mellomrom og norske bokstaver.")
    return Secret(key)


def _port(value: object, where: str) -> int:
    try:
        port = int(str(value))
    except ValueError:
        port = -1
    if not 0 <= port <= 65535:
        raise SettingsError(f"Porten i {where} må være et tall fra 0 til 65535, ikke «{value}».")
    return port
