"""Errors of the corpus package.

CorpusError
├── AddressError      text that is not the address of a provision
├── FormatError       a core file that breaks docs/core-format.md
└── UnknownProvision  an address that no document holds
"""


class CorpusError(Exception):
    """Base of every error that the corpus package raises on purpose."""


class AddressError(CorpusError):
    """The text is not the address of a provision."""


class FormatError(CorpusError):
    """A core file breaks the format; the message names file and line."""


class UnknownProvision(CorpusError):
    """No document holds the provision asked for."""
