"""Events: open, list, look at, close, erase."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from app.api import convert
from app.api.deps import Cursor, Limit, TheServices, answer, services
from app.api.openapi import IDEMPOTENT, problems
from app.api.schemas.base import BOUNDED, ID, Instant
from app.api.schemas.events import EventChanges, EventPage, NewEvent, StoredEvent
from app.domain import EventStatus
from app.service import events
from app.service.idempotency import Answer

router = APIRouter(prefix="/v1/events", tags=["events"])
EventId = Annotated[str, Path(pattern=ID, description="the event's id")]
Status = Annotated[EventStatus | None, Query(description="only those of this status")]
ActiveAt = Annotated[Instant | None, Query(description="only those active at this moment")]


@router.post(
    "",
    operation_id="openEvent",
    summary="Open an event",
    status_code=201,
    response_model=StoredEvent,
    responses=problems(400, 401, 409, 413, 422, 503),
    openapi_extra=IDEMPOTENT,
)
async def open_event(request: Request, body: Annotated[NewEvent, BOUNDED]) -> Response:
    """From now on each check near the event takes it into account. Without dates it begins now."""

    async def do() -> Answer:
        the = services(request)
        stored = await asyncio.to_thread(events.open_event, the.database, convert.event(body))
        the.desk.directory.forget()
        return Answer(201, convert.event_out(stored).model_dump_json())

    return await answer(request, do)


@router.get("", operation_id="listEvents", summary="List events", responses=problems(401, 422, 503))
async def list_events(
    the: TheServices, cursor: Cursor = None, limit: Limit = 50, active_at: ActiveAt = None, status: Status = None
) -> EventPage:
    """Events in the order they were opened."""
    found = await asyncio.to_thread(
        events.page, the.database, after=cursor, limit=limit + 1, active_at=active_at, status=status
    )
    more = found[limit - 1].id if len(found) > limit else None
    return EventPage(items=[convert.event_out(event) for event in found[:limit]], next=more)


@router.get("/{id}", operation_id="getEvent", summary="Look at an event", responses=problems(401, 404, 422, 503))
async def get_event(the: TheServices, id: EventId) -> StoredEvent:
    return convert.event_out(await asyncio.to_thread(events.find, the.database, id))


@router.patch(
    "/{id}", operation_id="changeEvent", summary="Change an event", responses=problems(400, 401, 404, 413, 422, 503)
)
async def change_event(the: TheServices, id: EventId, body: Annotated[EventChanges, BOUNDED]) -> StoredEvent:
    """Replace what is sent: a graver severity once more is known, another end, more hashtags."""
    changed = await asyncio.to_thread(events.change, the.database, id, convert.event_changes(body))
    the.desk.directory.forget()
    return convert.event_out(changed)


@router.post(
    "/{id}/accept",
    operation_id="acceptEvent",
    summary="Accept a proposed event",
    response_model=StoredEvent,
    responses=problems(400, 401, 404, 409, 413, 422, 503),
    openapi_extra=IDEMPOTENT,
)
async def accept_event(request: Request, id: EventId) -> Response:
    """What a feed proposed weighs on drafts from now on."""
    return await _settle(request, id, "open")


@router.post(
    "/{id}/dismiss",
    operation_id="dismissEvent",
    summary="Dismiss a proposed event",
    response_model=StoredEvent,
    responses=problems(400, 401, 404, 409, 413, 422, 503),
    openapi_extra=IDEMPOTENT,
)
async def dismiss_event(request: Request, id: EventId) -> Response:
    """It weighs on nothing, and the feed that proposed it does not propose it again."""
    return await _settle(request, id, "dismissed")


async def _settle(request: Request, id: str, status: EventStatus) -> Response:
    async def do() -> Answer:
        the = services(request)
        settled = await asyncio.to_thread(events.settle, the.database, id, status)
        the.desk.directory.forget()
        return Answer(200, convert.event_out(settled).model_dump_json())

    return await answer(request, do)


@router.post(
    "/{id}/close",
    operation_id="closeEvent",
    summary="End an event now",
    response_model=StoredEvent,
    responses=problems(400, 401, 404, 409, 413, 422, 503),
    openapi_extra=IDEMPOTENT,
)
async def close_event(request: Request, id: EventId) -> Response:
    """It no longer weighs on drafts that go out later. One that has ended stays as it was."""

    async def do() -> Answer:
        the = services(request)
        closed = await asyncio.to_thread(events.close, the.database, id)
        the.desk.directory.forget()
        return Answer(200, convert.event_out(closed).model_dump_json())

    return await answer(request, do)


@router.delete(
    "/{id}",
    operation_id="deleteEvent",
    summary="Erase an event",
    status_code=204,
    responses=problems(401, 404, 422, 503),
)
async def delete_event(the: TheServices, id: EventId) -> None:
    """As if it had never been opened."""
    await asyncio.to_thread(events.erase, the.database, id)
    the.desk.directory.forget()
