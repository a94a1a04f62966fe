"""Wrong industry codes: said to be on the list of OLM § 13-1 and not on it, or of the standard that it no longer uses."""

import re

from corpus.address import Address, Portion
from corpus.conflicts.record import Conflict, ConflictKind, make_conflict
from corpus.conflicts.statements import NEGATION, Statement
from corpus.document import Document
from corpus.industry import TABLE_PROVISION, read_codes, read_successors, read_table
from corpus.library import Library

_CODE = re.compile(
    r"(?<![\d.,§/-])(?<!§ )(?<!kl )(?<!kl\. )\d{2}\.\d{1,3}(?![\d/-]|[.,]\d|\s*(?:kr|kroner|prosent|%|db|mg|m\b|kg|g\b))"
)
_ABOUT_CODES = re.compile(r"\b(?:\w*kode(?:n|r|ne)?|nace\w*|sn ?20\d\d|næring\w*|bransjelist\w*)\b")
_ABOUT_LIST = re.compile(r"\bbht\b|bht-|bedriftshels|bransjelist|bransjeforskrift|§ ?13-1\b")
_CLAIMS = re.compile(
    r"\b(?:må|skal|\w*plikt\w*|pålagt|lovpålagt|påbudt|krav\w*|krev\w*|list\w*|bransjelist\w*|omfatt\w*|obligatorisk|13-1|tabell\w*)\b"
)
_DECIDES = (Address("forskrift/2011-12-06-1355", "13-1", Portion((("ledd", "2"),))), Address("lov/2005-06-17-62", "3-3", Portion((("ledd", "1"),))))  # fmt: skip


def find_codes(statement: Statement, document: Document, library: Library) -> list[Conflict]:
    """Return the conflict of the codes that the statement puts on the list of § 13-1."""
    folded = statement.folded
    if not statement.is_current or NEGATION.search(folded) or not _CODE.search(folded):
        return []
    above = " ".join(statement.context)
    is_claim = _CLAIMS.search(folded) or (statement.is_row and _CLAIMS.search(above))
    if not (is_claim and _ABOUT_CODES.search(f"{folded} {above}") and _ABOUT_LIST.search(f"{folded} {above}")):
        return []
    rules = [rule for code in dict.fromkeys(_CODE.findall(folded)) if (rule := _what_is_wrong(code))]
    if not rules or TABLE_PROVISION not in library.known:
        return []
    return [make_conflict(ConflictKind.CODE, statement, " ".join(rules[:3]), _DECIDES, document, library)]


def _is_listed(code: str) -> bool:
    """Return whether a row of the table covers the code, or lies within it."""
    return any(row.covers(code) or row.code.startswith(code) for row in read_table())


def _what_is_wrong(code: str) -> str:
    """Return what is wrong with a code said to be on the list, "" when nothing is, or when nobody knows the code."""
    if _is_listed(code):
        return ""
    successors = read_successors().get(code, ())
    listed = [s for s in successors if _is_listed(s)]
    if listed:
        return f"Koden {code} er fra den gamle standarden SN2007. Lista i OLM § 13-1 bruker SN2025, der koden er {_join(listed)}."
    if successors and code not in read_codes():
        return f"Koden {code} er fra den gamle standarden SN2007 og står ikke på lista i OLM § 13-1. Plikten kan likevel følge av risikoen."
    if code in read_codes():
        return f"Koden {code} står ikke på lista i OLM § 13-1. Plikten kan likevel følge av risikoen."
    return ""


def _join(codes: list[str]) -> str:
    return codes[0] if len(codes) == 1 else f"{', '.join(codes[:-1])} eller {codes[-1]}"
