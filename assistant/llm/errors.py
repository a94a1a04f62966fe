"""Errors of talking to a language model. Each has a short Norwegian reason and a remedy; neither holds the key or the server's words.

AssistantError
└── ModelError
    ├── ModelUnreachableError   no contact
    ├── ModelTimeoutError       not in time
    ├── ModelRefusedError       the server would not: key, model, too many, a fault of its own
    └── ModelBrokenError        what came cannot be used: half, unreadable, empty, too long, going in circles
"""

from assistant.errors import AssistantError


class ModelError(AssistantError):
    """The language model gave no answer that can be used.

    Args:
        reason: What happened, one sentence for the user.
        remedy: What the user can do about it.
    """

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason, remedy)
        self.reason = reason
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.reason} {self.remedy}"


class ModelUnreachableError(ModelError):
    """There is no contact with the server."""


class ModelTimeoutError(ModelError):
    """The model did not begin or did not finish in time."""


class ModelRefusedError(ModelError):
    """The server answered that it would not."""


class ModelBrokenError(ModelError):
    """What the model answered cannot be used."""
