"""Errors of the index package.

IndexFailure
├── IndexMissingError    nothing has been built yet, or what is there cannot be read
├── IndexMismatchError   built with another embedder or by another version
│   └── IndexOutdatedError   built from the sources as they were before; usable until a new one is built
└── IndexWriteError      the disk is full or the folder cannot be written
"""


class IndexFailure(Exception):
    """Base of every error that the index package raises on purpose."""


class IndexMissingError(IndexFailure):
    """There is no readable index in the folder."""


class IndexMismatchError(IndexFailure):
    """The index belongs to another embedder or version than the one asked for."""


class IndexOutdatedError(IndexMismatchError):
    """The index was built from the sources as they were before."""


class IndexWriteError(IndexFailure):
    """The index could not be written; what was there before still serves."""
