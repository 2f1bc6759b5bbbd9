"""The alarm curve: how many ordinary texts reach a strength, and what a retrained model makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from app.classifier import LABELS
from app.classifier.odds import logit
from app.domain import Scores, Text
from app.training.curve import PER_1000, alarm_curve, shifted
from app.training.rows import Row

HIGH = LABELS.index("hearsay")


class _Told:
    """A model that finds in a text the strength that the text itself tells."""

    def score(self, texts: Sequence[Text]) -> list[Scores]:
        told = [dict.fromkeys(LABELS, float(text.raw)) for text in texts]
        return [Scores(strengths, strengths, "told", {}) for strengths in told]


def _posts(high: Sequence[int], *, strength: float = 0.9) -> list[Row]:
    """Fifty posts of each account, so many of them high."""
    return [
        Row(str(strength if at < count else 0.01), {}, f"text:{account}", "posts")
        for account, count in enumerate(high)
        for at in range(50)
    ]


def _at_50(ordinary: Any, among: str = "posts") -> float:
    found = alarm_curve(_Told(), ordinary)  # type: ignore[arg-type]
    return float(found[among]["thresholds"]["insult"][PER_1000.index(50.0)])


def test_one_account_with_many_high_posts_raises_the_threshold() -> None:
    """Other accounts may be like it: were posts drawn instead of accounts, its forty would look like anybody's."""
    spread, heaped = [2] * 20, [40] + [0] * 19

    assert _at_50({"posts": _posts(spread)}) == pytest.approx(0.01, abs=1e-4)
    assert _at_50({"posts": _posts(heaped)}) > 0.5


def test_the_curve_of_posts_serves_where_there_is_no_other() -> None:
    """A rule on replies, or a private person's account, must not lose its threshold because no corpus is at hand."""
    posts, replies = _posts([2] * 20), _posts([20] * 5)

    found = alarm_curve(_Told(), {"posts": posts, "replies": [], "personal": []})  # type: ignore[arg-type]

    assert found["replies"] == found["personal"] == found["posts"]
    assert (found["posts"]["n"], found["posts"]["accounts"]) == (1_000, 20)
    assert _at_50({"posts": posts, "replies": replies}, "replies") > _at_50({"posts": posts, "replies": replies})


@pytest.mark.parametrize("replies", [0, 2])
def test_without_posts_there_is_no_curve(replies: int) -> None:
    """Replies say nothing of posts."""
    assert alarm_curve(_Told(), {"posts": [], "replies": _posts([1] * replies)}) == {}  # type: ignore[arg-type]


def _curve(strength: float) -> dict[str, Any]:
    measured = {"n": 9, "thresholds": {label: [strength] * len(PER_1000) for label in LABELS}}
    return {"per_1000": list(PER_1000), "posts": measured, "replies": measured, "personal": measured}


def _strengths(rise: float) -> np.ndarray:
    """Of 2,000 posts; those of one label are higher by so much log-odds."""
    odds = np.random.default_rng(8).normal(-4, 1.5, (2_000, len(LABELS)))
    odds[:, HIGH] += rise
    return 1 / (1 + np.exp(-odds))


def test_a_threshold_rises_by_what_ordinary_posts_rose() -> None:
    """At every rate and for whoever's texts: else a retrained model would alarm more than its policy accepts."""
    found = shifted(_curve(0.5), _strengths(0.0), _strengths(1.0))

    for among in ("posts", "replies", "personal"):
        assert found[among]["thresholds"]["hearsay"] == pytest.approx([1 / (1 + np.exp(-1))] * len(PER_1000), abs=1e-3)
        assert found[among]["thresholds"]["insult"] == pytest.approx([0.5] * len(PER_1000), abs=1e-3)
    assert found["per_1000"] == list(PER_1000)


def test_a_threshold_never_falls() -> None:
    """A sample that grew calmer is no proof that other posts did."""
    found = shifted(_curve(0.5), _strengths(0.0), _strengths(-2.0))

    assert found["posts"]["thresholds"]["hearsay"] == [0.5] * len(PER_1000)


@pytest.mark.parametrize("at", [1e-5, 0.99999])
def test_a_threshold_next_to_an_end_rises_by_what_posts_rose_there(at: float) -> None:
    """Five decimals next to 1 are steps of several log-odds: a rise of a half would read as none, or as two."""
    base = np.random.default_rng(8).normal(11, 0.01, (2_000, len(LABELS)))

    found = shifted(_curve(at), 1 / (1 + np.exp(-base)), 1 / (1 + np.exp(-base - 0.5)))

    assert logit(found["posts"]["thresholds"]["hearsay"]) == pytest.approx(logit([at] * len(PER_1000)) + 0.5, abs=1e-2)


@pytest.mark.parametrize("end", [0.0, 1.0])
def test_a_threshold_at_an_end_leaves_it(end: float) -> None:
    """A threshold of 1 silences a rule for good; one of 0 alarms on everything."""
    found = shifted(_curve(end), _strengths(0.0), _strengths(0.0))

    assert found["posts"]["thresholds"]["insult"] == [abs(end - 1e-6)] * len(PER_1000)


def test_rarer_alarms_go_on_asking_for_more() -> None:
    """A rise at common strengths alone would lift their thresholds above the rarer ones, and the rates swap places."""
    before, after = _strengths(0.0), _strengths(0.0)
    low = before[:, HIGH] < np.quantile(before[:, HIGH], 0.97)
    after[low, HIGH] = 0.3

    found = shifted(_curve(0.5), before, after)["posts"]["thresholds"]["hearsay"]

    assert found[0] > 0.5
    assert found == sorted(found)
