"""prepost labels: from a check to a labelled draft, and whether labelled drafts are fit to learn from."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.training.rows import load_labels

ROOT = Path(__file__).parents[2]
TABLE = ("--table", str(ROOT / "data" / "feedback.toml"))
Run = Callable[..., Any]
WRONG = {"verdict_was": "wrong", "rule": "offensive/insult", "why": "It is his name.", "by": "dana"}


@pytest.fixture
def checked(prepost: Run) -> Run:
    """Judges a draft on the command line; the check's id."""

    def run(text: str, *arguments: str) -> str:
        return str(json.loads(prepost("check", "--json", *arguments, text).out)["id"])

    return run


@pytest.fixture
def give() -> Run:
    """Sends feedback over HTTP to a service with the same store."""

    def run(**body: Any) -> dict[str, Any]:
        with TestClient(create_app(), base_url="http://127.0.0.1") as client:
            answer = client.post("/v1/feedback", json={"outcome": "sent_unchanged", **body})
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    return run


def test_a_wrong_verdict_becomes_a_label_that_training_reads(prepost: Run, checked: Run, give: Run, tmp_path) -> None:
    """The way that docs/analysts.md shows: check, feedback, export, and the rows are read."""
    text = "You are an idiot, says the title of our new play."
    stored = give(**WRONG, check_id=checked(text, "--platform", "x"), text=text)

    (tmp_path / "labels").mkdir()
    done = prepost("labels", "export", "--out", "labels/feedback.jsonl", *TABLE)

    assert (done.code, done.out) == (0, "1 labelled drafts in labels/feedback.jsonl\n")
    [row] = load_labels(tmp_path / "labels")
    assert (row.text, dict(row.labels)) == (text, {"insult": 0})
    written = json.loads((tmp_path / "labels" / "feedback.jsonl").read_text(encoding="utf-8"))
    assert written["platform"] == "x"
    assert written["provenance"][0]["feedback"] == stored["id"]
    assert written["provenance"][0]["model"].startswith("ngram-")


def test_what_is_left_out_is_counted_with_its_reason(prepost: Run, checked: Run, give: Run, tmp_path) -> None:
    """Prevents an analyst who waits for labels that never come."""
    check = checked("You are an idiot.")
    give(**WRONG, check_id=check)
    give(check_id=checked("Hello, Leeds!"), verdict_was="right", why="fine", by="dana", text="Hello, Leeds!")

    done = prepost("labels", "export", "--out", "feedback.jsonl", *TABLE)

    assert done.out.splitlines() == [
        "0 labelled drafts in feedback.jsonl",
        "      1 left out: no text: none was sent along, and the policy stores none",
        "      1 left out: no label follows from what was said: `labels` would say it",
    ]
    assert (tmp_path / "feedback.jsonl").read_text() == ""


def test_a_text_that_the_policy_stores_need_not_be_sent(prepost: Run, checked: Run, give: Run, tmp_path) -> None:
    """With what was private masked, as in the record."""
    (tmp_path / "policy" / "keeping.toml").write_text('name = "keeping"\nversion = 1\nstore_text = true\n')
    check = checked("You are an idiot. Call me: +44 7700 900123", "--policy", "keeping")
    give(**WRONG, check_id=check)

    prepost("labels", "export", "--out", "feedback.jsonl", *TABLE)

    text = json.loads((tmp_path / "feedback.jsonl").read_text(encoding="utf-8"))["text"]
    assert text.startswith("You are an idiot. Call me: +••••")


def test_a_stored_account_tells_its_kind_and_country(prepost: Run, checked: Run, give: Run, tmp_path) -> None:
    """As our own labelled drafts have them."""
    (tmp_path / "account.json").write_text('{"kind": "ngo", "regions": ["WORLD", "GB-SCT"]}')
    prepost("accounts", "put", "acme", "account.json")
    give(**WRONG, check_id=checked("You are an idiot.", "--account", "acme"), text="You are an idiot.")

    prepost("labels", "export", "--out", "feedback.jsonl", *TABLE)

    row = json.loads((tmp_path / "feedback.jsonl").read_text(encoding="utf-8"))
    assert (row["account_kind"], row["country"]) == ("ngo", "GB")


def test_only_what_came_in_since_is_exported_where_asked(prepost: Run, refused: Run, checked: Run, give: Run) -> None:
    """By day or by moment."""
    give(**WRONG, check_id=checked("You are an idiot."), text="You are an idiot.")
    for since, count in (("2026-01-01", 1), ("2026-01-01T10:00:00", 1), ("2999-01-01T10:00:00+02:00", 0)):
        done = prepost("labels", "export", "--out", "feedback.jsonl", "--since", since, *TABLE)
        assert done.out.startswith(f"{count} labelled drafts")
    refused(64, "labels", "export", "--out", "feedback.jsonl", "--since", "lately", *TABLE)


def test_export_needs_a_table_and_a_place(refused: Run, tmp_path: Path) -> None:
    """Each is named where it is missing."""
    assert "none.toml" in refused(65, "labels", "export", "--out", "feedback.jsonl", "--table", "none.toml")
    assert "nowhere" in refused(65, "labels", "export", "--out", "nowhere/feedback.jsonl", *TABLE)
    refused(64, "labels", "export", *TABLE)
