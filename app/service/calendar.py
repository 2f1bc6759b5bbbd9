"""Which days of mourning and remembrance to show: a region's, between two dates."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from app.errors import Invalid
from app.events.calendar import Calendar, Occurrence

AHEAD = timedelta(days=90)
MOST = timedelta(days=731)


def between(
    calendar: Calendar, region: str | None, first: date | None, last: date | None
) -> tuple[date, date, list[Occurrence]]:
    """The first and the last day, and what falls on them. Without a start from today, without an end ninety days on.

    Raises Invalid where the end comes before the start, or more than two years after it.
    """
    since = first or datetime.now(UTC).date()
    until = last or since + AHEAD
    if until < since:
        raise Invalid("`to` must not be earlier than `from`", parameter="to")
    if until - since > MOST:
        raise Invalid("at most two years at once", parameter="to")
    return since, until, calendar.observances(region, since, until)
