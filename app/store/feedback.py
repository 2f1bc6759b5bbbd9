"""Feedback on checks. Nothing is replaced: who changes their mind adds another, and the newest counts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select
from sqlalchemy import delete as delete_from

from app.domain import Feedback
from app.store import plain, tables
from app.store.ids import new_id

_FEEDBACK = tables.feedback
_PORTION = 500


def add(connection: Connection, feedback: Feedback, at: datetime) -> Feedback:
    """Store what was said under a new id."""
    stored = replace(feedback, id=new_id("fb"), at=at)
    for words in (stored.by, stored.why, stored.text or "", stored.rule or ""):
        plain.check_text(words)
    values = {name: getattr(stored, name) for name in _PLAIN}
    values |= {"given_by": stored.by, "labels": plain.dumps(dict(stored.labels)), "warned": plain.dumps(stored.warned)}
    connection.execute(insert(_FEEDBACK).values(**values))
    return stored


_PLAIN = (
    "id", "check_id", "at", "verdict_was", "category", "rule", "text", "why", "outcome", "model", "platform",
    "account_id", "account_kind", "country",
)  # fmt: skip


def get(connection: Connection, feedback_id: str) -> Feedback | None:
    row = connection.execute(select(_FEEDBACK).where(_FEEDBACK.c.id == feedback_id)).first()
    return _feedback(row) if row else None


def list_page(
    connection: Connection,
    *,
    after: str | None,
    limit: int,
    verdict_was: str | None = None,
    category: str | None = None,
    since: datetime | None = None,
) -> list[Feedback]:
    """Feedback in the order it came in; only that of one kind, of one category or since a moment, if given."""
    query = select(_FEEDBACK).order_by(_FEEDBACK.c.id).limit(limit)
    if after is not None:
        query = query.where(_FEEDBACK.c.id > after)
    if verdict_was is not None:
        query = query.where(_FEEDBACK.c.verdict_was == verdict_was)
    if category is not None:
        query = query.where(_FEEDBACK.c.category == category)
    if since is not None:
        query = query.where(_FEEDBACK.c.at >= since)
    return [_feedback(row) for row in connection.execute(query)]


def since(connection: Connection, moment: datetime | None) -> Iterator[Feedback]:
    """All feedback since a moment, or all there is, a portion at a time."""
    after: str | None = None
    while portion := list_page(connection, after=after, limit=_PORTION, since=moment):
        yield from portion
        after = portion[-1].id


def delete(connection: Connection, feedback_id: str) -> bool:
    """Erase it, text and all. False where there was none."""
    return bool(connection.execute(delete_from(_FEEDBACK).where(_FEEDBACK.c.id == feedback_id)).rowcount)


def _feedback(row: Row[Any]) -> Feedback:
    values = {name: getattr(row, name) for name in _PLAIN}
    return Feedback(**values, by=row.given_by, labels=json.loads(row.labels), warned=tuple(json.loads(row.warned)))
