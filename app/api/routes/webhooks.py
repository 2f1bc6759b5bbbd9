"""Webhooks: add, list, delete; what was delivered, and sending it once more."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from app.api import queue_out
from app.api.deps import Cursor, Limit, TheServices, answer, services
from app.api.openapi import IDEMPOTENT, problems
from app.api.paths import OWN_ID
from app.api.schemas.base import BOUNDED, ID, Id
from app.api.schemas.webhooks import AddedWebhook, DeliveryOut, DeliveryPage, NewWebhook, WebhookList
from app.service import webhooks
from app.service.idempotency import Answer
from app.store.webhooks import DeliveryState

router = APIRouter(prefix="/v1/webhooks", tags=["webhooks"])
WebhookId = Annotated[str, Path(pattern=ID, description="the webhook's id")]
DeliveryId = Annotated[str, Path(pattern=ID, description="the message's id")]


@router.post(
    "",
    operation_id="addWebhook",
    summary="Add a webhook",
    status_code=201,
    response_model=AddedWebhook,
    responses=problems(400, 401, 409, 413, 422, 503),
    openapi_extra=IDEMPOTENT,
)
async def add_webhook(request: Request, body: Annotated[NewWebhook, BOUNDED]) -> Response:
    """Told of changes from now on. Its secret is in this answer, and in no other."""

    async def do() -> Answer:
        the = services(request)
        stored = await asyncio.to_thread(
            webhooks.add, the.database, body.url, secret=body.secret, types=body.types, allowed=the.allowed
        )
        return Answer(201, queue_out.added_webhook(stored).model_dump_json())

    return await answer(request, do)


@router.get("", operation_id="listWebhooks", summary="List webhooks", responses=problems(401, 503))
async def list_webhooks(the: TheServices) -> WebhookList:
    """All of them, without secrets."""
    found = await asyncio.to_thread(webhooks.list_all, the.database)
    return WebhookList(items=[queue_out.webhook(webhook) for webhook in found])


@router.get("/deliveries", operation_id="listDeliveries", summary="List messages", responses=problems(401, 422, 503))
async def list_deliveries(
    the: TheServices,
    cursor: Cursor = None,
    limit: Limit = 50,
    state: Annotated[DeliveryState | None, Query(description="only those in this state")] = None,
    webhook: Annotated[Id | None, Query(description="only those to this webhook")] = None,
) -> DeliveryPage:
    """In the order they came up; kept for thirty days once they are delivered or given up."""
    found = await asyncio.to_thread(
        webhooks.page, the.database, after=cursor, limit=limit + 1, state=state, webhook_id=webhook
    )
    more = found[limit - 1].id if len(found) > limit else None
    return DeliveryPage(items=[queue_out.delivery(each) for each in found[:limit]], next=more)


@router.post(
    "/deliveries/{id}/replay",
    operation_id="replayDelivery",
    summary="Send a message again",
    response_model=DeliveryOut,
    responses=problems(400, 401, 404, 409, 413, 422, 503),
    openapi_extra=IDEMPOTENT,
)
async def replay_delivery(request: Request, id: DeliveryId) -> Response:
    """Now, under the same id, with all its attempts before it."""

    async def do() -> Answer:
        again = await asyncio.to_thread(webhooks.replay, services(request).database, id)
        return Answer(200, queue_out.delivery(again).model_dump_json())

    return await answer(request, do)


@router.delete(
    OWN_ID,
    operation_id="deleteWebhook",
    summary="Delete a webhook",
    status_code=204,
    responses=problems(401, 404, 422, 503),
)
async def delete_webhook(the: TheServices, id: WebhookId) -> None:
    """With all that was or is to be sent to it."""
    await asyncio.to_thread(webhooks.erase, the.database, id)
