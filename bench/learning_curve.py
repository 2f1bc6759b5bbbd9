"""`python -m bench.learning_curve --sources FOLDER`: what more of our own drafts still bring.

Heads on n-grams, since the encoder has seen all drafts and would flatter the small shares: an eighth, a quarter, a half
and all of our own training families beside the same sample of the corpora, judged on the held-out families. Three draws
of families a share; the range over draws is given.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy as np

from app.classifier.model import load_current
from app.training.rows import Row, load_labels, load_sources, merge, read_source
from app.training.split import split
from app.training.train import SEED
from bench.encoders import grams_reader, own_drafts, own_heads, own_pairs

ROOT = Path(__file__).parent.parent
SHARES, DRAWS, MOST = (0.125, 0.25, 0.5, 1.0), 3, 10_000


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--sources", type=Path, required=True)
    folder = ask.parse_args().sources
    ship = load_labels(ROOT / "data" / "labels")
    for source in load_sources(ROOT / "data" / "sources.toml"):
        ship += read_source(source, folder, seed=SEED) if source.use == "ship" else []
    training, held_out = split(merge(ship), seed=SEED)
    own = [row for row in training if row.source == "own"]
    others = random.Random(SEED).sample([row for row in training if row.source != "own"], MOST)
    judged = [row for row in held_out if row.source == "own"]
    reader = grams_reader(load_current(ROOT / "models"))
    print("| share | drafts | own drafts AUC | own pairs |\n|---|---|---|---|")
    for share in SHARES:
        found, counts = [], []
        for draw in range(DRAWS if share < 1 else 1):
            chosen = _families(own, share, draw)
            scores = own_heads(reader, [*chosen, *others], judged)
            found.append((own_drafts(scores, judged), own_pairs(scores, judged)))
            counts.append(len(chosen))
        areas, pairs = zip(*found, strict=True)
        cells = [f"{np.mean(each):.3f} ({min(each):.3f} to {max(each):.3f})" for each in (areas, pairs)]
        print(f"| {share:.1%} | {round(np.mean(counts)):,} | " + " | ".join(cells) + " |", flush=True)


def _families(rows: list[Row], share: float, draw: int) -> list[Row]:
    names = sorted({row.family for row in rows})
    kept = set(random.Random(draw).sample(names, round(share * len(names))))
    return [row for row in rows if row.family in kept]


if __name__ == "__main__":
    main()
