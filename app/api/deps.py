"""What routes are given: the services, and a way to answer once for one Idempotency-Key."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, cast

from fastapi import Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from app.api.metrics import Meters
from app.api.schemas.base import ID
from app.service.idempotency import Answer, once, scope
from app.service.services import Services

Cursor = Annotated[str | None, Query(pattern=ID, description="`next` of the page before")]
Limit = Annotated[int, Query(ge=1, le=200, description="how many at most")]


_ALIASES = {"/check": "/v1/check"}


def services(request: Request) -> Services:
    return cast(Services, request.app.state.services)


def meters(request: Request) -> Meters:
    return cast(Meters, request.app.state.meters)


async def _services(request: Request) -> Services:
    return services(request)


TheServices = Annotated[Services, Depends(_services)]


async def answer(request: Request, do: Callable[[], Awaitable[Answer]]) -> Response:
    """Do it and answer in JSON; with an Idempotency-Key, do it only once."""
    key = request.headers.get("idempotency-key")
    if key is None:
        return respond(await do())
    sent = await request.body()
    path: str = request.scope["path"]
    place = scope(request.state.api_key, request.method, _ALIASES.get(path, path))
    return respond(await once(services(request).database, key, place, sent=sent, do=do))


def respond(given: Answer) -> Response:
    headers = {"Idempotency-Replayed": "true"} if given.replayed else None
    return Response(given.body, given.status, headers, media_type="application/json")
