"""The queue: register, import, list, look at and delete scheduled drafts; pause them."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import Response

from app.api import problems, queue_out
from app.api.deps import Limit, TheServices, answer, meters, services
from app.api.openapi import IDEMPOTENT
from app.api.openapi import problems as documented
from app.api.paths import OWN_ID
from app.api.schemas import queue as models
from app.api.schemas.base import BOUNDED, ID, Name, Region
from app.domain import VerdictName
from app.errors import PrepostError
from app.service import pauses
from app.service.idempotency import Answer
from app.service.queue import Filter, Registered
from app.service.reply import dumps
from app.service.waiting import Entry
from app.store import queue as stored
from app.store.pauses import Pause

router = APIRouter(prefix="/v1/queue", tags=["queue"])
ItemId = Annotated[str, Path(pattern=ID, description="your own id for the draft")]
PauseId = Annotated[str, Path(pattern=ID, description="the pause's id")]
_ITEM: TypeAdapter[models.QueuedDraftWithId] = TypeAdapter(Annotated[models.QueuedDraftWithId, BOUNDED])


@router.post(
    "/batch",
    operation_id="queueBatch",
    summary="Register up to 500 scheduled drafts",
    response_model=models.QueueBatchReply,
    responses=documented(400, 401, 409, 413, 422, 503),
    openapi_extra=IDEMPOTENT,
)
async def queue_batch(request: Request, body: Annotated[models.QueueBatch, BOUNDED]) -> Response:
    """Each as `PUT` would, in order. A bad item becomes its problem; the others are registered all the same."""

    async def do() -> Answer:
        parsed = await asyncio.to_thread(lambda: [_parse(item) for item in body.items])
        entries = [item for item in parsed if isinstance(item, Entry)]
        registered = iter(await asyncio.to_thread(services(request).queue.register, entries))
        results = [_result(request, next(registered)) if isinstance(item, Entry) else item for item in parsed]
        return Answer(200, dumps({"results": results}))

    return await answer(request, do)


def _parse(item: Any) -> Entry | dict[str, Any]:
    """The item to register, or the problem it is."""
    try:
        given = _ITEM.validate_python(item)
    except ValidationError as error:
        return problems.item_problem(error, item)
    return queue_out.entry(given.id, given)


def _result(request: Request, result: Registered | PrepostError) -> dict[str, Any]:
    if isinstance(result, PrepostError):
        return problems.from_error(result)
    if result.judged is not None and result.judged.outcome is not None:
        meters(request).check(result.judged.outcome)
    return {"item": queue_out.item(result.seen).model_dump(mode="json"), "check": result.reply}


@router.post(
    "/pauses",
    operation_id="pauseQueue",
    summary="Pause scheduled drafts",
    status_code=201,
    response_model=models.PauseOut,
    responses=documented(400, 401, 409, 413, 422, 503),
    openapi_extra=IDEMPOTENT,
)
async def pause_queue(request: Request, body: Annotated[models.NewPause, BOUNDED]) -> Response:
    """No draft of the account, the region or the tag whose moment comes before the end may go. Webhooks are told."""

    async def do() -> Answer:
        pause = Pause(body.until, body.why, body.by, body.until, account=body.account, region=body.region, tag=body.tag)
        begun = await asyncio.to_thread(pauses.begin, services(request).database, pause)
        return Answer(201, queue_out.pause(begun).model_dump_json())

    return await answer(request, do)


@router.get("/pauses", operation_id="listPauses", summary="List pauses", responses=documented(401, 503))
async def list_pauses(the: TheServices) -> models.PauseList:
    """Those that have not ended."""
    found = await asyncio.to_thread(pauses.active, the.database)
    return models.PauseList(items=[queue_out.pause(pause) for pause in found])


@router.delete(
    "/pauses/{id}",
    operation_id="endPause",
    summary="End a pause now",
    status_code=204,
    responses=documented(401, 404, 422, 503),
)
async def end_pause(the: TheServices, id: PauseId) -> None:
    """Webhooks are told."""
    await asyncio.to_thread(pauses.end, the.database, id)


@router.get("", operation_id="listQueue", summary="List scheduled drafts", responses=documented(401, 422, 503))
async def list_queue(
    the: TheServices,
    cursor: Annotated[models.Cursor | None, Query(description="`next` of the page before")] = None,
    limit: Limit = 50,
    verdict: Annotated[VerdictName | None, Query(description="only those of this verdict")] = None,
    account: Annotated[Name | None, Query(description="only those of this account: its id, or its handle")] = None,
    tag: Annotated[models.Tag | None, Query(description="only those with this tag")] = None,
    region: Annotated[Region | None, Query(description="only those whose audience is there")] = None,
    state: Annotated[stored.State | None, Query(description="only those in this state")] = None,
) -> models.QueuePage:
    """Those that go out next first, each as it was judged last; those that are due are judged first."""
    only = Filter(verdict, account, tag, region, state)
    found = await asyncio.to_thread(the.queue.page, only, after=cursor, limit=limit + 1)
    more = stored.cursor(found[limit - 1].item) if len(found) > limit else None
    return models.QueuePage(items=[queue_out.item(seen) for seen in found[:limit]], next=more)


@router.get(
    OWN_ID, operation_id="getQueued", summary="Look at a scheduled draft", responses=documented(401, 404, 422, 503)
)
async def get_queued(the: TheServices, id: ItemId) -> models.QueueItem:
    """Ask before you post: it is judged against the present first, where that hasn't happened yet."""
    return queue_out.item(await asyncio.to_thread(the.queue.find, id))


@router.put(
    OWN_ID,
    operation_id="putQueued",
    summary="Register or edit a scheduled draft",
    responses={
        **documented(400, 401, 404, 409, 413, 422, 503),
        201: {"model": models.QueuedReply, "description": "It is new."},
    },
    response_model=models.QueuedReply,
)
async def put_queued(request: Request, id: ItemId, body: Annotated[models.QueuedDraft, BOUNDED]) -> Response:
    """Judged for the moment it will go out, in place of what the id stood for. The same once more changes nothing."""
    entries = [queue_out.entry(id, body)]
    [registered] = await asyncio.to_thread(services(request).queue.register, entries)
    if isinstance(registered, PrepostError):
        raise registered
    status = 201 if registered.new else 200
    return Response(dumps(_result(request, registered)), status, media_type="application/json")


@router.delete(
    OWN_ID,
    operation_id="deleteQueued",
    summary="Delete a scheduled draft",
    status_code=204,
    responses=documented(401, 404, 422, 503),
)
async def delete_queued(the: TheServices, id: ItemId) -> None:
    """It went out, or never will."""
    await asyncio.to_thread(the.queue.erase, id)
