"""What webhooks are told, each message as its JSON. Never a word of a draft but where its policy stores text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal, get_args

from app.service.reply import dumps
from app.store.pauses import Pause
from app.store.queue import Item
from app.store.webhooks import Message

MessageType = Literal["queue.verdict_changed", "queue.recheck", "queue.paused", "queue.resumed"]
TYPES: tuple[MessageType, ...] = get_args(MessageType)
Cause = Literal["events", "rules", "account", "edited"]


def of_change(before: Item, after: Item, cause: Cause) -> Message | None:
    """What a judgement has changed for whoever holds the draft; None where that is nothing.

    A draft that is held anew, under another check, is told of too: a release of the old check no longer lets it go.
    """
    anew = after.verdict == "hold" and after.check_id != before.check_id and cause != "edited"
    if after.verdict == before.verdict and not anew:
        asks = after.recheck is not None and before.recheck is None
        return _message("queue.recheck", _of_item(before, after, cause), after) if asks else None
    return _message("queue.verdict_changed", _of_item(before, after, cause), after)


def of_pause(pause: Pause, kind: Literal["queue.paused", "queue.resumed"]) -> Message:
    names = ("id", "account", "region", "tag", "why", "by")
    return _message(kind, {**{name: getattr(pause, name) for name in names}, "until": pause.until.isoformat()})


def _of_item(before: Item, after: Item, cause: Cause) -> dict[str, Any]:
    return {
        "id": after.id,
        "revision": after.revision,
        "account": after.account,
        "scheduled_for": after.scheduled_for.isoformat(),
        "tags": after.tags,
        "from": before.verdict,
        "to": after.verdict,
        "check_id": after.check_id,
        "cause": cause,
        "recheck": after.recheck is not None,
        "warnings": after.warnings,
    }


def _message(kind: MessageType, data: Mapping[str, Any], item: Item | None = None) -> Message:
    body = dumps({"type": kind, "timestamp": datetime.now(UTC).isoformat(), "data": data})
    return Message(kind, body, item.account_id if item else None)
