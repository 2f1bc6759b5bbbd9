"""What all tests share: services that tests have ended give their memory back."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from itertools import count

import fastapi.dependencies.models as remembered
import pytest

_EVERY = 100
"""tests between two clearings: each takes some tenths of a second"""
_TESTS = count(1)


@pytest.fixture(autouse=True)
def _no_ended_service_stays() -> Iterator[None]:
    """FastAPI remembers endpoints, and with them the service that they closed over: fifty megabytes each."""
    yield
    if next(_TESTS) % _EVERY == 0:
        for name in vars(remembered):
            if name.endswith("_cached"):
                getattr(remembered, name).cache_clear()
        gc.unfreeze()
        gc.collect()
