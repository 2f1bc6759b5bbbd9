"""Learn to read apologies: from labelled sentences to the folder `models/apology`.

The rows are our own, `data/apologies/*.jsonl`: `text`, `labels` of the heads that somebody knows, and `family`, the
apology that a sentence stands in. Calibration is out of fold, as everywhere (Platt 1999).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import average_precision_score, roc_auc_score

from app.classifier.apology import FORMAT, HEADS
from app.errors import Invalid
from app.training.fit import Fitted, fit
from app.training.promote import write_weights
from app.training.rows import Row

C = 8.0
"""inverse of the penalty: sentences are short, and with 2, as for drafts, every head was too timid"""


def load_sentences(folder: Path) -> list[Row]:
    """The rows of all files. Raises Invalid with file and line."""
    found = []
    for file in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            try:
                given = json.loads(line)
                text, labels = given["text"], dict(given["labels"])
            except (ValueError, KeyError, TypeError) as error:
                raise Invalid(f"{file.name}:{number}: a text and its labels are needed") from error
            if unknown := sorted(set(labels) - set(HEADS)) or [each for each in labels.values() if each not in (0, 1)]:
                raise Invalid(f"{file.name}:{number}: {unknown[0]!r} is no head, or no 0 or 1")
            family = str(given.get("family") or hashlib.sha256(text.encode()).hexdigest()[:16])
            found.append(Row(text, labels, family, file.name))
    if not found:
        raise Invalid(f"{folder} holds no sentences")
    return found


def learn(rows: Sequence[Row], *, seed: int) -> tuple[Fitted, dict[str, Any]]:
    """The heads, and out of fold how well each tells its sentences from the others."""
    fitted = fit(rows, seed=seed, labels=HEADS, c=C)
    metrics = {}
    for column, head in enumerate(HEADS):
        known = [index for index, row in enumerate(rows) if head in row.labels]
        target = np.array([rows[index].labels[head] for index in known])
        decisions = fitted.decisions[known, column]
        metrics[head] = {
            "n": len(known),
            "positives": int(target.sum()),
            "auc": round(float(roc_auc_score(target, decisions)), 4),
            "average_precision": round(float(average_precision_score(target, decisions)), 4),
        }
    return fitted, metrics


def write(models: Path, fitted: Fitted, metrics: Mapping[str, Any], inputs: Mapping[str, str]) -> str:
    """The folder with its papers; gives the version."""
    raw = write_weights(fitted.arrays())
    version = f"apology-{hashlib.sha256(raw).hexdigest()[:10]}"
    papers = {"metrics.json": json.dumps(metrics, indent=2) + "\n", "card.md": _card(version, metrics)}
    files = {"weights.npz": raw, **{name: text.encode() for name, text in papers.items()}}
    folder = models / "apology"
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    manifest = {"format": FORMAT, "version": version, "labels": HEADS, "files": digests, "inputs": dict(inputs)}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return version


def _card(version: str, metrics: Mapping[str, Any]) -> str:
    rows = "".join(
        f"| `{head}` | {each['n']:,} | {each['positives']:,} | {each['auc']:.3f} | {each['average_precision']:.3f} |\n"
        for head, each in metrics.items()
    )
    return _CARD.format(version=version, rows=rows)


_CARD = """# {version}

Reads the sentences of an apology: what makes it poor, and what it must not lack. N-grams (words 1 to 2, characters 3
to 5 within words), TF-IDF and one logistic regression a head, calibrated out of fold. Written by `prepost
learn-apologies`.

**What it is for.** The rules of `apology/` hold their phrases against it, and ask it where no phrase is found. It reads
drafts that are marked or recognised as apologies, and no others; it says nothing of any other text.

**What it learnt from.** Our own sentences, `data/apologies`: written for this project, no real apology among them.
`whole_0.jsonl` holds those of the first test set (tests/golden/apology/apologies.jsonl): figures on that set are no
test.

**How well, out of fold** (3 folds by apology, the same writers; on apologies by others: docs/quality.md):

| head | sentences | with it | AUC | average precision |
|---|---|---|---|---|
{rows}
**Where it is weak.** English alone. Blame and excuses in words that nobody wrote before; irony. It knows words and not
the world: whether a hack happened, an intern exists or a figure is right, it can't tell.
"""
