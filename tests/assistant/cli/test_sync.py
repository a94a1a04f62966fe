"""`bht corpus sync`: against a server on loopback, and what is told when it does not go well."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant import texts
from corpus.act_names import acts_by_id
from corpus.lovdata.client import LovdataClient
from corpus.store import StoreReader, open_writer
from tests.assistant.cli.run import Shell, assert_one_line
from tests.corpus.lovdata.archives import LAWS, REGULATIONS, make_act, pack_acts
from tests.corpus.lovdata.server import GET, FakeLovdata, Fault, serving

# Ids that sources.toml has; what they say here is invented.
ACT, RULES, UNWANTED = "lov/2005-06-17-62", "forskrift/1996-12-06-1127", "lov/2099-01-02-1"
SECTION = f"{ACT}/§3-3"
FIRST, SECOND = date(2025, 11, 8), date(2026, 3, 1)
ACTS = {
    ACT: make_act(ACT, {"3-3": "Kjelen skal være hel.", "3-4": "Te er ikke kaffe."}),
    RULES: make_act(RULES, {"1": "Vannet skal koke."}),
    UNWANTED: make_act(UNWANTED, {"1": "Kopper skal ha hank."}),
}
AMENDED = 'Endret ved <a href="lov/2025-12-19-99">lov 19 des 2025 nr. 99</a> (i kraft 1 jan 2026).'
CHANGED = ACTS | {ACT: make_act(ACT, {"3-3": "Kjelen skal være blank.", "3-4": "Te er ikke kaffe."}, s3_3=AMENDED)}


@pytest.fixture
def server() -> Iterator[FakeLovdata]:
    with serving() as fake:
        fake.archives, fake.modified = pack_acts(ACTS), f"{FIRST}T01:31:59Z"
        yield fake


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try again at once."""
    monkeypatch.setitem(LovdataClient.__init__.__kwdefaults__ or {}, "sleep", lambda seconds: None)


def renew(server: FakeLovdata) -> None:
    """Put newer archives on the server."""
    server.archives, server.modified = pack_acts(CHANGED), f"{SECOND}T01:31:59Z"


def stored(home: Path) -> set[str]:
    with StoreReader(home / "corpus.sqlite") as reader:
        return set(reader.documents)


def sync(shell: Shell, server: FakeLovdata, *arguments: str, code: int = 0) -> str:
    run = shell("corpus", "sync", "--url", server.url, "--no-index", *arguments)
    assert (run.code, run.err) == (code, "")
    return run.out


def test_the_official_text_is_fetched_and_told_about(shell: Shell, server: FakeLovdata) -> None:
    out = sync(shell, server)
    assert f"Tekst per {FIRST}: 2 nye, 0 endrede og 0 uendrede dokumenter, 3 paragrafer" in out
    assert out.splitlines()[-1] == texts.ATTRIBUTION
    assert "Fantes ikke i arkivene: " in out
    assert stored(shell.home) == {ACT, RULES}
    assert {path.name.removesuffix(".version") for path in (shell.home / "lovdata").iterdir()} == {LAWS, REGULATIONS}
    assert not (shell.home / "index").exists()


def test_a_second_sync_says_that_nothing_was_transferred(shell: Shell, server: FakeLovdata) -> None:
    sync(shell, server)
    server.requests.clear()
    out = sync(shell, server)
    assert f"Ingenting er nytt hos Lovdata: tekstene er per {FIRST}. Ingenting ble overført." in out
    assert [path for path, _ in server.requests if path.startswith(GET)] == []


def test_the_report_as_json_counts_everything(shell: Shell, server: FakeLovdata) -> None:
    shell("corpus", "sync", "--url", server.url, "--no-index")
    renew(server)
    row = shell("corpus", "sync", "--url", server.url, "--no-index", "--json").json
    counts = {key: row[key] for key in ("text_date", "new", "changed", "unchanged", "changed_provisions")}
    assert counts == {"text_date": f"{SECOND}", "new": 0, "changed": 1, "unchanged": 1, "changed_provisions": 1}
    assert row["downloaded_bytes"] == sum(map(len, server.archives.values()))
    assert (row["withdrawn"], row["failed"]) == ([], {})
    assert set(row["missing"]) == set(acts_by_id()) - {ACT, RULES}
    assert row["seconds"] >= 0
    assert 10 < row["peak_memory_mb"] < 100_000
    assert "index" not in row


def test_what_was_changed_is_pointed_to(shell: Shell, server: FakeLovdata) -> None:
    sync(shell, server)
    renew(server)
    out = sync(shell, server)
    assert "1 paragrafer er endret siden sist. Se hvilke: bht corpus changes" in out


