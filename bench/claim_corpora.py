"""Public sets about claims, to measure on: CheckThat! 2022 1A and 1B, PHEME by event, and two kinds of ordinary post.

CheckThat! 2022 (Nakov et al.): tweets of the pandemic; 1B asks whether a tweet contains a verifiable factual claim, 1A
whether that claim is worth checking. PHEME (Zubiaga et al. 2016): tweets in breaking news, a rumour or not. Constraint
(Patwa et al. 2021), the posts labelled real: health authorities and news accounts.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.training.rows import digest, load_sources, read_source
from app.training.split import is_held_out
from app.training.train import SEED

TABLE = Path(__file__).parent.parent / "data" / "sources.toml"
CHECKTHAT = {"1A": "1A_checkworthy", "1B": "1B_claim"}
POSTS = 2_000


@dataclass(frozen=True, slots=True)
class Part:
    """Texts, their classes, and what keeps texts together in cross-validation."""

    texts: list[str]
    target: NDArray[np.int64]
    groups: NDArray[np.str_]

    def at(self, chosen: NDArray[np.bool_]) -> Part:
        texts = [text for text, kept in zip(self.texts, chosen, strict=True) if kept]
        return Part(texts, self.target[chosen], self.groups[chosen])

    def held_out(self) -> NDArray[np.bool_]:
        """The texts that training with `prepost train` leaves aside, where their corpus is one that it learns from."""
        return np.array([is_held_out(f"text:{digest(text)}", seed=SEED) for text in self.texts])


def checkthat(folder: Path, task: str, split: str) -> Part:
    """`task` 1A or 1B, `split` train or dev; a group is a text."""
    path = folder / "claims_checkthat2022_t1_en" / f"CT22_english_{CHECKTHAT[task]}_{split}.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    texts = [row["tweet_text"] for row in rows]
    return Part(texts, np.array([int(row["class_label"]) for row in rows]), np.array([digest(text) for text in texts]))


def pheme(folder: Path) -> Part:
    """The events that hold both classes; a group is an event, 1 a rumour."""
    rows = list(_records(folder / "claims_pheme_source_tweets" / "pheme_dev_events.csv"))
    classes: dict[str, set[str]] = {}
    for row in rows:
        classes.setdefault(row["event"], set()).add(row["label"])
    rows = [row for row in rows if len(classes[row["event"]]) == 2]
    target = np.array([int(row["label"] == "rumour") for row in rows])
    return Part([row["text"] for row in rows], target, np.array([row["event"] for row in rows]))


def ordinary(folder: Path) -> dict[str, list[str]]:
    """A sample of organisations' posts, as the alarm curve reads them, and official posts about the pandemic."""
    source = next(source for source in load_sources(TABLE) if source.name == "brand_posts")
    posts = [row.text for row in read_source(source, folder, seed=SEED)]
    health = [row["tweet"] for row in _records(folder / "claims_constraint2021_covid" / "val.csv") if _real(row)]
    return {"brands' posts": random.Random(SEED).sample(posts, POSTS), "Constraint, real": health}


def _real(row: dict[str, str]) -> bool:
    return row["label"] == "real"


def _records(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
