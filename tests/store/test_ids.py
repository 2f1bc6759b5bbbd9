"""Identifiers."""

from __future__ import annotations

import re

from app.store import ids


def test_an_id_says_what_it_is_and_fits_a_url() -> None:
    """Prefix, then at least 22 safe characters, no two alike."""
    made = {ids.new_id("chk") for _ in range(1_000)}
    assert len(made) == 1_000
    assert all(re.fullmatch(r"chk_[0-9A-V]{22,}", one) for one in made)


def test_ids_sort_by_time(monkeypatch) -> None:
    """So that pages follow the order of creation."""
    made = []
    for second in (1_700_000_000, 1_800_000_000, 1_900_000_000.5):
        monkeypatch.setattr(ids.time, "time", lambda second=second: second)
        made.append(ids.new_id("evt"))
    assert made == sorted(made)
