"""The MCP server: lists the tools and calls them. The transport is chosen by who runs it."""

import json
import logging
from typing import Any

import anyio.to_thread
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp_types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    Tool,
    ToolAnnotations,
)
from pydantic import ValidationError

from assistant.errors import AssistantError
from assistant.explain import explain
from assistant.mcp import texts
from assistant.mcp.tools import TOOLS, Open
from corpus.errors import CorpusError

logger = logging.getLogger(__name__)


def make_server(open_assistant: Open, version: str = "") -> Server[Any]:
    """Return the server.

    Args:
        open_assistant: Gives the assistant; called for each tool call, in a thread that may wait.
        version: The version of the program.
    """

    async def list_tools(context: ServerRequestContext[Any], params: PaginatedRequestParams | None) -> ListToolsResult:
        annotations = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
        return ListToolsResult(
            tools=[
                Tool(name=name, description=tool.description, input_schema=tool.input_schema, annotations=annotations)
                for name, tool in TOOLS.items()
            ]
        )

    async def call_tool(context: ServerRequestContext[Any], params: CallToolRequestParams) -> CallToolResult:
        return await anyio.to_thread.run_sync(_call, params.name, params.arguments or {}, open_assistant)

    return Server(
        name=texts.NAME,
        title=texts.TITLE,
        version=version,
        instructions=texts.INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _call(name: str, arguments: dict[str, Any], open_assistant: Open) -> CallToolResult:
    """Return what the tool gives; every failure is a Norwegian sentence that a language model can act on."""
    if name not in TOOLS:
        return _failed(texts.NO_SUCH_TOOL.format(name=name[:60], names=", ".join(TOOLS)))
    try:
        given = TOOLS[name].arguments.model_validate(arguments).call(open_assistant())
    except ValidationError as error:
        return _failed(explain(error.errors()))
    except (AssistantError, CorpusError) as error:
        return _failed(str(error))
    except Exception as error:  # an entry point: whatever happens, the caller gets a sentence
        logger.exception("Tool %s failed: %s", name, type(error).__name__)
        return _failed(texts.UNEXPECTED)
    return CallToolResult(
        content=[TextContent(text=json.dumps(given, ensure_ascii=False))], structured_content=given
    )  # fmt: skip


def _failed(sentence: str) -> CallToolResult:
    safe = sentence.encode("utf-8", "replace").decode()
    return CallToolResult(content=[TextContent(text=safe)], is_error=True)
