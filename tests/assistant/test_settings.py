"""Settings: a default, the file, then the environment."""

from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.settings import Settings, load_settings


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """The folder the program is started in."""
    folder = tmp_path / "here"
    folder.mkdir()
    return folder


def write(folder: Path, text: str) -> None:
    (folder / "bht.toml").write_text(text, encoding="utf-8")


def test_the_page_is_served_on_this_machine_alone_by_default(home: Path, here: Path) -> None:
    settings = load_settings({"BHT_HOME": str(home)}, here)
    assert (settings.host, settings.port) == ("127.0.0.1", 7860)


def test_state_lies_in_the_users_own_folders_by_default(here: Path) -> None:
    settings = load_settings({}, here)
    assert settings.home.is_absolute()
    assert settings.cache.is_absolute()
    assert settings.home != settings.cache
    assert settings.index_folder.is_relative_to(settings.home)
    assert settings.store.parent == settings.home


def test_the_environment_says_where_state_lies(tmp_path: Path, here: Path) -> None:
    settings = load_settings({"BHT_HOME": str(tmp_path / "a"), "BHT_CACHE": str(tmp_path / "b")}, here)
    assert (settings.home, settings.cache) == (tmp_path / "a", tmp_path / "b")


def test_a_tilde_is_the_users_home(here: Path) -> None:
    settings = load_settings({"BHT_HOME": "~/bht", "BHT_CACHE": "~/cache"}, here)
    assert (settings.home, settings.cache) == (Path.home() / "bht", Path.home() / "cache")


def test_empty_variables_count_as_none(here: Path) -> None:
    assert load_settings({"BHT_HOME": "", "BHT_CACHE": "", "BHT_HOST": "", "BHT_PORT": ""}, here) == load_settings(
        {}, here
    )


def test_the_file_goes_before_the_default(home: Path, here: Path) -> None:
    write(here, 'host = "0.0.0.0"\nport = 8000\n')
    settings = load_settings({"BHT_HOME": str(home)}, here)
    assert (settings.host, settings.port) == ("0.0.0.0", 8000)


def test_the_environment_goes_before_the_file(home: Path, here: Path) -> None:
    write(here, 'host = "0.0.0.0"\nport = 8000\n')
    settings = load_settings({"BHT_HOME": str(home), "BHT_HOST": "::1", "BHT_PORT": "9000"}, here)
    assert (settings.host, settings.port) == ("::1", 9000)


def test_the_file_may_lie_in_the_home(home: Path, here: Path) -> None:
    write(home, "port = 8100\n")
    assert load_settings({"BHT_HOME": str(home)}, here).port == 8100


def test_the_file_in_the_folder_goes_before_the_one_in_the_home(home: Path, here: Path) -> None:
    write(home, "port = 8100\n")
    write(here, "port = 8200\n")
    assert load_settings({"BHT_HOME": str(home)}, here).port == 8200


def test_the_current_folder_is_where_the_file_is_looked_for(
    home: Path, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(here, "port = 8300\n")
    monkeypatch.chdir(here)
    assert load_settings({"BHT_HOME": str(home)}).port == 8300


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param("port = ", "bht.toml", id="not TOML"),
        pytest.param('farge = "rød"\n', "farge", id="unknown setting"),
        pytest.param('port = "sju"\n', "sju", id="a port in words"),
        pytest.param("port = 70000\n", "70000", id="a port too high"),
        pytest.param("port = -1\n", "-1", id="a port below zero"),
        pytest.param("port = true\n", "bht.toml", id="a truth value"),
        pytest.param("port = 80.5\n", "80.5", id="half a port"),
        pytest.param("host = 7\n", "bht.toml", id="a number for the host"),
    ],
)
def test_a_bad_file_is_refused_with_what_is_wrong(home: Path, here: Path, text: str, named: str) -> None:
    write(here, text)
    with pytest.raises(SettingsError) as error:
        load_settings({"BHT_HOME": str(home)}, here)
    assert named in str(error.value)


