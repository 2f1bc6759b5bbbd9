"""`python -m bench.budget --sources FOLDER`: do thresholds keep the false-alarm budget they follow from?

For each label, the share of ordinary posts of official accounts above the threshold for a budget of 2, 5 and 10 in a
thousand, on the half of the accounts that the curve was not measured on; and on harmless sentences with identity words
(unintended_bias, NOT_BAD), which no model has learnt from, with thresholds as the default policy has them.
"""

from __future__ import annotations

import argparse
import csv
import random
from pathlib import Path

from app.checks import CHECKS
from app.classifier import LABELS
from app.classifier.model import Model, load_current
from app.policy import load_policy
from app.text import read
from app.training.evaluate import wilson
from app.training.rows import load_sources, read_source
from app.training.split import halves
from app.training.train import SEED

ROOT = Path(__file__).parent.parent
BUDGETS = (2.0, 5.0, 10.0)
SENTENCES = 4_000


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--sources", type=Path, required=True)
    folder = ask.parse_args().sources
    model = load_current(ROOT / "models")
    source = next(s for s in load_sources(ROOT / "data" / "sources.toml") if s.name == "brand_posts")
    posts = read_source(source, folder, seed=SEED)
    judged = [posts[index] for index in halves(posts, seed=SEED)[1]]
    scores = model.score([read(post.text, language="en") for post in judged])
    print(f"{len(judged)} posts of {len({post.family for post in judged})} accounts")
    print("| label | " + " | ".join(f"{budget:g} in 1,000" for budget in BUDGETS) + " |\n|---|" + "---|" * len(BUDGETS))
    for label in LABELS:
        limits = [model.cutoff(label, budget) or 1.0 for budget in BUDGETS]
        alarms = [sum(score.strengths[label] >= limit for score in scores) for limit in limits]
        print(f"| {label} | " + " | ".join(_per_1000(count, len(judged)) for count in alarms) + " |")
    _identity(folder, model)


def _identity(folder: Path, model: Model) -> None:
    policy = load_policy(ROOT / "data" / "policy" / "default.toml", [check.id for check in CHECKS])
    limits = {
        check.label: model.cutoff(check.label, budget, check.among)
        for check in CHECKS
        if check.label and check.among == "posts" and (budget := policy.rules[check.id].false_alarms_per_1000)
    }
    with (folder / "unintended_bias" / "bias_madlibs_77k.csv").open(encoding="utf-8", newline="") as file:
        texts = [row["Text"] for row in csv.DictReader(file) if row["Label"] == "NOT_BAD"]
    sample = random.Random(SEED).sample(texts, SENTENCES)
    scores = model.score([read(text, language="en") for text in sample])
    offensive = ("insult", "identity_attack", "threat", "sexual")
    alarms = sum(any(score.strengths[label] >= (limits[label] or 1.0) for label in offensive) for score in scores)
    low, high = wilson(alarms, len(sample))
    print(
        f"\nharmless sentences with identity words that an offensive label alarms on: {alarms}/{len(sample)}"
        f" = {alarms / len(sample):.1%} [{low:.1%}, {high:.1%}]"
    )


def _per_1000(count: int, whole: int) -> str:
    low, high = wilson(count, whole)
    return f"{1000 * count / whole:.1f} [{1000 * low:.1f}, {1000 * high:.1f}]"


if __name__ == "__main__":
    main()
