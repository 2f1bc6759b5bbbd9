"""After the mistake: what to do, by when and what to say; and drills to rehearse it."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from app.api import convert
from app.api.deps import TheServices, respond, services
from app.api.openapi import problems
from app.api.schemas.base import BOUNDED
from app.api.schemas.recovery import DrillList, DrillOut, DrillSummary, RecoverRequest, Recovery
from app.service import recovery
from app.service.idempotency import Answer
from app.service.reply import dumps

router = APIRouter(tags=["recovery"])
DrillId = Annotated[str, Path(pattern=r"^[a-z0-9-]{1,100}$", description="the drill's name")]


@router.post(
    "/v1/recover",
    operation_id="recover",
    summary="Plan what to do after a mistake",
    response_model=Recovery,
    responses=problems(400, 401, 404, 413, 422, 503),
)
async def recover(request: Request, body: Annotated[RecoverRequest, BOUNDED]) -> Response:
    """One of let it go, correct quietly, correct in public, apologise, escalate; steps with a clock; drafts with gaps.

    Nothing is recorded and nothing is sent.
    """
    the = services(request)
    asked = convert.incident(body)
    found: dict[str, Any] = await asyncio.to_thread(
        recovery.recover, the.recovery, the.checker, the.desk.directory, asked
    )
    return respond(Answer(200, dumps(found)))


@router.get("/v1/drills", operation_id="listDrills", summary="List the drills", responses=problems(401, 503))
async def list_drills(the: TheServices) -> DrillList:
    """Prepost's own and the team's."""
    return DrillList(items=[DrillSummary(**convert.drill_summary(drill)) for drill in the.recovery.drills.values()])


@router.get(
    "/v1/drills/{name}", operation_id="getDrill", summary="Look at a drill", responses=problems(401, 404, 422, 503)
)
async def get_drill(the: TheServices, name: DrillId) -> DrillOut:
    """The whole of it, answers included: whoever plays it shows one step at a time."""
    return convert.drill(recovery.drill_of(the.recovery, name))
