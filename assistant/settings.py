"""Settings, read once by an entry point and passed on. Nothing here reads the environment at import."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import platformdirs

from assistant.errors import SettingsError

APP_NAME = "bht-assistenten"
_IN_FILE = ("host", "port", "online")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where state lies and how the page is served.

    `home` holds the index and the fetched and own documents; `cache` holds vectors by text and may be deleted at any time.
    `online` says that a company whose number the user gives may be looked up in Enhetsregisteret.
    """

    home: Path
    cache: Path
    host: str = "127.0.0.1"
    port: int = 7860
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
    return settings


def _apply_file(settings: Settings, file: Path) -> Settings:
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"Kan ikke lese {file.name}: {error}. Rett fila, eller flytt den bort.") from error
    unknown = set(values) - set(_IN_FILE)
    if unknown:
        known = ", ".join(_IN_FILE)
        raise SettingsError(f"Ukjent innstilling i {file.name}: {', '.join(sorted(unknown))}. Kjente: {known}.")
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


def _port(value: object, where: str) -> int:
    try:
        port = int(str(value))
    except ValueError:
        port = -1
    if not 0 <= port <= 65535:
        raise SettingsError(f"Porten i {where} må være et tall fra 0 til 65535, ikke «{value}».")
    return port
