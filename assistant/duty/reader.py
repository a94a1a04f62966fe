"""Reads what a company does from its own description: codes first, then the words of the lexicon and what the whole is like."""

import re
from dataclasses import dataclass, replace

from assistant.duty.check import DutyOutcome, check_duty, settles_condition
from assistant.duty.industry import Industry, find_industries, without_customers
from assistant.duty.likeness import Guess, Likeness, load_likeness
from index.embedding import Embedder, load_serving_embedder
from index.text import content_words

_ON_THE_LIST = frozenset({DutyOutcome.LISTED, DutyOutcome.LISTED_WITH_CONDITION})
_OFF_THE_LIST = frozenset({DutyOutcome.NOT_LISTED, DutyOutcome.OUTSIDE_THE_ACT})
# Between these two activities may stand.
_JOINTS = re.compile(r"\s*[;,/+.]\s+|\s+(?:og|å|samt|pluss|med|and|with|men)\s+(?:også\s+|au\s+|òg\s+)?", re.IGNORECASE)
# Two parts that differ are two activities when each is as sure as this.
_SURE_OF_PART = 0.97
# Each takes a vector of its own: a long story is not read to its end.
_MOST_PARTS = 6
# What is said of any company. Words are compared by their beginning.
_SAY_NOTHING = ("ansat", "tilset", "driv", "firma", "bedrift", "verksemd", "virksomhet", "selskap", "lite", "liten", "stor", "små", "employee", "company", "business", "jobb", "arbeid")  # fmt: skip
_STEM = 5
# Words that say the opposite are outweighed by this much.
_SURE_ALL_THE_SAME = 0.93
# With words and likeliest code of one mind, this much is enough.
_FAIR = 0.75
# So many codes of one mind, and rather more than a fair probability, are enough too.
_MANY, _RATHER_SURE = 4, 0.85
# What is less like any example describes no company. The development descriptions have .875 and more.
_LEAST_LIKE = 0.87
# A single word is like many others for its letters alone, unless it is the word of an example.
_LEAST_LIKE_ALONE = 0.95
_SAME = 0.985
_LONGEST_NAME = 60


@dataclass(frozen=True)
class IndustryReader:
    """Reads descriptions of companies. Without an embedder the lexicon alone is asked."""

    embedder: Embedder | None

    def read(self, text: str) -> tuple[Industry, ...]:
        """Return the industries that a description means, () when nothing in it is known.

        What is only like the codes comes back as one industry with those it is like, marked as a guess.

        Args:
            text: What the company does, in its own words.
        """
        named = find_industries(text)
        if (
            any(industry.code for industry in named)
            or self.embedder is None
            or not re.search(r"[a-zæøå]{3}", text.lower())
        ):
            return named
        if any(settles_condition(industry) for industry in named):
            return named
        if _is_ambiguous(named) and not _left(text, named):
            return named
        model = load_likeness()
        guess = self._guess(model, text, named)
        if guess.nearest < (_LEAST_LIKE if len(text.split()) > 1 else _LEAST_LIKE_ALONE):
            return named
        if several := self._activities(model, without_customers(text)):
            return several
        is_listed = guess.listed > 0.5
        is_sure = model.is_sure(guess) or _is_unanimous(guess, model)
        if not (_agrees(guess, named) or (is_sure and not _is_doubtful(text, guess, named))):
            return named if named and _state(named) == 0 else (_as_guess(text, guess.codes),)
        agreeing = tuple(i for i in named if _state((i,)) == (1 if is_listed else -1))
        if agreeing:
            return agreeing
        kept = [code for code in guess.codes if (_state((Industry(name=code, codes=(code,)),)) > 0) is is_listed]
        return (_as_guess(text, tuple(kept[:1]) or guess.codes),)

    def contradicts(self, text: str, named: tuple[Industry, ...]) -> bool:
        """Return whether a description as a whole points to the other side of the list than industries named in it.

        Args:
            text: What the company does, in its own words.
            named: What words of it name.
        """
        if self.embedder is None or not _state(named):
            return False
        listed = self._guess(load_likeness(), text, ()).listed
        return (1 - listed if _state(named) > 0 else listed) >= _FAIR

    def _guess(self, model: Likeness, text: str, named: tuple[Industry, ...]) -> Guess:
        assert self.embedder is not None
        whole = model.judge(self.embedder.embed_query(text), float(_state(named)))
        own = without_customers(text)
        if own == text:
            return whole
        guess = model.judge(self.embedder.embed_query(own), float(_state(named)))
        # Whether it is the customers who are on the list, or the company, is for the user to say.
        return guess if (guess.listed > 0.5) == (whole.listed > 0.5) else replace(guess, listed=0.5)

    def _activities(self, model: Likeness, text: str) -> tuple[Industry, ...]:
        """Return the activities of a description that joins some of which only a part is on the list, else ()."""
        parts = [part for part in _JOINTS.split(text) if len(part.split()) >= 2 or find_industries(part)]
        if len(parts) < 2:
            return ()
        found = []
        for part in parts[:_MOST_PARTS]:
            guess = self._guess(model, part, find_industries(part))
            if max(guess.listed, 1 - guess.listed) >= _SURE_OF_PART:
                found.append((guess.listed > 0.5, _as_guess(part, guess.codes[:1])))
        return tuple(industry for _, industry in found) if len({listed for listed, _ in found}) == 2 else ()


