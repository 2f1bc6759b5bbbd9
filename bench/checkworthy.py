"""`python -m bench.checkworthy --sources FOLDER`: what heads for check-worthiness and rumour are worth.

And why no alarm rests on them alone: the ordinary posts they flag. In one run: a logistic regression on word and
character n-grams, the same on the features that the shipped heads see (the encoder's, and the n-gram stage's
decisions), and on those of any other encoder named by `--encoder NAME=FOLDER`; beside them the shipped heads as they
are. CheckThat! 2022 1A and 1B: learnt on the training split, judged on the development split. PHEME: learnt on all
events but one, judged on that one. Nothing that is learnt here is kept.

The strength of the penalty (by AUC) and the threshold (best F1; on PHEME macro-F1) are chosen on the training rows, out
of fold; of a shipped head only the threshold is. Intervals are 95 %: bootstraps, or Wilson's for shares. The shipped
model has learnt from PHEME, which is why its held-out tweets are told apart.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score, roc_auc_score
from sklearn.model_selection import GroupKFold, StratifiedGroupKFold
from sklearn.preprocessing import StandardScaler

from app.classifier import LABELS
from app.classifier.features import grams
from app.classifier.model import Model, load_current, load_encoder
from app.classifier.odds import logit
from app.text import read
from app.training.embed import embed
from app.training.evaluate import wilson
from app.training.measure import bootstrapped
from app.training.promote import encoder_entry
from app.training.rows import Row
from app.training.train import SEED
from bench.claim_corpora import CHECKTHAT, Part, checkthat, ordinary, pheme

ROOT = Path(__file__).parent.parent
SHIPPED = tuple(label for label in ("factual_claim", "check_worthy", "hearsay") if label in LABELS)
RECALL = 0.7
_DENSE, _SPARSE = (1e-5, 1e-4, 1e-3, 1e-2, 1e-1), (0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
_FOLDS = 5
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """Scores less the threshold chosen on the training rows, of the development part and of other texts."""

    dev: Array
    others: Mapping[str, Array]


Contender = Callable[[Part, Part, Mapping[str, Sequence[str]]], Judged]
"""training part, development part, other texts by name"""


@cache
def _grams(text: str) -> list[str]:
    return grams(read(text, language="en"))


def ngrams(train: Part, dev: Part, others: Mapping[str, Sequence[str]]) -> Judged:
    """Word (1-2) and character (3-5) n-grams by TF-IDF."""
    vectorizer = TfidfVectorizer(analyzer=_grams, sublinear_tf=True, min_df=2)
    learnt = vectorizer.fit_transform(train.texts)
    return _learnt(learnt, train, vectorizer.transform, _SPARSE, dev, others)


Reader = Callable[[Sequence[str]], Array]


def features(reader: Reader, train: Part, dev: Part, others: Mapping[str, Sequence[str]]) -> Judged:
    """An encoder's features, standardised."""
    scale = StandardScaler()
    learnt = scale.fit_transform(reader(train.texts))
    return _learnt(learnt, train, lambda texts: scale.transform(reader(texts)), _DENSE, dev, others)


def _learnt(
    learnt: Any,
    train: Part,
    transform: Callable[[Sequence[str]], Any],
    strengths: Sequence[float],
    dev: Part,
    others: Mapping[str, Sequence[str]],
) -> Judged:
    found = [(_out_of_fold(learnt, train, strength), strength) for strength in strengths]
    folds, strength = max(found, key=lambda pair: roc_auc_score(train.target, pair[0]))
    head = _head(strength).fit(learnt, train.target)
    least = threshold(train, folds)
    judged = {name: head.decision_function(transform(texts)) - least for name, texts in others.items()}
    return Judged(head.decision_function(transform(dev.texts)) - least, judged)


def _head(strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, max_iter=1_000)


def _by_event(train: Part) -> bool:
    return len(set(train.groups)) <= _FOLDS


def _out_of_fold(learnt: Any, train: Part, strength: float) -> Array:
    """Decisions on each training row by a head that saw none of its group."""
    count = min(_FOLDS, len(set(train.groups)))
    folds = GroupKFold(count) if _by_event(train) else StratifiedGroupKFold(_FOLDS, shuffle=True, random_state=SEED)
    decisions = np.zeros(len(train.texts))
    for seen, asked in folds.split(train.texts, train.target, train.groups):
        decisions[asked] = _head(strength).fit(learnt[seen], train.target[seen]).decision_function(learnt[asked])
    return decisions


def threshold(train: Part, scores: Array) -> float:
    """The score from which F1 of the training rows is best: of the ones, or macro-F1 where events are left out."""
    average = "macro" if _by_event(train) else "binary"
    asked = np.unique(np.quantile(scores, np.linspace(0.02, 0.98, 97)))
    return float(max(asked, key=lambda least: f1_score(train.target, scores >= least, average=average)))


def shipped(model: Model, label: str, train: Part, dev: Part, others: Mapping[str, Sequence[str]]) -> Judged:
    """A head of the shipped model, that learns nothing here but its threshold."""
    score = partial(_strengths, model, label)
    least = threshold(train, score(train.texts))
    return Judged(score(dev.texts) - least, {name: score(texts) - least for name, texts in others.items()})


def _strengths(model: Model, label: str, texts: Sequence[str]) -> Array:
    """As log-odds."""
    return logit(np.array([_scored(model, text)[label] for text in texts]))


