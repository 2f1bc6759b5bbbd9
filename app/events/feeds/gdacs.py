"""GDACS: the EU's and UN's disaster alerts of the whole world, as RSS with a colour for the expected impact.

Orange is 2, red is 3, green is no event. Earthquakes and tsunamis fade as disasters do; a flood, cyclone, fire or
eruption counts until its last day and 3 days (orange) or 7 days (red) more. Droughts last for seasons: no events.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from xml.etree.ElementTree import Element

from app.events.feeds import documents, places
from app.events.feeds.report import Fault, FeedRefused, Parsed, Point, Report, collect, instant, line, point

_GDACS = "{http://www.gdacs.org}"
_GEORSS = "{http://www.georss.org/georss}point"
_SORTS = {
    "EQ": "earthquake",
    "TS": "tsunami",
    "TC": "tropical cyclone",
    "FL": "flood",
    "VO": "volcano",
    "WF": "wildfire",
}
_SUDDEN = {"EQ", "TS"}
_SEVERITY = {"orange": 2, "red": 3}
_LINGERS = {2: timedelta(days=3), 3: timedelta(days=7)}


def parse(data: bytes) -> Parsed:
    """Reports of a GDACS RSS document. Raises FeedRefused for something else."""
    root = documents.xml(data)
    channel = root.find("channel")
    if root.tag != "rss" or channel is None:
        raise FeedRefused("XML, but no RSS")
    return collect(channel.iterfind("item"), _read)


def _read(item: Element) -> Report | None:
    sort = _text(item, "eventtype").upper()
    severity = _SEVERITY.get(_text(item, "alertlevel").casefold())
    if severity is None or sort not in _SORTS:
        return None
    starts_at, last = _date(_text(item, "fromdate")), _date(_text(item, "todate") or _text(item, "fromdate"))
    if last < starts_at:
        raise Fault("ends before it starts")
    number = _text(item, "eventid")
    return Report(
        external_id=f"{sort}{number}" if number else "",
        name=_name(sort, _text(item, "eventname"), _text(item, "country")),
        kind="natural_disaster",
        sub_kind=_SORTS[sort],
        regions=places.from_iso3(_text(item, "iso3")) or places.from_text(_text(item, "country")),
        starts_at=starts_at,
        ends_at=None if sort in _SUDDEN else last + _LINGERS[severity],
        severity=severity,
        point=_point(item),
    )


def _name(sort: str, given: str, country: str) -> str:
    """Not GDACS's title: that changes with each figure."""
    what = _SORTS[sort].capitalize()
    return line(" ".join((what, given, f"in {country}" if country else "")))


def _text(item: Element, name: str) -> str:
    return line(item.findtext(_GDACS + name))


def _date(text: str) -> datetime:
    try:
        return instant(parsedate_to_datetime(text))
    except (TypeError, ValueError, IndexError, OverflowError) as error:
        raise Fault("no date that can be read") from error


def _point(item: Element) -> Point | None:
    parts = (item.findtext(_GEORSS) or "").split()
    return point(parts[0], parts[1]) if len(parts) == 2 else None
