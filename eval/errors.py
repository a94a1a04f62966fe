"""What can go wrong while measuring.

EvalError
├── DatasetError          questions that cannot be read
├── GateError             floors that cannot be read
├── MissingLibraryError   a library that only measuring needs is not installed
└── ResultsError          results that cannot be read, or do not fit the questions or the corpus
"""

from assistant.errors import AssistantError


class EvalError(AssistantError):
    """Base of this package's errors; the message is a Norwegian sentence with a remedy."""


class DatasetError(EvalError):
    """The questions cannot be read."""


class GateError(EvalError):
    """The floors cannot be read."""


class MissingLibraryError(EvalError):
    """A library that only measuring needs is not installed."""


class ResultsError(EvalError):
    """The results cannot be read, or do not fit the questions or the corpus."""
