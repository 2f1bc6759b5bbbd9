"""The calendar over HTTP: what a region remembers between two days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "data" / "calendar"


def test_a_regions_days_are_listed_with_what_to_know_of_each(start) -> None:
    """Prevents a calendar that a planner can't read beforehand."""
    client = start(calendar_dir=DATA)
    answer = client.get("/v1/calendar", params={"region": "GB", "from": "2026-11-01", "to": "2026-11-11"}).json()
    days = {item["name"]: item for item in answer["items"]}
    sunday = days["Remembrance Sunday"]
    assert (sunday["date"], sunday["kind"], sunday["silence"]) == ("2026-11-08", "memorial_day", "11:00")
    assert sunday["confirmed"]
    assert sunday["source"]
    assert days["Remembrance Day"]["date"] == "2026-11-11"
    assert all({"GB", "WORLD"} & set(item["regions"]) for item in answer["items"])


def test_without_dates_it_is_the_next_ninety_days_everywhere(client) -> None:
    """The first call of a person needs no parameter."""
    answer = client.get("/v1/calendar").json()
    today = datetime.now(UTC).date()
    assert (answer["first"], answer["last"]) in {
        (str(day), str(day + timedelta(days=90))) for day in (today, today - timedelta(days=1))
    }


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"region": "Britain"}, "region"),
        ({"from": "2026-13-01"}, "from"),
        ({"from": "1066-10-14"}, "from"),
        ({"from": "0"}, "from"),
        ({"from": ""}, "from"),
        ({"from": "2026-11-30", "to": "2026-11-01"}, "to"),
        ({"from": "2026-01-01", "to": "2029-01-01"}, "to"),
    ],
)
def test_a_wrong_parameter_is_named(client, query: dict, parameter: str) -> None:
    """Prevents an empty list for a question that was misunderstood."""
    answer = client.get("/v1/calendar", params=query)
    assert answer.status_code == 422
    assert [fault["parameter"] for fault in answer.json()["errors"]] == [parameter]


def test_a_check_takes_the_day_into_account(start, request_for) -> None:
    """A draft for Remembrance Sunday meets it; the day is said once where the caller says it too."""
    client = start(calendar_dir=DATA)
    sunday = request_for() | {"context": {"now": "2026-11-08T10:58:00Z"}}
    warned = client.post("/v1/check", json=sunday).json()["warnings"]
    assert [warning["why"] for warning in warned] == ["Remembrance Sunday is going on."]
    told = {"name": "Remembrance Sunday, two minutes' silence", "kind": "memorial_day", "regions": ["GB"]}
    sunday["context"]["events"] = [told]
    warned = client.post("/v1/check", json=sunday).json()["warnings"]
    assert [warning["why"] for warning in warned] == [f"{told['name']} is going on."]


def test_the_same_draft_on_the_same_day_has_the_same_hash(start, request_for) -> None:
    """Days of the calendar are part of what was judged, and must not differ by the order they were computed in."""
    hashes = {start(calendar_dir=DATA).post("/v1/check", json=request_for()).json()["input_hash"] for _ in range(2)}
    assert len(hashes) == 1
