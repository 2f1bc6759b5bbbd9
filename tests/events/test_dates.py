"""Rules of dates: what they give in a year, and which are refused."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.events.dates import parse

YEARS = st.integers(1990, 2090)
ONCE = [
    "fixed 11-11", "weekday 2 sun 11", "weekday last mon 05", "nearest sun 07-11", "before wed 11-23", "from sun 07-16",
    "easter -2", "orthodox -2", "advent -14", "hebrew 27 nisan fri-1 sun+1", "hebrew 7 adar", "ethiopian 12 yekatit",
    "chinese 7-15", "term qingming",
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("weekday last sun 04", date(2028, 4, 30)),
        ("weekday last sun 12", date(2028, 12, 31)),
        ("nearest sun 07-11", date(2024, 7, 14)),
        ("nearest sun 07-11", date(2028, 7, 9)),
        ("before wed 11-23", date(2022, 11, 16)),
        ("from sun 07-16", date(2028, 7, 16)),
        ("advent -14", date(2023, 11, 19)),
        ("hebrew 4 iyar thu-1 fri-2 sun+1", date(2021, 4, 14)),
        ("hebrew 4 iyar thu-1 fri-2 sun+1", date(2023, 4, 25)),
        ("hebrew 9 av sat+1", date(2022, 8, 7)),
        ("hebrew 7 adar", date(2024, 3, 17)),
        ("islamic 10 muharram", date(2024, 7, 16)),
        ("chinese 7-15", date(2025, 9, 6)),
        ("ethiopian 12 yekatit", date(2024, 2, 20)),
        ("ethiopian 12 yekatit", date(2025, 2, 19)),
    ],
)
def test_a_rule_gives_the_known_day(rule: str, expected: date) -> None:
    """Prevents a day that is a week or a month off: the edges of each rule."""
    assert parse(rule)(expected.year) == (expected,)


@given(YEARS, st.sampled_from(ONCE))
def test_a_rule_gives_one_day_of_each_year(year: int, rule: str) -> None:
    """Prevents a day of mourning that is lost in some year, or counted twice."""
    (day,) = parse(rule)(year)
    assert day.year == year


@given(st.integers(1900, 2199))
def test_an_islamic_day_comes_every_354_days(year: int) -> None:
    """Two fall in some years, none in none but by chance of the turn; beyond the table of Umm al-Qura too."""
    days = [day for each in (year - 1, year, year + 1) for day in parse("islamic 10 muharram")(each)]
    gaps = {(later - earlier).days for earlier, later in pairwise(days)}
    assert gaps <= set(range(352, 358))


def test_two_islamic_days_may_fall_in_one_year() -> None:
    """Prevents the second Ashura of a year from going unnoticed."""
    assert len(parse("islamic 10 muharram")(2008)) + len(parse("islamic 10 muharram")(2009)) == 3


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("", "is no rule"),
        ("sometimes", "is no rule"),
        ("fixed 02-29", "29 February"),
        ("fixed 13-01", "month must be"),
        ("fixed 1-1", "is no month and day"),
        ("fixed", "takes 1 words"),
        ("weekday 5 sun 11", "no number from 1 to 4"),
        ("weekday 2 sunday 11", "is no weekday"),
        ("easter 2", "with its sign"),
        ("hebrew 30 cheshvan", "no number from 1 to 29"),
        ("hebrew 1 january", "is no month"),
        ("chinese 7", "no number"),
        ("term winter", "is not known"),
    ],
)
def test_a_rule_that_means_nothing_is_refused(rule: str, reason: str) -> None:
    """Prevents a typing error that shows on the day itself, or only in a year without that day."""
    with pytest.raises(ValueError, match=reason):
        parse(rule)
