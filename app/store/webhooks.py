"""Who is told of changes, and each message to each of them: kept until it is delivered or given up.

A message is stored in the transaction of what it tells of, so that neither is without the other. Its id stays the same
over every attempt and replay.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, Row, insert, or_, select, update
from sqlalchemy import delete as delete_from

from app.errors import Conflict
from app.store import plain, tables
from app.store.ids import new_id

_WEBHOOKS = tables.webhooks
_DELIVERIES = tables.deliveries
DeliveryState = Literal["pending", "delivered", "dead"]
MOST = 32
"""endpoints at most: each has attempts of its own under way"""
_LONGEST_ERROR = 300


@dataclass(frozen=True, slots=True)
class Webhook:
    url: str
    secret: str
    types: tuple[str, ...]
    created_at: datetime
    id: str = ""
    disabled: str | None = None
    """why nothing is sent to it any more"""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one endpoint."""

    id: str
    webhook_id: str
    type: str
    body: str
    created_at: datetime
    state: DeliveryState
    attempts: int
    next_attempt_at: datetime | None
    last_attempt_at: datetime | None
    last_status: int | None
    last_error: str | None


class Message(NamedTuple):
    """Something to be told to each endpoint that asked for its type."""

    type: str
    body: str
    account_id: str | None = None
    """of a stored account: erased with it"""


# --- endpoints -----------------------------------------------------------------------------------------------------


def add(connection: Connection, webhook: Webhook) -> Webhook:
    """Store it under a new id. Raises Conflict where there are as many as can be served."""
    if len(list_all(connection)) >= MOST:
        raise Conflict(f"there are {MOST} webhooks already")
    stored = replace(webhook, id=new_id("whk"))
    values = {name: getattr(stored, name) for name in ("id", "url", "secret", "created_at", "disabled")}
    plain.check_text(stored.url)
    connection.execute(insert(_WEBHOOKS).values(types=plain.dumps(stored.types), **values))
    return stored


def get(connection: Connection, webhook_id: str) -> Webhook | None:
    row = connection.execute(select(_WEBHOOKS).where(_WEBHOOKS.c.id == webhook_id)).first()
    return _webhook(row) if row else None


def list_all(connection: Connection) -> list[Webhook]:
    """All endpoints, the oldest first."""
    return [_webhook(row) for row in connection.execute(select(_WEBHOOKS).order_by(_WEBHOOKS.c.id))]


def delete(connection: Connection, webhook_id: str) -> bool:
    """Erase it with all that was or is to be sent to it."""
    connection.execute(delete_from(_DELIVERIES).where(_DELIVERIES.c.webhook_id == webhook_id))
    return bool(connection.execute(delete_from(_WEBHOOKS).where(_WEBHOOKS.c.id == webhook_id)).rowcount)


def disable(connection: Connection, webhook_id: str, why: str) -> None:
    """Nothing is sent to it any more; what waits for it is dead."""
    connection.execute(update(_WEBHOOKS).where(_WEBHOOKS.c.id == webhook_id).values(disabled=why))
    waiting = update(_DELIVERIES).where(_DELIVERIES.c.webhook_id == webhook_id, _DELIVERIES.c.state == "pending")
    connection.execute(waiting.values(state="dead", next_attempt_at=None, last_error=why))


# --- messages ------------------------------------------------------------------------------------------------------


def enqueue(connection: Connection, messages: Sequence[Message], at: datetime) -> int:
    """Store each for every endpoint that asked for its type; how many are to be delivered."""
    if not messages:
        return 0
    endpoints = [webhook for webhook in list_all(connection) if webhook.disabled is None]
    rows = [
        {
            "id": new_id("msg"),
            "webhook_id": webhook.id,
            "account_id": message.account_id,
            "type": message.type,
            "body": plain.check_json(message.body),
            "created_at": at,
            "state": "pending",
            "attempts": 0,
            "next_attempt_at": at,
        }
        for message in messages
        for webhook in endpoints
        if message.type in webhook.types
    ]
    if rows:
        connection.execute(insert(_DELIVERIES), rows)
    return len(rows)


