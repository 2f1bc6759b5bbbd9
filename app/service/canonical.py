"""One way to write a value down: the same input gives the same bytes, and so the same digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any

from app.events.index import EventSet
from app.voice.profile import Profile
from app.voice.rival import Rival


def digest(value: Any) -> str:
    """`sha256:` and the hex digest of the value's canonical JSON."""
    written = json.dumps(value, default=_plain, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(written.encode()).hexdigest()


@cache
def _fields(kind: Any) -> Callable[[Any], tuple[Any, ...]] | None:
    """All fields of one of our frozen values at once, in the order of its definition."""
    if kind is EventSet:
        return lambda events: (events.digest,)
    if kind in (Profile, Rival):  # the mark tells one from another; the counts are many and change with each version
        return lambda known: (known.mark,)
    names = getattr(kind, "__slots__", ())
    return attrgetter(*names) if names else None


def _plain(value: Any) -> Any:
    if fields := _fields(value.__class__):
        return fields(value)
    if isinstance(value, date):  # or a moment
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no canonical form")