def read_description(text: str) -> tuple[Industry, ...]:
    """Return the industries of a description by itself; a word that is an industry needs no model to be loaded.

    Args:
        text: What the company does, in its own words.
    """
    named = find_industries(text)
    if len(text.split()) == 1 and named:
        return named
    return IndustryReader(load_serving_embedder()).read(text)


def _is_ambiguous(named: tuple[Industry, ...]) -> bool:
    """Return whether a word for several industries was used, some of them on the list and some off it: "kommune", "verksted"."""
    return any(len(industry.codes) > 1 and _state((industry,)) == 0 for industry in named)


def _left(text: str, named: tuple[Industry, ...]) -> list[str]:
    """Return the words of a description beside the industries it names and what says nothing of them."""
    known = [word[:_STEM] for industry in named for word in content_words(industry.name)]
    return [
        word
        for word in content_words(text)
        if not (word.isdigit() or word.startswith(_SAY_NOTHING) or any(word.startswith(k) for k in known))
    ]


def _agrees(guess: Guess, named: tuple[Industry, ...]) -> bool:
    """Return whether the words, the likeliest code and a fair probability all say the same; any probability when the words name that very code."""
    codes = {code for industry in named for code in industry.codes}
    if guess.codes[0] in codes and _state(named) == (1 if guess.listed > 0.5 else -1):
        return True
    side = 1 if guess.listed >= _FAIR else -1 if guess.listed <= 1 - _FAIR else 0
    return side != 0 and _state(named) == side == _state((Industry(name="", codes=guess.codes[:1]),))


def _is_unanimous(guess: Guess, model: Likeness) -> bool:
    """Return whether all the likeliest codes are on one side of the list, and a fair probability says the same."""
    return (
        max(guess.listed, 1 - guess.listed) >= _RATHER_SURE
        and len({model.lists(code) for code in guess.codes[:_MANY]} | {guess.listed > 0.5}) == 1
    )


def _is_doubtful(text: str, guess: Guess, named: tuple[Industry, ...]) -> bool:
    """Return whether there is too little to go on for all its probability: one strange word, or words that say the opposite."""
    is_contradicted = _state(named) == (-1 if guess.listed > 0.5 else 1)
    return (len(text.split()) == 1 and not named and guess.nearest < _SAME) or (
        is_contradicted and max(guess.listed, 1 - guess.listed) < _SURE_ALL_THE_SAME
    )


def _as_guess(text: str, codes: tuple[str, ...]) -> Industry:
    name = " ".join(text.split())
    name = name if len(name) <= _LONGEST_NAME else name[:_LONGEST_NAME].rsplit(" ", 1)[0] + " …"
    return Industry(name=f"«{name.strip(' .?!')}»", codes=codes, is_guess=True)


def _state(named: tuple[Industry, ...]) -> int:
    """Return 1 when the industries are on the list, -1 when they are off it, 0 when there is none or they differ."""
    if not named:
        return 0
    outcome = check_duty(named).outcome
    return 1 if outcome in _ON_THE_LIST else -1 if outcome in _OFF_THE_LIST else 0
