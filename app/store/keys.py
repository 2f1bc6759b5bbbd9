"""API keys: 256 random bits each, of which only a hash and the first characters are kept.

A plain SHA-256 is enough: the tokens are random, so there is no dictionary to try, and a slow hash would cost each
request more than the check itself.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from app.store import plain, tables
from app.store.ids import new_id

_KEYS = tables.api_keys


@dataclass(frozen=True, slots=True)
class ApiKey:
    id: str
    name: str
    prefix: str
    created_at: datetime
    revoked_at: datetime | None = None


def create(connection: Connection, name: str) -> tuple[ApiKey, str]:
    """A new key and its token, which can't be shown again."""
    plain.check_text(name)
    token = f"pp_{secrets.token_urlsafe(32)}"
    key = ApiKey(new_id("key"), name, token[:9], datetime.now(UTC))
    connection.execute(
        insert(_KEYS).values(id=key.id, name=name, prefix=key.prefix, digest=_digest(token), created_at=key.created_at)
    )
    return key, token


def find(connection: Connection, token: str) -> ApiKey | None:
    """The key a token belongs to, unless it was revoked."""
    query = select(_KEYS).where(_KEYS.c.digest == _digest(token), _KEYS.c.revoked_at.is_(None))
    row = connection.execute(query).first()
    return _key(row) if row else None


def list_all(connection: Connection) -> list[ApiKey]:
    return [_key(row) for row in connection.execute(select(_KEYS).order_by(_KEYS.c.id))]


def revoke(connection: Connection, key_id: str) -> bool:
    """False where there is no such key, or it was revoked before."""
    query = update(_KEYS).where(_KEYS.c.id == key_id, _KEYS.c.revoked_at.is_(None))
    return bool(connection.execute(query.values(revoked_at=datetime.now(UTC))).rowcount)


def any_exist(connection: Connection) -> bool:
    """True once a key was made, even if it was revoked: a service that asked for keys never opens by itself."""
    return connection.execute(select(_KEYS.c.id).limit(1)).first() is not None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _key(row: Row[Any]) -> ApiKey:
    return ApiKey(row.id, row.name, row.prefix, row.created_at, row.revoked_at)
