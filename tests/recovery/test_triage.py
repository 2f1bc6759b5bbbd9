"""The decision table: what it decides, what it refuses, and what it says would change its answer."""

from __future__ import annotations

import csv
import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from app.api import convert
from app.api.schemas.recovery import RecoverRequest
from app.errors import BadRecovery
from app.recovery import conditions
from app.recovery.conditions import Facts
from app.recovery.incident import HARMS, HURT, KINDS
from app.recovery.triage import COLUMNS, Triage
from app.service.recovery import incident_of
from bench.triage import decide, scenarios

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "data" / "recovery" / "triage.csv"
TRIAGE = Triage.load(TABLE)


def facts(**changes: Any) -> Facts:
    usual: dict[str, Any] = {
        "mistake": frozenset({"slip"}),
        "hurt": frozenset({"nobody"}),
        "harm": frozenset({"none"}),
        "legal": frozenset({"no"}),
        "reach": 300,
        "minutes": 20,
        "spreading": frozenset({"no"}),
        "deleted": frozenset({"no"}),
        "right": frozenset({"yes"}),
        "figure": frozenset({"no"}),
        "speaker": frozenset({"organisation"}),
        "account": frozenset({"brand"}),
        "shows": frozenset({"nothing"}),
    }
    words = {key: frozenset({value}) if isinstance(value, str) else value for key, value in changes.items()}
    return usual | words


def write(folder: Path, *rows: dict[str, str]) -> Path:
    file = folder / "triage.csv"
    with file.open("w", newline="", encoding="utf-8") as lines:
        writer = csv.DictWriter(lines, COLUMNS)
        writer.writeheader()
        writer.writerows({**dict.fromkeys(COLUMNS, ""), "because": "b", "source": "s", **row} for row in rows)
    return file


LAST = {"row": "last", "outcome": "correct_quietly"}


@pytest.mark.parametrize("name", ["scenarios", "scenarios_2", "scenarios_3"])
def test_it_lets_nothing_go_where_somebody_was_hurt(name: str) -> None:
    """The one mistake that the method may not make, on every scenario that two editors have read."""
    wrong = [
        each.id
        for each in scenarios(name)
        if decide(TRIAGE, each)[0] == "let_it_go" and each.request["mistake"]["hurt"]
    ]
    assert wrong == []


def test_it_lets_nothing_go_whatever_is_said_of_the_rest_once_somebody_was_hurt() -> None:
    """Prevents a combination that nobody thought of."""
    values = itertools.product(KINDS, HURT, HARMS[1:], ("yes", "no", None), (0, 150, None), (0, 10**7, None))
    for kind, hurt, harm, spreading, reach, minutes in values:
        said = facts(mistake=kind, hurt=hurt, harm=harm, reach=reach, minutes=minutes)
        said = {**said, "spreading": None if spreading is None else frozenset({spreading})}
        assert TRIAGE.decide(said).outcome != "let_it_go", said


def test_it_agrees_with_the_editors() -> None:
    """85 in a hundred over all scenarios: `python -m bench.triage` shows each set, the unread ones first runs too."""
    said = [(decide(TRIAGE, each)[0], each.outcome) for n in ("", "_2", "_3") for each in scenarios(f"scenarios{n}")]
    assert len(said) == 260
    assert sum(got == right for got, right in said) >= 0.85 * len(said)


def test_a_typo_that_nobody_minds_is_let_go() -> None:
    """Talking about it would do more than the typo."""
    assert TRIAGE.decide(facts()).outcome == "let_it_go"


def test_what_prepost_finds_in_the_post_keeps_it_from_being_let_go() -> None:
    """Whoever reports a slur as nobody's harm is not taken at their word."""
    assert TRIAGE.decide(facts(shows="offensive")).outcome != "let_it_go"


def test_a_post_that_could_not_be_judged_is_not_let_go() -> None:
    """A failed check is never a pass."""
    assert TRIAGE.decide(facts(shows=None)).outcome != "let_it_go"


def test_unknown_reach_and_spreading_are_told() -> None:
    """What isn't known is said, and doesn't count as little."""
    decision = TRIAGE.decide(facts(mistake="unverified_claim", reach=None, spreading=None))
    assert set(decision.unknown) == {"reach", "spreading"}
    assert decision.outcome != "let_it_go"


