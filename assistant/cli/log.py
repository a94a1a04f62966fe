"""Logging of the entry points: to stderr, from the level in BHT_LOG (standard: errors only)."""

import logging
import os


def configure_logging() -> None:
    """Send records to stderr. The level is the handler's: some libraries set the level of their own loggers at import."""
    handler = logging.StreamHandler()
    level = logging.getLevelNamesMapping().get(os.environ.get("BHT_LOG", "").upper(), logging.ERROR)
    handler.setLevel(level)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler])


def log_access() -> None:
    """Send a line of JSON for each request of the API to stderr."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger = logging.getLogger("assistant.api.access")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.handlers = [handler]
