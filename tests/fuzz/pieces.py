"""Pieces of broken input: what readers of numbers, dates, names and addresses stumble over, and sentences about the subject."""

import json
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ODD = (
    "", " ", "0", "-1", "00000", "2²", "²", "٣", "9" * 5000, "1e309", "nan", "2099-02-31", "0000-00-00", "0001-01-01", "9999-12-31",
    "99999-01-01", "2010-01-01 – 9999-12-31", "31 feb 2010", "1 jan 0000", "31 des 9999", "(i kraft 1 jan 9999)", "året 0000", "inntektsåret 9999",
    "opphevet 0001-01-01", "Endret ved lov 1 jan 2010 nr. 1 (ikr. 1 jan 2011, iflg.", "(Opphevet)", "§", "§§ 1 til 3", "§ 2 A-1", "§18-10a",
    "§1-1-1-1-1", "kap1", "gdpr/a6", "../..", "a/b~2", "~", "~2", "ledd/1", "i", "ii", "xviii", "æ", "ß", "ﬁ", "İ", "\u00a0", "\u00ad", "\u200b",
    "\u202e", "\ufeff", "\ufffd", "𝟛", "\U0001f600", "Ã¦Ã¸Ã¥", "√¶", "|", "|||", "a | b", "(", "((((", "))))", "%s", "{0}", "\\", "\\1",
    "Til § 5", "Kommentarer til § 9-9", "no", "nn", "se-SE", "A" * 3000, "x " * 3000, "jf. § 1 " * 400, "<b>", "]]>", "&amp;", "&#xD800;",
)  # fmt: skip
SIGNS = (
    "§", "§§", "§ 3-3", "§ 2 A-6", "§18-10a", "§ 13-2 e", "1-1-3", "8 cb", "10-30", "3.3", "3,5", "10 000", "2005-06-17-62", "aml", "olm", "IK",
    "arbeidsmiljøloven", "arbeidsmiljølovens", "internkontrollforskriften", "ferieloven", "bil", "BIL", "lov/2005-06-17-62",
    "forskrift/2011-12-06-1355", "/§3-3", "/ledd/1", "/bokstav/a", "/ledd/", "//", "første", "annet", "tolvte", "0.", "99.", "999", "ledd",
    "ledd 2", "bokstav", "bokstav a", "bokstav aa", "litra", "nr.", "nr. 3.3.2", "punkt", "pkt.", "strekpunkt 2", "rad 2", "næringskode 96.21",
    "(2)", "(forekomst 2)", "~2", "kap.", "kapittel 2 A", "paragraf", "paragrafen", "section", "subsection", "og", "til", "eller", "i", "etter",
    "jf.", ",", ";", ".", ":", "?", "-", "–", "\u2011", "\n", "\t", "\u00a0", "K", "ſ", "²", "٣", "IV", "x", "İK", "førſte", "ſeks ansatte", "tı",
)  # fmt: skip


@cache
def sentences() -> tuple[str, ...]:
    """Return the questions of the datasets and the invented sentences of the tests, and their words."""
    files = sorted((ROOT / "eval" / "datasets").glob("*.jsonl"))
    rows = [row for path in files for row in path.read_text(encoding="utf-8").splitlines() if row.strip()]
    texts = [str(json.loads(row)["question"]) for row in rows]
    lists = tomllib.loads((ROOT / "tests" / "data" / "own" / "setninger.toml").read_text(encoding="utf-8"))
    texts += [row if isinstance(row, str) else row[0] for found in lists.values() for row in found]
    return (*texts, *sorted({word for text in texts for word in text.split()}))
