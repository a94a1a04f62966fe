"""Claims in papers of lower rank that contradict the law: limits, duties, dates, industry codes and references."""

from corpus.conflicts.find import compare_with_law, find_conflicts, find_outdated
from corpus.conflicts.record import Conflict, ConflictKind

__all__ = ["Conflict", "ConflictKind", "compare_with_law", "find_conflicts", "find_outdated"]
