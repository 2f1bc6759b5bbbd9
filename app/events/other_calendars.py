"""Days of the Hebrew, Islamic, Chinese and Ethiopian calendars, as they fall in a year of the Gregorian one.

The arithmetic is that of pyluach, hijridate (Umm al-Qura), lunar_python and, in four lines, of the Ethiopian calendar,
which is the Julian one with other names. Each function gives all days that fall in the year: of the Islamic calendar,
whose years are eleven days shorter, it may be two.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from hijridate import Gregorian, Hijri
from lunar_python import Lunar, Solar
from pyluach.dates import HebrewDate
from pyluach.hebrewcal import Year

_HEBREW = "nisan iyar sivan tammuz av elul tishrei cheshvan kislev tevet shevat adar"
_ISLAMIC = "muharram safar rabi-1 rabi-2 jumada-1 jumada-2 rajab shaban ramadan shawwal dhu-al-qada dhu-al-hijja"
_ETHIOPIAN = "meskerem tikimt hidar tahsas tir yekatit megabit miazia ginbot sene hamle nehase"
HEBREW, ISLAMIC, ETHIOPIAN = (
    {name: number for number, name in enumerate(names.split(), start=1)} for names in (_HEBREW, _ISLAMIC, _ETHIOPIAN)
)
_ADAR = HEBREW["adar"]
_CYCLE = timedelta(days=10_631)
"""Thirty Islamic years, about 29 Gregorian ones. Before 1930 and after 2070 the table of Umm al-Qura repeats by it:
within a day or two, as any forecast of sightings so far ahead."""


def hebrew(year: int, month: int, day: int) -> tuple[date, ...]:
    """In a leap year Adar means Adar II, as it does for the anniversary of what happened in a common one."""
    years = (year + 3760, year + 3761)
    return _in(year, (HebrewDate(own, month + (month == _ADAR and Year(own).leap), day).to_pydate() for own in years))


def islamic(year: int, month: int, day: int) -> tuple[date, ...]:
    """By Umm al-Qura, whose months begin at the new moon: seldom later than where it must be seen, often earlier."""
    shift = _CYCLE * (0 if 1930 <= year <= 2070 else (year - 2000) // 29)
    begun = Gregorian.fromdate(date(year, 1, 1) - shift).to_hijri().year
    days = (Hijri(own, month, day).to_gregorian().toordinal() for own in (begun, begun + 1, begun + 2))
    return _in(year, (date.fromordinal(ordinal) + shift for ordinal in days))


def chinese(year: int, month: int, day: int) -> tuple[date, ...]:
    """Of a leap month its first, as the festivals are."""
    return _in(year, (_pydate(Lunar.fromYmd(own, month, day).getSolar()) for own in (year - 1, year)))


def qingming(year: int) -> tuple[date, ...]:
    """The solar term, in Beijing's time."""
    return (_pydate(Lunar.fromYmd(year, 1, 1).getJieQiTable()["清明"]),)


def ethiopian(year: int, month: int, day: int) -> tuple[date, ...]:
    """Twelve months of thirty days and five or six days more; 1 Meskerem of the year 1 was day 2,796."""
    firsts = (2_430 + 365 * own + own // 4 for own in (year - 8, year - 7))
    return _in(year, (date.fromordinal(first + 30 * (month - 1) + day) for first in firsts))


def _pydate(solar: Solar) -> date:
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


def _in(year: int, found: Iterable[date]) -> tuple[date, ...]:
    return tuple(day for day in found if day.year == year)
