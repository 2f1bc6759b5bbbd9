"""Who may ask: API keys, remembered for a few seconds so that a check costs no look-up."""

from __future__ import annotations

import asyncio
import time

from app.errors import Unauthorized
from app.store import keys
from app.store.session import Database

_MOST_REMEMBERED = 4096
_LONGEST = 100
"""characters of a token; ours have 46, and what is longer is not worth remembering"""


class KeyRing:
    """Admits everyone while no key was ever made and only loopback is listened on; from then on, key holders."""

    def __init__(self, database: Database, *, always: bool, ttl: float = 5.0) -> None:
        self._database, self._always, self._ttl = database, always, ttl
        self._closed = always
        self._looked_at = float("-inf")
        self._known: dict[str, tuple[bool, float]] = {}

    async def admit(self, token: str | None) -> None:
        """Raises Unauthorized, or StoreUnavailable where the keys can't be read: never opens by a failure."""
        if not await self._is_closed():
            return
        if token is None:
            raise Unauthorized("send an API key: Authorization: Bearer <key>")
        if len(token) > _LONGEST:
            raise Unauthorized("this API key is unknown or revoked")
        valid, until = self._known.get(token, (False, float("-inf")))
        if until < time.monotonic():
            valid = await asyncio.to_thread(self._look_up, token)
            self._remember(token, valid)
        if not valid:
            raise Unauthorized("this API key is unknown or revoked")

    async def _is_closed(self) -> bool:
        if not self._closed and self._looked_at + self._ttl < time.monotonic():
            self._closed = await asyncio.to_thread(self.any_exist)
            self._looked_at = time.monotonic()
        return self._closed

    def any_exist(self) -> bool:
        with self._database.transaction() as connection:
            return keys.any_exist(connection)

    def _look_up(self, token: str) -> bool:
        with self._database.transaction() as connection:
            return keys.find(connection, token) is not None

    def _remember(self, token: str, valid: bool) -> None:
        if len(self._known) >= _MOST_REMEMBERED:
            self._known.clear()
        self._known[token] = (valid, time.monotonic() + self._ttl)
