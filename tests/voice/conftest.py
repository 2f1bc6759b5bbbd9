"""Posts of two accounts that nobody would confuse, and what comparing needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.voice.compare import Voices

CROSSING = "The {0}.{1:02} crossing to Pier {2} is cancelled due to high winds. Tickets stay valid. #Ferries"
DIARY = "cant believe i missed bus {0} again lol, my {1}th time this {2} 😂"


@pytest.fixture(scope="session")
def voices() -> Voices:
    return Voices.load(Path(__file__).parents[2] / "app" / "voice" / "tables")


@pytest.fixture
def ferries() -> list[str]:
    return [CROSSING.format(n % 24, n % 60, n % 7) for n in range(130)]


@pytest.fixture
def diary() -> list[str]:
    return [DIARY.format(n % 9, n % 24, ("week", "month", "year")[n % 3]) for n in range(130)]
