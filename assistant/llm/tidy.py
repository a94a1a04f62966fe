"""What a model sends, made into text that can be shown: no thinking, no control characters, nothing endless."""

import re

from assistant.llm import reasons

_OPEN, _CLOSE = "<think>", "</think>"
_TAG = re.compile(r"</?think>", re.IGNORECASE)
# Control characters can steer a terminal, and direction marks can turn a sentence around.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_CHECK_EVERY = 40
_LONGEST_CYCLE = 400
_LEAST_CYCLES = 4
# A line across a table is the same character up to a hundred times; nothing in an answer is the same for longer.
_SHORTEST_LOOP = 200


def clean_text(text: str) -> str:
    """Return the text without what cannot be shown.

    Args:
        text: Text of a model or for one; half a surrogate pair becomes a replacement character.
    """
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _UNSEEN.sub("", whole)


class ThinkFilter:
    """Leaves out `<think>...</think>`, however it is cut into pieces, and white space before the first words."""

    def __init__(self) -> None:
        self._held = ""
        self._is_thinking = False
        self._has_begun = False

    def feed(self, piece: str) -> str:
        """Return what of this and of what was held back is part of the answer.

        Args:
            piece: The next piece.

        Raises:
            ModelBrokenError: A thought ends that never began.
        """
        self._held += piece
        shown = []
        while tag := _TAG.search(self._held):
            shown.append("" if self._is_thinking else self._held[: tag.start()])
            if tag[0].lower() == _CLOSE and not self._is_thinking:
                raise reasons.stray_thinking()
            self._is_thinking = tag[0].lower() == _OPEN
            self._held = self._held[tag.end() :]
        keep = _half_tag(self._held)
        shown.append("" if self._is_thinking else self._held[: len(self._held) - keep])
        self._held = self._held[len(self._held) - keep :]
        return self._begin("".join(shown))

    def finish(self) -> str:
        """Return what was held back, when nothing more comes."""
        held, self._held = self._held, ""
        return "" if self._is_thinking else self._begin(held)

    def _begin(self, text: str) -> str:
        if not self._has_begun:
            text = text.lstrip()
            self._has_begun = bool(text)
        return text


def _half_tag(text: str) -> int:
    """Return how many of the last characters may be the beginning of a tag."""
    end = text[-len(_CLOSE) + 1 :].lower()
    for start in range(len(end)):
        if _OPEN.startswith(end[start:]) or _CLOSE.startswith(end[start:]):
            return len(end) - start
    return 0


class LoopGuard:
    """Notices a text that goes in circles, or is longer than it was to be.

    Args:
        most_characters: How long the text may be.
    """

    def __init__(self, most_characters: int) -> None:
        self._left = most_characters
        self._tail = ""
        self._unchecked = 0

    def feed(self, piece: str) -> None:
        """Look at the next piece.

        Args:
            piece: Text as it came, thoughts too.

        Raises:
            ModelBrokenError: It repeats itself, or it is too long.
        """
        self._left -= len(piece)
        if self._left < 0:
            raise reasons.too_long()
        self._tail = (self._tail + piece)[-_LONGEST_CYCLE * _LEAST_CYCLES :]
        self._unchecked += len(piece)
        if self._unchecked >= _CHECK_EVERY:
            self._unchecked = 0
            if ends_in_loop(self._tail):
                raise reasons.going_in_circles()


def ends_in_loop(text: str) -> bool:
    """Return whether a text ends in the same words, at least four times over and for at least 200 characters.

    Args:
        text: The end of what has come.
    """
    for length in range(1, _LONGEST_CYCLE + 1):
        span = max(length * _LEAST_CYCLES, _SHORTEST_LOOP)
        if len(text) < span:
            return False
        if text[-span:-length] == text[length - span :]:
            return True
    return False
