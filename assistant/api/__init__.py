"""The HTTP API: the same answers as the page and the command line, for other programs. Importing it imports FastAPI and MCP."""

from assistant.api.build import create_api
from assistant.api.doors import Doors
from assistant.api.login import LogIn, asks_log_in

__all__ = ["Doors", "LogIn", "asks_log_in", "create_api"]
