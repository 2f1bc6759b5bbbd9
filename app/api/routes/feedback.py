"""Feedback on checks: give, list, look at, erase."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from app.api import convert
from app.api.deps import Cursor, Limit, TheServices, answer, meters, services
from app.api.openapi import IDEMPOTENT, problems
from app.api.schemas.base import BOUNDED, ID
from app.api.schemas.feedback import FeedbackPage, FeedbackWithText, NewFeedback, StoredFeedback
from app.domain import Category, VerdictWas
from app.service import feedback, rules
from app.service.idempotency import Answer

router = APIRouter(prefix="/v1/feedback", tags=["feedback"])
FeedbackId = Annotated[str, Path(pattern=ID, description="the feedback's id")]
OfVerdict = Annotated[VerdictWas | None, Query(description="only that which says so")]
OfCategory = Annotated[Category | None, Query(description="only that about this category")]


@router.post(
    "",
    operation_id="giveFeedback",
    summary="Say whether a check was right",
    status_code=201,
    response_model=StoredFeedback,
    responses=problems(400, 401, 404, 409, 413, 422, 503),
    openapi_extra=IDEMPOTENT,
)
async def give_feedback(request: Request, body: Annotated[NewFeedback, BOUNDED]) -> Response:
    """Right, wrong or missed, by whom and why: what labels are made of. The answer doesn't repeat the text."""

    async def do() -> Answer:
        the = services(request)
        known = {check.id for check in the.checker.checks} | rules.own(the.checker.policies).keys()
        stored = await asyncio.to_thread(feedback.give, the.database, convert.feedback(body), known)
        meters(request).feedback(stored)
        return Answer(201, convert.feedback_out(stored).model_dump_json())

    return await answer(request, do)


@router.get("", operation_id="listFeedback", summary="List feedback", responses=problems(401, 422, 503))
async def list_feedback(
    the: TheServices,
    cursor: Cursor = None,
    limit: Limit = 50,
    verdict_was: OfVerdict = None,
    category: OfCategory = None,
) -> FeedbackPage:
    """Feedback in the order it came in, without texts."""
    found = await asyncio.to_thread(
        feedback.page, the.database, after=cursor, limit=limit + 1, verdict_was=verdict_was, category=category
    )
    more = found[limit - 1].id if len(found) > limit else None
    return FeedbackPage(items=[convert.feedback_out(item) for item in found[:limit]], next=more)


@router.get("/{id}", operation_id="getFeedback", summary="Look at feedback", responses=problems(401, 404, 422, 503))
async def get_feedback(the: TheServices, id: FeedbackId) -> FeedbackWithText:
    """With the text that came along."""
    return convert.feedback_with_text(await asyncio.to_thread(feedback.find, the.database, id))


@router.delete(
    "/{id}",
    operation_id="deleteFeedback",
    summary="Erase feedback",
    status_code=204,
    responses=problems(401, 404, 422, 503),
)
async def delete_feedback(the: TheServices, id: FeedbackId) -> None:
    """With its text. Files that were exported before keep what they hold."""
    await asyncio.to_thread(feedback.erase, the.database, id)
