"""Who may ask: API keys, remembered for a few seconds so that a check costs no look-up."""

from __future__ import annotations

import asyncio
import ipaddress
import time

from app.errors import Misdirected, Unauthorized
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
        self._known: dict[str, tuple[str | None, float]] = {}
        self._hosts: dict[str, bool] = {}

    async def admit(self, token: str | None) -> str | None:
        """The id of the token's key, or None where none is asked for.

        Raises Unauthorized, or StoreUnavailable where the keys can't be read: never opens by a failure.
        """
        if not await self._is_closed():
            return None
        if token is None:
            raise Unauthorized("send an API key: Authorization: Bearer <key>")
        if len(token) > _LONGEST:
            raise Unauthorized("this API key is unknown or revoked")
        key_id, until = self._known.get(token, (None, float("-inf")))
        if until < time.monotonic():
            key_id = await asyncio.to_thread(self._look_up, token)
            self._remember(token, key_id)
        if key_id is None:
            raise Unauthorized("this API key is unknown or revoked")
        return key_id

    def expect_local(self, host: str) -> None:
        """Raises Misdirected where no key is asked for and the Host header names anything but this machine.

        A web page can have its own name resolve to 127.0.0.1 (DNS rebinding) and then speak with what listens there;
        the browser still sends the page's name. Goes by what was last known of the keys, and so reads no store.
        """
        if self._closed:
            return
        local = self._hosts.get(host)
        if local is None:
            local = is_local(host)
            if len(self._hosts) < _MOST_REMEMBERED and len(host) <= _LONGEST:
                self._hosts[host] = local
        if not local:
            raise Misdirected(
                "while no API key exists, only this machine is answered, and the Host header names another: use "
                "localhost or a loopback address, or make a key with `prepost keys create`"
            )

    async def _is_closed(self) -> bool:
        if not self._closed and self._looked_at + self._ttl < time.monotonic():
            await asyncio.to_thread(self.any_exist)
            self._looked_at = time.monotonic()
        return self._closed

    def any_exist(self) -> bool:
        """Whether a key was ever made; read from the store, and the ring is closed from then on."""
        with self._database.transaction() as connection:
            found = keys.any_exist(connection)
        self._closed = self._closed or found
        return found

    def _look_up(self, token: str) -> str | None:
        with self._database.transaction() as connection:
            found = keys.find(connection, token)
        return found.id if found else None

    def _remember(self, token: str, key_id: str | None) -> None:
        if len(self._known) >= _MOST_REMEMBERED:
            self._known.clear()
        self._known[token] = (key_id, time.monotonic() + self._ttl)


def is_local(host: str) -> bool:
    """Whether a Host header, with or without a port, names this machine: localhost, 127.0.0.0/8 or [::1]."""
    name, _, port = host.rpartition(":") if not host.endswith("]") and ":" in host else (host, "", "")
    if port and not port.isdecimal():
        return False
    if name.lower() == "localhost":
        return True
    bare = name[1:-1] if name.startswith("[") and name.endswith("]") else name
    if (bare != name) != (":" in bare):
        return False
    try:
        return ipaddress.ip_address(bare).is_loopback
    except ValueError:
        return False
