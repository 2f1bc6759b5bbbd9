"""What is told of a set of labelled drafts: what is broken, double, contradictory, one-sided or probably wrong."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.classifier import LABELS
from app.errors import Invalid
from app.training import drafts as files
from app.training.drafts import Draft
from app.training.label_errors import suspects
from app.training.likeness import near
from app.training.rows import load_labels
from app.training.survey import Survey, survey

SHIPPED = Path(__file__).parents[2] / "data" / "labels"
Write = Callable[..., Path]


def _row(number: int, text: str, family: str | None = None, **labels: int) -> dict[str, Any]:
    return {"id": f"d{number}", "family": family or f"f{number}", "text": text, "labels": labels}


def _survey(place: Path, *, errors: bool = False) -> Survey:
    return survey(place, least=0.4, errors=errors, seed=1)


def test_the_shipped_drafts_are_sound() -> None:
    """What everybody trains on: no broken row, no contradiction, no draft twice."""
    found = _survey(SHIPPED)
    assert (found.faults, found.contradictions, found.duplicates) == ([], [], [])
    assert len(found.drafts) == len(load_labels(SHIPPED))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ("7", "a JSON object is needed"),
        ('{"family": "f", "text": "a", "labels": {}}', "id must be text"),
        ('{"id": "a", "family": 1, "text": "a", "labels": {}}', "family must be text"),
        ('{"id": "a", "family": "f", "text": " ", "labels": {}}', "text must be text"),
        ('{"id": "a", "family": "f", "text": "a", "labels": []}', "labels must be an object"),
        ('{"id": "a", "family": "f", "text": "a"}', "labels must be an object"),
        ('{"id": "a", "family": "f", "text": "a", "labels": {"rude": 1}}', "unknown label 'rude'"),
        ('{"id": "a", "family": "f", "text": "a", "labels": {"insult": 2}}', "label 'insult' must be 0 or 1"),
        ('{"id": "a", "family": "f", "text": "a", "labels": {"insult": true}}', "label 'insult' must be 0 or 1"),
        ('{"id": "a", "family": "f", "text": "a\\ud800", "labels": {}}', "a lone surrogate"),
        ('{"id": "d1", "family": "f", "text": "a", "labels": {}}', "the id 'd1' is that of drafts.jsonl:1 already"),
    ],
)
def test_a_broken_row_is_named_with_its_line_and_the_rest_is_read(write: Write, line: str, reason: str) -> None:
    """Training would stop at the first; who mends them wants all."""
    found = _survey(write([_row(1, "one"), line, _row(2, "two"), line]))
    assert [fault.partition(": ")[0] for fault in found.faults] == ["drafts.jsonl:2", "drafts.jsonl:4"]
    assert all(reason in fault for fault in found.faults)
    assert [draft.id for draft in found.drafts] == ["d1", "d2"]
    assert not found.is_sound


def test_what_training_refuses_is_broken_here(write: Write) -> None:
    """Prevents a check that says all is well before a training that fails."""
    for line in ("{", "[]", '{"id": "a"}', '{"id": "a", "family": "f", "text": "", "labels": {}}'):
        place = write([line])
        assert _survey(place).faults
        with pytest.raises(Invalid):
            load_labels(place)


def test_nothing_to_read_is_refused(tmp_path: Path) -> None:
    """An empty folder is not sound."""
    with pytest.raises(Invalid, match="holds no labelled drafts"):
        _survey(tmp_path)


def test_one_file_can_be_looked_at(write: Write) -> None:
    """A fresh export, before it lies among the others."""
    folder = write([_row(1, "one")])
    write([_row(2, "two")], "other.jsonl")
    assert [draft.id for draft in _survey(folder / "other.jsonl").drafts] == ["d2"]


def test_the_same_words_are_double_and_contradict_where_a_label_differs(write: Write) -> None:
    """Whatever their case and spacing; what is unknown contradicts nothing."""
    rows = [
        _row(1, "Win a boat!", insult=0, levity=1),
        _row(2, "win  a BOAT!\n", insult=1, levity=1, threat=0),
        _row(3, "Win a boat!", threat=1),
        _row(4, "Win a goat!", insult=1),
    ]
    found = _survey(write(rows))
    assert [[draft.id for draft in group] for group in found.duplicates] == [["d1", "d2", "d3"]]
    assert [item.labels for item in found.contradictions] == [("insult", "threat")]
    assert not found.is_sound


def test_near_duplicates_count_across_families_alone(write: Write) -> None:
    """A twin in its family is meant to be alike; a copy in another would be learnt from and measured on."""
    text = "Doors open at ten, and the first hundred visitors get a free poster of the old harbour."
    rows = [_row(1, text, "a"), _row(2, text.replace("poster", "picture"), "a"), _row(3, text.upper() + "!", "b")]
    found = _survey(write([*rows, _row(4, "Our phones are down until noon.", "c")]))
    assert [(pair.first.id, pair.second.id) for pair in found.near] == [("d1", "d3"), ("d2", "d3")]
    assert found.near[0].likeness > 0.9


def test_likeness_is_that_of_the_sets_of_character_5_grams() -> None:
    """Jaccard's: what is shared by what is there at all. Texts shorter than a gram are compared whole."""
    [pair] = near([Draft("f:1", "1", "a", "abcdefg", {}), Draft("f:2", "2", "b", "abcdefh", {})], least=0.1)
    assert pair.likeness == pytest.approx(2 / 4)
    assert len(near([Draft("f:1", "1", "a", "Hi", {}), Draft("f:2", "2", "b", "hi", {})], least=1.0)) == 1


