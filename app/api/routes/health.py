"""Alive, ready, and how it has been going."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import Response

from app.api.deps import TheServices, meters
from app.api.schemas.reply import Health
from app.service.services import notes, parts

router = APIRouter(tags=["service"])
_METRICS: dict[int | str, dict[str, Any]] = {
    200: {"description": "Prometheus text format", "content": {"text/plain": {"schema": {"type": "string"}}}}
}


@router.get("/healthz", operation_id="health", summary="Is the process alive?")
async def health() -> Health:
    return Health(status="ok")


@router.get(
    "/readyz",
    operation_id="ready",
    summary="Can it judge?",
    response_model=Health,
    responses={503: {"model": Health, "description": "A part is not ready."}},
)
async def ready(the: TheServices) -> Response:
    """Each part with its state.

    Noted are a newer model and changed policies that are refused, for the old ones serve, feeds that keep failing, and
    a source of fact checks that is left alone for a while.
    """
    states, said = await asyncio.to_thread(lambda: (parts(the), notes(the)))
    fine = all(state == "ok" for state in states.values())
    shown = Health(status="ok" if fine else "unavailable", parts=states, notes=said)
    return Response(shown.model_dump_json(), 200 if fine else 503, media_type="application/json")


@router.get(
    "/metrics", operation_id="metrics", summary="Prometheus metrics", response_class=Response, responses=_METRICS
)
async def metrics(request: Request, the: TheServices) -> Response:
    states = await asyncio.to_thread(parts, the)
    if states["store"] == "ok":
        meters(request).queue(await asyncio.to_thread(the.queue.counts))
    if the.fact_checks is not None:
        meters(request).fact_checks_paused(bool(the.fact_checks.notes))
    return Response(meters(request).text(states, model=the.live.serving.model.version), media_type=CONTENT_TYPE_LATEST)
