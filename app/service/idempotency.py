"""The same POST sent twice is done once and answered the same both times."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import NamedTuple

from app.errors import Invalid, PrepostError
from app.store import idempotency
from app.store.session import Database

log = logging.getLogger(__name__)
_KEY = re.compile(r"[!-~]{1,200}")
_LONGEST = 120


class Answer(NamedTuple):
    status: int
    body: str
    replayed: bool = False


def scope(api_key: str | None, method: str, path: str) -> str:
    """Where an Idempotency-Key holds: one API key's requests to one path, its parameters included.

    At most as long as its column; a long one becomes its digest, for a cut one could be another's.
    """
    written = f"{api_key or '-'} {method} {path}"
    return written if len(written) <= _LONGEST else "sha256:" + hashlib.sha256(written.encode()).hexdigest()


async def once(database: Database, key: str, route: str, *, sent: bytes, do: Callable[[], Awaitable[Answer]]) -> Answer:
    """Do it, or give the answer that the key got before.

    Raises Conflict for another body under the same key, Invalid for an unusable key. What fails gives the key back.
    Where the answer is there and can't be kept it is given all the same: what it says has been done.
    """
    if not _KEY.fullmatch(key):
        raise Invalid("Idempotency-Key must have 1 to 200 printable ASCII characters and no space")
    fingerprint = hashlib.sha256(sent).hexdigest()
    stored = await asyncio.to_thread(_reserve, database, key, route, fingerprint)
    if stored is not None:
        return Answer(stored.status, stored.body, replayed=True)
    answer = None
    try:
        answer = await do()
    finally:
        try:
            await asyncio.to_thread(_settle, database, key, route, answer)
        except PrepostError as error:
            log.warning("what became of an Idempotency-Key could not be kept: %s", error.detail)
    return answer


def _reserve(database: Database, key: str, route: str, fingerprint: str) -> idempotency.Stored | None:
    with database.transaction() as connection:
        return idempotency.reserve(connection, key, route, fingerprint, datetime.now(UTC))


def _settle(database: Database, key: str, route: str, answer: Answer | None) -> None:
    with database.transaction() as connection:
        if answer is None:
            idempotency.abandon(connection, key, route)
        else:
            idempotency.finish(connection, key, route, status=answer.status, body=answer.body)
