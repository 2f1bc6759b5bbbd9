"""Dates in the spellings of tools and spreadsheets."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.history.dates import Ambiguous, day_comes_first, instant

NINE = datetime(2026, 11, 25, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "given",
    [
        "2026-11-25 09:05", "2026-11-25T09:05:00Z", "2026-11-25T10:05:00.000+01:00", "2026/11/25 9:05",
        "25.11.2026 09:05",
        "25/11/2026 09:05", "11/25/2026 9:05 AM", "11/25/26 9:05am", "Nov 25, 2026 9:05 AM", "25 November 2026 09:05",
        "Wednesday, November 25th, 2026 at 9:05 a.m.", "Wed, 25 Nov 2026 09:05:00 +0000", "25-Nov-26 09:05",
        "Wed Nov 25 09:05:00 +0000 2026", "2026-11-25 09:05:00 UTC", "2026-11-25 09:05 (UTC)", "1795597500",
        "1795597500000",
    ],
)  # fmt: skip
def test_usual_spellings_are_one_instant(given: str) -> None:
    """Prevents a tool's export from losing its times."""
    assert instant(given, day_first=None) == NINE


@pytest.mark.parametrize(
    ("given", "hour"),
    [("25 Nov 2026", 12), ("2026-11-25 12:00 AM", 0), ("2026-11-25 12 pm", 12), ("2026-11-25 11PM", 23)],
)
def test_days_alone_and_halves_of_days(given: str, hour: int) -> None:
    """Prevents midnight from being read as noon."""
    assert instant(given, day_first=None) == datetime(2026, 11, 25, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    "given", ["", "soon", "2026-13-01", "31/02/2026", "2026-11-25 25:00", "2026-11-25 9", "25 Nov 2026 13:00 PM",
              "25/11", "2026-11-25 09:05 EST", "2026-11-25 09:05 +99:00", "٢٠٢٦-11-25", "0000-01-01", "13/13/2026"],
)  # fmt: skip
def test_what_is_no_date_is_no_date(given: str) -> None:
    """Prevents a guess; a zone that is only a name stands for several."""
    with pytest.raises(ValueError):  # noqa: PT011
        instant(given, day_first=None)


def test_the_column_decides_which_comes_first() -> None:
    """Prevents the third of April from becoming the fourth of March."""
    assert day_comes_first(["03/04/2026", "25/04/2026", "soon"]) is True
    assert day_comes_first(["03/04/2026", "04/25/2026"]) is False
    assert day_comes_first(["03/04/2026", "2026-04-25", "25.04.2026"]) is None
    assert day_comes_first(["25/04/2026", "04/25/2026"]) is None
    assert instant("03/04/2026", day_first=True).month == 4
    assert instant("03/04/2026", day_first=False).month == 3
    assert instant("4/04/2026", day_first=None).month == 4
    with pytest.raises(Ambiguous):
        instant("03/04/2026", day_first=None)
