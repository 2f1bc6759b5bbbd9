"""Check a draft, check many, look at a check again, release a held one."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Path
from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import Response

from app.api import convert, problems
from app.api.deps import TheServices, answer, meters, services
from app.api.openapi import IDEMPOTENT
from app.api.openapi import problems as documented
from app.api.schemas.base import BOUNDED, ID
from app.api.schemas.check import BatchRequest, CheckRequest, ReleaseRequest
from app.api.schemas.reply import BatchReply, CheckReply, RecordedCheck, ReleaseOut
from app.errors import PrepostError
from app.service import records
from app.service.check import Outcome
from app.service.idempotency import Answer
from app.service.query import Query
from app.service.reply import dumps

router = APIRouter(tags=["checks"])
_CHECK: dict[str, Any] = {
    "response_model": CheckReply,
    "responses": documented(400, 401, 404, 409, 413, 422, 503),
    "openapi_extra": IDEMPOTENT,
}
_ITEM: TypeAdapter[CheckRequest] = TypeAdapter(Annotated[CheckRequest, BOUNDED])
CheckId = Annotated[str, Path(pattern=ID, description="the check's id")]


@router.post("/v1/check", operation_id="check", summary="Check a draft", **_CHECK)
@router.post("/check", operation_id="checkAlias", summary="Check a draft (alias of /v1/check)", **_CHECK)
async def check(request: Request, body: Annotated[CheckRequest, BOUNDED]) -> Response:
    """Judge one draft for one account at one moment. The record is committed before the answer is given."""

    async def do() -> Answer:
        outcome = await services(request).desk.check(convert.query(body))
        meters(request).check(outcome)
        return Answer(200, outcome.written)

    return await answer(request, do)


@router.post(
    "/v1/check/batch",
    operation_id="checkBatch",
    summary="Check up to 500 drafts",
    response_model=BatchReply,
    responses=documented(400, 401, 409, 413, 422, 503),
    openapi_extra=IDEMPOTENT,
)
async def check_batch(request: Request, body: Annotated[BatchRequest, BOUNDED]) -> Response:
    """Judge each item on its own, in order. A bad item becomes its problem; the others are judged all the same."""

    async def do() -> Answer:
        parsed = await asyncio.to_thread(lambda: [_parse(item) for item in body.items])
        queries = [item for item in parsed if isinstance(item, Query)]
        outcomes = iter(await services(request).desk.check_many(queries))
        results = [_result(request, next(outcomes)) if isinstance(item, Query) else item for item in parsed]
        return Answer(200, dumps({"results": results}))

    return await answer(request, do)


def _parse(item: Any) -> Query | dict[str, Any]:
    """The item as a query, or the problem it is."""
    try:
        return convert.query(_ITEM.validate_python(item))
    except ValidationError as error:
        return problems.item_problem(error, item)


def _result(request: Request, result: Outcome | PrepostError) -> dict[str, Any]:
    if isinstance(result, PrepostError):
        return problems.from_error(result)
    meters(request).check(result)
    return result.reply


@router.get(
    "/v1/checks/{id}",
    operation_id="getCheck",
    summary="Look at a check again",
    response_model=RecordedCheck,
    responses=documented(401, 404, 422, 503),
)
async def get_check(the: TheServices, id: CheckId) -> Response:
    """The reply as it was recorded. The draft's words are in it only where the policy stores them."""
    found = await asyncio.to_thread(records.find, the.database, id)
    return Response(dumps(found), media_type="application/json")


@router.post(
    "/v1/checks/{id}/release",
    operation_id="releaseCheck",
    summary="Let a held draft go",
    response_model=ReleaseOut,
    responses=documented(400, 401, 404, 409, 413, 422, 503),
    openapi_extra=IDEMPOTENT,
)
async def release_check(request: Request, id: CheckId, body: Annotated[ReleaseRequest, BOUNDED]) -> Response:
    """A second person looked and lets it go. Once, and only for a check that is held."""

    async def do() -> Answer:
        database = services(request).database
        released = await asyncio.to_thread(records.release, database, id, by=body.by, why=body.why)
        return Answer(200, dumps(released))

    return await answer(request, do)