def test_each_change_that_is_told_leads_to_the_outcome_that_is_told() -> None:
    """The table is asked again, so that the answer can't tell another story than it."""
    for each in scenarios("scenarios"):
        asked = convert.incident(RecoverRequest.model_validate_json(json.dumps(each.request)))
        said = conditions.facts_of(incident_of(asked, asked.account), frozenset())  # type: ignore[arg-type]
        decision = TRIAGE.decide(said)
        for change in decision.changes:
            assert change.outcome != decision.outcome
            if change.column in ("spreading", "legal", "deleted"):
                flipped = {"yes": "no", "no": "yes"}[next(iter(said[change.column] or {"no"}))]  # type: ignore[arg-type]
                assert TRIAGE.decide({**said, change.column: frozenset({flipped})}).outcome == change.outcome


def test_a_number_would_change_the_answer_at_the_bound_of_a_row(tmp_path: Path) -> None:
    """The nearest bound is told, from both sides."""
    many = {"row": "many", "outcome": "apologise", "reach": ">=1000"}
    triage = Triage.load(write(tmp_path, many, LAST))
    few, lots = triage.decide(facts(reach=10)), triage.decide(facts(reach=5000))
    assert [(c.condition, c.outcome) for c in few.changes] == [("if 1,000 people have seen it, or more", "apologise")]
    assert [c.condition for c in lots.changes] == ["if fewer than 1,000 people have seen it"]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"row": "a", "outcome": "let_it_go", "reach": "<5"}, "only where hurt is nobody"),
        ({"row": "a", "outcome": "let_it_go", "hurt": "nobody person"}, "only where hurt is nobody"),
        ({"row": "a", "outcome": "shrug", "reach": "<5"}, "outcome: 'shrug' is not one of"),
        ({"row": "a", "outcome": "apologise", "harm": "tears"}, "harm: 'tears' is not one of"),
        ({"row": "a", "outcome": "apologise", "reach": "many"}, "reach: 'many' is no bound"),
        ({"row": "a", "outcome": "apologise", "harm": "not"}, "words are needed after `not`"),
        ({"row": "a", "outcome": "apologise", "spreading": "maybe"}, "spreading: 'maybe' is not one of yes, no"),
        ({"row": "last", "outcome": "apologise", "reach": "<5"}, "there is another 'last'"),
        ({"row": "", "outcome": "apologise", "reach": "<5"}, "row is empty"),
        ({"row": "a", "outcome": "apologise", "reach": "<5", "because": ""}, "because is empty"),
        ({"row": "a", "outcome": "apologise"}, "never reached"),
    ],
)  # fmt: skip
def test_a_table_with_a_fault_is_refused_by_its_line(tmp_path: Path, row: dict[str, str], says: str) -> None:
    """Whoever edits the table is told where and what."""
    with pytest.raises(BadRecovery) as refusal:
        Triage.load(write(tmp_path, row, LAST))
    assert says in refusal.value.detail
    assert refusal.value.detail.startswith(("triage.csv:2", "triage.csv:3"))


def test_a_row_that_an_earlier_one_covers_is_refused(tmp_path: Path) -> None:
    """Prevents a row that reads like a rule and never decides."""
    wide = {"row": "wide", "outcome": "apologise", "harm": "offence loss"}
    narrow = {"row": "narrow", "outcome": "escalate", "harm": "loss", "legal": "yes"}
    with pytest.raises(BadRecovery, match="row wide decides all"):
        Triage.load(write(tmp_path, wide, narrow, LAST))


def test_a_table_through_which_a_case_could_fall_is_refused(tmp_path: Path) -> None:
    """There is always an answer."""
    with pytest.raises(BadRecovery, match="must have no conditions"):
        Triage.load(write(tmp_path, {"row": "a", "outcome": "apologise", "harm": "loss"}))


def test_words_and_not_may_stand_in_one_cell() -> None:
    """`person not public`: one person, and nobody who was misled beside them."""
    held = conditions.read({"hurt": "person not public"}, "here")
    assert conditions.hold(held, {"hurt": frozenset({"person", "staff"})})
    assert not conditions.hold(held, {"hurt": frozenset({"person", "public"})})
    assert not conditions.hold(held, {"hurt": frozenset({"staff"})})


def test_few_rows_decide_no_scenario_at_all() -> None:
    """A table keeps what somebody needs; the rest guards what the scenarios leave out (nobody knows whom it hurt)."""
    met = {decide(TRIAGE, each)[1] for n in ("", "_2", "_3") for each in scenarios(f"scenarios{n}")}
    unmet = [row for row in TRIAGE.rows if row.id not in met]
    assert len(unmet) <= 8, [row.id for row in unmet]
