"""Requests made up from the API's own documentation, right ones and wrong ones: none crashes it, and every answer is as documented."""

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
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
from assistant.errors import NotReadyError
from tests.assistant.api.conftest import HERE, SETTINGS, FoundClaims

CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance, response_schema_conformance,
]  # fmt: skip
OPENAPI = "/api/v1/openapi.json"


def load(assistant: Assistant) -> schemathesis.BaseSchema:
    app = create_api(assistant, SETTINGS, verify=lambda text, _: FoundClaims(text))
    return schemathesis.openapi.from_asgi(OPENAPI, app, base_url=HERE)


def try_all(schema: schemathesis.BaseSchema, examples: int) -> set[int]:
    """Try every operation so many times, and return the statuses that were answered."""
    seen: set[int] = set()
    for result in schema.get_all_operations():
        operation = result.ok()

        @settings(max_examples=examples, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
        @operation.as_strategy_given()
        def run(case: schemathesis.Case) -> None:
            response = case.call(base_url=HERE)
            seen.add(response.status_code)
            case.validate_response(response, checks=CHECKS)

        run()
    return seen
