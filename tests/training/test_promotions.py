"""No card, no promotion; no worse model without a reason on record; and always a way back."""

from __future__ import annotations

import getpass
import json
import threading
from pathlib import Path
from typing import Any

import pytest

from app.classifier.model import current
from app.errors import Invalid
from app.training import promotions
from app.training.gate import worse
from app.training.promote import make_current
from app.training.promotions import Refused, promote, rollback
from tests.tiny_models import ENCODER, write_encoder, write_tiny


def _frozen(caught: int = 80, *, insult: int = 18, rare: int = 5, alarms: int = 10, n: int = 1_000) -> dict[str, Any]:
    """100 positives of threat, 20 of insult and 5 of levity; 1,000 harmless drafts."""
    recall = {"threat": (caught, 100), "insult": (insult, 20), "levity": (rare, 5)}
    return {
        "n": 1_200,
        "recall": {label: {"caught": got, "positives": ones} for label, (got, ones) in recall.items()},
        "false_alarms": {"alarms": alarms, "n": n},
        "slices": {},
    }  # fmt: skip


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """`old` serves; `new` is as good."""
    for name in ("old", "new", "newer"):
        write_tiny(tmp_path, name, metrics={"frozen": _frozen()})
    make_current(tmp_path, "old")
    return tmp_path


def _log(models: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (models / "PROMOTIONS.jsonl").read_text().splitlines()]


def _reasons(models: Path, name: str = "new", because: str | None = None) -> tuple[str, ...]:
    with pytest.raises(Refused) as refused:
        promote(models, name, because=because)
    assert current(models) == "old"
    assert not (models / "PROMOTIONS.jsonl").exists() or _log(models) == []
    return refused.value.reasons


@pytest.mark.parametrize(("alarms", "of", "refused"), [(13, "a", False), (14, "a", True), (90, "another", False)])
def test_more_alarms_on_the_same_ordinary_posts_need_a_reason(
    models: Path, alarms: int, of: str, refused: bool
) -> None:
    """Harmless drafts are near misses by design; ordinary posts are what people see. 10 of 1,000 alarm before."""
    sample = {"of": "a", "n": 1_000, "alarms": 10}
    write_tiny(models, "old", metrics={"frozen": _frozen(), "sample": sample})
    write_tiny(models, "new", metrics={"frozen": _frozen(), "sample": {**sample, "of": of, "alarms": alarms}})

    if not refused:
        assert promote(models, "new") == "old"
    else:
        assert _reasons(models)[0].startswith("alarms on ordinary posts rise from 1.0% (10 of 1000) to 1.4%")


@pytest.mark.parametrize(("encoded", "n", "refused"), [(650, 1_000, False), (651, 1_000, True), (2_000, 2_000, False)])
def test_an_encoder_that_reads_much_more_needs_a_reason(models: Path, encoded: int, n: int, refused: bool) -> None:
    """Each post that it reads costs many times the CPU. 450 of 1,000 before; other posts are no comparison."""
    sample = {"of": "a", "n": 1_000, "alarms": 10, "encoded": 450}
    write_tiny(models, "old", metrics={"frozen": _frozen(), "sample": sample})
    new = {**sample, "n": n, "encoded": encoded}
    write_tiny(models, "new", metrics={"frozen": _frozen(), "sample": new})

    if not refused:
        assert promote(models, "new") == "old"
    else:
        assert _reasons(models)[0].startswith("ordinary posts that the encoder reads rise from 45.0% (450 of 1000) to")


def test_a_model_of_whose_encoder_nobody_has_counted_is_compared_in_the_rest(models: Path) -> None:
    """As those are that were written before it was counted."""
    sample = {"of": "a", "n": 1_000, "alarms": 10}
    write_tiny(models, "old", metrics={"frozen": _frozen(), "sample": sample})
    new = {**sample, "alarms": 14, "encoded": 900}
    write_tiny(models, "new", metrics={"frozen": _frozen(), "sample": new})

    assert _reasons(models)[0].startswith("alarms on ordinary posts rise")


def test_a_model_that_is_as_good_is_promoted_and_it_is_on_record(models: Path) -> None:
    """Who, when, from what to what."""
    assert promote(models, "new") == "old"

    [entry] = _log(models)
    assert entry.pop("time").endswith("+00:00")
    assert entry == {
        "action": "promote", "from": "old", "to": "new", "by": getpass.getuser(), "because": None, "refused": [],
    }  # fmt: skip
    assert (models / "CURRENT").read_text() == "new\n"
    assert sorted(path.name for path in models.iterdir() if path.name.startswith(".")) == []


