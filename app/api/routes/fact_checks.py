"""What was found of a check's claims once the check had been answered."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter
from starlette.responses import Response

from app.api.deps import TheServices
from app.api.openapi import problems as documented
from app.api.routes.checks import CheckId
from app.api.schemas.fact_checks import FactCheckReport
from app.service import records
from app.service.factchecks import not_set_up, to_json
from app.service.reply import dumps

router = APIRouter(tags=["checks"])


@router.get(
    "/v1/checks/{id}/fact-checks",
    operation_id="getFactChecks",
    summary="What publishers have said of a check's claims",
    response_model=FactCheckReport,
    responses=documented(401, 404, 422, 503),
)
async def get_fact_checks(the: TheServices, id: CheckId) -> Response:
    """Published fact checks of what the draft says, with those that came after the check was answered.

    They change no verdict: send the draft again for one that knows them. They are kept in memory, for an hour and for
    the last 2,000 checks; after that the answer is `not_looked_up`.
    """
    await asyncio.to_thread(records.find, the.database, id)
    report = the.fact_checks.report(id) if the.fact_checks is not None else not_set_up()
    return Response(dumps(to_json(id, report)), media_type="application/json")
