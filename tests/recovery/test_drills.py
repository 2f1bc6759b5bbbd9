"""Drills: Prepost's own are whole and right, a team's stand beside them, and a wrong one is refused by name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.api.schemas.recovery import RecoverRequest
from app.errors import BadRecovery
from app.main import create_app
from app.recovery.drills import BEST, Drill, load
from app.recovery.incident import SPEAKERS
from app.settings import Settings

FOLDER = Path(__file__).parents[2] / "data" / "recovery" / "drills"
DRILLS = load([FOLDER])
SMALL = """
title = "A typo"
speaker = "organisation"
account = "@acme, a shop."
story = "You have written Teusday."
debrief = "Let it go."
[recovery]
post = { text = "See you Teusday" }
[[steps]]
minute = 0
seconds = 30
says = "Somebody laughs."
ask = "What now?"
late = "They laugh on."
method = "Nobody was hurt."
[[steps.choices]]
do = "Nothing."
worth = 2
then = "It is over."
[[steps.choices]]
do = "Apologise to everybody."
worth = 0
then = "Now everybody has seen it."
"""


def test_there_are_the_five_scenarios_each_for_a_company_and_for_a_person() -> None:
    """The ceremony, the wrong account, the false report, the promotion, the robot replies."""
    named = {"ceremony", "wrong-account", "false-report", "promotion", "robot-replies"}
    assert set(DRILLS) == {f"{name}-{speaker}" for name in named for speaker in SPEAKERS}
    assert all(drill.id.endswith(drill.speaker) for drill in DRILLS.values())


@pytest.mark.parametrize("drill", DRILLS.values(), ids=DRILLS)
def test_a_drill_can_be_played_to_its_end_and_judged(drill: Drill) -> None:
    """Enough decisions, one answer to write, and an incident that the triage takes."""
    assert len(drill.steps) >= 5
    assert sum(not step.choices for step in drill.steps) == 1
    assert all(len(step.choices) != 1 for step in drill.steps)
    RecoverRequest.model_validate_json(json.dumps(drill.recovery))


def test_the_method_s_choice_is_not_told_by_its_place_or_its_length() -> None:
    """Whoever always takes b, or the longest, learns nothing."""
    choices = [step.choices for drill in DRILLS.values() for step in drill.steps if step.choices]
    places = [[choice.worth == BEST for choice in each].index(True) for each in choices]
    assert max(places.count(place) for place in set(places)) <= 0.6 * len(places)
    longest = [max(each, key=lambda choice: len(choice.do)).worth == BEST for each in choices]
    assert sum(longest) <= 0.6 * len(longest)


def test_a_team_s_own_drill_stands_beside_prepost_s_or_in_its_place(tmp_path: Path) -> None:
    """By the file's name."""
    (tmp_path / "typo.toml").write_text(SMALL)
    (tmp_path / "ceremony-person.toml").write_text(SMALL)
    found = load([FOLDER, tmp_path])
    assert found["typo"].title == found["ceremony-person"].title == "A typo"
    assert len(found) == len(DRILLS) + 1


@pytest.mark.parametrize(
    ("find", "put", "says"),
    [
        ('title = "A typo"', "", "typo.toml: title is missing"),
        ('speaker = "organisation"', 'speaker = "robot"', "speaker: 'robot' is not one of"),
        ('debrief = "Let it go."', 'debrief = " "', "debrief: a text of 1 to"),
        ("worth = 2", "worth = 1", "steps[0]: choices: one must be worth 2"),
        ("worth = 0", "worth = 3", "choices[1]: worth: 0, 1 or 2"),
        ("seconds = 30", "seconds = 0", "seconds: 1 to 3600"),
        ("minute = 0", "minute = -1", "minute: a whole number"),
        ('ask = "What now?"', 'ask = "What now?"\nsong = "x"', "steps[0]: 'song' is not known"),
        ("[recovery]", "[recovery", "typo.toml: "),
    ],
)
def test_a_drill_with_a_fault_is_refused_by_name(tmp_path: Path, find: str, put: str, says: str) -> None:
    """Whoever writes one is told which entry."""
    assert find in SMALL
    (tmp_path / "typo.toml").write_text(SMALL.replace(find, put))
    with pytest.raises(BadRecovery) as refusal:
        load([tmp_path])
    assert says in refusal.value.detail


def test_a_folder_that_is_not_there_and_a_name_that_is_none_are_refused(tmp_path: Path) -> None:
    """A typing error in a setting is no empty list."""
    with pytest.raises(BadRecovery, match="no such folder"):
        load([tmp_path / "nowhere"])
    (tmp_path / "My Drill.toml").write_text(SMALL)
    with pytest.raises(BadRecovery, match="small letters"):
        load([tmp_path])


@pytest.mark.parametrize(
    ("put", "says"),
    [
        ("", "typo.toml: recovery: post: Field required"),
        ('post = { text = "a", posted_at = 2026-05-14T06:45:00Z }', "written in quotation marks"),
        ('post = { text = "a" }\naccount = {}\nmistake = { kind = "slip", harm = "ofence" }', "recovery: mistake/harm"),
    ],
)
def test_a_drill_whose_incident_is_no_request_keeps_the_service_from_starting(
    tmp_path: Path, put: str, says: str
) -> None:
    """Prevents a team that learns at the debrief that there is none."""
    (tmp_path / "typo.toml").write_text(SMALL.replace('post = { text = "See you Teusday" }', put))
    with pytest.raises(BadRecovery) as refusal:
        create_app(Settings(data_dir=tmp_path, drills_dir=tmp_path))
    assert says in refusal.value.detail