def test_a_file_that_is_no_text_is_refused(home: Path, here: Path) -> None:
    (here / "bht.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match=r"bht\.toml"):
        load_settings({"BHT_HOME": str(home)}, here)


@pytest.mark.parametrize("port", ["sju", "", " ", "65536", "-1", "80.5"])
def test_a_bad_port_in_the_environment_is_refused_unless_empty(home: Path, here: Path, port: str) -> None:
    environ = {"BHT_HOME": str(home), "BHT_PORT": port}
    if port:
        with pytest.raises(SettingsError, match="BHT_PORT"):
            load_settings(environ, here)
    else:
        assert load_settings(environ, here).port == 7860


def test_settings_cannot_be_changed() -> None:
    settings = Settings(home=Path("a"), cache=Path("b"))
    with pytest.raises(AttributeError):
        settings.port = 1  # type: ignore[misc]


# --- The language model --------------------------------------------------------------------------------------------------------

MODEL_FILE = '[llm]\nurl = "http://127.0.0.1:11434/v1"\nmodel = "fra-fil"\nkey = "sk-fil"\nfirst_seconds = 5\ntotal_seconds = 30.5\nmax_tokens = 400\n'


def test_there_is_no_language_model_by_default(home: Path, here: Path) -> None:
    settings = load_settings({"BHT_HOME": str(home)}, here)
    assert (settings.llm_url, settings.llm_model, bool(settings.llm_key)) == ("", "", False)
    assert (settings.llm_first_seconds, settings.llm_total_seconds, settings.llm_max_tokens) == (10, 60, 900)


def test_the_file_names_a_language_model(home: Path, here: Path) -> None:
    write(here, f"port = 8000\n{MODEL_FILE}")
    settings = load_settings({"BHT_HOME": str(home)}, here)
    assert (settings.port, settings.llm_url, settings.llm_model) == (8000, "http://127.0.0.1:11434/v1", "fra-fil")
    assert settings.llm_key.reveal() == "sk-fil"
    assert (settings.llm_first_seconds, settings.llm_total_seconds, settings.llm_max_tokens) == (5, 30.5, 400)


def test_the_environment_names_another(home: Path, here: Path) -> None:
    write(here, MODEL_FILE)
    named = {"URL": "https://api.example.com/v1", "MODEL": "fra-miljø", "KEY": " sk-miljo ", "FIRST_SECONDS": "2.5", "TOTAL_SECONDS": "9", "MAX_TOKENS": "7"}  # fmt: skip
    environ = {"BHT_HOME": str(home), **{f"BHT_LLM_{name}": value for name, value in named.items()}}
    settings = load_settings(environ, here)
    assert (settings.llm_url, settings.llm_model) == ("https://api.example.com/v1", "fra-miljø")
    assert settings.llm_key.reveal() == "sk-miljo"
    assert (settings.llm_first_seconds, settings.llm_total_seconds, settings.llm_max_tokens) == (2.5, 9, 7)
    kept = load_settings({name: "" if "LLM" in name else value for name, value in environ.items()}, here)
    assert kept.llm_model == "fra-fil"


@pytest.mark.parametrize(
    ("name", "value", "named"),
    [
        ("URL", "http://api.example.com/v1", "ukryptert"),
        ("URL", "ollama", "ikke en nettadresse"),
        ("MODEL", "a\nb", "BHT_LLM_MODEL"),
        ("FIRST_SECONDS", "0", "BHT_LLM_FIRST_SECONDS"),
        ("FIRST_SECONDS", "nan", "BHT_LLM_FIRST_SECONDS"),
        ("TOTAL_SECONDS", "inf", "BHT_LLM_TOTAL_SECONDS"),
        ("TOTAL_SECONDS", "ti", "«ti»"),
        ("MAX_TOKENS", "-1", "BHT_LLM_MAX_TOKENS"),
        ("MAX_TOKENS", "0.5", "helt tall"),
    ],
)
def test_a_bad_setting_of_the_model_is_refused_by_name(
    home: Path, here: Path, name: str, value: str, named: str
) -> None:
    with pytest.raises(SettingsError) as error:
        load_settings({"BHT_HOME": str(home), f"BHT_LLM_{name}": value}, here)
    assert named in str(error.value)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param('llm = "ja"\n', r"[llm]", id="no table"),
        pytest.param('[llm]\nadresse = "x"\n', "adresse", id="unknown"),
        pytest.param("[llm]\nurl = 7\n", "url i [llm] i bht.toml", id="a number for the address"),
        pytest.param("[llm]\nmax_tokens = true\n", "max_tokens i [llm]", id="a truth value"),
    ],
)
def test_a_bad_table_of_the_model_is_refused(home: Path, here: Path, text: str, named: str) -> None:
    write(here, text)
    with pytest.raises(SettingsError) as error:
        load_settings({"BHT_HOME": str(home)}, here)
    assert named in str(error.value)


