"""`python -m bench.persons --sources FOLDER`: is a post a person's or an organisation's, from its text alone?

person_vs_brand, label confidence 1.0, texts held out from all training: AUC of `personal_voice`, of the model and of
its n-grams alone, with a 95 % bootstrap interval.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from app.classifier import LABELS
from app.classifier.model import load_current
from app.text import read
from app.training.measure import bootstrapped
from app.training.rows import load_sources, merge, read_source
from app.training.split import split
from app.training.train import SEED

ROOT = Path(__file__).parent.parent


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--sources", type=Path, required=True)
    folder = ask.parse_args().sources
    source = next(s for s in load_sources(ROOT / "data" / "sources.toml") if s.name == "person_vs_brand")
    rows = split(merge(read_source(source, folder, seed=SEED)), seed=SEED)[1]
    rows = [row for row in rows if "personal_voice" in row.labels]
    truth = np.array([row.labels["personal_voice"] for row in rows])
    model, texts = load_current(ROOT / "models"), [read(row.text, language="en") for row in rows]
    print(f"{len(rows):,} posts, {truth.sum():,} by persons")
    column = LABELS.index("personal_voice")
    ways = {
        "the model": [scores.strengths["personal_voice"] for scores in model.score(texts)],
        "n-grams alone": [float(model.grams.decision(text)[column]) for text in texts],
    }
    for name, scores in ways.items():
        found = bootstrapped(roc_auc_score, truth, np.array(scores), seed=SEED)
        low, high = found["interval"]
        print(f"  {name}: AUC {found['value']:.3f} [{low:.3f}, {high:.3f}]")


if __name__ == "__main__":
    main()
