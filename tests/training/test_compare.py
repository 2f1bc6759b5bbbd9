"""Two models side by side: the page is whole, says what changed, and no draft can break out of it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import numpy as np
import pytest

from app.classifier import LABELS
from app.domain import Scores
from app.training.charts import reliability, roc
from app.training.compare import Comparison, Side, _changes
from app.training.comparison_page import page
from app.training.frozen import Draft
from app.training.measure import SLICES, Judged, calibration_error
from app.training.rows import Row

_WICKED = """</script></td><script>alert("it's")</script> & <img src=x onerror='alert(1)'>"""


def _side(name: str, drafts: list[Draft], insult: list[float]) -> Side:
    table = np.full((len(drafts), len(LABELS)), 0.1)
    table[:, LABELS.index("insult")] = insult
    judged = Judged(drafts, table, np.full(len(LABELS), 0.5))
    metrics = {
        "labels": {label: judged.label(label, seed=1) for label in LABELS},
        "false_alarms": judged.false_alarms(range(len(drafts))),
        "slices": {each: judged.slice(of) for each, of in SLICES.items()},
    }
    scores = [
        Scores(dict(zip(LABELS, row, strict=True)), {}, name, {"insult": ((0, 9),)} if row.max() > 0.5 else {})
        for row in table
    ]
    return Side(name, metrics, table, scores, dict.fromkeys(LABELS, 0.5))


@pytest.fixture(scope="module")
def found() -> Comparison:
    labels = [{"insult": 1}, {"insult": 0}, {"insult": 1}, {"insult": 0}]
    texts = [_WICKED, "Hello", "You walnut", "Good morning"]
    drafts = [
        Draft(Row(text, said, "own:a", "own"), "a.jsonl:1", "a.jsonl", "<b>brand</b>")
        for text, said in zip(texts, labels, strict=True)
    ]
    old, new = _side("old-1", drafts, [0.2, 0.2, 0.9, 0.1]), _side("new-2", drafts, [0.95, 0.6, 0.8, 0.1])
    changes = sorted(_changes(old, new, drafts), key=lambda change: -abs(change.new - change.old))
    return Comparison(old, new, drafts, changes)


class _Read(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_a_draft_stays_text(found: Comparison) -> None:
    """Prevents a draft that runs in the browser of the analyst who looks at it."""
    read = _Read()
    read.feed(page(found))

    assert {"script", "img", "b"} & set(read.tags) == {"b"}
    assert read.tags.count("b") == 2  # the two versions
    assert _WICKED in read.words


def test_the_page_asks_for_nothing_else(found: Comparison) -> None:
    """Prevents a page that is blank on a machine without a network."""
    assert re.findall(r"""(?:src|href|url|@import)\s*[=(]""", page(found).replace(_escaped(), "")) == []


def _escaped() -> str:
    from html import escape

    return escape(_WICKED)


def test_what_changed_sides_is_told_both_ways_largest_first(found: Comparison) -> None:
    """A gain hides no loss."""
    assert [(c.label, c.truth, c.is_better) for c in found.changes] == [("insult", 1, True), ("insult", 0, False)]
    assert found.changes[0].words == (_WICKED[:9],)
    assert "Right now: 1" in page(found)
    assert "Lost: 1" in page(found)


def test_curves_and_calibration_are_reckoned_rightly() -> None:
    """On four drafts that can be done by hand."""
    truth, probability = np.array([0, 1, 0, 1]), np.array([0.1, 0.9, 0.5, 0.5])

    assert roc(truth, probability) == [(0.0, 0.0), (0.0, 0.5), (0.5, 1.0), (1.0, 1.0)]
    assert reliability(truth, probability)[0] == (0.1, 0.0)
    assert calibration_error(truth, probability) == pytest.approx((0.1 + 0.5 + 0.5 + 0.1) / 4)


def test_a_harmless_draft_with_an_alarm_is_a_false_alarm(found: Comparison) -> None:
    """Only the labels that it states can be false."""
    assert found.old.metrics["false_alarms"] == {"alarms": 0, "n": 2}
    assert found.new.metrics["false_alarms"] == {"alarms": 1, "n": 2}
