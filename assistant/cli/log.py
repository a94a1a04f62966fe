"""Logging of the entry points: to stderr, from the level in BHT_LOG (standard: errors only)."""

import logging
import os


def configure_logging() -> None:
    """Send records to stderr. The level is the handler's: some libraries set the level of their own loggers at import."""
    handler = logging.StreamHandler()
    handler.setLevel(os.environ.get("BHT_LOG", "ERROR").upper())
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.DEBUG if os.environ.get("BHT_LOG") else logging.ERROR, handlers=[handler])
