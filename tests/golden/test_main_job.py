"""The main job through HTTP: five documented kinds of mistake, ten paraphrases of each, each with a harmless twin.

The cases were written from the issue and the contract alone, before the rules were tuned. The figures of the first run
stand in docs/quality.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings

SCENARIOS = yaml.safe_load(Path(__file__).with_name("main_job.yml").read_text(encoding="utf-8"))["scenarios"]
NAMES = [scenario["name"] for scenario in SCENARIOS]
RANK = ["pass", "warn", "hold", "block"]
CAUGHT = 8
"""of ten paraphrases"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("store"))
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as client:
        yield client


def _reply(client: TestClient, request: dict[str, Any]) -> dict[str, Any]:
    response = client.post("/check", content=json.dumps(request), headers={"Content-Type": "application/json"})
    assert response.status_code == 200, response.text
    return response.json()


def _caught(reply: dict[str, Any], case: dict[str, Any], expect: dict[str, Any]) -> bool:
    """Right category, grave enough, and a span of it touches each of the words."""
    right = [warning for warning in reply["warnings"] if warning["category"] in expect["category"]]
    spans = [span for warning in right for span in warning["spans"] if span["field"] == "text"]
    text = case["request"]["draft"]["text"]
    places = [(text.index(words), text.index(words) + len(words)) for words in case["words"]]
    pointed = all(any(s["start"] < end and start < s["end"] for s in spans) for start, end in places)
    return bool(right) and pointed and RANK.index(reply["verdict"]) >= RANK.index(expect["at_least"])


@pytest.mark.parametrize("scenario", SCENARIOS, ids=NAMES)
def test_the_documented_mistake_is_caught(client: TestClient, scenario: dict[str, Any]) -> None:
    """Prevents a release that misses the very mistakes Prepost is for."""
    case = scenario["original"]
    reply = _reply(client, case["request"])
    assert _caught(reply, case, scenario["expect"]), reply["warnings"]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=NAMES)
def test_most_paraphrases_are_caught(client: TestClient, scenario: dict[str, Any]) -> None:
    """Prevents rules that know one sentence by heart."""
    missed = [
        case["request"]["draft"]["text"]
        for case in scenario["paraphrases"]
        if not _caught(_reply(client, case["request"]), case, scenario["expect"])
    ]
    assert len(scenario["paraphrases"]) - len(missed) >= CAUGHT, missed


@pytest.mark.parametrize("scenario", SCENARIOS, ids=NAMES)
def test_each_harmless_twin_passes(client: TestClient, scenario: dict[str, Any]) -> None:
    """Prevents false alarms on the drafts nearest to the mistakes."""
    twins = [case["twin"] for case in (scenario["original"], *scenario["paraphrases"])]
    alarmed = [
        (twin["draft"]["text"], [warning["rule"] for warning in reply["warnings"]])
        for twin in twins
        if (reply := _reply(client, twin))["verdict"] != "pass"
    ]
    assert alarmed == []
