"""Which stored wording of a provision held on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus.document import Provision
from corpus.merge import Standing, standing_of
from corpus.store import Version


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDay:
    """The text that held on a day, None when none did or none is stored.

    `reaches` is the first day that the stored texts tell about; None when they tell about all days.
    """

    text: Provision | None
    reaches: date | None = None


def text_on(day: date, versions: Sequence[Version], restatement: Provision | None) -> OnDay:
    """Return the wording that held on the day.

    Args:
        day: The day.
        versions: The stored official wordings, the newest first.
        restatement: Ours, of the wording that came into force on its `in_force`.
    """
    gone = versions[0].replaced if versions else None
    if not versions or (gone and gone <= day):
        return _restated_on(day, restatement)
    newest = versions[0].provision
    is_newer = restatement is not None and standing_of(restatement, newest) is Standing.NEWER
    if restatement and is_newer and restatement.in_force and restatement.in_force <= day:
        return OnDay(text=None if restatement.is_repealed(day) else restatement)
    for version in versions:
        provision = version.provision
        if provision.in_force is None or provision.in_force <= day:
            holds = not (provision.pending or provision.is_repealed(day))
            return OnDay(text=provision if holds else None)
    return OnDay(text=None, reaches=min(v.provision.in_force for v in versions if v.provision.in_force))


def _restated_on(day: date, restatement: Provision | None) -> OnDay:
    if restatement is None:
        return OnDay(text=None)
    if restatement.in_force and restatement.in_force > day:
        return OnDay(text=None, reaches=restatement.in_force)
    return OnDay(text=None if restatement.is_repealed(day) else restatement)