@cache
def _scored(model: Model, text: str) -> Mapping[str, float]:
    return model.score([read(text, language="en")])[0].strengths


def _encoded(folder: Path, cache_folder: Path) -> Reader:
    entry = encoder_entry(folder)
    encoder, digest = load_encoder(folder.parent, entry), entry["files"]["encoder.onnx"]

    def read_all(texts: Sequence[str]) -> Array:
        rows = [Row(text, {}, "", "bench") for text in texts]
        say = partial(print, file=sys.stderr)
        return embed(rows, encoder, digest=digest, cache=cache_folder, say=say).astype(np.float64)

    return read_all


def _as_heads_see(model: Model, encoded: Reader) -> Reader:
    def read_all(texts: Sequence[str]) -> Array:
        decisions = np.array([model.decision(read(text, language="en")) for text in texts])
        return np.hstack([encoded(texts), decisions])

    return read_all


def contenders(models: Path, named: Mapping[str, Path], cache_folder: Path) -> dict[str, Contender]:
    model = load_current(models)
    own = _encoded(models / model.manifest["encoder"]["folder"], cache_folder)
    found: dict[str, Contender] = {"n-grams": ngrams, "encoder": partial(features, _as_heads_see(model, own))}
    found |= {name: partial(features, _encoded(folder, cache_folder)) for name, folder in named.items()}
    return found | {f"shipped head `{label}`": partial(shipped, model, label) for label in SHIPPED}


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--sources", type=Path, required=True)
    ask.add_argument("--models", type=Path, default=ROOT / "models")
    ask.add_argument("--encoder", action="append", default=[], metavar="NAME=FOLDER")
    ask.add_argument("--cache", type=Path, default=ROOT / "build" / "features")
    asked = ask.parse_args()
    named = {name: Path(folder) for name, _, folder in (item.partition("=") for item in asked.encoder)}
    ways = contenders(asked.models, named, asked.cache)
    _checkthat(asked.sources, ways)
    _pheme(pheme(asked.sources), ways)


def _checkthat(folder: Path, ways: Mapping[str, Contender]) -> None:
    posts, alarms = ordinary(folder), []
    print("| task | | n | ones | F1 | average precision | AUC |\n|---|---|---|---|---|---|---|")
    for task in CHECKTHAT:
        train, dev = checkthat(folder, task, "train"), checkthat(folder, task, "dev")
        for name, way in ways.items():
            judged = way(train, dev, posts)
            cells = [f"{len(dev.texts)} | {dev.target.sum()}", *_figures(dev.target, judged.dev)]
            print(f"| {task} | {name} | " + " | ".join(cells) + " |", flush=True)
            alarms.append(f"| {task} | {name} | " + " | ".join(alarm_cells(dev.target, judged)) + " |")
    print(f"\nAbove the threshold that reaches {RECALL:.0%} recall on the development split:\n")
    print("| task | | the split's zeros | " + " | ".join(posts) + " |\n|---|---|---|" + "---|" * len(posts))
    print("\n".join(alarms), flush=True)


def _figures(target: NDArray[np.int64], scores: Array) -> list[str]:
    measures = (lambda truth, found: f1_score(truth, found >= 0), average_precision_score, roc_auc_score)
    return [_interval(measure, target, scores) for measure in measures]


def _interval(measure: Any, target: NDArray[np.int64], scores: Array) -> str:
    found = bootstrapped(measure, target, scores, seed=SEED)
    low, high = found["interval"]
    return f"{found['value']:.3f} [{low:.3f}, {high:.3f}]"


def alarm_cells(target: NDArray[np.int64], judged: Judged) -> list[str]:
    """The share of the development part's zeros, and of each kind of ordinary post, at a recall of 70 %."""
    ones = np.sort(judged.dev[target == 1])[::-1]
    least = ones[int(np.ceil(RECALL * len(ones))) - 1]
    return [_share(scores >= least) for scores in (judged.dev[target == 0], *judged.others.values())]


def _share(found: NDArray[np.bool_]) -> str:
    part, whole = int(found.sum()), len(found)
    low, high = wilson(part, whole)
    return f"{part}/{whole} = {part / whole:.1%} [{low:.1%}, {high:.1%}]"


def _pheme(part: Part, ways: Mapping[str, Contender]) -> None:
    events = sorted(set(part.groups))
    unseen, scores = part.held_out(), {name: leave_one_out(part, way) for name, way in ways.items()}
    sets = {event: part.groups == event for event in events} | {"all": np.ones(len(unseen), dtype=bool)}
    sets["all, held out"] = unseen
    print("\n| event | | n | rumours | macro-F1 | AUC |\n|---|---|---|---|---|---|")
    for event, chosen in sets.items():
        for name, found in scores.items():
            target = part.target[chosen]
            cells = [_interval(measure, target, found[chosen]) for measure in (_macro, roc_auc_score)]
            print(f"| {event} | {name} | {len(target)} | {target.sum()} | " + " | ".join(cells) + " |", flush=True)


def _macro(truth: NDArray[np.int64], scores: Array) -> float:
    return float(f1_score(truth, scores >= 0, average="macro"))


def leave_one_out(part: Part, way: Contender) -> Array:
    """Of each text, the score by what was learnt from the other groups."""
    scores = np.zeros(len(part.texts))
    for group in sorted(set(part.groups)):
        out = part.groups == group
        scores[out] = way(part.at(~out), part.at(out), {}).dev
    return scores


if __name__ == "__main__":
    main()
