"""The HTTP API: the same answers as the page and the command line, for other programs. Importing it imports FastAPI and MCP."""

from assistant.api.build import create_api
from assistant.api.doors import Doors

__all__ = ["Doors", "create_api"]
