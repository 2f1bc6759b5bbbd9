"""bench.checkworthy: an event that is judged is never learnt from, and the alarms are counted at the recall it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from bench.checkworthy import Judged, alarm_cells, leave_one_out, ngrams, threshold
from bench.claim_corpora import Part, checkthat, pheme
from bench.rumour_wording import holds, in_events

_PHEME = """event,label,tweet_id,created_at,text,user_verified,lang
siege,rumour,1,,Reportedly a second gunman,0,en
siege,non-rumour,2,,Thoughts with all,0,en
crash,rumour,3,,Could be flight 12,0,en
crash,non-rumour,4,,So sad,0,en
single,rumour,5,,They say he is dead,0,en
"""


def _part(texts: Sequence[str], target: Sequence[int], groups: Sequence[str]) -> Part:
    return Part(list(texts), np.array(target), np.array(groups))


def test_only_events_with_both_classes_are_judged(tmp_path: Path) -> None:
    """Prevents an event of rumours alone from being told by its topic."""
    (tmp_path / "claims_pheme_source_tweets").mkdir()
    (tmp_path / "claims_pheme_source_tweets" / "pheme_dev_events.csv").write_text(_PHEME, encoding="utf-8")

    part = pheme(tmp_path)

    assert sorted(set(part.groups)) == ["crash", "siege"]
    assert part.target.tolist() == [1, 0, 1, 0]


def test_an_event_is_judged_by_what_the_others_taught() -> None:
    """Prevents figures of a head that has seen the event that it is judged on."""
    part = _part("abcdef", [0, 1, 0, 1, 0, 1], ["x", "x", "y", "y", "z", "z"])
    seen: list[tuple[set[str], set[str]]] = []

    def way(train: Part, dev: Part, others: Mapping[str, Sequence[str]]) -> Judged:
        seen.append((set(train.groups), set(dev.groups)))
        return Judged(np.array([ord(text) for text in dev.texts], dtype=float), {})

    scores = leave_one_out(part, way)

    assert seen == [({"y", "z"}, {"x"}), ({"x", "z"}, {"y"}), ({"x", "y"}, {"z"})]
    assert scores.tolist() == [float(ord(text)) for text in part.texts]


def test_alarms_are_counted_at_seventy_percent_recall() -> None:
    """The threshold is the highest that keeps the recall: one step lower would flatter nobody but the head."""
    target = np.array([1] * 10 + [0] * 4)
    dev = np.concatenate([np.arange(10.0), [0.0, 2.9, 3.0, 9.0]])

    zeros, posts = alarm_cells(target, Judged(dev, {"posts": np.array([1.0, 2.0, 3.0, 4.0])}))

    assert zeros.startswith("2/4 = 50.0%")
    assert posts.startswith("2/4 = 50.0%")


def test_the_threshold_is_the_best_of_the_training_rows() -> None:
    """Scores that part the classes are parted where they part."""
    part = _part([str(n) for n in range(100)], [int(n >= 60) for n in range(100)], [str(n) for n in range(100)])
    assert threshold(part, np.arange(100.0)) == pytest.approx(60, abs=1)


def test_ngrams_learn_from_the_training_part_alone() -> None:
    """A word that only the development part holds tells nothing."""
    train = _part(["sun today", "rain today"] * 20, [1, 0] * 20, [str(n) for n in range(40)])
    dev = _part(["sun today", "snow snow"], [1, 0], ["a", "b"])

    judged = ngrams(train, dev, {"posts": ["rain today"]})

    assert judged.dev[0] > judged.dev[1] > judged.others["posts"][0]


def test_tweets_of_checkthat_keep_their_quotation_marks(tmp_path: Path) -> None:
    """The files are written without quoting: a mark at the start of a tweet must not swallow the lines after it."""
    folder = tmp_path / "claims_checkthat2022_t1_en"
    folder.mkdir()
    lines = ["topic\ttweet_id\ttweet_url\ttweet_text\tclass_label", 'c\t1\tu\t"Half are ill\t1', "c\t2\tu\tHello\t0"]
    (folder / "CT22_english_1A_checkworthy_dev.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")

    part = checkthat(tmp_path, "1A", "dev")

    assert part.texts == ['"Half are ill', "Hello"]
    assert part.target.tolist() == [1, 0]


def test_a_cue_is_counted_by_event() -> None:
    """An event with a handful of one class says nothing of wording, and is left out."""
    texts = ["It’s RUMOURED", "quiet"] * 20 + ["rumoured"]
    part = _part(texts, [1, 0] * 20 + [1], ["x"] * 40 + ["y"])

    found = holds(r"\brumou?r\w*", texts)

    assert found.sum() == 21
    assert in_events(part, found) == (1, 1)
