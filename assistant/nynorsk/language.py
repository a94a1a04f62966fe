"""The written languages of the interface."""

from enum import StrEnum


class Language(StrEnum):
    """A written language. The values are what HTML calls them."""

    BOKMAAL = "nb"
    NYNORSK = "nn"
