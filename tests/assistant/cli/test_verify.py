"""`bht verify`, and `bht ask` with a language model."""

from pathlib import Path

import pytest

from assistant.dialogue import Assistant
from assistant.llm import load_language_model
from tests.assistant.cli.run import Shell, assert_one_line
from tests.assistant.generate.players import honest, liar
from tests.assistant.llm.conftest import make_settings
from tests.assistant.llm.server import serving
from tests.assistant.test_answer import KEYS

WRONG = "Alle bedrifter med over 20 ansatte må ha BHT."
QUESTION = "Må vi ha BHT? Vi er en frisørsalong med 4 ansatte."


@pytest.fixture
def found(shell: Shell, bare: Assistant, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A shell whose commands find an assistant open that answers by rules alone."""
    monkeypatch.setattr(Assistant, "open", lambda *_: bare)
    return shell


def test_the_claims_of_a_text_are_shown_with_the_rule(found: Shell) -> None:
    run = found("verify", f"{WRONG} Hva mener du?")
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith(f"Motsagt: {WRONG}")
    assert "arbeidsmiljøloven § 3-3" in run.out
    assert "0 støttet, 1 motsagt, 0 ikke funnet." in run.out


def test_a_file_is_checked_as_json(found: Shell) -> None:
    Path("svar.txt").write_text(f"\ufeff{WRONG}", encoding="utf-8")
    run = found("verify", "svar.txt", "--json")
    assert run.json["counts"] == {"supported": 0, "contradicted": 1, "not_found": 0}
    (claim,) = run.json["claims"]
    assert claim["claim"] == WRONG
    assert claim["citations"][0]["quote"]


def test_a_text_without_claims_is_told_so(found: Shell) -> None:
    assert "ingen påstander" in found("verify", "Hei på deg?").out


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"\xff\xfe\x00\xd8", "ikke ren tekst"), (b"a" * 300_000, "for stor"), (("ord " * 6000).encode(), "grensen er")],
    ids=["not text", "too large", "too long"],
)
def test_what_cannot_be_checked_ends_with_one_line(found: Shell, content: bytes, said: str) -> None:
    Path("svar.txt").write_bytes(content)
    run = found("verify", "svar.txt")
    assert said in assert_one_line(run, 2)


def test_a_model_that_is_not_set_up_is_asked_for_in_one_line(found: Shell) -> None:
    run = found("ask", QUESTION, "--engine", "llm")
    assert "BHT_LLM_URL" in assert_one_line(run, 2)


@pytest.mark.parametrize("script", [honest, liar("negation")], ids=["honest", "liar"])
def test_an_answer_by_a_model_keeps_the_contract(
    found: Shell, bare: Assistant, monkeypatch: pytest.MonkeyPatch, script: object
) -> None:
    with serving("llamacpp") as server:
        server.play(script)  # type: ignore[arg-type]
        model = load_language_model(make_settings(server.url, llm_max_tokens=900))
        assert model is not None
        monkeypatch.setattr(Assistant, "open", lambda *_: bare.writing_with(model))
        run, plain = found("ask", QUESTION, "--engine", "llm", "--json"), found("ask", QUESTION, "--json")
    assert (run.code, list(run.json)) == (0, KEYS)
    assert (run.json["verdict"], run.json["outcome"]) == (plain.json["verdict"], plain.json["outcome"])