@pytest.mark.parametrize("name", ["manifest.json", "metrics.json", "card.md"])
def test_a_model_without_its_papers_is_refused_whatever_the_reason(models: Path, name: str) -> None:
    """No card, no promotion."""
    (models / "new" / name).unlink()

    assert _reasons(models, because="in a hurry") == (f"new has no {name}",)


def test_each_missing_paper_is_named(models: Path) -> None:
    """All at once: nobody likes to be refused twice."""
    for name in ("metrics.json", "card.md"):
        (models / "new" / name).unlink()

    assert _reasons(models) == ("new has no metrics.json", "new has no card.md")


def test_a_card_that_the_manifest_does_not_vouch_for_is_refused(models: Path) -> None:
    """Written by hand afterwards, it may be the card of another model."""
    write_tiny(models, "bare", card=None)
    (models / "bare" / "card.md").write_text("# A card")

    assert _reasons(models, "bare", because="x") == ("bare/manifest.json doesn't vouch for card.md",)


@pytest.mark.parametrize("name", ["weights.npz", "metrics.json", "card.md"])
def test_a_changed_byte_is_refused_whatever_the_reason(models: Path, name: str) -> None:
    """The service would refuse the folder."""
    with (models / "new" / name).open("ab") as file:
        file.write(b" ")

    [reason] = _reasons(models, because="in a hurry")
    assert reason == f"new/{name} is not the file that the manifest names: its sha256 differs"


def test_an_encoder_that_cannot_run_is_refused(models: Path) -> None:
    """It loads, and would degrade every reply."""
    write_encoder(models, ENCODER, width=8)
    write_tiny(models, "narrow", encoder=ENCODER, metrics={"frozen": _frozen()})

    assert _reasons(models, "narrow", because="x") == ("narrow can't score a text: ValueError",)


@pytest.mark.parametrize("name", ["nowhere", "", "..", "../old", ".", "PROMOTIONS.jsonl", "a\x00b"])
def test_what_is_no_folder_of_models_is_refused(models: Path, name: str) -> None:
    """Nothing outside is ever named in CURRENT."""
    [reason] = _reasons(models, name)
    assert "there is no model" in reason


def test_the_current_model_is_not_promoted_again(models: Path) -> None:
    """The way back would lead nowhere."""
    assert _reasons(models, "old") == ("old is the current model already",)


@pytest.mark.parametrize(
    ("figures", "reason"),
    [
        (
            {"caught": 77},
            "recall over all labels drops from 82.4% (103 of 125) to 80.0% (100 of 125): more than 2 points",
        ),
        (
            {"insult": 15, "caught": 83},
            "recall of insult drops from 90.0% (18 of 20) to 75.0% (15 of 20): more than 10 points",
        ),
        (
            {"alarms": 18},
            "false alarms on harmless drafts rise from 1.0% (10 of 1000) to 1.8% (18 of 1000): more than 0.7 points",
        ),
    ],
)
def test_a_model_beyond_a_tolerance_needs_a_reason(models: Path, figures: dict[str, int], reason: str) -> None:
    """The reason and what it overrode are kept."""
    write_tiny(models, "new", metrics={"frozen": _frozen(**figures)})
    assert _reasons(models) == (reason, "if it should serve all the same, say why with --because")

    promote(models, "new", because="a new law")
    [entry] = _log(models)
    assert (entry["because"], entry["refused"]) == ("a new law", [reason])


@pytest.mark.parametrize(
    "figures", [{"caught": 78}, {"insult": 16}, {"alarms": 15}, {"rare": 3, "caught": 80}, {"alarms": 0}]
)
def test_what_lies_within_the_tolerances_is_promoted(models: Path, figures: dict[str, int]) -> None:
    """To the very edge; and a label with few positives tells nothing by itself."""
    write_tiny(models, "new", metrics={"frozen": _frozen(**figures)})

    assert promote(models, "new") == "old"


