"""Settings, read once by an entry point and passed on. Nothing here reads the environment at import."""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import platformdirs

from assistant.errors import SettingsError

APP_NAME = "bht-assistenten"
_API_KEYS = ("api_token", "api_rate", "api_log", "user_header")
_SWITCH = {"true": True, "1": True, "ja": True, "false": False, "0": False, "nei": False}
_LEAST_TOKEN = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where state lies and how the page is served.

    `home` holds the index and the fetched and own documents; `cache` holds vectors by text and may be deleted at any time.
    `api_token` is what other programs must show, None lets all in; `api_rate` is requests a minute for each of them, 0 any number;
    `api_log` writes a line for each, without what was asked. `user_header` is the header in which a proxy on this machine says who has
    logged in there, None when there is no such proxy.
    """

    home: Path
    cache: Path
    host: str = "127.0.0.1"
    port: int = 7860
    api_token: str | None = field(default=None, repr=False)
    api_rate: int = 120
    api_log: bool = False
    user_header: str | None = None

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
    def users(self) -> Path:
        """The file of those who may log in."""
        return self.home / "users.json"

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
    api = (
        environ.get("BHT_API_TOKEN"),
        environ.get("BHT_API_RATE"),
        environ.get("BHT_API_LOG"),
        environ.get("BHT_USER_HEADER"),
    )
    given = {key: value for key, value in zip(_API_KEYS, api, strict=True) if value}
    return _apply_api(settings, given, "miljøet (BHT_...)")


def _apply_file(settings: Settings, file: Path) -> Settings:
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"Kan ikke lese {file.name}: {error}. Rett fila, eller flytt den bort.") from error
    unknown = set(values) - {"host", "port", *_API_KEYS}
    if unknown:
        known = ", ".join(("host", "port", *_API_KEYS))
        raise SettingsError(f"Ukjent innstilling i {file.name}: {', '.join(sorted(unknown))}. Kjente: {known}.")
    host = values.get("host", settings.host)
    if not isinstance(host, str):
        raise SettingsError(f'host i {file.name} må stå i anførselstegn, for eksempel host = "127.0.0.1".')
    settings = replace(settings, host=host, port=_port(values.get("port", settings.port), file.name))
    return _apply_api(settings, values, file.name)


def _apply_api(settings: Settings, values: Mapping[str, object], where: str) -> Settings:
    token, rate = values.get("api_token", settings.api_token), str(values.get("api_rate", settings.api_rate))
    if token is not None and (not isinstance(token, str) or len(token) < _LEAST_TOKEN or not token.isascii()):
        raise SettingsError(
            f"api_token i {where} må være minst {_LEAST_TOKEN} tegn uten æ, ø og å. Lag en med: openssl rand -hex 32"
        )
    if not (rate.isascii() and rate.isdecimal()):
        raise SettingsError(f"api_rate i {where} må være et helt tall, 0 eller mer, ikke «{rate}».")
    log = _SWITCH.get(str(values.get("api_log", settings.api_log)).lower())
    if log is None:
        raise SettingsError(f"api_log i {where} må være true eller false.")
    header = values.get("user_header", settings.user_header)
    if header is not None and not (isinstance(header, str) and re.fullmatch(r"[A-Za-z0-9-]{1,64}", header)):
        raise SettingsError(f"user_header i {where} må være navnet på et felt, for eksempel X-Forwarded-User.")
    return replace(settings, api_token=token, api_rate=int(rate), api_log=log, user_header=header)


def _port(value: object, where: str) -> int:
    try:
        port = int(str(value))
    except ValueError:
        port = -1
    if not 0 <= port <= 65535:
        raise SettingsError(f"Porten i {where} må være et tall fra 0 til 65535, ikke «{value}».")
    return port