def claim(
    connection: Connection, now: datetime, busy: Mapping[str, int], *, each: int, lease: timedelta
) -> list[tuple[Delivery, Webhook]]:
    """Messages that are due, those of each endpoint up to `each` less what it has under way, for the caller to send.

    Nobody else gets them while the lease lasts; if the caller dies they are due again after it.
    """
    claimed: list[tuple[Delivery, Webhook]] = []
    for webhook in list_all(connection):
        free = each - busy.get(webhook.id, 0)
        if webhook.disabled is None and free > 0:
            query = select(_DELIVERIES).where(
                _DELIVERIES.c.webhook_id == webhook.id,
                _DELIVERIES.c.state == "pending",
                _DELIVERIES.c.next_attempt_at <= now,
            )
            due = connection.execute(query.order_by(_DELIVERIES.c.next_attempt_at, _DELIVERIES.c.id).limit(free)).all()
            claimed += [
                (delivery, webhook) for delivery in map(_delivery, due) if _lease(connection, delivery, now, lease)
            ]
    return claimed


def _lease(connection: Connection, delivery: Delivery, now: datetime, lease: timedelta) -> bool:
    mine = update(_DELIVERIES).where(
        _DELIVERIES.c.id == delivery.id,
        _DELIVERIES.c.state == "pending",
        _DELIVERIES.c.next_attempt_at == delivery.next_attempt_at,
    )
    return bool(connection.execute(mine.values(next_attempt_at=now + lease)).rowcount)


def settle(
    connection: Connection,
    delivery_id: str,
    *,
    state: DeliveryState,
    at: datetime,
    next_attempt_at: datetime | None = None,
    status: int | None = None,
    error: str | None = None,
) -> None:
    """What came of an attempt. One that was delivered stays so."""
    change = update(_DELIVERIES).where(_DELIVERIES.c.id == delivery_id, _DELIVERIES.c.state != "delivered")
    connection.execute(
        change.values(
            state=state,
            attempts=_DELIVERIES.c.attempts + 1,
            next_attempt_at=next_attempt_at,
            last_attempt_at=at,
            last_status=status,
            last_error=error[:_LONGEST_ERROR] if error else None,
        )
    )


def replay(connection: Connection, delivery_id: str, now: datetime) -> bool:
    """Make it due now, with all its attempts before it, under its old id. False where there is none."""
    again = update(_DELIVERIES).where(_DELIVERIES.c.id == delivery_id)
    return bool(connection.execute(again.values(state="pending", attempts=0, next_attempt_at=now)).rowcount)


def get_delivery(connection: Connection, delivery_id: str) -> Delivery | None:
    row = connection.execute(select(_DELIVERIES).where(_DELIVERIES.c.id == delivery_id)).first()
    return _delivery(row) if row else None


def list_deliveries(
    connection: Connection, *, after: str | None, limit: int, state: str | None = None, webhook_id: str | None = None
) -> list[Delivery]:
    """Messages in the order they came up."""
    query = select(_DELIVERIES).order_by(_DELIVERIES.c.id).limit(limit)
    if after is not None:
        query = query.where(_DELIVERIES.c.id > after)
    if state is not None:
        query = query.where(_DELIVERIES.c.state == state)
    if webhook_id is not None:
        query = query.where(_DELIVERIES.c.webhook_id == webhook_id)
    return [_delivery(row) for row in connection.execute(query)]


def purge(connection: Connection, before: datetime, *, most: int = 1_000) -> int:
    """Erase up to `most` settled messages that came up before this; how many there were."""
    settled = or_(_DELIVERIES.c.state == "delivered", _DELIVERIES.c.state == "dead")
    over = select(_DELIVERIES.c.id).where(_DELIVERIES.c.created_at < before, settled).limit(most)
    ids = list(connection.execute(over).scalars())
    if ids:
        connection.execute(delete_from(_DELIVERIES).where(_DELIVERIES.c.id.in_(ids)))
    return len(ids)


def _webhook(row: Row[Any]) -> Webhook:
    return Webhook(row.url, row.secret, tuple(json.loads(row.types)), row.created_at, row.id, row.disabled)


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(**{name: getattr(row, name) for name in Delivery.__slots__})
