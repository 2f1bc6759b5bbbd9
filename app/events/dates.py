"""Rules that say when a day of remembrance falls, in any year.

| rule | means |
|---|---|
| `fixed 11-11` | that day of that month |
| `weekday 2 sun 11`, `weekday last mon 05` | the second Sunday of November, the last Monday of May |
| `nearest sun 07-11`, `before wed 11-23` | the Sunday next to a day, the last Wednesday before one |
| `from sun 07-16` | the first Sunday on or after a day |
| `easter -2`, `orthodox -2` | days from Easter Sunday, western or orthodox |
| `advent -14` | days from the first Sunday of Advent |
| `hebrew 27 nisan`, `islamic 10 muharram`, `ethiopian 12 yekatit` | by those calendars |
| `chinese 7-15`, `term qingming` | month and day of the Chinese calendar, its solar term |

Behind any rule: `fri-1 sun+1` moves a day that falls on a Friday to the day before, one on a Sunday to the day after.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

from app.events import other_calendars as others

Rule = Callable[[int], tuple[date, ...]]
"""The days of a Gregorian year on which something falls: one nearly always, two or none of the Islamic calendar."""

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SHIFT = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)([+-][1-6])")
_OFFSET = re.compile(r"[+-]\d{1,3}")
_DAY = timedelta(days=1)
_LEAP = 2024


def parse(text: str) -> Rule:
    """The rule that the text states. Raises ValueError with what is wrong about it."""
    words = text.split()
    shifts = {}
    while words and (shift := _SHIFT.fullmatch(words[-1])):
        shifts[_WEEKDAYS.index(shift[1])] = int(shift[2])
        words.pop()
    if not words or words[0] not in _PARSERS:
        raise ValueError(f"{text!r} is no rule; known are: {', '.join(_PARSERS)}")
    maker, count = _PARSERS[words[0]]
    if len(words) - 1 != count:
        raise ValueError(f"{text!r}: {words[0]!r} takes {count} words")
    rule = maker(*words[1:])
    return _shifted(rule, shifts) if shifts else rule


def _shifted(rule: Rule, shifts: dict[int, int]) -> Rule:
    return lambda year: tuple(day + shifts.get(day.weekday(), 0) * _DAY for day in rule(year))


def _fixed(day: str) -> Rule:
    month, number = _month_day(day)
    return lambda year: (date(year, month, number),)


def _nth(which: str, weekday: str, month: str) -> Rule:
    number, wanted = _number(month, 12), _weekday(weekday)
    if which == "last":
        return lambda year: (_before(wanted, date(year + number // 12, number % 12 + 1, 1)),)
    weeks = _number(which, 4) - 1
    return lambda year: (_from(wanted, date(year, number, 1)) + 7 * weeks * _DAY,)


def _nearest(weekday: str, day: str) -> Rule:
    wanted, (month, number) = _weekday(weekday), _month_day(day)
    return lambda year: (_from(wanted, date(year, month, number) - 3 * _DAY),)


def _before_day(weekday: str, day: str) -> Rule:
    wanted, (month, number) = _weekday(weekday), _month_day(day)
    return lambda year: (_before(wanted, date(year, month, number)),)


def _from_day(weekday: str, day: str) -> Rule:
    wanted, (month, number) = _weekday(weekday), _month_day(day)
    return lambda year: (_from(wanted, date(year, month, number)),)


def _easter(offset: str) -> Rule:
    days = _offset(offset)
    return lambda year: (easter(year, EASTER_WESTERN) + days,)


def _orthodox(offset: str) -> Rule:
    days = _offset(offset)
    return lambda year: (easter(year, EASTER_ORTHODOX) + days,)


def _advent(offset: str) -> Rule:
    """The first of the four Sundays of Advent is the one from 27 November on."""
    days = _offset(offset)
    return lambda year: (_from(_WEEKDAYS.index("sun"), date(year, 11, 27)) + days,)


def _hebrew(day: str, month: str) -> Rule:
    number, of = _number(day, 29), _named(month, others.HEBREW)
    return lambda year: others.hebrew(year, of, number)


def _islamic(day: str, month: str) -> Rule:
    number, of = _number(day, 29), _named(month, others.ISLAMIC)
    return lambda year: others.islamic(year, of, number)


def _ethiopian(day: str, month: str) -> Rule:
    number, of = _number(day, 30), _named(month, others.ETHIOPIAN)
    return lambda year: others.ethiopian(year, of, number)


def _chinese(day: str) -> Rule:
    month, _, number = day.partition("-")
    of, on = _number(month, 12), _number(number, 29)
    return lambda year: others.chinese(year, of, on)


def _term(name: str) -> Rule:
    if name != "qingming":
        raise ValueError(f"the term {name!r} is not known; qingming is")
    return others.qingming


_PARSERS: dict[str, tuple[Callable[..., Rule], int]] = {
    "fixed": (_fixed, 1),
    "weekday": (_nth, 3),
    "nearest": (_nearest, 2),
    "before": (_before_day, 2),
    "from": (_from_day, 2),
    "easter": (_easter, 1),
    "orthodox": (_orthodox, 1),
    "advent": (_advent, 1),
    "hebrew": (_hebrew, 2),
    "islamic": (_islamic, 2),
    "ethiopian": (_ethiopian, 2),
    "chinese": (_chinese, 1),
    "term": (_term, 1),
}


def _from(weekday: int, day: date) -> date:
    """The first such weekday on or after the day."""
    return day + (weekday - day.weekday()) % 7 * _DAY


def _before(weekday: int, day: date) -> date:
    """The last such weekday before the day."""
    return _from(weekday, day - 7 * _DAY)


def _month_day(text: str) -> tuple[int, int]:
    """A day that every year has."""
    if not re.fullmatch(r"\d\d-\d\d", text):
        raise ValueError(f"{text!r} is no month and day, as 11-09")
    day = date.fromisoformat(f"{_LEAP}-{text}")
    if (day.month, day.day) == (2, 29):
        raise ValueError("29 February is not in every year: take the 28th")
    return day.month, day.day


def _number(text: str, most: int) -> int:
    number = int(text) if text.isascii() and text.isdecimal() else 0
    if not 1 <= number <= most:
        raise ValueError(f"{text!r} is no number from 1 to {most}")
    return number


def _offset(text: str) -> timedelta:
    if not _OFFSET.fullmatch(text):
        raise ValueError(f"{text!r} is no number of days with its sign, as -2")
    return timedelta(days=int(text))


def _weekday(text: str) -> int:
    if text not in _WEEKDAYS:
        raise ValueError(f"{text!r} is no weekday; known are: {', '.join(_WEEKDAYS)}")
    return _WEEKDAYS.index(text)


def _named(name: str, months: dict[str, int]) -> int:
    if name not in months:
        raise ValueError(f"{name!r} is no month; known are: {', '.join(months)}")
    return months[name]
