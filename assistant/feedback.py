"""What users thought of answers: kept on this machine, in a file of its own, masked, and only when somebody says so."""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from assistant.answer import Turn, read_turns
from assistant.errors import FeedbackError
from assistant.understand.safety import mask

SCHEMA = 1
_TABLE = """
CREATE TABLE IF NOT EXISTS feedback (
  id INTEGER PRIMARY KEY AUTOINCREMENT, time TEXT NOT NULL, rating TEXT NOT NULL, reason TEXT NOT NULL, question TEXT NOT NULL,
  history TEXT NOT NULL, answer TEXT NOT NULL
)"""
_WAIT_SECONDS = 5.0
# Fields of the answer in the user's own words.
_ASKED = ("question", "standalone_question")


class Rating(StrEnum):
    """Whether an answer helped. The values are stored."""

    UP = "up"
    DOWN = "down"


class Reason(StrEnum):
    """What was wrong with an answer. The values are stored; what they are called is in texts."""

    WRONG = "feil"
    LACKING = "mangler"
    WRONG_SOURCE = "feil_kilde"
    QUOTE_NOT_FOUND = "fant_ikke_sitatet"
    OUTDATED = "utdatert"
    MISUNDERSTOOD = "misforstatt"
    OTHER = "annet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """An answer that can be rated, with what led to it."""

    question: str
    history: tuple[Turn, ...]
    answer: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """A stored rating. `reason` is None for an answer that helped; question and history are masked."""

    feedback_id: int
    time: datetime
    rating: Rating
    reason: Reason | None
    rated: Rated


class FeedbackStore:
    """The ratings in one SQLite file, made at the first of them. Safe to share between threads and processes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, rating: Rating, rated: Rated, reason: Reason | None = None) -> int:
        """Store a rating and return its id. Numbers and addresses of persons are masked.

        Args:
            rating: Whether the answer helped.
            rated: The answer.
            reason: What was wrong; None when it helped.

        Raises:
            FeedbackError: It could not be stored.
        """
        history = [{"role": turn.role, "content": mask(turn.content)} for turn in rated.history]
        answer = {**rated.answer, **{key: mask(rated.answer[key]) for key in _ASKED if rated.answer.get(key)}}
        row = (
            datetime.now(UTC).isoformat(timespec="seconds"), rating.value, reason.value if reason else "", mask(rated.question),
            json.dumps(history, ensure_ascii=False), json.dumps(answer, ensure_ascii=False),
        )  # fmt: skip
        with self._open() as connection:
            cursor = connection.execute(
                "INSERT INTO feedback (time, rating, reason, question, history, answer) VALUES (?, ?, ?, ?, ?, ?)", row
            )
            return int(cursor.lastrowid or 0)

    def list(self, rating: Rating | None = None) -> tuple[Feedback, ...]:
        """Return the ratings, oldest first.

        Args:
            rating: Only those that say this.

        Raises:
            FeedbackError: They cannot be read.
        """
        return self._read("WHERE ? IN ('', rating) ORDER BY id", (rating.value if rating else "",))

    def get(self, feedback_id: int) -> Feedback:
        """Return a rating.

        Raises:
            FeedbackError: There is none, or it cannot be read.
        """
        found = self._read("WHERE id = ?", (feedback_id,))
        if not found:
            raise FeedbackError(
                f"Det finnes ingen tilbakemelding nr. {feedback_id}. Se dem alle med «bht eval from-feedback»."
            )
        return found[0]

    def _read(self, where: str, values: Sequence[Any]) -> tuple[Feedback, ...]:
        if not self.path.is_file():
            return ()
        with self._open() as connection:
            rows = connection.execute(
                f"SELECT id, time, rating, reason, question, history, answer FROM feedback {where}", tuple(values)
            ).fetchall()
            return tuple(map(_from_row, rows))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """Open the file for one transaction, made first when it is not there."""
        connection = None
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.touch(mode=0o600)
            connection = sqlite3.connect(self.path, timeout=_WAIT_SECONDS)
            connection.execute("PRAGMA journal_mode=WAL")
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version > SCHEMA:
                raise FeedbackError(
                    f"Tilbakemeldingene i {self.path} er skrevet av en nyere utgave av programmet. Oppdater, eller flytt fila bort."
                )
            with connection:
                connection.execute(_TABLE)
                connection.execute(f"PRAGMA user_version={SCHEMA}")
                yield connection
        except (sqlite3.Error, OSError, ValueError, KeyError) as error:
            raise FeedbackError(
                f"Kan ikke lese eller skrive tilbakemeldinger i {self.path}: {error}. Sjekk at mappa kan skrives til, eller flytt fila bort."
            ) from error
        finally:
            if connection is not None:
                connection.close()


def _from_row(row: Sequence[Any]) -> Feedback:
    feedback_id, time, rating, reason, question, history, answer = row
    return Feedback(
        feedback_id=feedback_id,
        time=datetime.fromisoformat(time),
        rating=Rating(rating),
        reason=Reason(reason) if reason else None,
        rated=Rated(question=question, history=read_turns(json.loads(history)), answer=json.loads(answer)),
    )
