"""prepost recover and prepost drill, as a person meets them at a terminal."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.cli import session
from app.cli.drill import play
from app.recovery.drills import BEST, Drill, load

Run = Callable[..., Any]
DRILLS = load([Path(__file__).parents[2] / "data" / "recovery" / "drills"])
GOOD = "We are sorry. We joked about a funeral at noon today. It was wrong. We have deleted it and stopped the queue."


def test_a_plan_is_told_in_lines(prepost: Run) -> None:
    """What, by when, and with which words."""
    told = ("--mistake", "wrong_account", "--hurt", "grieving", "--harm", "offence", "--reach", "4200", "--spreading")
    done = prepost("recover", "ugh so hungover", *told, "--platform", "x")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("APOLOGISE\n")
    for part in ("What to do, minutes from now", "prepost queue pause --account ACCOUNT", "Draft 3 (warm, for x"):
        assert part in done.out


def test_what_is_to_be_let_go_comes_without_drafts(prepost: Run) -> None:
    """And says why there are none."""
    done = prepost(
        "recover", "See you Teusday", "--mistake", "slip", "--hurt", "nobody", "--reach", "90", "--not-spreading"
    )
    assert done.out.startswith("LET IT GO\n")
    assert "Draft 1" not in done.out
    assert done.out.rstrip().endswith("No drafts: nothing is to be said.")


def test_a_whole_request_may_be_a_file_and_the_answer_json(prepost: Run, tmp_path: Path) -> None:
    """As the API takes and gives it."""
    file = tmp_path / "request.json"
    file.write_text(json.dumps(dict(DRILLS["ceremony-organisation"].recovery)))
    found = json.loads(prepost("recover", "--request", file, "--json").out)
    assert found["outcome"] in ("apologise", "escalate")


def test_nothing_given_beside_a_request_is_lost(refused: Run, tmp_path: Path) -> None:
    """Neither the post nor an option, which would otherwise decide nothing and say so nowhere."""
    file = tmp_path / "request.json"
    file.write_text(json.dumps(dict(DRILLS["ceremony-organisation"].recovery)))
    told = refused(64, "recover", "See you Teusday", "--request", file, "--reach", "5", "--no-drafts", "--json")
    assert "put drafts, reach, text into the file" in told


def test_a_wrong_request_is_refused_in_one_line(refused: Run) -> None:
    """Without the post, with a reach below zero, of no kind."""
    assert "/post/text" in refused(65, "recover", "", "--mistake", "slip")
    assert "/reach" in refused(65, "recover", "x", "--mistake", "slip", "--reach=-1")
    assert "/mistake/kind" in refused(65, "recover", "x")
    assert "no drafts are written in 'de'" in refused(
        65, "recover", "x", "--mistake", "unverified_claim", "--reach", "90000", "--language", "de"
    )


def _answers(drill: Drill, *, best: bool) -> bytes:
    lines = []
    for step in drill.steps:
        keys = [choice.key for choice in step.choices if (choice.worth == BEST) == best]
        lines.append(keys[0] if step.choices else GOOD if best else "We were hacked, sorry if anyone was offended.")
    return "\n".join(lines).encode() + b"\n"


def test_drills_are_listed(prepost: Run) -> None:
    """By name, with their title."""
    lines = prepost("drill").out.splitlines()
    assert len(lines) == 10
    assert lines[0].startswith("ceremony-organisation ")


def test_a_drill_is_played_from_start_to_end(prepost: Run) -> None:
    """Each decision, what follows, and what the method would have done and why."""
    drill = DRILLS["ceremony-organisation"]
    done = prepost("drill", drill.id, stdin=_answers(drill, best=True))
    assert (done.code, done.err) == (0, "")
    assert "WHAT THE METHOD WOULD HAVE DONE" in done.out
    assert f"{len(drill.steps)} of {len(drill.steps)} as the method, 0 late." in done.out
    assert "Prepost finds nothing to warn of in it." in done.out
    assert "For this incident `prepost recover` says: " in done.out
    assert done.out.rstrip().endswith(drill.debrief)


def test_poor_decisions_are_shown_beside_the_method_s(prepost: Run) -> None:
    """With the words that Prepost warns of in what was written."""
    drill = DRILLS["ceremony-person"]
    done = prepost("drill", drill.id, stdin=_answers(drill, best=False))
    assert f"0 of {len(drill.steps)} as the method" in done.out
    assert "apology/hacked" in done.out
    assert "    The method: " in done.out


def test_a_drill_ends_where_nobody_answers_any_more(prepost: Run) -> None:
    """And what was decided until then is still told."""
    done = prepost("drill", "ceremony-person", stdin=b"z\n\na\n")
    assert done.code == 0
    assert "Type one of a, b" in done.out
    assert "Nobody answers any more; the drill ends here." in done.out
    assert "WHAT THE METHOD WOULD HAVE DONE" in done.out


def test_an_unknown_drill_is_refused_with_the_names_of_those_there_are(refused: Run) -> None:
    """A typing error is no empty drill."""
    assert "ceremony-person" in refused(65, "drill", "ceremny")


def test_whoever_decides_late_is_told_what_happened_meanwhile(prepost: Run) -> None:
    """The clock counts real seconds; here it is one that jumps."""
    drill, said = DRILLS["ceremony-person"], []

    class Terminal:
        def say(self, text: str) -> None:
            said.append(text)

        def ask(self, prompt: str) -> str | None:
            return "a"

    times = iter(range(0, 10_000, 500))
    prepost("drill")  # the fixture's store and policies are set up
    with session.services() as parts:
        taken = play(drill, parts, Terminal(), lambda: float(next(times)))
    assert all(each.late for each in taken)
    assert any(drill.steps[0].late in line for line in said)
    assert f"{len(drill.steps)} late" in "\n".join(said)
