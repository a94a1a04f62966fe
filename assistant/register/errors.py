"""Errors of looking up a company. Messages are Norwegian sentences with a remedy.

AssistantError
├── UsageError
│   ├── NumberError            the text is no organisasjonsnummer
│   ├── SearchNameError        the name cannot be searched for
│   ├── RegisterAddressError   the address of the register cannot be used
│   └── OfflineError           the network is not allowed, and the cache has nothing (also a RegisterError)
└── RegisterError
    ├── NotFoundError          the register has no such unit
    ├── DeletedError           the register no longer shows the unit
    └── UnavailableError       the register gave nothing that can be used; what was kept before may be served
        ├── RateLimitedError   too many questions
        ├── SlowError          no answer in time
        ├── UnreachableError   no contact
        ├── ServerError        a fault at the register
        └── BadAnswerError     the answer is not what was asked for
"""

from assistant.errors import AssistantError, UsageError


class NumberError(UsageError):
    """The text is no organisasjonsnummer."""


class SearchNameError(UsageError):
    """The name cannot be searched for."""


class RegisterAddressError(UsageError):
    """The address of the register cannot be used."""


class RegisterError(AssistantError):
    """A company could not be looked up."""


class OfflineError(RegisterError, UsageError):
    """The network is not allowed, and the cache does not have what was asked for."""


class NotFoundError(RegisterError):
    """The register has no such unit."""


class DeletedError(RegisterError):
    """The register no longer shows the unit (status 410)."""


class UnavailableError(RegisterError):
    """The register gave nothing that can be used now."""


class RateLimitedError(UnavailableError):
    """The register asks us to wait."""


class SlowError(UnavailableError):
    """The register did not answer in time."""


class UnreachableError(UnavailableError):
    """There is no contact with the register."""


class ServerError(UnavailableError):
    """The register failed."""


class BadAnswerError(UnavailableError):
    """The answer is not what was asked for."""
