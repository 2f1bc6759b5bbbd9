"""`python -m bench.explanations --sources FOLDER`: do the words that moved a score agree with those that people marked?

The toxic_spans trial part (never trained on): for each post the F1 over characters between the marked spans and the
words that `Scores.because` gives for the likeliest offensive label, averaged over the posts (Pavlopoulos et al.,
"SemEval-2021 Task 5: Toxic Spans Detection", 2021). Beside it, in the same run: the whole post, and its longest word.
"""

from __future__ import annotations

import argparse
import ast
import csv
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np

from app.classifier.model import Model, load_current
from app.text import read

ROOT = Path(__file__).parent.parent
OFFENCE = ("profanity", "insult", "identity_attack", "threat", "sexual")


def f1(said: set[int], marked: set[int]) -> float:
    """1 where both are empty, 0 where only one is."""
    if not said or not marked:
        return float(said == marked)
    return 2 * len(said & marked) / (len(said) + len(marked))


def moved(model: Model, post: str) -> set[int]:
    """The characters of the words that moved the likeliest offensive label."""
    (scores,) = model.score([read(post, language="en")])
    label = max(OFFENCE, key=lambda label: scores.strengths[label])
    return {at for start, end in scores.because.get(label, ()) for at in range(start, end)}


def longest(post: str) -> set[int]:
    word = max(re.finditer(r"\w+", post), key=lambda match: len(match[0]), default=None)
    return set(range(*word.span())) if word else set()


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--sources", type=Path, required=True)
    path = ask.parse_args().sources / "toxic_spans" / "tsd_trial.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(row["text"], set(ast.literal_eval(row["spans"]))) for row in csv.DictReader(file)]
    model = load_current(ROOT / "models")
    ways: dict[str, Callable[[str], set[int]]] = {
        "words that moved the score": lambda post: moved(model, post),
        "the whole post": lambda post: set(range(len(post))),
        "the longest word": longest,
    }
    for name, way in ways.items():
        found = np.array([f1(way(post), marked) for post, marked in rows])
        spread = 1.96 * found.std() / len(found) ** 0.5
        print(f"{name:28} F1 {found.mean():.3f} ± {spread:.3f} (n = {len(found)})")


if __name__ == "__main__":
    main()
