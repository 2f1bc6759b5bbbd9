"""When a text may go out, read from the words behind an embargo's marker.

Days in numbers, names of months in seven languages, `today`, `tomorrow` and days of the week are read; the hour may stand before or behind them.
Where the hour is missing the whole day counts, where a time zone is missing the account's or else the latest on earth.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero ene gennaio gen janeiro januari janner",
            "february feb februar fevrier fev febrero febbraio fevereiro februari",
            "march mar marz mars marzo marco maart mrt mrz",
            "april apr avril abril abr aprile avr",
            "may mai mayo maggio mag maio mei",
            "june jun juni juin junio giugno giu junho",
            "july jul juli juillet julio luglio lug julho juil",
            "august aug aout agosto ago augustus",
            "september sep sept septembre septiembre settembre set setembro",
            "october oct oktober okt octobre octubre ottobre ott outubro out",
            "november nov novembre noviembre novembro",
            "december dec dezember dez decembre diciembre dic dicembre dezembro",
        ),
        1,
    )
    for name in names.split()
}
_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = re.compile(
    rf"(?P<iso>\d{{4}}-\d\d-\d\d)|(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.|º|er)? (?:of |de )?(?P<month>{_NAME})\b\.?(?:,? (?:de )?(?P<year>\d{{4}}))?"
    rf"|\b(?P<month2>{_NAME})\.? (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|:|[ap]m)(?:,? (?P<year2>\d{{4}}))?"
    r"|(?P<n1>\d{1,2})(?P<sep>[./-])(?P<n2>\d{1,2})[./-](?P<year3>\d{4}|\d\d)(?!\d)|(?P<n3>\d{1,2})\.(?P<n4>\d{1,2})\.(?!\d)"
)
_HOUR = re.compile(
    r"(?<![\d.:/-])(?P<h>[01]?\d|2[0-4])(?:[:.h](?P<m>[0-5]\d))(?::\d\d)?\s?(?P<half>[ap]\.?m\b)?|(?<![\d.:/-])(?P<h2>1[0-2]|0?\d)\s?(?P<half2>[ap]\.?m\b)"
    r"|(?<![\d.:/-])(?P<h3>[01]?\d|2[0-4])\s?(?:uhr|h|hrs|hours|heures|horas|ore|uur)\b|(?P<word>\bnoon\b|\bmidday\b|\bmidnight\b|\bmittag\b|\bmitternacht\b|\bmidi\b|\bminuit\b|\bmediodia\b|\bmedianoche\b)"
    r"|(?<![\d.:/-])(?P<four>[01]\d[0-5]\d|2[0-3][0-5]\d)(?= ?(?:hrs|hours|gmt|utc|bst|cet|cest|est|edt|pst|pdt|et|pt)\b)"
)
_ZONES = {
    "utc": 0, "gmt": 0, "z": 0, "bst": 1, "wet": 0, "west": 1, "ist": 5.5, "cet": 1, "cest": 2, "mez": 1, "mesz": 2, "eet": 2, "eest": 3, "msk": 3,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "brt": -3, "aest": 10, "aedt": 11, "jst": 9, "sgt": 8,
}  # fmt: skip
_CITIES = {"et": "America/New_York", "eastern": "America/New_York", "ct": "America/Chicago", "pt": "America/Los_Angeles", "pacific": "America/Los_Angeles",
           "uk": "Europe/London", "london": "Europe/London", "berlin": "Europe/Berlin", "paris": "Europe/Paris", "madrid": "Europe/Madrid"}  # fmt: skip
_ZONE = re.compile(rf"\b(?:{'|'.join([*_ZONES, *_CITIES])})\b|(?:utc|gmt)?(?P<sign>[+-])(?P<hours>\d\d?)(?::?00)?\b")
_WEST = timezone(timedelta(hours=-12))
"""where each hour comes last"""
_MONTH_FIRST = ("US", "PH", "CA")


def release_time(words: str, now: datetime, *, zone: str | None, regions: tuple[str, ...]) -> datetime | None:
    """When the words, folded, say that the text may go out; None where they don't say a day. `now` is aware."""
    day = _day(words, now, regions)
    if day is None:
        return None
    hour = _hour(words[: day[1]] + " " * (day[2] - day[1]) + words[day[2] :])
    try:
        local = datetime.combine(day[0], time()) + (timedelta(days=1) if hour is None else hour)
    except OverflowError:  # the last day that there is
        return datetime.max.replace(tzinfo=UTC)
    return local.replace(tzinfo=_zone(words, zone))


def _day(words: str, now: datetime, regions: tuple[str, ...]) -> tuple[date, int, int] | None:
    for match in _DAY.finditer(words):
        try:
            return _date(match, now, regions), *match.span()
        except (ValueError, OverflowError):
            continue
    return None


def _date(match: re.Match[str], now: datetime, regions: tuple[str, ...]) -> date:
    if match["iso"]:
        return date.fromisoformat(match["iso"])
    if name := match["month"] or match["month2"]:
        return _with_year(match["year"] or match["year2"], _MONTHS[name], int(match["d"] or match["d2"]), now)
    if match["n3"]:
        return _with_year(None, int(match["n4"]), int(match["n3"]), now)
    first, second = int(match["n1"]), int(match["n2"])
    month_first = match["sep"] == "/" and any(region.startswith(_MONTH_FIRST) for region in regions)
    month, day = (first, second) if (month_first and first <= 12) or second > 12 else (second, first)
    return _with_year(match["year3"], month, day, now)


def _with_year(year: str | None, month: int, day: int, now: datetime) -> date:
    """Without a year the one that brings the day nearest."""
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    days = [_date_or_none(now.year + shift, month, day) for shift in (-2, -1, 0, 1, 2)]
    known = [each for each in days if each is not None]  # 29 February is none in most years
    if not known:
        raise ValueError(f"there is no {day}.{month}.")
    return min(known, key=lambda each: abs(each - now.date()))


def _date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _hour(words: str) -> timedelta | None:
    match = _HOUR.search(words)
    if match is None:
        return None
    if match["word"]:
        return timedelta(
            hours=0
            if match["word"][:3] in ("min", "mit", "mid") and match["word"] not in ("midday", "midi", "mittag")
            else 12
        )
    if match["four"]:
        return timedelta(hours=int(match["four"][:2]), minutes=int(match["four"][2:]))
    hour, half = int(match["h"] or match["h2"] or match["h3"]), (match["half"] or match["half2"] or "")[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return timedelta(hours=hour, minutes=int(match["m"] or 0))


def _zone(words: str, zone: str | None) -> tzinfo:
    for match in _ZONE.finditer(words):
        if match["sign"]:
            return timezone(timedelta(hours=min(14, int(match["hours"])) * (1 if match["sign"] == "+" else -1)))
        if match[0] in _ZONES:
            return timezone(timedelta(hours=_ZONES[match[0]]))
        return ZoneInfo(_CITIES[match[0]])
    try:
        return ZoneInfo(zone) if zone else _WEST
    except (ZoneInfoNotFoundError, ValueError, OSError):  # "Europe" is a folder of zones
        return _WEST