@pytest.mark.parametrize("side", ["new", "old"])
@pytest.mark.parametrize(
    "metrics",
    [
        {},
        [],
        {"frozen": None},
        {"frozen": {"n": 1}},
        {"frozen": {**_frozen(), "recall": []}},
        {"frozen": {**_frozen(), "recall": {"threat": {"caught": 2, "positives": 1}}}},
        {"frozen": {**_frozen(), "false_alarms": {"alarms": -1, "n": 10}}},
        {"frozen": {**_frozen(), "false_alarms": {"alarms": 0.5, "n": 10}}},
    ],
)
def test_without_figures_on_both_sides_evaluation_comes_first(models: Path, side: str, metrics: Any) -> None:
    """Nothing to compare is no proof of being as good."""
    write_tiny(models, side, metrics=metrics)

    assert worse(models / "new", models / "old") == [
        f"{side} has no figures on the frozen drafts: run `prepost evaluate {side}`"
    ]


def test_figures_on_other_drafts_are_no_comparison(models: Path) -> None:
    """The frozen set has grown since the old model was measured."""
    write_tiny(models, "new", metrics={"frozen": _frozen(n=1_001)})

    assert "measured on different drafts" in _reasons(models)[0]


def test_the_first_model_needs_no_comparison(models: Path) -> None:
    """There is none to be worse than; there is none to go back to either."""
    (models / "CURRENT").unlink()
    assert promote(models, "new") is None

    with pytest.raises(Refused, match="knows no model before new"):
        rollback(models)


def test_one_goes_back_step_by_step(models: Path) -> None:
    """Twice is two models back, not to and fro."""
    promote(models, "new")
    promote(models, "newer")

    assert rollback(models, because="it cried wolf") == ("newer", "new")
    assert rollback(models) == ("new", "old")
    assert current(models) == "old"
    assert [(entry["action"], entry["from"], entry["to"], entry["because"]) for entry in _log(models)[2:]] == [
        ("rollback", "newer", "new", "it cried wolf"),
        ("rollback", "new", "old", None),
    ]
    with pytest.raises(Refused):
        rollback(models)


def test_a_model_may_come_back_and_be_gone_back_from(models: Path) -> None:
    """old, new, old, new: the way back is the same."""
    for name in ("new", "old", "new"):
        promote(models, name)

    assert [rollback(models)[1] for _ in range(3)] == ["old", "new", "old"]


def test_a_current_written_by_hand_is_gone_back_from_and_to(models: Path) -> None:
    """The log doesn't know it, but CURRENT has the last word."""
    promote(models, "new")
    make_current(models, "newer")
    assert rollback(models) == ("newer", "new")

    make_current(models, "old")  # a way back by hand
    with pytest.raises(Refused):
        rollback(models)


def test_nobody_goes_back_to_a_broken_model(models: Path) -> None:
    """It would not serve: the one that does stays."""
    promote(models, "new")
    (models / "old" / "weights.npz").unlink()

    with pytest.raises(Refused, match=r"old/weights\.npz is missing"):
        rollback(models)
    assert (current(models), len(_log(models))) == ("new", 1)


@pytest.mark.parametrize("line", ["{", "[]", "{}", '{"action": "promote", "from": null, "to": "../old"}', "null"])
def test_a_log_that_cannot_be_read_is_named_with_its_line(models: Path, line: str) -> None:
    """No guess where to go back to."""
    promote(models, "new")
    with (models / "PROMOTIONS.jsonl").open("a") as log:
        log.write(line + "\n")

    with pytest.raises(Invalid, match=r"^PROMOTIONS\.jsonl:2: "):
        rollback(models)
    assert current(models) == "new"


def test_a_promotion_that_fails_leaves_no_record(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk, a folder that may not be written."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(promotions, "make_current", full)
    with pytest.raises(OSError, match="No space"):
        promote(models, "new")

    assert (current(models), _log(models)) == ("old", [])


def test_a_user_without_a_name_is_told_by_number(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in many a container."""

    def nameless() -> str:
        raise KeyError("getpwuid(): uid not found: 1234")

    monkeypatch.setattr(getpass, "getuser", nameless)
    promote(models, "new")

    assert _log(models)[0]["by"].startswith("uid ")


def test_two_who_promote_at_once_leave_a_whole_log(models: Path) -> None:
    """One after the other, each from where the other ended."""
    threads = [threading.Thread(target=promote, args=(models, name)) for name in ("new", "newer")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    first, second = _log(models)
    assert (first["from"], second["from"], second["to"]) == ("old", first["to"], current(models))
