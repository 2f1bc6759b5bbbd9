"""Steps with a clock: which there are, in which order, and which tables are refused."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.errors import BadRecovery
from app.recovery import conditions
from app.recovery.incident import OUTCOMES, Outcome
from app.recovery.steps import COLUMNS, Steps
from tests.recovery.test_triage import facts

ROOT = Path(__file__).parents[2]
STEPS = Steps.load(ROOT / "data" / "recovery" / "steps.csv")
NOW = datetime(2026, 11, 11, 10, 58, tzinfo=UTC)
WORDS = {"platform": "x", "post": "post", "account": "acme"}


def plan(outcome: Outcome, **changes: object) -> list[str]:
    said = conditions.with_outcome(facts(**changes), outcome)
    return [due.step.id for due in STEPS.plan(said, NOW, WORDS)]


def test_the_queue_is_stopped_before_anything_else_when_something_will_be_said() -> None:
    """A cheerful scheduled post would be the second mistake."""
    for outcome in ("correct_in_public", "apologise", "escalate"):
        assert plan(outcome, mistake="offensive")[0] == "stop-queue"


def test_whoever_was_hurt_hears_of_it_before_the_public() -> None:
    """Off-line first, then the post."""
    steps = plan("apologise", mistake="offensive", hurt="grieving", harm="offence")
    assert steps.index("tell-hurt") < steps.index("publish")
    assert steps.index("tell-boss") < steps.index("publish")


def test_a_false_claim_is_corrected_where_it_stands_and_a_cruel_joke_is_deleted() -> None:
    """To delete or not depends on what it was, and either way it is said."""
    claim = plan("correct_in_public", mistake="unverified_claim")
    joke = plan("apologise", mistake="offensive", hurt="group", harm="offence")
    assert "claim-stands" in claim
    assert "delete-say-so" in joke
    assert "claim-stands" not in joke
    assert "deleted-say-so" in plan("apologise", mistake="offensive", deleted="yes")


def test_a_person_leaves_the_employer_out_and_a_company_has_a_boss_to_tell() -> None:
    """What an individual does differently."""
    person = plan("apologise", mistake="offensive", speaker="person", account="professional")
    company = plan("apologise", mistake="offensive")
    assert {"tell-employer", "distance", "no-flagellation"} <= set(person)
    assert "tell-boss" not in person
    assert {"tell-boss", "tell-partners"} <= set(company)
    assert "tell-employer" not in company


def test_what_is_let_go_has_steps_too_and_none_of_them_speaks() -> None:
    """Doing nothing is something to do as well."""
    assert plan("let_it_go") == ["let-it-be", "smile", "watch-quiet"]


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_outcome_looks_again_later(outcome: Outcome) -> None:
    """The answer is right for what was known when it was given."""
    assert {"watch", "watch-quiet"} & set(plan(outcome))


def test_steps_stand_in_the_order_of_their_clock_with_their_moment() -> None:
    """Minutes from now, and the same as a time."""
    said = conditions.with_outcome(facts(mistake="offensive", hurt="group", harm="offence"), "apologise")
    due = STEPS.plan(said, NOW, WORDS)
    assert [each.due_at for each in due] == sorted(each.due_at for each in due)
    assert due[0].due_at == datetime(2026, 11, 11, 11, 0, tzinfo=UTC)
    assert due[0].command is not None
    assert "--account acme" in due[0].command


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"from": "soon"}, "from: 'soon' is no whole number"),
        ({"from": "9", "to": "3"}, "ends before it begins"),
        ({"do": "Call {boss}."}, "do: only account, platform, post, until may stand in braces"),
        ({"why": ""}, "why is empty"),
        ({"speaker": "robot"}, "speaker: 'robot' is not one of"),
    ],
)
def test_a_table_with_a_fault_is_refused_by_its_line(tmp_path: Path, cells: dict[str, str], says: str) -> None:
    """Whoever edits the table is told where and what."""
    row = {**dict.fromkeys(COLUMNS, ""), "step": "a", "from": "0", "to": "5", "who": "w", "do": "d", "why": "y"}
    with (tmp_path / "steps.csv").open("w", newline="", encoding="utf-8") as lines:
        writer = csv.DictWriter(lines, COLUMNS)
        writer.writeheader()
        writer.writerow({**row, **cells})
    with pytest.raises(BadRecovery) as refusal:
        Steps.load(tmp_path / "steps.csv")
    assert says in refusal.value.detail
