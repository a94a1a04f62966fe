"""One core, thin faces: whoever asks, and however, gets the same."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from mcp import Client

from assistant.api import create_api
from assistant.dialogue import Assistant
from assistant.mcp.server import make_server
from assistant.settings import Settings
from tests.assistant.cli.run import Shell

QUESTIONS = [
    "Må en frisørsalong med tre ansatte ha BHT?",
    "hvem velger verneombudet",
    "hva sier olm 13-2 bokstav e",
    "Stemmer det at BHT er påbudt fra 50 ansatte?",
    "Hva er hovedstaden i Frankrike?",
    "Må vi ha BHT?",
]


def bare_answer(answer: dict[str, Any]) -> dict[str, Any]:
    """Return the answer without what differs from one asking to the next."""
    return {key: value for key, value in answer.items() if key not in ("latency_s", "id")}


@pytest.mark.index
def test_the_same_question_gives_the_same_everywhere(
    ready: Shell, assistant: Assistant, bht_settings: Settings
) -> None:
    """From the command line, the API, MCP and Python"""
    server = make_server(lambda: assistant)

    async def ask_mcp(question: str) -> Any:
        async with Client(server) as client:
            return (await client.call_tool("sporsmal", {"sporsmal": question})).structured_content

    with TestClient(create_api(assistant, replace(bht_settings, api_rate=0)), base_url="http://127.0.0.1") as client:
        for question in QUESTIONS:
            answers = {
                "python": assistant.ask(question).to_json(),
                "command line": ready("ask", question, "--json").json,
                "api": client.post("/api/v1/ask", json={"question": question}).json(),
                "mcp": asyncio.run(ask_mcp(question)),
            }
            expected = bare_answer(answers["python"])
            assert {face: bare_answer(answer) == expected for face, answer in answers.items()} == dict.fromkeys(
                answers, True
            )
