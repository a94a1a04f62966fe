"""Errors of the corpus package.

CorpusError
├── AddressError      text that is not the address of a provision
├── DocumentError     a file of the user's that cannot be read
│   ├── BrokenDocument       damaged beyond repair, or not what it says it is
│   ├── EmptyDocument        nothing to read in it, or only pictures of pages
│   ├── EncryptedDocument    locked with a password
│   ├── OversizedDocument    larger than the limits, or needs too much memory
│   ├── SlowDocument         the reader did not finish in time
│   └── UnsupportedDocument  a format that is not read
├── FetchError        a web address that is refused, or a page that could not be fetched
├── FormatError       a core file that breaks docs/core-format.md
├── StoreError        the store of fetched and own documents cannot be read or written
│   └── StoreBusyError    another process is writing to it
├── LovdataError      the official text cannot be fetched or read
│   ├── ArchiveError         an archive is damaged, truncated, or larger than it may be
│   ├── LovdataAddressError  the address given is not that of a server
│   ├── LovdataAnswerError   the server answers something else than Lovdata's open API
│   ├── LovdataDocumentError  a document is not in Lovdata's form, or not safe to read
│   ├── LovdataStorageError  what is fetched cannot be written
│   └── LovdataUnreachable   the server does not answer, not now, or not fast enough
└── UnknownProvision  an address that no document holds
"""


class CorpusError(Exception):
    """Base of every error that the corpus package raises on purpose."""


class AddressError(CorpusError):
    """The text is not the address of a provision."""


class DocumentError(CorpusError):
    """A file of the user's cannot be read; the message names the file and a remedy."""


class BrokenDocument(DocumentError):
    """The file is damaged beyond repair, or not what it says it is."""


class EmptyDocument(DocumentError):
    """There is nothing to read in the file, or only pictures of pages."""


class EncryptedDocument(DocumentError):
    """The file is locked with a password."""


class OversizedDocument(DocumentError):
    """The file is larger than the limits, or reading it needs too much memory."""


class SlowDocument(DocumentError):
    """The reader did not finish in time."""


class UnsupportedDocument(DocumentError):
    """The format is not one that is read."""


class FetchError(CorpusError):
    """A web address is refused, or its page could not be fetched; the message is Norwegian and names a remedy."""


class FormatError(CorpusError):
    """A core file breaks the format; the message names file and line."""


class StoreError(CorpusError):
    """The store of fetched and own documents cannot be read or written."""


class StoreBusyError(StoreError):
    """Another process is writing to the store."""


class UnknownProvision(CorpusError):
    """No document holds the provision asked for."""


class LovdataError(CorpusError):
    """Base of what goes wrong with the official text. The message is Norwegian, for the user."""


class ArchiveError(LovdataError):
    """An archive is damaged or truncated, or holds more than it may."""


class LovdataAddressError(LovdataError):
    """The address given is not that of a server that can be asked."""


class LovdataAnswerError(LovdataError):
    """The server answers something else than Lovdata's open API does."""


class LovdataDocumentError(LovdataError):
    """The bytes are no document in Lovdata's form, or one that is not safe to read."""


class LovdataStorageError(LovdataError):
    """What is fetched cannot be written: a full disk, a folder without access."""


class LovdataUnreachable(LovdataError):
    """The server does not answer, has no time, or is too slow; later it may."""
