"""The words in nynorsk: all that is said has some, and none is left that nothing says."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from assistant.nynorsk.translate import SLOT, WORDS, read_words
from assistant.page.texts import GRADIO_PHRASES
from corpus.risks import read_risks

ROOT = Path(__file__).parents[3] / "assistant"
# Where all is said to those who use the page.
OF_THE_PAGE = ("page/texts.py", "page/tabs/texts.py", "page/tabs/corpus_texts.py", "page/tabs/administer_texts.py")
OF_THE_ANSWERS = tuple(f"texts/{name}.py" for name in ("absence", "documents", "duties", "model", "sources", "talk"))
# Whose sentences the page shows among others, most of them of what could not be used.
OF_THE_TOOLS = (
    "understand/question.py", "duty/industry.py", "duty/report.py", "tools/absence.py", "tools/duties_workplace.py",
    "verify/text.py", "register/number.py", "register/client.py", "llm/reasons.py", "page/tabs/bar.py",
)  # fmt: skip
# Names of fields and files, figures, and what only a terminal shows.
NOT_SAID = re.compile(r"[a-z_]*|veiledning/[a-z-]+|[\d#–,. \n{}]*|nr\.|\s*")
OF_TERMINALS = (
    "REPORT_", "DRAFT_INTRO", "HOW_TO_SYNC", "LEFTOVERS", "DUTIES_HEAD", "DUTIES_NONE", "DUTIES_COUNTED", "DUTIES_FOOT",
    "DOCUMENT_POINT", "DUTY_OUTCOMES", "FEEDBACK_REASONS",
)  # fmt: skip
# What the program puts together of pieces: counts of findings, and the lines of a sum.
PUT_TOGETHER = {
    "{} støttet", "{} motsagt", "{} ikke funnet", ", lavest", ", høyest", "Nå{}: {} ansatte × {} arbeidsdager × {}",
    "Ved {} %{}: {} ansatte × {} arbeidsdager × {}", "Spart{}: {} ansatte × {} arbeidsdager × {}",
}  # fmt: skip
# Bokmål words that are not nynorsk.
BOKMAAL = re.compile(
    r"\b(?:ikke|hvordan|hvorfor|hvilke[nt]?|jeg|noen?|noe|hva|hvem|hvor|hvis|fra|en|et|ett|én|kilde\w*|virksomhet\w*|ansatt\w*|dere|"
    r"deres|skrevet|lagret|bare|hele|mer|mye|samme|ennå|siden|hver\w*|uten|gjelder|kommer|står for|tjeneste\w*|arbeidsgiver\w*|"
    r"arbeidstaker\w*|være|gjøre|spørre|finnes|brukes|lagres|slettes|sendes|velges|kalles|opplysninger|regler|reglene|lovens?|"
    r"avgjøre?|avgjør|følger|selv|sammen|begynner du|sykefravær\w*|sykmeldt|fravær\w*|uker|påstander|svarene|setninger|tegn|nå det)\b",
    re.IGNORECASE,
)


def say_slots(node: ast.expr) -> str | None:
    """Return a text with its slots as {}, None for what is no text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return SLOT.sub("{}", node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in node.values)
    return None


def read_texts(module: str) -> Iterator[tuple[str, str]]:
    """Yield the texts of a module, each with what it is assigned to."""
    tree = ast.parse((ROOT / module).read_text(encoding="utf-8"))
    for top in tree.body:
        names = [ast.unparse(target) for target in top.targets] if isinstance(top, ast.Assign) else [""]
        inner = {
            v for n in ast.walk(top) if isinstance(n, ast.JoinedStr) for value in n.values for v in ast.walk(value)
        }
        docs = {n.value for n in ast.walk(top) if isinstance(n, ast.Expr)}
        for node in ast.walk(top):
            if isinstance(node, ast.expr) and node not in inner | docs and (text := say_slots(node)):
                # " og 213 veiledninger" is put into a sentence: the joint is no part of it.
                yield names[0], re.sub(r"(?:\{\})+", "{}", text).removeprefix(" og ").removeprefix(", ")


@cache
def known() -> frozenset[str]:
    return frozenset(SLOT.sub("{}", b) for b in tomllib.loads(WORDS.read_text(encoding="utf-8")))


@pytest.mark.parametrize("module", OF_THE_PAGE + OF_THE_ANSWERS)
def test_every_text_has_its_nynorsk(module: str) -> None:
    """Whoever writes a new one is told which sentence is missing in words.toml"""
    missing = [
        text
        for name, text in read_texts(module)
        if text not in known() | set(GRADIO_PHRASES)
        and not NOT_SAID.fullmatch(text)
        and not name.startswith(OF_TERMINALS)
    ]
    assert missing == []


def test_a_sentence_has_the_same_slots_in_both() -> None:
    """Nothing that is put in gets lost, and nothing is put in that is not there"""
    words = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    assert [b for b, n in words.items() if sorted(set(SLOT.findall(b))) != sorted(set(SLOT.findall(n)))] == []


def test_no_bokmaal_is_left_in_the_nynorsk() -> None:
    """Words that only bokmål has do not stand on the right-hand side"""
    words = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    assert {n: found for n in words.values() if (found := BOKMAAL.findall(n))} == {}


def test_no_words_are_kept_for_what_nothing_says() -> None:
    """A sentence that is changed in the program is changed here too"""
    said = {text for module in OF_THE_PAGE + OF_THE_ANSWERS + OF_THE_TOOLS for _, text in read_texts(module)}
    said |= {text for risk in read_risks() for text in (risk.question, risk.name)}
    assert known() - said - PUT_TOGETHER == set()


def test_the_words_are_read_once() -> None:
    """Reading them takes longer than using them"""
    assert read_words() is read_words()