@pytest.mark.parametrize("key", ["sk-hemmelig to", "sk-hemmelig\nX: y", "sk-hemmelig-æ"])
def test_a_bad_key_is_refused_and_never_repeated(home: Path, here: Path, key: str) -> None:
    with pytest.raises(SettingsError, match="BHT_LLM_KEY") as error:
        load_settings({"BHT_HOME": str(home), "BHT_LLM_KEY": key}, here)
    assert "hemmelig" not in f"{error.value} {error.value.__cause__}"


@pytest.mark.parametrize(
    ("line", "variable", "online"),
    [("", "", False), ("online = true", "", True), ("online = true", "0", False), ("", "1", True), ("", "ja", True)],
)
def test_companies_are_looked_up_only_where_the_user_says_so(
    home: Path, here: Path, line: str, variable: str, online: bool
) -> None:
    write(here, line)
    assert load_settings({"BHT_HOME": str(home), "BHT_ONLINE": variable}, here).online is online


def test_a_switch_that_is_neither_yes_nor_no_is_refused(home: Path, here: Path) -> None:
    with pytest.raises(SettingsError, match="BHT_ONLINE må være 1"):
        load_settings({"BHT_HOME": str(home), "BHT_ONLINE": "kanskje"}, here)


def test_the_api_is_open_on_this_machine_with_a_limit_by_default(home: Path, here: Path) -> None:
    settings = load_settings({"BHT_HOME": str(home)}, here)
    assert (settings.api_token, settings.api_rate, settings.api_log) == (None, 120, False)


def test_the_api_is_set_in_the_file_and_before_it_in_the_environment(home: Path, here: Path) -> None:
    """And the token never shows where settings are written out"""
    write(here, f'api_token = "{"a" * 32}"\napi_rate = 10\napi_log = true')
    settings = load_settings({"BHT_HOME": str(home), "BHT_API_RATE": "0", "BHT_API_LOG": "false"}, here)
    assert (settings.api_token, settings.api_rate, settings.api_log) == ("a" * 32, 0, False)
    assert "aaaa" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [("BHT_API_TOKEN", "kort"), ("BHT_API_TOKEN", "æ" * 20), ("BHT_API_RATE", "-1"), ("BHT_API_RATE", "mye"), ("BHT_API_LOG", "kanskje")],
)  # fmt: skip
def test_a_setting_of_the_api_that_cannot_be_used_is_named(home: Path, here: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name) as raised:
        load_settings({"BHT_HOME": str(home), name: value}, here)
    assert name != "BHT_API_TOKEN" or value not in str(raised.value)


@pytest.mark.parametrize(("value", "expected"), [("nn", "nn"), ("Nynorsk", "nn"), ("nb", "nb"), ("bokmål", "nb")])
def test_the_language_of_the_page_is_a_setting(value: str, expected: str, tmp_path: Path) -> None:
    """Its code or its name; bokmål when nothing is said"""
    home = {"BHT_HOME": str(tmp_path)}
    assert load_settings({**home, "BHT_LANGUAGE": value}, tmp_path).language == expected
    assert load_settings(home, tmp_path).language == "nb"


def test_a_language_that_the_page_does_not_have_is_told(tmp_path: Path) -> None:
    """The sentence says which there are"""
    with pytest.raises(SettingsError, match=r"BHT_LANGUAGE må være nb \(bokmål\) eller nn \(nynorsk\), ikke «en»"):
        load_settings({"BHT_HOME": str(tmp_path), "BHT_LANGUAGE": "en"}, tmp_path)
