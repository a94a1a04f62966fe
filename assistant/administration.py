"""Changes the sources of an assistant that is serving: one change at a time, in a thread of its own.

The assistant in use is replaced when the index of the new sources is ready. A question that is being answered goes on with the
old one, whose store is a snapshot and whose index is kept.
"""

import logging
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import PurePath
from threading import Lock, Thread
from typing import TYPE_CHECKING, cast

from assistant import texts
from assistant.change_sources import add_own, fetch_official, update_index
from assistant.dialogue import Assistant
from assistant.errors import AssistantError, UsageError
from assistant.latest import Latest
from assistant.settings import Settings
from corpus.errors import CorpusError
from index.errors import IndexFailure

if TYPE_CHECKING:
    from corpus.lovdata.client import LovdataClient
    from corpus.lovdata.sync import SyncReport
    from corpus.own.add import AddReport

logger = logging.getLogger(__name__)
_LONGEST_NAME = 150


@dataclass
class Work:
    """A change under way, or what came of it. `stage` is what is done now, `problem` why it ended, "" when it went well."""

    stage: str = ""
    done: int = 0
    total: int = 0
    is_over: bool = False
    problem: str = ""
    added: "AddReport | None" = None
    fetched: "SyncReport | None" = None

    @property
    def is_changed(self) -> bool:
        """Whether the sources are others than before."""
        return bool((self.added and self.added.added) or (self.fetched and self.fetched.has_news))

    def tell(self, stage: str, done: int, total: int) -> None:
        """Note how far it has come."""
        self.stage, self.done, self.total = stage, done, total


@dataclass
class Administration:
    """The assistant in use, and the one place that replaces it."""

    assistant: Assistant
    settings: Settings
    work: Work | None = None
    # What is stored is newer than what is in use: a change was stored, and could not be taken into use.
    _is_behind: bool = False
    _lock: Lock = field(default_factory=Lock)

    def add(self, name: str, data: bytes) -> Work:
        """Begin to add a document; one that was added under the same name is replaced.

        Args:
            name: What the file is called.
            data: What is in it.

        Raises:
            UsageError: Another change is under way, or the file has no name that can be used.
        """
        called = PurePath(name.replace("\\", "/")).name.strip().lstrip(".")[-_LONGEST_NAME:]
        if not called or not called.isprintable():
            raise UsageError(texts.FILE_WITHOUT_NAME)
        return self._begin(lambda work: self._add(called, data, work))

    def fetch(self, make_client: "Callable[[], LovdataClient]") -> Work:
        """Begin to fetch the official texts.

        Args:
            make_client: Returns where to fetch from.

        Raises:
            UsageError: Another change is under way.
        """
        return self._begin(lambda work: self._fetch(make_client(), work))

    def _begin(self, change: Callable[[Work], None]) -> Work:
        with self._lock:
            if self.work and not self.work.is_over:
                raise UsageError(texts.CHANGE_UNDER_WAY)
            self.work = work = Work()
        Thread(target=self._run, args=(change, work), daemon=True).start()
        return work

    def _run(self, change: Callable[[Work], None], work: Work) -> None:
        try:
            change(work)
            if work.is_changed or self._is_behind:
                self._is_behind = True
                update_index(self.settings, work.tell)
                work.tell("open", 0, 0)
                self.assistant = Assistant.open(self.settings)
                self._is_behind = False
        except (AssistantError, CorpusError) as error:
            work.problem = str(error)
        except IndexFailure as error:
            logger.error("the index could not be built: %s", error)
            work.problem = texts.INDEX_NOT_BUILT
        except Exception as error:  # an entry point: whatever happens, the administrator gets a sentence
            logger.exception("the sources could not be changed: %s", type(error).__name__)
            work.problem = texts.CHANGE_FAILED
        finally:
            work.is_over = True

    def _add(self, name: str, data: bytes, work: Work) -> None:
        from corpus.own.add import Labels

        work.tell("add", 0, 0)
        # The path is what a document is known by when it comes again, so it is the same each time; the copy that citations
        # open is another.
        folder = self.settings.upload_folder
        place = folder / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
            work.added = add_own(self.settings, [str(place)], Labels())
        except OSError as error:
            raise UsageError(texts.FILE_NOT_KEPT.format(reason=error.strerror)) from error
        finally:
            with suppress(OSError):
                shutil.rmtree(folder)
        if work.added.failed:
            raise UsageError(" ".join(work.added.failed.values()))

    def _fetch(self, client: "LovdataClient", work: Work) -> None:
        work.tell("download", 0, 0)
        work.fetched = fetch_official(self.settings, client, work.tell)


def follow(administration: Administration) -> Assistant:
    """Return what answers as the assistant in use does, whichever that is when it is asked."""
    return cast(Assistant, Latest(lambda: administration.assistant))
