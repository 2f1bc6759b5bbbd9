"""Domain values as JSON and back, for the columns that hold whole values."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from app.domain import Account, Event
from app.errors import Invalid

_NOT_KEPT = {"id", "recent_posts"}
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_ESCAPED_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
"""NUL as JSON writes it; the six characters themselves, typed by somebody, follow an escaped backslash"""
_UNSTORABLE = "text with NUL or lone surrogates can't be stored"


def dumps(value: Any) -> str:
    """Compact JSON. Raises Invalid for text that no database takes: NUL and lone surrogates."""
    return check_json(_encode(value))


def check_json(text: str) -> str:
    """JSON that was written elsewhere, characters unescaped. Raises as `dumps` does."""
    if "\\u0000" in text and _ESCAPED_NUL.search(text):
        raise Invalid(_UNSTORABLE)
    check_text(text)
    return text


def check_text(text: str) -> None:
    """Raises Invalid for NUL (PostgreSQL refuses it) and lone surrogates (UTF-8 has no form for them)."""
    if "\x00" in text:
        raise Invalid(_UNSTORABLE)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise Invalid(_UNSTORABLE) from error


def account_to_json(account: Account) -> str:
    """Everything but the id and the posts, which have columns and rows of their own."""
    values = {f.name: getattr(account, f.name) for f in fields(account) if f.name not in _NOT_KEPT}
    return dumps({name: dict(v) if isinstance(v, Mapping) else v for name, v in values.items() if v not in (None, ())})


def account_from_json(account_id: str, text: str) -> Account:
    return Account(id=account_id, **{name: _tuple(value) for name, value in json.loads(text).items()})


def event_to_json(event: Event) -> str:
    return dumps(
        {
            "name": event.name,
            "kind": event.kind,
            "regions": event.regions,
            "keywords": event.keywords,
            "severity": event.severity,
        }
    )


def event_from_json(event_id: str, text: str, starts_at: datetime | None, ends_at: datetime | None) -> Event:
    values = {name: _tuple(value) for name, value in json.loads(text).items()}
    return Event(id=event_id, starts_at=starts_at, ends_at=ends_at, **values)


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
