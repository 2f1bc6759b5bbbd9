"""Elections and referendums among events: they count before they begin, for the silence that many countries keep."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from app.domain import Account, Event
from app.events.places import WORLD, places, reach

AHEAD = timedelta(days=5)
"""before the poll's beginning: longer than any silence"""
_LASTS = timedelta(days=1)
"""where nobody says when it ends"""
_NAMES = re.compile(
    r"\b(?:by-?)?(?:elections?|elect\w+ day|polling day|polls?|referend\w+|plebiscit\w*|ballot|elecci[oó]n\w*"
    r"|elei[cç][aãoõ]\w*|[eé]lections?|elezion\w+|wahl\w*|\w+wahl\w*|volksabstimmung|verkiezing\w*|wybory|volitve"
    r"|izbori|εκλογ\w+)\b",
    re.IGNORECASE,
)


def named_polls(events: Iterable[Event]) -> tuple[Event, ...]:
    """Those whose name or words say that people vote."""
    return tuple(event for event in events if _NAMES.search(" ".join((event.name, *event.keywords))))


def coming_polls(found: Iterable[Event], account: Account, at: datetime) -> tuple[Event, ...]:
    """Those near the account that are going on at `at`, or begin within `AHEAD`."""
    touched = reach(frozenset(account.regions)) if account.regions and WORLD not in account.regions else None
    return tuple(event for event in found if _is_soon(event, at) and _is_near(event, touched))


def _is_soon(event: Event, at: datetime) -> bool:
    begins = event.starts_at is None or event.starts_at - at <= AHEAD
    ends = event.ends_at or (event.starts_at + _LASTS if event.starts_at is not None else None)
    return begins and (ends is None or at <= ends)


def _is_near(event: Event, touched: frozenset[str] | None) -> bool:
    return touched is None or not touched.isdisjoint(places(event.regions))
