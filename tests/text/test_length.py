"""Length in the units of each platform, beyond what the platforms' own suites ask."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from app.domain import Platform
from app.platforms.limits import UNITS, read_limits
from app.text.length import length, measure, unit

LIMITS = Path(__file__).parents[2] / "data/platforms/limits.csv"
FAMILY = "👨‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("platform", "expected"),
    [("x", 4), ("bluesky", 3), ("mastodon", 3), ("threads", 27), ("tiktok", 13), ("youtube", 27), ("linkedin", 9)],
)
def test_a_family_counts_differently_everywhere(platform: Platform, expected: int) -> None:
    """Two letters and one joined emoji of seven code points."""
    assert expected == length("ab" + FAMILY, platform)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("acme.com", 23),
        ("https://acme.com/" + "a" * 200, 23),
        ("see acme.co.za now", 31),
        ("report.docx", 11),
        ("3.50", 4),
        ("漢字", 4),
    ],
)
def test_x_counts_a_link_as_23_wherever_its_domain_exists(text: str, expected: int) -> None:
    """A bare domain is a link, a file name is not."""
    assert expected == length(text, "x")


@pytest.mark.parametrize("platform", get_args(Platform))
def test_marks_without_end_have_a_length_too(platform: Platform) -> None:
    """Normalising a hundred thousand accents would take minutes."""
    assert length("a" + "\u0316\u0301" * 50_000, platform) > 0


def test_units_are_those_the_limits_are_stated_in() -> None:
    """A warning must not say graphemes where bytes were counted."""
    limits = read_limits(LIMITS)
    stated = {name: limits[name, "text"][0].unit for name in get_args(Platform) if (name, "text") in limits}
    assert stated == {name: unit(name) for name in stated}


@pytest.mark.parametrize("name", [name for name in UNITS if name != "characters of a tag list"])
def test_each_unit_of_the_table_can_be_counted(name: str) -> None:
    """Prevents a row whose unit raises where the text is long enough to be measured."""
    assert measure("ab", name) == 2