def test_what_is_withdrawn_is_named(shell: Shell, server: FakeLovdata) -> None:
    sync(shell, server)
    server.archives, server.modified = pack_acts({ACT: ACTS[ACT]}), f"{SECOND}T01:31:59Z"
    assert "Ikke lenger i arkivet, og regnet som opphevet: internkontrollforskriften" in sync(shell, server)
    assert f"internkontrollforskriften: 1 paragrafer, tekst per {FIRST}, ikke lenger i arkivet fra {SECOND}" in (
        shell("corpus", "list").out
    )


def test_all_takes_every_act(shell: Shell, server: FakeLovdata) -> None:
    row = shell("corpus", "sync", "--url", server.url, "--no-index", "--all", "--json").json
    assert (row["new"], row["missing"]) == (5, [])
    assert UNWANTED in stored(shell.home)


def test_a_document_that_cannot_be_read_is_named_and_the_rest_is_stored(shell: Shell, server: FakeLovdata) -> None:
    server.archives = pack_acts(ACTS | {ACT: b"<html>"})
    assert "Ikke lest: nl/nl-20050617-062.xml: " in sync(shell, server, code=1)
    assert stored(shell.home) == {RULES}


def test_what_is_fetched_is_listed_and_shown_beside_ours(shell: Shell, server: FakeLovdata) -> None:
    sync(shell, server)
    renew(server)
    sync(shell, server)
    assert f"arbeidsmiljøloven: 2 paragrafer, tekst per {SECOND}" in shell("corpus", "list").out
    out = shell("corpus", "show", "aml § 3-3").out
    assert all(part in out for part in ("Kjelen skal være blank.", texts.ATTRIBUTION, f"tekst per {SECOND}"))
    assert "gjelder fra 2026-01-01, sist endret ved lov/2025-12-19-99" in out
    assert out.index("blank") < out.index("Tidligere ordlyd, til 2026-03-01:\nKjelen skal være hel.")
    row = shell("corpus", "show", "aml § 3-3", "--json").json
    assert [text["kind"] for text in row["texts"]] == ["lovtekst", "gjengivelse"]
    assert row["texts"][0]["text"] == "Kjelen skal være blank."
    assert [(change["until"], change["text"]) for change in row["changes"]] == [(f"{SECOND}", "Kjelen skal være hel.")]


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/", "lovdata", "https://", "http://te:te@127.0.0.1/", ""])
def test_an_address_that_is_none_is_one_line_with_a_remedy(shell: Shell, url: str) -> None:
    assert "--url" in assert_one_line(shell("corpus", "sync", "--url", url), 1)
    assert not (shell.home / "corpus.sqlite").exists()


def test_a_server_that_does_not_answer_is_one_line_with_a_remedy(shell: Shell) -> None:
    with serving() as gone:
        url = gone.url
    assert "Kontroller nettforbindelsen" in assert_one_line(shell("corpus", "sync", "--url", url), 1)


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault(body=b"<html>Te</html>", headers=(("Content-Type", "text/html"),)), id="a page"),
        pytest.param(Fault(body=b'{"te": 1}'), id="other JSON"),
        pytest.param(Fault(status=404), id="not found"),
        pytest.param(Fault(status=302, headers=(("Location", "http://127.0.0.1:1/"),)), id="a redirect"),
    ],
)
def test_a_server_of_something_else_is_one_line_with_a_remedy(shell: Shell, server: FakeLovdata, fault: Fault) -> None:
    server.faults.append(fault)
    assert "Kontroller adressen i --url" in assert_one_line(shell("corpus", "sync", "--url", server.url), 1)
    assert not (shell.home / "corpus.sqlite").exists()


def test_a_damaged_archive_is_one_line_and_leaves_what_was_stored(shell: Shell, server: FakeLovdata) -> None:
    sync(shell, server)
    renew(server)
    server.archives[LAWS] = server.archives[LAWS][:-40]
    line = assert_one_line(shell("corpus", "sync", "--url", server.url, "--no-index"), 1)
    assert LAWS in line
    assert "Kjelen skal være hel." in shell("corpus", "show", "aml § 3-3").out


def test_a_second_sync_at_the_same_time_is_one_line(shell: Shell, server: FakeLovdata) -> None:
    sync(shell, server)
    renew(server)
    with open_writer(shell.home / "corpus.sqlite"):
        line = assert_one_line(shell("corpus", "sync", "--url", server.url, "--no-index"), 1)
    assert "Vent til det er ferdig, og prøv igjen." in line
