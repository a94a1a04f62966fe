"""The routes of the API, each a thin way to a function that every face calls."""

from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response, StreamingResponse

from assistant.answer import Engine, Turn, last_answer
from assistant.api import texts
from assistant.api.events import EVENT_SCHEMA, MEDIA_TYPE, stream_answers
from assistant.api.guard import API, METRICS
from assistant.api.metrics import CONTENT_TYPE, Metrics
from assistant.api.shapes import (
    AnswerOut,
    Claims,
    Company,
    DutyOut,
    HealthOut,
    Problem,
    ProvisionOut,
    Question,
    SearchOut,
    VerifiedOut,
)
from assistant.duty.report import DutyRequest, report_duty
from assistant.search import DEFAULT_HITS, MOST_HITS, search
from assistant.show import show_provision
from assistant.understand.question import MAX_QUESTION
from assistant.version import read_version
from assistant.workers import work

if TYPE_CHECKING:
    from assistant.dialogue import Assistant


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the documentation of what may go wrong."""
    return {status: {"model": Problem, "description": texts.PROBLEMS[status]} for status in statuses}


_ASKED = problems(400, 413, 422, 429, 503)
_FOUND = problems(404, 422, 429, 503)


def make_routes(assistant: "Assistant") -> APIRouter:
    """Return the routes that ask and look up."""
    router = APIRouter(prefix=API, tags=["Svar"])

    streamed: dict[int | str, dict[str, Any]] = {200: {"content": {MEDIA_TYPE: {"schema": EVENT_SCHEMA}}}}

    @router.post(
        "/ask",
        summary=texts.ASK,
        description=texts.ASK_MORE,
        response_model=AnswerOut,
        responses={**_ASKED, **streamed},
    )
    async def ask(
        request: Request, body: Question, stream: Annotated[bool, Query(description=texts.STREAM)] = False
    ) -> Response:
        history = tuple(Turn(role=turn.role, content=turn.content) for turn in body.history)
        engine = Engine(body.engine)
        answers = assistant.stream(body.question, history, body.as_of, engine)
        run = run_in_threadpool if engine is Engine.LLM else work  # nobody waits for another's language model
        if not stream and MEDIA_TYPE not in request.headers.get("accept", ""):
            answer = (await run(last_answer, answers)).identified(body.id)
            request.state.outcome = answer.outcome.value
            return JSONResponse(answer.to_json())
        first = await run(next, answers)  # before anything is sent: what cannot be answered has a status of its own
        request.state.outcome = first.outcome.value
        every = (answer.identified(body.id) for answer in chain([first], answers))
        return StreamingResponse(stream_answers(every), media_type=MEDIA_TYPE)

    @router.get(
        "/provisions/{address:path}", summary=texts.PROVISION, description=texts.PROVISION_MORE, response_model=ProvisionOut, responses=_FOUND
    )  # fmt: skip
    def provision(
        address: Annotated[str, Path(description=texts.ADDRESS, min_length=1, max_length=300, examples=["aml 3-3"])],
    ) -> Response:
        provisions, _ = assistant.library.look_up(address)
        return JSONResponse(show_provision(provisions, assistant.library))

    @router.get(
        "/search",
        summary=texts.SEARCH,
        description=texts.SEARCH_MORE,
        response_model=SearchOut,
        responses=problems(422, 429, 503),
    )
    async def find(
        q: Annotated[str, Query(description=texts.QUERY, min_length=1, max_length=MAX_QUESTION, examples=["verneombud valg"])],
        limit: Annotated[int, Query(description=texts.LIMIT, ge=1, le=MOST_HITS)] = DEFAULT_HITS,
    ) -> Response:  # fmt: skip
        return JSONResponse((await work(search, q, assistant, limit)).to_json())

    @router.post("/duty", summary=texts.DUTY, description=texts.DUTY_MORE, response_model=DutyOut, responses=_ASKED)
    async def duty(request: Request, body: Company) -> Response:
        report = await work(report_duty, DutyRequest(**body.model_dump()), assistant.library)
        request.state.outcome = report.result.outcome.value
        return JSONResponse(report.to_json())

    @router.post(
        "/verify", summary=texts.VERIFY, description=texts.VERIFY_MORE, response_model=VerifiedOut, responses=_ASKED
    )
    def check(body: Claims) -> Response:
        return JSONResponse(assistant.verify(body.text).to_json())

    return router


def make_health_route(assistant: "Assistant") -> APIRouter:
    """Return the route that says whether questions can be answered."""
    router = APIRouter(prefix=API, tags=["Drift"])

    @router.get("/health", summary=texts.HEALTH, response_model=HealthOut)
    def health() -> Response:
        library = assistant.library
        return JSONResponse(
            {
                "status": "ok", "version": read_version(), "provisions": len(library.known),
                "has_official": library.has_official, "notices": list(assistant.notices),
            }
        )  # fmt: skip

    return router


def make_metrics_route(metrics: Metrics) -> APIRouter:
    """Return the route that Prometheus reads."""
    router = APIRouter()

    @router.get(METRICS, include_in_schema=False)
    def figures() -> Response:
        return Response(metrics.render(), media_type=CONTENT_TYPE)

    return router
