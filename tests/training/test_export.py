"""From feedback to labels: only what is unambiguous, with who said it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest

from app.checks import CHECKS
from app.domain import Category, Feedback
from app.errors import Invalid
from app.training.export import DISAGREED, NO_LABEL, NO_TEXT, Table, export, load_table
from app.training.rows import load_labels

TABLE = Path(__file__).parents[2] / "data" / "feedback.toml"
NOW = datetime(2026, 11, 11, 10, 0, tzinfo=UTC)
INSULT, SWEARING, HEARSAY = "offensive/insult", "offensive/profanity", "unverified_claim/hearsay"


@pytest.fixture
def table() -> Table:
    return load_table(TABLE)


def _said(verdict_was: str, about: str | None = None, **more: Any) -> Feedback:
    """Feedback by Dana on one check, about a rule or a category."""
    rule = about if about and "/" in about else None
    category = about.partition("/")[0] if about else None
    values: dict[str, Any] = {
        "check_id": "chk_1", "why": "so it is", "by": "dana", "outcome": "revised", "text": "What a twit!",
        "warned": (INSULT,), "model": "ngram-1", "id": "fb_1", "at": NOW, "category": category, "rule": rule,
    }  # fmt: skip
    return Feedback(verdict_was=verdict_was, **{**values, **more})  # type: ignore[arg-type]


def _labels(table: Table, *said: Feedback) -> dict[str, int] | str:
    """The labels of the row, or why there is none."""
    found = export(said, table)
    return dict(found.rows[0]["labels"]) if found.rows else next(iter(found.left_out))


@pytest.mark.parametrize(
    ("said", "labels"),
    [
        (_said("right", INSULT), {"insult": 1}),
        (_said("wrong", INSULT), {"insult": 0}),
        (_said("missed", HEARSAY), {"hearsay": 1}),
        (_said("wrong", "offensive"), {"insult": 0}),
        (_said("wrong"), {"insult": 0}),
        (_said("right", warned=(INSULT, SWEARING)), {"insult": 1, "profanity": 1}),
        (_said("right", "offensive", warned=(INSULT, HEARSAY)), {"insult": 1}),
        (_said("wrong", warned=(INSULT, SWEARING)), {"insult": 0}),
        (_said("missed", "unverified_claim"), {"factual_claim": 1}),
        (_said("missed", "offensive", labels={"threat": 1}), {"threat": 1}),
        (_said("right", INSULT, labels={"insult": 0, "levity": 1}), {"insult": 0, "levity": 1}),
        (_said("missed", "offensive"), NO_LABEL),
        (_said("wrong", SWEARING, warned=(SWEARING,)), NO_LABEL),
        (_said("right", warned=()), NO_LABEL),
        (_said("right", INSULT, text=None), NO_TEXT),
    ],
)
def test_a_label_follows_only_where_it_is_one(table: Table, said: Feedback, labels: dict[str, int] | str) -> None:
    """A guess would teach the classifier what nobody said."""
    assert _labels(table, said) == labels


def test_who_changes_their_mind_is_heard_last(table: Table) -> None:
    """Also where the newer word alone says nothing of a label: the older one is taken back."""
    assert _labels(table, _said("wrong", INSULT), _said("right", INSULT)) == {"insult": 1}
    assert _labels(table, _said("wrong", INSULT), _said("right", "offensive", warned=(INSULT,))) == {"insult": 1}
    assert _labels(table, _said("right", SWEARING), _said("wrong", SWEARING)) == NO_LABEL
    assert _labels(table, _said("missed", HEARSAY), _said("right")) == {"insult": 1}


def test_what_is_said_of_another_thing_takes_nothing_back(table: Table) -> None:
    """A false alarm and a miss on the same draft are two facts."""
    both = (_said("wrong", INSULT), _said("missed", HEARSAY))
    assert _labels(table, *both) == {"insult": 0, "hearsay": 1}
    assert _labels(table, *both, _said("missed", labels={"levity": 1})) == {"insult": 0, "levity": 1, "hearsay": 1}


def test_what_people_disagree_on_stays_unknown(table: Table) -> None:
    """It is for them to settle; what nobody disputes is kept."""
    against = _said("right", INSULT, by="sam")
    assert _labels(table, _said("wrong", INSULT), against) == DISAGREED
    assert _labels(table, _said("wrong", INSULT, labels={"levity": 1}), against) == {"levity": 1}
    assert _labels(table, _said("right", INSULT), against) == {"insult": 1}


def test_a_row_says_where_it_comes_from(table: Table) -> None:
    """All that was said, what was taken back included."""
    known = {"platform": "x", "account_kind": "brand", "country": "GB"}
    later = _said("right", INSULT, id="fb_2", at=NOW + timedelta(days=1), text=None, labels={"levity": 0})
    [row] = export([_said("wrong", INSULT, **known), later], table).rows

    assert row["id"] == "fb-1"
    assert {name: row[name] for name in known} == known
    assert row["text"] == "What a twit!"
    assert row["provenance"] == [
        {
            "feedback": "fb_1", "check_id": "chk_1", "by": "dana", "at": "2026-11-11T10:00:00+00:00",
            "verdict_was": "wrong", "category": "offensive", "rule": INSULT, "model": "ngram-1",
        },
        {
            "feedback": "fb_2", "check_id": "chk_1", "by": "dana", "at": "2026-11-12T10:00:00+00:00",
            "verdict_was": "right", "category": "offensive", "rule": INSULT, "labels": {"levity": 0},
            "model": "ngram-1",
        },
    ]  # fmt: skip


def test_the_same_draft_in_two_checks_is_one_family(table: Table) -> None:
    """On both sides of a split it would be measured on what it was learnt from."""
    rows = export([_said("right"), _said("right", check_id="chk_2", text="what a\nTWIT!")], table).rows
    assert rows[0]["family"] == rows[1]["family"]
    assert rows[0]["id"] != rows[1]["id"]


def test_training_reads_what_was_exported(table: Table, write: Callable[..., Path]) -> None:
    """Extra keys and all."""
    rows = export([_said("right"), _said("wrong", check_id="chk_2", text="Hi, Dr. Twit \u2028 😀")], table).rows
    read = load_labels(write([json.dumps(row, ensure_ascii=False) for row in rows]))
    assert [(row.text, dict(row.labels)) for row in read] == [
        ("What a twit!", {"insult": 1}),
        ("Hi, Dr. Twit \u2028 😀", {"insult": 0}),
    ]


def test_the_table_names_rules_and_categories_that_there_are(table: Table) -> None:
    """Prevents an entry that never counts, because a rule was renamed."""
    assert set(table) <= {check.id for check in CHECKS} | set(get_args(Category))


def test_a_category_of_the_table_speaks_of_misses_alone(table: Table) -> None:
    """What was right or wrong is told rule by rule: another entry would never be looked at."""
    assert {verdict for name, entry in table.items() if "/" not in name for verdict in entry} <= {"missed"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[a", "feedback.toml"),
        ("a = 1", "a: labels by what the verdict was"),
        ("a.right = 1", "a: labels by what the verdict was"),
        ("a.rigth = { insult = 1 }", "'rigth' is none of right, wrong, missed"),
        ("a.right = { rude = 1 }", "'rude' must be a label"),
        ("a.right = { insult = 2 }", "'insult' must be a label of the classifier, and 0 or 1"),
        ("a.right = { insult = true }", "'insult' must be a label"),
    ],
)
def test_a_broken_table_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    """Before anything is exported with it."""
    (tmp_path / "feedback.toml").write_text(text)
    with pytest.raises(Invalid, match=reason):
        load_table(tmp_path / "feedback.toml")
