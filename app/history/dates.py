"""Dates as scheduling tools and spreadsheets spell them. A day alone is its noon; a time without a zone is UTC."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
_MONTH = rf"(?P<name>{'|'.join(_NAMES)})[a-z]{{0,6}}\.?"
_CLOCK = r"(?:t|\s+(?:at\s+)?)(?P<h>\d{1,2})(?::(?P<min>\d\d)(?::(?P<s>\d\d)(?:\.\d+)?)?)?\s?(?P<half>[ap]\.?m\.?)?"
_ZONE = r"(?:\s?\(?(?:z|utc|gmt)\)?)?(?:\s?(?P<zone>[+-]\d\d:?\d\d))?"
_DAYS = (
    r"(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})",
    r"(?P<first>\d{1,2})(?P<sep>[-/.])(?P<second>\d{1,2})(?P=sep)(?P<y>\d{4}|\d\d)",
    rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[ -]{_MONTH}[ -](?P<y>\d{{4}}|\d\d)",
    rf"{_MONTH} (?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?P<y>\d{{4}})",
)
_SPELLINGS = [
    *(re.compile(rf"{day}(?:{_CLOCK}{_ZONE})?", re.ASCII) for day in _DAYS),
    re.compile(rf"{_MONTH} (?P<d>\d{{1,2}}){_CLOCK}{_ZONE} (?P<y>\d{{4}})", re.ASCII),
]
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.? ")
_EPOCH = re.compile(r"\d{10}(\d{3})?", re.ASCII)


class Ambiguous(ValueError):
    """The day and the month could be either way round."""


def instant(given: str, *, day_first: bool | None) -> datetime:
    """The instant in UTC. Raises Ambiguous, or ValueError for what is no date."""
    if epoch := _EPOCH.fullmatch(given.strip()):
        return datetime.fromtimestamp(int(given) / (1000 if epoch.group(1) else 1), UTC)
    parts = _parts(given)
    if "first" in parts:
        parts["d"], parts["m"] = _day_and_month(parts, day_first)
    month = _MONTHS[parts["name"]] if "name" in parts else int(parts["m"])
    year = int(parts["y"]) + (2000 if len(parts["y"]) == 2 else 0)
    hour, minute, second = _clock(parts)
    when = datetime(year, month, int(parts["d"]), hour, minute, second, tzinfo=_zone(parts.get("zone")))
    try:
        return when.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("out of range") from error


def day_comes_first(given: Iterable[str]) -> bool | None:
    """Which of the two comes first in a column: one date that can be read one way only says it.

    None where none does, and where two contradict each other.
    """
    orders = {order for text in given if (order := _order(text)) is not None}
    return orders.pop() if len(orders) == 1 else None


def _order(given: str) -> bool | None:
    try:
        parts = _parts(given)
    except ValueError:
        return None
    first, second = int(parts.get("first", 0)), int(parts.get("second", 0))
    if parts.get("sep") == "." or (first > 12) == (second > 12):
        return None
    return first > 12


def _parts(given: str) -> dict[str, str]:
    plain = _WEEKDAY.sub("", " ".join(given.replace(",", " ").split()).lower(), count=1)
    for spelling in _SPELLINGS:
        if found := spelling.fullmatch(plain):
            return {name: value for name, value in found.groupdict().items() if value is not None}
    raise ValueError("no date")


def _day_and_month(parts: dict[str, str], day_first: bool | None) -> tuple[str, str]:
    """Dots are written day first wherever they are written; otherwise a number above 12 or the column decides."""
    first, second = parts["first"], parts["second"]
    if parts["sep"] == "." or int(first) > 12 or first.lstrip("0") == second.lstrip("0"):
        return first, second
    if int(second) > 12:
        return second, first
    if day_first is None:
        raise Ambiguous
    return (first, second) if day_first else (second, first)


def _clock(parts: dict[str, str]) -> tuple[int, int, int]:
    if "h" not in parts:
        return 12, 0, 0
    hour, half = int(parts["h"]), parts.get("half")
    if ("min" not in parts and half is None) or (half and not 1 <= hour <= 12):
        raise ValueError("no time of day")
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return hour, int(parts.get("min", 0)), int(parts.get("s", 0))


def _zone(given: str | None) -> timezone:
    if given is None:
        return UTC
    shift = timedelta(hours=int(given[1:3]), minutes=int(given[-2:]))
    return timezone(-shift if given.startswith("-") else shift)
