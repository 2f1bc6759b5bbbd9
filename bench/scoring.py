"""`python -m bench.scoring --sources FOLDER`: what scoring costs, and whom the gate lets the encoder read.

Milliseconds of CPU a post on 1,500 ordinary posts for the cascade, the n-grams and the encoder, in one run; the same
for a few odd texts of 280 characters; the share of ordinary posts, and of our own held-out drafts with an alarming
label, that the encoder reads.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from app.classifier.model import Model, load_current
from app.domain import Text
from app.text import read
from app.training.heads import ALARMING
from app.training.rows import load_labels, load_sources, read_source
from app.training.split import split
from app.training.train import SEED

ROOT = Path(__file__).parent.parent
ODD = ("🙂" * 280, "a " * 140, " ".join(f"xq{n}" for n in range(70))[:280], "#" + "abcdefghij" * 27)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--sources", type=Path, required=True)
    folder = ask.parse_args().sources
    model = load_current(ROOT / "models")
    assert model.encoder is not None
    source = next(s for s in load_sources(ROOT / "data" / "sources.toml") if s.name == "brand_posts")
    posts = [read(row.text, language="en") for row in read_source(source, folder, seed=SEED)[:1_500]]
    ways: dict[str, Callable[[Text], object]] = {
        "cascade": lambda text: model.score([text]),
        "n-grams": model.grams.decision,
        "encoder": model.encoder.encode,
    }
    for name, way in ways.items():
        spent = sorted(_milliseconds(way, text) for text in posts)
        mean, median = sum(spent) / len(spent), spent[len(spent) // 2]
        print(f"{name:8} mean {mean:.2f}  median {median:.2f}  worst {spent[-1]:.2f} ms")
    for text in (read(raw, language="en") for raw in ODD):
        spent = sorted(_milliseconds(model.encoder.encode, text) for _ in range(9))
        print(f"encoder on {text.raw[:12]!r}…: {spent[4]:.2f} ms")
    own = split(load_labels(ROOT / "data" / "labels"), seed=SEED)[1]
    hard = [read(row.text, language="en") for row in own if any(row.labels.get(label) for label in ALARMING)]
    print(
        f"the encoder reads {_read(model, posts):.1%} of ordinary posts, {_read(model, hard):.1%} of {len(hard)} drafts"
    )


def _milliseconds(work: Callable[[Text], object], text: Text) -> float:
    began = time.process_time()
    work(text)
    return (time.process_time() - began) * 1e3


def _read(model: Model, texts: Sequence[Text]) -> float:
    assert model.heads is not None
    return sum(not model.heads.is_easy(model.grams.decision(text)) for text in texts) / len(texts)


if __name__ == "__main__":
    main()