def test_a_family_needs_both_sides(write: Write) -> None:
    """An alarming draft without its harmless twin teaches the words, not the difference."""
    rows = [
        _row(1, "one", "both", insult=1),
        _row(2, "two", "both", insult=0),
        _row(3, "three", "half", insult=1),
        _row(4, "four", "half", threat=0),
    ]
    found = _survey(write(rows))
    assert (found.families, list(found.one_sided)) == (2, ["half"])


def test_openings_labels_and_languages_are_counted(write: Write) -> None:
    """What is unknown is told apart from 0."""
    rows = [
        _row(1, "Our shop is open again today, come in and have a look.", insult=0),
        _row(2, "our  shop is closed again today, we are sorry for the trouble.", insult=1),
        _row(3, "Unser Laden ist heute leider geschlossen, wir bitten um Verständnis.", levity=0),
    ]
    found = _survey(write(rows))
    assert found.openings == 2
    assert found.counts["insult"] == (1, 1, 1)
    assert found.counts["levity"] == (1, 0, 2)
    assert list(found.counts) == list(LABELS)
    assert found.languages == {"en": 2, "de": 1}


_PLAIN = ("the", "match", "bus", "river", "town", "market", "coffee", "morning", "harbour", "choir", "bridge", "lamp")


def _flipped(share: float) -> tuple[list[Draft], set[str]]:
    """Drafts whose label follows from a word, and the ids of those that got the other one."""
    choose, wrong = random.Random(7), set()
    drafts = []
    for number in range(200):
        rude = number % 2
        words = choose.sample(_PLAIN, 6)
        words[choose.randrange(6)] = choose.choice(("idiot", "moron") if rude else ("neighbour", "friend"))
        if choose.random() < share:
            wrong.add(str(number))
        given = 1 - rude if str(number) in wrong else rude
        drafts.append(Draft(f"f:{number}", str(number), f"fam{number}", " ".join(words), {"insult": given}))
    return drafts, wrong


def test_planted_label_errors_are_found() -> None:
    """Nearly all that were planted, and nothing else."""
    drafts, wrong = _flipped(0.05)
    found = suspects(drafts, seed=1)
    assert {suspect.draft.id for suspect in found} <= wrong
    assert len(found) >= 0.8 * len(wrong) > 5
    assert all((suspect.probability > 0.5) != bool(suspect.given) for suspect in found)
    assert [suspect.margin for suspect in found] == sorted((suspect.margin for suspect in found), reverse=True)


def test_a_label_with_too_little_to_learn_from_has_no_suspects(write: Write) -> None:
    """Nor does a set with no label at all."""
    drafts, _ = files.read(write([_row(number, f"draft {number}", insult=number % 2) for number in range(8)]))
    assert suspects(drafts, seed=1) == []


def test_the_same_drafts_have_the_same_suspects() -> None:
    """A list that changed by itself could not be worked through."""
    drafts, _ = _flipped(0.05)
    assert suspects(drafts, seed=3) == suspects(drafts, seed=3)


def test_five_thousand_drafts_take_less_than_ten_seconds() -> None:
    """It is run before each training; all pairs one by one would take an hour."""
    rows = [json.loads(line) for path in SHIPPED.glob("*.jsonl") for line in path.read_text("utf-8").splitlines()]
    choose = random.Random(1)
    texts = [row["text"] for row in rows]
    drafts = [
        Draft(f"f:{n}", str(n), f"fam{n}", f"{choose.choice(texts)[:90]} {choose.choice(texts)[-90:]}", {})
        for n in range(5_000)
    ]
    started = time.monotonic()
    found = near(drafts)
    assert time.monotonic() - started < 10
    assert found
