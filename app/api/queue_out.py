"""The queue's values as the API shows them, and its requests as the service takes them."""

from __future__ import annotations

from typing import Any

from app.api import convert
from app.api.schemas import queue as models
from app.api.schemas import webhooks as webhook_models
from app.api.schemas.check import CheckRequest
from app.api.schemas.reply import ReleaseOut
from app.service.queue import Seen
from app.service.waiting import Entry
from app.store.pauses import Pause
from app.store.webhooks import Delivery, Webhook


def entry(item_id: str, given: models.QueuedDraft) -> Entry:
    request = CheckRequest.model_construct(
        draft=given.draft, account=given.account, author=given.author, options=given.options
    )
    return Entry(item_id, convert.query(request), tuple(dict.fromkeys(given.tags)), given.keep)


def item(seen: Seen) -> models.QueueItem:
    stored, released = seen.item, seen.release
    return models.QueueItem(
        state=seen.state,
        may_go=seen.may_go,
        up_to_date=seen.up_to_date,
        warnings=[models.QueueWarning.model_validate(warning) for warning in stored.warnings],
        tags=list(stored.tags),
        release=ReleaseOut(by=released.by, why=released.why, at=released.at.isoformat()) if released else None,
        paused=models.PausedBy(**_named(seen.pause, "id", "until", "why", "by")) if seen.pause else None,
        **_named(stored, "id", "revision", "verdict", "check_id", "recheck", "account", "scheduled_for", "keep"),
        judged_at=stored.judged_at,
    )


def pause(stored: Pause) -> models.PauseOut:
    return models.PauseOut(**_named(stored, *models.PauseOut.model_fields))


def webhook(stored: Webhook) -> webhook_models.WebhookOut:
    return webhook_models.WebhookOut(**_webhook(stored))


def added_webhook(stored: Webhook) -> webhook_models.AddedWebhook:
    return webhook_models.AddedWebhook(**_webhook(stored), secret=stored.secret)


def _webhook(stored: Webhook) -> dict[str, Any]:
    return {**_named(stored, "id", "url", "created_at", "disabled"), "types": list(stored.types)}


def delivery(stored: Delivery) -> webhook_models.DeliveryOut:
    same = [name for name in webhook_models.DeliveryOut.model_fields if name != "webhook"]
    return webhook_models.DeliveryOut(webhook=stored.webhook_id, **_named(stored, *same))


def _named(value: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names}
