"""The version of the program."""

from importlib.metadata import PackageNotFoundError, version


def read_version() -> str:
    """Return the version, "0" where the program runs without being installed."""
    try:
        return version("bht-assistenten")
    except PackageNotFoundError:
        return "0"
