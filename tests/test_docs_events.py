"""The events' page tells the truth: each of its examples is stopped, or goes through, as it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import pytest
from starlette.testclient import TestClient

from app.domain import EventKind
from app.main import create_app
from app.settings import Settings

PAGE = (Path(__file__).parents[1] / "docs" / "events.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in row.strip("|").split("|")]
    for row in re.findall(r"^\| `\w+` \| .+ \| .+ \| .+ \| .+ \|$", PAGE, re.M)
]
EXAMPLES = [(row[0].strip("`"), *row[2:]) for row in ROWS if len(row) == 5]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"))
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as found:
        yield found


def test_every_kind_has_its_example() -> None:
    assert [kind for kind, *_ in EXAMPLES] == list(get_args(EventKind))


@pytest.mark.parametrize(("kind", "name", "stopped", "goes_through"), EXAMPLES)
def test_examples_are_judged_as_the_page_says(
    client: TestClient, kind: str, name: str, stopped: str, goes_through: str
) -> None:
    event = {"name": name, "kind": kind, "regions": ["GB"], "severity": 3, "starts_at": "2026-03-05T08:00:00Z"}

    def verdict(text: str, events: list[dict[str, Any]]) -> str:
        body = {
            "draft": {"text": text, "platform": "x"},
            "account": {"handle": "@corville", "kind": "brand", "language": "en", "regions": ["GB"]},
            "context": {"now": "2026-03-05T12:00:00Z", "events": events},
        }
        found: str = client.post("/check", json=body).raise_for_status().json()["verdict"]
        return found

    assert verdict(stopped, [event]) in ("warn", "hold")
    assert verdict(goes_through, [event]) == "pass"
