"""Settings, read once by an entry point and passed on. Nothing here reads the environment at import."""

import os
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import platformdirs

from assistant import setting_values as values
from assistant.errors import SettingsError
from assistant.nynorsk.language import Language
from assistant.secret import Secret

APP_NAME = "bht-assistenten"
# Field, and how it is read. The variable is BHT_ and the field's name; in bht.toml those of the model stand below [llm].
SETTING_READERS: dict[str, Callable[[object, str], object]] = {
    "host": values.read_text,
    "port": values.read_port,
    "online": values.read_switch,
    "llm_url": values.read_model_url,
    "llm_model": values.read_text,
    "llm_key": values.read_key,
    "llm_first_seconds": values.read_seconds,
    "llm_total_seconds": values.read_seconds,
    "llm_max_tokens": values.read_tokens,
    "api_token": values.read_token,
    "api_rate": values.read_rate,
    "api_log": values.read_switch,
    "page_rate": values.read_rate,
    "user_header": values.read_header,
    "admin": values.read_switch,
    "language": values.read_language,
}
_MODEL = "llm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where state lies, how the page is served, and whom it may ask.

    `home` holds the index and the fetched and own documents; `cache` holds vectors by text and may be deleted at any time.
    `online` says that a company whose number the user gives may be looked up in Enhetsregisteret. There is no language
    model without `llm_url`. `api_token` is what other programs must show, None lets all in; `api_rate` is requests a minute for
    each of them, 0 any number; `page_rate` is the same for what a user does on the page. `api_log` writes a line for each, without what was asked. `user_header` is the header in
    which a proxy on this machine says who has logged in there, None when there is no such proxy. `admin` lets those who
    use the page change the sources. `language` is what the page is written in for who has not chosen.
    """

    home: Path
    cache: Path
    host: str = "127.0.0.1"
    port: int = 7860
    online: bool = False
    llm_url: str = ""
    llm_model: str = ""
    llm_key: Secret = field(default_factory=Secret, repr=False)
    llm_first_seconds: float = 10.0
    llm_total_seconds: float = 60.0
    llm_max_tokens: int = 900
    api_token: str | None = field(default=None, repr=False)
    api_rate: int = 120
    api_log: bool = False
    page_rate: int = 300
    user_header: str | None = None
    admin: bool = False
    language: Language = Language.BOKMAAL

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

    @property
    def upload_folder(self) -> Path:
        """Where a document lies while it is being added on the page."""
        return self.home / "uploads"


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
    found: dict[str, Any] = {}
    for file in ((folder or Path.cwd()) / "bht.toml", settings.home / "bht.toml"):
        if file.is_file():
            found |= {name: SETTING_READERS[name](value, where) for name, value, where in _read_file(file)}
            break
    for name, read in SETTING_READERS.items():
        if value := environ.get(variable_of(name)):
            found[name] = read(value, variable_of(name))
    return replace(settings, **found)


def variable_of(name: str) -> str:
    """Return the environment variable of a setting."""
    return f"BHT_{name.upper()}"


def _read_file(file: Path) -> Iterator[tuple[str, object, str]]:
    """Yield field, value and where it stands of each setting in the file."""
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"Kan ikke lese {file.name}: {error}. Rett fila, eller flytt den bort.") from error
    model = table.pop(_MODEL, {})
    if not isinstance(model, dict):
        raise SettingsError(f"llm i {file.name} må være en del for seg: [llm] på en egen linje, og så url og model.")
    known = {name for name in SETTING_READERS if not name.startswith(f"{_MODEL}_")}
    _refuse_unknown(table, {*known, _MODEL}, file.name)
    _refuse_unknown(
        model, {n.removeprefix(f"{_MODEL}_") for n in SETTING_READERS if n not in known}, f"[llm] i {file.name}"
    )
    yield from ((name, value, f"{name} i {file.name}") for name, value in table.items())
    yield from ((f"{_MODEL}_{name}", value, f"{name} i [llm] i {file.name}") for name, value in model.items())


def _refuse_unknown(given: Mapping[str, object], known: set[str], where: str) -> None:
    if unknown := set(given) - known:
        raise SettingsError(
            f"Ukjent innstilling i {where}: {', '.join(sorted(unknown))}. Kjente: {', '.join(sorted(known))}."
        )
