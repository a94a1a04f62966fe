"""Measures the search on the headings of the fetched acts: given the heading of a §, find the § by its text alone.

The acts are those that `bht corpus sync` put in the store of BHT_HOME. No text keeps its heading. Headings that several §§ have, such as
"Formål", are not asked, for no one § answers them.

Usage: python -m eval.outside.headings
"""

import random
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

from assistant.settings import load_settings
from corpus.document import Document, Provision
from corpus.library import Library, load_library
from eval.errors import DatasetError
from eval.outside.measure import run_task
from eval.outside.task import Query, Task, measure_shared

MOST_QUERIES = 2000
SEED = 20260702
_ACTS = "lovdata"


def read_task(library: Library, most: int = MOST_QUERIES, seed: int = SEED) -> Task:
    """Return the acts without their headings, and the headings that one § alone has.

    Args:
        library: The corpus with its store.
        most: How many headings to ask at most.
        seed: Which of them are drawn.

    Raises:
        DatasetError: There are no fetched acts.
    """
    acts = tuple(act for act in _read_acts(library) if act.provisions)
    if not acts:
        raise DatasetError(
            "Ingen lover er hentet. Kjør «bht corpus sync», eller sett BHT_HOME til en mappe som har dem."
        )
    headed = [provision for act in acts for provision in act if _fold(provision)]
    count = Counter(map(_fold, headed))
    asked = [provision for provision in headed if count[_fold(provision)] == 1]
    drawn = random.Random(seed).sample(asked, min(most, len(asked)))
    return Task(
        name="Headings of acts",
        documents=tuple(replace(act, provisions=tuple(replace(p, heading="") for p in act)) for act in acts),
        queries=tuple(
            Query(
                query_id=provision.provision_id,
                text=provision.heading,
                expected=provision.provision_id,
                shared=measure_shared(provision.heading, provision.text),
            )
            for provision in drawn
        ),
    )


def _read_acts(library: Library) -> Iterator[Document]:
    """Yield the fetched acts with the §§ that are searched."""
    store = library.store
    for document_id, stored in store.documents.items() if store else ():
        if stored.source == _ACTS:
            act = store.read(document_id)  # type: ignore[union-attr]
            yield replace(act, provisions=tuple(provision for provision in act if _is_searched(provision)))


def _is_searched(provision: Provision) -> bool:
    """Return whether the search finds the text by its words: it has some, and is neither repealed nor without a day for its start."""
    return bool(provision.segments) and not (provision.pending or provision.is_repealed(provision.checked))


def _fold(provision: Provision) -> str:
    return provision.heading.strip().lower()


def main() -> int:
    """Print the figures as a Markdown table."""
    settings = load_settings()
    try:
        with closing(load_library(settings.store)) as library:
            task = read_task(library)
        run_task(task, settings.cache)
    except DatasetError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
