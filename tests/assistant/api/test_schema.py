"""Requests made up from the API's own documentation, right ones and wrong ones: none crashes it, and every answer is as documented."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from assistant.api import create_api
from assistant.dialogue import Assistant
from tests.assistant.api.conftest import SETTINGS

CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance, response_schema_conformance,
]  # fmt: skip
OPENAPI = "/api/v1/openapi.json"
EXAMPLES = 50


def load(assistant: Any) -> schemathesis.BaseSchema:
    """Return the API as documented; schemathesis calls it by a name of its own."""
    app = create_api(assistant, replace(SETTINGS, host="0.0.0.0"))
    return schemathesis.openapi.from_asgi(OPENAPI, app)


def try_out(operation: schemathesis.APIOperation, mode: GenerationMode) -> set[int]:
    """Try an operation, and return the statuses it answered with."""
    seen: set[int] = set()

    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(mode))
    def run(case: schemathesis.Case) -> None:
        response = case.call()
        seen.add(response.status_code)
        case.validate_response(response, checks=CHECKS)

    run()
    return seen


@pytest.mark.parametrize(
    ("path", "right"),
    [("ask", 200), ("provisions/{address}", 404), ("search", 200), ("duty", 422), ("verify", 200), ("health", 200)],
)
def test_requests_by_the_documentation_are_answered_as_documented(bare: Assistant, path: str, right: int) -> None:
    """Made-up words name no provision and no industry; what is wrong in form is refused"""
    operation = next(iter(load(bare)[f"/api/v1/{path}"].values()))
    assert right in try_out(operation, GenerationMode.POSITIVE)
    if path != "health":
        assert try_out(operation, GenerationMode.NEGATIVE) & {400, 404, 422}


class Undocumented:
    """An assistant whose answers lack a field."""

    def stream(self, *_: object) -> "Iterator[Undocumented]":
        """Yield itself as the answer."""
        yield self

    outcome = type("Outcome", (), {"value": "answered"})

    def identified(self, _: object) -> "Undocumented":
        """Return itself."""
        return self

    def to_json(self) -> dict[str, str]:
        """Return less than is documented."""
        return {"answer": "Svar."}


def test_an_answer_that_is_not_as_documented_would_be_noticed() -> None:
    """So that the test above can fail"""
    operation = next(iter(load(Undocumented())["/api/v1/ask"].values()))
    with pytest.raises(FailureGroup, match="Response violates schema"):
        try_out(operation, GenerationMode.POSITIVE)
