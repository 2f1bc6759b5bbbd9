"""Twins of sombre context: the floor below which a change of rules may not fall."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from bench.twins import alarms, pairs

FLOOR = 0.9
"""of pairs wholly right; most were seen while rules were written: docs/quality.md tells the first runs"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"))
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as found:
        yield found


def test_nine_twins_in_ten_are_judged_rightly_on_both_sides(client: TestClient) -> None:
    """Prevents a mended false alarm from costing the catches, and the other way round."""

    def warned(request: object) -> bool:
        return bool(alarms(client.post("/check", json=request).raise_for_status().json()))

    right = [warned(pair["alarm"]) and not warned(pair["quiet"]) for pair in pairs()]
    assert len(right) > 200
    assert sum(right) / len(right) >= FLOOR


@pytest.mark.parametrize(
    ("text", "day", "verdict"),
    [
        ("A tsunami of savings hits our shops today 🎉", "2027-03-11", "warn"),
        ("A tsunami of savings hits our shops today 🎉", "2027-03-12", "pass"),
        ("At 14:46 we stand still and remember.", "2027-03-11", "pass"),
    ],
)
def test_words_that_are_misused_on_a_day_clash_on_that_day(
    client: TestClient, text: str, day: str, verdict: str
) -> None:
    """They are known by heart to every press officer of the country, and to no scheduling tool."""
    body = {
        "draft": {"text": text, "platform": "x"},
        "account": {"handle": "@acme", "kind": "brand", "regions": ["JP"], "timezone": "Asia/Tokyo", "language": "en"},
        "context": {"now": f"{day}T10:00:00+09:00"},
    }
    assert client.post("/check", json=body).raise_for_status().json()["verdict"] == verdict
