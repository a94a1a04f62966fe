"""Claims in papers of lower rank that contradict the law: limits, duties, dates, industry codes and references."""

from corpus.conflicts.find import find_conflicts, find_outdated
from corpus.conflicts.record import Conflict, ConflictKind

__all__ = ["Conflict", "ConflictKind", "find_conflicts", "find_outdated"]
