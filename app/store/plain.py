"""Domain values as JSON and back, for the columns that hold whole values."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from app.domain import Account, Event
from app.errors import Invalid

_NOT_KEPT = {"id", "recent_posts"}
_EVENT_COLUMNS = {"id", "starts_at", "ends_at", "status"}
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
    """Everything but what has columns of its own."""
    values = {f.name: getattr(event, f.name) for f in fields(event) if f.name not in _EVENT_COLUMNS}
    return dumps({name: value for name, value in values.items() if value is not None})


def event_from_json(text: str, **columns: Any) -> Event:
    return Event(**{name: _tuple(value) for name, value in json.loads(text).items()}, **columns)


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
