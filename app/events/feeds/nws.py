"""NWS: active alerts of the United States, as GeoJSON with the fields of CAP.

Actual alerts only. Extreme ones that are observed or likely and immediate are 3, other extreme ones 2; severe ones,
which are often routine, 1 and only where they are observed and immediate. A warning is a forecast: no anniversary.
States follow from the zone codes (UGC); alerts for waters alone have no area here.
"""

from __future__ import annotations

from typing import Any

from app.domain import EventKind
from app.events.feeds import documents, places
from app.events.feeds.report import Fault, Parsed, Report, collect, iso_instant, line, strings
from app.events.feeds.sorts import sort_of

_KINDS: dict[str, EventKind] = {
    "civil": "unrest",
    "law enforcement": "unrest",
    "hazardous": "accident",
    "radiological": "accident",
    "nuclear": "accident",
    "child abduction": "other",
    "911": "other",
    "local area": "other",
}
_MESSAGES = ("Alert", "Update", "Cancel")


def parse(data: bytes) -> Parsed:
    """Reports of the alerts that are active. Raises FeedRefused for something else."""
    return collect(documents.features(data), _read)


def _read(feature: dict[str, Any]) -> Report | None:
    told = documents.properties(feature)
    if not told:
        raise Fault("no properties")
    severity, message = _severity(told), told.get("messageType")
    if told.get("status") != "Actual" or severity is None or message not in _MESSAGES:
        return None
    what, sent = line(told.get("event"), 80), iso_instant(told.get("sent"))
    starts_at = iso_instant(told.get("onset")) or iso_instant(told.get("effective")) or sent
    if starts_at is None:
        raise Fault("no date that can be read")
    ends_at = iso_instant(told.get("ends")) or iso_instant(told.get("expires"))
    if message == "Cancel":
        ends_at = max(starts_at, sent or starts_at)
    return Report(
        external_id=line(told.get("id"), 200),
        name=line(f"{what}: {line(told.get('areaDesc'))}" if what else ""),
        kind=next((kind for word, kind in _KINDS.items() if word in what.casefold()), "natural_disaster"),
        sub_kind=sort_of(what) or what.casefold(),
        regions=_regions(told),
        starts_at=starts_at,
        ends_at=ends_at,
        severity=severity,
        replaces=_references(told),
        forecast=True,
    )


def _severity(told: dict[str, Any]) -> int | None:
    level, certainty, now = told.get("severity"), told.get("certainty"), told.get("urgency") == "Immediate"
    if level == "Extreme":
        return 3 if now and certainty in ("Observed", "Likely") else 2
    return 1 if level == "Severe" and now and certainty == "Observed" else None


def _regions(told: dict[str, Any]) -> tuple[str, ...]:
    codes = told.get("geocode")
    zones = strings(codes.get("UGC")) if isinstance(codes, dict) else iter(())
    return tuple(dict.fromkeys(region for zone in zones for region in places.of_us_state(zone[:2])))


def _references(told: dict[str, Any]) -> tuple[str, ...]:
    """The ids of the alerts that this one updates or cancels."""
    given = told.get("references")
    found = given[:100] if isinstance(given, list) else []
    return tuple(line(item.get("identifier"), 200) for item in found if isinstance(item, dict))
