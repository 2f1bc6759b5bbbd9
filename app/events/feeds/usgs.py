"""USGS: significant earthquakes of the world, as GeoJSON with an estimate of the impact (PAGER).

Red is 3, orange is 2. Yellow, and no colour yet (the first half hour) with a significance of 600 or more, are 1; green
is no event. The region follows from the words of the place; where they name none, mid-ocean mostly, it is WORLD and
the severity 1, so that `accept = "severity >= 2"` leaves it to a person.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from app.events.feeds import documents, places
from app.events.feeds.report import WORLD, Fault, Parsed, Point, Report, collect, instant, line, point

_SIGNIFICANT = 600
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def parse(data: bytes) -> Parsed:
    """Reports of a USGS summary. Raises FeedRefused for something else."""
    return collect(documents.features(data), _read)


def _read(feature: dict[str, Any]) -> Report | None:
    told = documents.properties(feature)
    if not told:
        raise Fault("no properties")
    severity = _severity(told)
    if told.get("type") != "earthquake" or severity is None:
        return None
    where, starts_at, at = line(told.get("place"), 120), _time(told.get("time")), _point(feature)
    regions = places.from_text(where, at)
    withdrawn = told.get("status") == "deleted"
    return Report(
        external_id=line(feature.get("id"), 100),
        name=_name(told.get("mag"), where),
        kind="natural_disaster",
        sub_kind="earthquake",
        regions=regions or WORLD,
        starts_at=starts_at,
        ends_at=max(starts_at, _time(told.get("updated"))) if withdrawn else None,
        severity=severity if regions else 1,
        point=at,
        replaces=tuple(filter(None, line(told.get("ids"), 2_000).split(","))),
    )


def _severity(told: dict[str, Any]) -> int | None:
    colour, significance = told.get("alert"), told.get("sig")
    if colour in ("red", "orange", "yellow", "green"):
        return {"red": 3, "orange": 2, "yellow": 1, "green": None}[str(colour)]
    return 1 if isinstance(significance, int | float) and significance >= _SIGNIFICANT else None


def _name(magnitude: object, where: str) -> str:
    strength = f", magnitude {magnitude:.1f}" if isinstance(magnitude, int | float) and abs(magnitude) < 20 else ""
    return f"Earthquake{strength}, {where}" if where else f"Earthquake{strength}"


def _time(milliseconds: object) -> datetime:
    """USGS counts from 1970 in milliseconds."""
    try:
        return instant(_EPOCH + timedelta(milliseconds=milliseconds))  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError) as error:
        raise Fault("no date that can be read") from error


def _point(feature: dict[str, Any]) -> Point | None:
    geometry = feature.get("geometry")
    found = geometry.get("coordinates") if isinstance(geometry, dict) else None
    return point(found[1], found[0]) if isinstance(found, list) and len(found) >= 2 else None
