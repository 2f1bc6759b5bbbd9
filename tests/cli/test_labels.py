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
    assert written["provenance"][0]["model"].startswith("cascade-")


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


@pytest.fixture
def write(tmp_path: Path) -> Run:
    """A folder `labels` with these drafts."""

    def run(*drafts: tuple[str, dict[str, int]], extra: str = "") -> None:
        rows = [
            {"id": f"d{number}", "family": f"f{number}", "text": text, "labels": labels}
            for number, (text, labels) in enumerate(drafts, 1)
        ]
        (tmp_path / "labels").mkdir(exist_ok=True)
        lines = [*map(json.dumps, rows), extra]
        (tmp_path / "labels" / "mine.jsonl").write_text("\n".join(lines), encoding="utf-8")

    return run


def test_sound_drafts_are_0_and_told_about(prepost: Run, write: Run) -> None:
    """Figures that a person reads."""
    write(("Doors open at ten.", {"insult": 0}), ("You are an idiot.", {"insult": 1}))

    done = prepost("labels", "check", "labels")

    assert (done.code, done.err) == (0, "")
    assert "     2 drafts in 2 families" in done.out
    assert "insult                     1       1        0" in done.out
    assert "0 likely label errors; the 0 surest" in done.out


def test_broken_and_contradictory_drafts_are_65_and_named(prepost: Run, write: Run) -> None:
    """File and line, so that an editor leads there."""
    write(("Hi", {"insult": 0}), ("hi", {"insult": 1}))
    done = prepost("labels", "check", "labels", "--errors", "0")
    assert done.code == 65
    assert "     1 texts that contradict themselves (same words, other label)\n" in done.out
    assert "         insult: mine.jsonl:1, mine.jsonl:2: Hi\n" in done.out
    assert "likely label errors" not in done.out

    write(("Hi", {"insult": 0}), extra="{")
    done = prepost("labels", "check", "labels")
    assert done.code == 65
    assert "     1 broken rows\n         mine.jsonl:2: not JSON" in done.out


def test_a_machine_gets_all_of_it_in_json(prepost: Run, write: Run) -> None:
    """Lists in full, which the table cuts."""
    write(*[("Win a boat with our new \u202eharbour quiz!", {"levity": number % 2}) for number in range(30)])

    table, found = prepost("labels", "check", "labels"), prepost("labels", "check", "labels", "--json")

    parsed = json.loads(found.out)
    assert (table.code, found.code) == (65, 65)
    assert (parsed["drafts"], len(parsed["near_duplicates"]), parsed["near_duplicate_share"]) == (30, 435, 1.0)
    assert "and 423 more, all of them with --json" in table.out
    assert "\u202e" not in table.out
    assert set(parsed) == {
        "drafts", "families", "broken", "contradictions", "duplicates", "near_duplicates", "near_duplicate_share",
        "one_sided_families", "opening_share", "labels", "languages", "likely_errors",
    }  # fmt: skip


def test_likely_errors_are_listed_as_many_as_asked_for(prepost: Run, write: Run) -> None:
    """The surest first, each with its place."""
    rude, kind = ("You idiot, number", {"insult": 1}), ("Thank you, friend", {"insult": 0})
    drafts = [(f"{text} {number}", labels) for number in range(20) for text, labels in (rude, kind)]
    write(*drafts, ("You idiot, number 77", {"insult": 0}), ("Thank you, friend 78", {"insult": 1}))

    listed = prepost("labels", "check", "labels", "--errors", "1")
    found = json.loads(prepost("labels", "check", "labels", "--json").out)["likely_errors"]

    assert "2 likely label errors; the 1 surest" in listed.out
    assert sorted((item["where"], item["given"]) for item in found) == [("mine.jsonl:41", 0), ("mine.jsonl:42", 1)]


def test_a_folder_that_is_not_there_or_empty_is_refused(refused: Run, tmp_path: Path) -> None:
    """Named."""
    refused(64, "labels", "check", "nowhere")
    (tmp_path / "labels").mkdir()
    assert "labels holds no labelled drafts" in refused(65, "labels", "check", "labels")
