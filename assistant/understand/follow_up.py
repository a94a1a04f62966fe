"""A follow-up made to stand alone, from the questions before it."""

import re
from collections.abc import Sequence

from assistant import texts
from assistant.answer import Turn
from assistant.duty.industry import find_industries
from assistant.understand.company import read_employees
from corpus.glossary import Glossary, Term
from index.text import content_words

_SWAP = re.compile(
    r"^\W*(?:(?:og|men|så|jaha|ok|and|but)\s+)*(?:hva|kva|what|enn)\s+(?:med|about|så\s+med)\s+(?P<rest>.+?)\s*(?:da|så|then)?\W*$|"
    r"^\W*(?:og|enn|and)\s+(?P<short>[\wæøå§ .-]{2,40}?)\s*(?:da|så|då)?\s*\?*\W*$",
    re.IGNORECASE,
)
_ANAPHORA = re.compile(
    r"^\W*(?:og|men|så|hvorfor|kvifor|why|and|but)\b|\b(?:det|den|de|dei|dette|disse|desse|da|då|han|hun|ho|vervet|møtet|planen|fristen|kurset|avtalen|rapporten|"
    r"grensen|grensa|regelen|kravet|plikten|plikta|it|that|they|those|this|then)\b",
    re.IGNORECASE,
)
_THAT_THING = re.compile(r"\b(?:det|den|dette|denne|dei|de|disse)\s+(?P<noun>[a-zæøå]{4,})\b", re.IGNORECASE)
_OWN_SUBJECT = 4
# Facts about the company, not subjects: a turn that names only these goes on with the question before it.
_BACKGROUND = frozenset({"arbeidsgiver", "arbeidstaker", "ansatt", "virksomhet", "leder", "plikt"})


def rewrite(asked: str, history: Sequence[Turn], glossary: Glossary) -> str:
    """Return the question in words that stand without the talk.

    Args:
        asked: The latest message.
        history: The turns before it, oldest first.
        glossary: To see which subject a message has.
    """
    earlier = [turn.content for turn in history if turn.role == "user"]
    if not earlier:
        return asked
    previous = _last_question(earlier, glossary)
    if previous.strip().lower() == asked.strip().lower():
        return asked
    if _was_asked_back(history) and _is_reply(asked, glossary):
        return f"{previous.rstrip(' ?.!')}? {asked}"
    subjects = _subjects(asked, glossary)
    if match := _SWAP.match(asked):
        swapped = _swap_subject(previous, match["rest"] or match["short"], glossary)
        if swapped:
            return swapped
    if named := _name_what_is_meant(asked, previous, glossary):
        return named
    words = content_words(asked)
    leans = bool(_ANAPHORA.search(asked)) and (len(words) <= _OWN_SUBJECT or not subjects)
    if leans or not words or (not subjects and len(words) <= 2):
        return f"{previous.rstrip(' ?.!')}? {asked}"
    return asked


def _name_what_is_meant(asked: str, previous: str, glossary: Glossary) -> str | None:
    """Return the message with "det møtet" replaced by the "dialogmøte" that was spoken of; None when nothing fits."""
    for match in _THAT_THING.finditer(asked):
        noun = re.sub(r"(?:et|en|a|ene|ane)$", "", match["noun"].lower())
        for term in _subjects(previous, glossary) if len(noun) > 2 else ():
            if any(form.endswith(noun) and form != noun for form in (term.term, *term.forms)):
                return f"{asked[: match.start()]}{term.term}{asked[match.end() :]}"
    return None


def _last_question(earlier: Sequence[str], glossary: Glossary) -> str:
    """Return the latest earlier message that has a subject, made to stand alone by the ones before it."""
    for position in range(len(earlier) - 1, -1, -1):
        if _subjects(earlier[position], glossary):
            return earlier[position]
    return earlier[-1]


def _subjects(text: str, glossary: Glossary) -> list[Term]:
    return [term for term in glossary.find(text) if term.term not in _BACKGROUND]


def _was_asked_back(history: Sequence[Turn]) -> bool:
    last = next((turn.content for turn in reversed(history) if turn.role == "assistant"), "")
    return any(question in last for question in texts.QUESTIONS_BACK) or last.rstrip(" *").endswith("?")


def _is_reply(asked: str, glossary: Glossary) -> bool:
    """Return whether the message answers a question about the company rather than asking a new one."""
    if "?" in asked and _subjects(asked, glossary):
        return False
    return (
        bool(find_industries(asked)) or read_employees(asked) is not None or len(content_words(asked)) <= _OWN_SUBJECT
    )


def _swap_subject(previous: str, subject: str, glossary: Glossary) -> str | None:
    """Return the earlier question with its subject replaced: "når må vi ha verneombud" + "AMU"."""
    new = _subjects(subject, glossary)
    if not new:
        return None
    forms = [form for term in _subjects(previous, glossary) for form in (term.term, *term.abbreviations, *term.forms)]
    for form in sorted(forms, key=len, reverse=True):
        pattern = re.compile(rf"(?<![\wæøå]){re.escape(form)}(?:et|en|a|ene)?(?![\wæøå])", re.IGNORECASE)
        if pattern.search(previous):
            return pattern.sub(subject.strip(" ?"), previous, count=1)
    return None
