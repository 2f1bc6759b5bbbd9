"""Webhooks: who is told, what was sent, and sending it once more."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime

from app.egress import Network, Refused, resolve
from app.errors import Conflict, Invalid, NotFound
from app.store import webhooks
from app.store.session import Database
from app.store.webhooks import Delivery, DeliveryState, Webhook

_PREFIX = "whsec_"
_SHORTEST, _LONGEST = 24, 64
"""bytes of a secret, as Standard Webhooks has it"""


def add(
    database: Database, url: str, *, secret: str | None, types: Sequence[str], allowed: Sequence[Network]
) -> Webhook:
    """From now on it is told of changes. Raises Invalid for a secret or a place that won't do; waits for DNS."""
    if secret is not None:
        _key(secret)
    try:
        resolve(url, allowed=allowed)
    except Refused as refusal:
        way = "; PREPOST_WEBHOOK_NETWORKS names networks that are allowed" if "not public" in refusal.detail else ""
        raise Invalid(refusal.detail + way, pointer="/url") from refusal
    chosen = secret or _PREFIX + base64.b64encode(secrets.token_bytes(_SHORTEST)).decode()
    with database.transaction() as connection:
        return webhooks.add(connection, Webhook(url, chosen, tuple(dict.fromkeys(types)), datetime.now(UTC)))


def list_all(database: Database) -> list[Webhook]:
    with database.transaction() as connection:
        return webhooks.list_all(connection)


def erase(database: Database, webhook_id: str) -> None:
    """With all that was or is to be sent to it. Raises NotFound."""
    with database.transaction() as connection:
        if not webhooks.delete(connection, webhook_id):
            raise NotFound(f"there is no webhook {webhook_id!r}")


def page(
    database: Database, *, after: str | None, limit: int, state: DeliveryState | None, webhook_id: str | None
) -> list[Delivery]:
    """Up to `limit` messages in the order they came up."""
    with database.transaction() as connection:
        return webhooks.list_deliveries(connection, after=after, limit=limit, state=state, webhook_id=webhook_id)


def replay(database: Database, delivery_id: str) -> Delivery:
    """Send it again, now, under its old id. Raises NotFound, and Conflict where nothing is sent there any more."""
    with database.transaction() as connection:
        found = webhooks.get_delivery(connection, delivery_id)
        if found is None:
            raise NotFound(f"there is no delivery {delivery_id!r}")
        webhook = webhooks.get(connection, found.webhook_id)
        if webhook is None or webhook.disabled is not None:
            raise Conflict("its webhook is disabled: delete it and add it anew")
        webhooks.replay(connection, delivery_id, datetime.now(UTC))
        again = webhooks.get_delivery(connection, delivery_id)
    return again or found


def headers(secret: str, delivery_id: str, body: str, at: datetime) -> dict[str, str]:
    """As Standard Webhooks 1.0 has them: the id, the second of the attempt, and the signature of both with the body."""
    stamp = str(int(at.timestamp()))
    signed = hmac.new(_key(secret), f"{delivery_id}.{stamp}.{body}".encode(), hashlib.sha256).digest()
    return {
        "webhook-id": delivery_id,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{base64.b64encode(signed).decode()}",
    }


def _key(secret: str) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not secret.startswith(_PREFIX) or not _SHORTEST <= len(key) <= _LONGEST:
        raise Invalid(f"a secret is whsec_ and {_SHORTEST} to {_LONGEST} bytes in base64", pointer="/secret")
    return key
