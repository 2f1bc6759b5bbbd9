"""Length in the units of each platform, beyond what the platforms' own suites ask."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import get_args

import pytest

from app.domain import Platform
from app.text.length import length, unit

LIMITS = Path(__file__).parents[2] / "app/checks/platform_rule/lists/limits.toml"
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
    limits = tomllib.loads(LIMITS.read_text("utf-8"))
    stated = {name: limits[name]["text"]["unit"] for name in get_args(Platform) if "text" in limits.get(name, {})}
    assert stated == {name: unit(name) for name in stated}
