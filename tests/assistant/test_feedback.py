"""What users thought of answers: stored masked, read back, and nothing else kept."""

import sqlite3
import stat
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant import texts
from assistant.answer import Turn
from assistant.errors import FeedbackError
from assistant.feedback import FeedbackStore, Rated, Rating, Reason

RATED = Rated(
    question="Må vi ha BHT? Ring meg på 98765432",
    history=(Turn(role="user", content="Jeg heter ola@eksempel.no"), Turn(role="assistant", content="Spør Arbeidstilsynet.")),
    answer={"question": "Ring meg på 98765432", "standalone_question": "98765432?", "answer": "Ring 73 19 97 00. [1]", "citations": []},
)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> FeedbackStore:
    return FeedbackStore(tmp_path / "home" / "feedback.sqlite")


def test_a_rating_is_read_back_with_its_time(store: FeedbackStore) -> None:
    number = store.add(Rating.DOWN, RATED, Reason.WRONG_SOURCE)
    found = store.get(number)
    assert (found.feedback_id, found.rating, found.reason) == (number, Rating.DOWN, Reason.WRONG_SOURCE)
    assert abs((datetime.now(UTC) - found.time).total_seconds()) < 60
    assert found.rated.history[1] == RATED.history[1]


def test_what_is_personal_is_masked_in_all_that_the_user_wrote(store: FeedbackStore) -> None:
    """The telephone number in the answer is the authority's own, and stays"""
    store.add(Rating.UP, RATED)
    raw = b"".join(path.read_bytes() for path in store.path.parent.iterdir())
    assert b"98765432" not in raw
    assert b"ola@eksempel.no" not in raw
    assert store.list()[0].rated.answer["answer"] == "Ring 73 19 97 00. [1]"
    assert store.list()[0].rated.question == "Må vi ha BHT? Ring meg på [telefonnummer fjernet]"


def test_ratings_are_listed_oldest_first_and_by_what_they_say(store: FeedbackStore) -> None:
    store.add(Rating.UP, RATED)
    store.add(Rating.DOWN, RATED, Reason.OTHER)
    store.add(Rating.DOWN, RATED, Reason.WRONG)
    assert [f.feedback_id for f in store.list()] == [1, 2, 3]
    assert [f.reason for f in store.list(Rating.DOWN)] == [Reason.OTHER, Reason.WRONG]
    assert [f.reason for f in store.list(Rating.UP)] == [None]


def test_reading_makes_no_file(store: FeedbackStore) -> None:
    assert store.list() == ()
    with pytest.raises(FeedbackError, match=r"ingen tilbakemelding nr\. 7\..*bht eval from-feedback"):
        store.get(7)
    assert not store.path.exists()


def test_nobody_else_on_the_machine_can_read_the_file(store: FeedbackStore) -> None:
    store.add(Rating.UP, RATED)
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600


def test_many_at_once_are_all_kept(store: FeedbackStore) -> None:
    threads = [threading.Thread(target=store.add, args=(Rating.UP, RATED)) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.list()) == 12


def test_a_file_of_a_newer_program_is_left_alone(store: FeedbackStore) -> None:
    store.add(Rating.UP, RATED)
    connection = sqlite3.connect(store.path)
    connection.execute("PRAGMA user_version=99")
    connection.close()
    for read_or_write in (store.list, lambda: store.add(Rating.UP, RATED)):
        with pytest.raises(FeedbackError, match="nyere utgave"):
            read_or_write()


def test_a_damaged_file_is_said_with_a_remedy(store: FeedbackStore) -> None:
    store.path.parent.mkdir()
    store.path.write_bytes(b"no database at all" * 100)
    with pytest.raises(FeedbackError, match=r"feedback\.sqlite.*flytt fila bort"):
        store.list()


def test_every_reason_has_a_norwegian_name() -> None:
    assert list(texts.FEEDBACK_REASONS) == [reason.value for reason in Reason]
