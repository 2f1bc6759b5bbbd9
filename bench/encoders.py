"""`python -m bench.encoders --sources FOLDER`: what each way to read a text is worth, and what it costs, in one run.

One protocol for all: features of a text (n-grams by TF-IDF, or an encoder's, or both), a logistic regression per corpus
on its training part, judged on its development part; and the project's own heads learnt from the same sample of rows,
judged on talk pages at their natural rate and on our own held-out drafts by family. `--encoder NAME=FOLDER` adds an
encoder folder; the current model's is always there. The corpora marked `dev` or `evaluation` are only measured on, but
for emotion and irony, whose probes learn from their own training parts and are thrown away.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, roc_auc_score
from sklearn.preprocessing import StandardScaler

from app.classifier import LABELS
from app.classifier.encoder import Encoder
from app.classifier.model import Model, load_current, load_encoder
from app.classifier.ngram import vocabulary
from app.text import read
from app.training.embed import embed
from app.training.evaluate import wilson
from app.training.heads import ALARMING
from app.training.promote import encoder_entry
from app.training.rows import Row, load_labels, load_sources, merge, read_source
from app.training.split import split
from app.training.train import SEED

ROOT = Path(__file__).parent.parent
MOST = 6_000
"""training rows of a probe: enough to rank encoders, and few enough for two cores"""
OFFENCE = ("profanity", "insult", "identity_attack", "threat", "sexual")


@dataclass(frozen=True)
class Part:
    """Texts and classes."""

    texts: list[str]
    classes: list[str]


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        return list(csv.DictReader(file))


def _part(rows: Sequence[dict[str, str]], text: str, label: str) -> Part:
    return Part([row[text] for row in rows], [row[label] for row in rows])


def _tweeteval(folder: Path, name: str) -> Part:
    texts = (folder / f"{name}_text.txt").read_text(encoding="utf-8").split("\n")
    labels = (folder / f"{name}_labels.txt").read_text(encoding="utf-8").split("\n")
    pairs = [(text, label) for text, label in zip(texts, labels, strict=False) if text.strip() and label.strip()]
    return Part([text for text, _ in pairs], [label for _, label in pairs])


def corpora(folder: Path) -> dict[str, tuple[Part, Part]]:
    """Training and development part of each public set."""
    edos = _csv(folder / "edos/edos_train_dev.csv")
    dyna = _csv(folder / "dynahate/dynahate_train_dev.csv")
    found = {
        "EDOS": tuple(_part([r for r in edos if r["split"] == s], "text", "label_sexist") for s in ("train", "dev")),
        "HatemojiBuild": tuple(
            _part(_csv(folder / f"hatemoji/HatemojiBuild_{s}.csv"), "text", "label_gold")
            for s in ("train", "validation")
        ),
        "dynahate": tuple(_part([r for r in dyna if r["orig_split"] == s], "text", "label") for s in ("train", "dev")),
        "measuring_hate": tuple(
            _part(_csv(folder / f"measuring_hate_speech/{s}.csv"), "text", "label") for s in ("train_20692", "dev_500")
        ),
        "emotion": tuple(_tweeteval(folder / "tweeteval/emotion", s) for s in ("train", "val")),
        "irony": tuple(_tweeteval(folder / "tweeteval/irony", s) for s in ("train", "val")),
    }
    return {name: (_sampled(train), dev) for name, (train, dev) in found.items()}


def _sampled(part: Part) -> Part:
    chosen = np.random.default_rng(SEED).permutation(len(part.texts))[:MOST]
    return Part([part.texts[i] for i in chosen], [part.classes[i] for i in chosen])


Reader = Callable[[Sequence[str]], Any]
"""texts → features, shape (texts, …)"""


def grams_reader(model: Model) -> Reader:
    size = len(vocabulary(model.arrays))

    def features(texts: Sequence[str]) -> csr_matrix:
        found = [model.grams.features(read(text, language="en")) for text in texts]
        starts = np.cumsum([0, *(len(columns) for columns, _ in found)])
        columns = np.concatenate([columns for columns, _ in found])
        values = np.concatenate([values for _, values in found])
        return csr_matrix((values, columns, starts), shape=(len(texts), size))

    return features


def encoder_reader(encoder: Encoder, digest: str, cache: Path) -> Reader:
    def features(texts: Sequence[str]) -> Any:
        rows = [Row(text, {}, "", "bench") for text in texts]
        return embed(rows, encoder, digest=digest, cache=cache, say=lambda line: print(f"  {line}", file=sys.stderr))

    return features


def both(first: Reader, second: Reader) -> Reader:
    """N-grams and standardised features side by side."""
    scale = StandardScaler(with_mean=False)

    def features(texts: Sequence[str]) -> csr_matrix:
        dense = second(texts)
        if not hasattr(scale, "scale_"):
            scale.fit(dense)
        return csr_matrix(hstack([first(texts), csr_matrix(scale.transform(dense) / 20)]))

    return features


def probe(reader: Reader, train: Part, dev: Part) -> float:
    """Macro-F1 on the development part."""
    head = LogisticRegression(C=2.0, max_iter=400, class_weight="balanced")
    return float(
        f1_score(dev.classes, head.fit(reader(train.texts), train.classes).predict(reader(dev.texts)), average="macro")
    )


def own_heads(reader: Reader, rows: Sequence[Row], judged: Sequence[Row]) -> np.ndarray:
    """Probabilities of `judged`, shape (rows, labels), from heads learnt on `rows`."""
    learnt, asked = reader([row.text for row in rows]), reader([row.text for row in judged])
    columns = []
    for label in LABELS:
        known = [index for index, row in enumerate(rows) if label in row.labels]
        head = LogisticRegression(C=2.0, max_iter=400)
        head.fit(learnt[known], [rows[i].labels[label] for i in known], sample_weight=[rows[i].weight for i in known])
        columns.append(head.predict_proba(asked)[:, 1])
    return np.stack(columns, axis=1)


def talk_pages(scores: np.ndarray, target: np.ndarray) -> tuple[float, float]:
    """AUC, and recall at 2 % false alarms, of the likelier of the offensive labels."""
    offence = 1 - np.prod(1 - scores[:, [LABELS.index(label) for label in OFFENCE]], axis=1)
    limit = np.quantile(offence[target == 0], 0.98)
    return float(roc_auc_score(target, offence)), float((offence[target == 1] > limit).mean())


def own_drafts(scores: np.ndarray, rows: Sequence[Row]) -> float:
    """Mean AUC over the labels with at least five ones among our own drafts."""
    found = []
    for column, label in enumerate(LABELS):
        known = [index for index, row in enumerate(rows) if label in row.labels]
        target = [rows[index].labels[label] for index in known]
        if 5 <= sum(target) < len(target):
            found.append(roc_auc_score(target, scores[known, column]))
    return float(np.mean(found))


def own_pairs(scores: np.ndarray, rows: Sequence[Row]) -> float:
    """Of the families with a draft that has the label and one that hasn't: in how many the first scores higher.

    Over the labels that rules alarm on; within a family, each draft with the label against each without.
    """
    families: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        families.setdefault(row.family, []).append(index)
    won = []
    for label in ALARMING:
        column = LABELS.index(label)
        for family in families.values():
            ones, zeros = ([i for i in family if rows[i].labels.get(label) == side] for side in (1, 0))
            won += [float(scores[one, column] > scores[zero, column]) for one in ones for zero in zeros]
    return float(np.mean(won))


_COST = """
import json, re, sys, time
from pathlib import Path
import numpy as np
def rss(): return int(re.search(r"VmRSS:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
from app.text import read
from app.classifier.model import load_current, load_encoder
from app.classifier.ngram import NGrams
which, models, folder, texts = sys.argv[1], Path(sys.argv[2]), sys.argv[3], json.loads(sys.stdin.read())
read_texts = [read(text, language="en") for text in texts]
before, began = rss(), time.perf_counter()
if which == "encoder":
    from app.training.promote import encoder_entry
    encoder = load_encoder(Path(folder).parent, encoder_entry(Path(folder)))
    work = encoder.encode
else:
    model = load_current(models)
    if which == "everything":
        model.heads.gate[-1] = np.inf
    work = model.grams.decision if which == "grams" else lambda text: model.score([text])
loaded = time.perf_counter() - began
times = []
for text in read_texts:
    started = time.process_time(); work(text); times.append(time.process_time() - started)
ms = {"mean": 1e3 * float(np.mean(times)), "median": 1e3 * float(np.median(times))}
print(json.dumps(ms | {"memory": rss() - before, "load": loaded}))
"""


def cost(which: str, models: Path, folder: Path | None, texts: Sequence[str]) -> dict[str, float]:
    """Milliseconds of CPU a post, megabytes and seconds to load, in a process of its own."""
    command = [sys.executable, "-c", _COST, which, str(models), str(folder or "")]
    done = subprocess.run(command, input=json.dumps(list(texts)), capture_output=True, text=True, check=True, cwd=ROOT)
    return dict(json.loads(done.stdout))


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--sources", type=Path, required=True)
    ask.add_argument("--models", type=Path, default=ROOT / "models")
    ask.add_argument("--encoder", action="append", default=[], metavar="NAME=FOLDER")
    ask.add_argument("--cache", type=Path, default=ROOT / "build" / "features")
    asked = ask.parse_args()
    model = load_current(asked.models)
    grams = grams_reader(model)
    readers: dict[str, Reader] = {"n-grams": grams}
    costs = {"n-grams": ("grams", None)}
    folders = dict(item.split("=", 1) for item in asked.encoder)
    if model.manifest.get("encoder"):
        folders["encoder"] = str(asked.models / model.manifest["encoder"]["folder"])
    for name, folder in folders.items():
        entry = encoder_entry(Path(folder))
        encoder = load_encoder(Path(folder).parent, entry)
        readers[name] = encoder_reader(encoder, entry["files"]["encoder.onnx"], asked.cache)
        costs[name] = ("encoder", Path(folder))
    if "encoder" in readers:
        readers["encoder and n-grams"] = both(grams, readers["encoder"])
        costs["encoder and n-grams"] = ("model", None)
    _table(asked, model, readers, costs)


def _table(asked: Any, model: Model, readers: dict[str, Reader], costs: dict[str, Any]) -> None:
    sources = {source.name: source for source in load_sources(ROOT / "data" / "sources.toml")}
    ship = load_labels(ROOT / "data" / "labels")
    for source in sources.values():
        ship += read_source(source, asked.sources, seed=SEED) if source.use == "ship" else []
    training, held_out = split(merge(ship), seed=SEED)
    chosen = np.random.default_rng(SEED).permutation(len(training))[:15_000]
    rows = [row for row in training if row.source == "own"] + [
        training[i] for i in chosen if training[i].source != "own"
    ]
    own = [row for row in held_out if row.source == "own"]
    pages = read_source(sources["talk_pages"], asked.sources, seed=SEED)
    target = np.array([row.labels["insult"] for row in pages])
    ordinary = [row.text for row in read_source(sources["brand_posts"], asked.sources, seed=SEED)][:400]
    sets = corpora(asked.sources)
    names = [*sets, "own drafts AUC", "own pairs", "talk pages AUC", "recall at 2 %"]
    names += ["ms mean", "ms median", "MB", "load s"]
    print("| | " + " | ".join(names) + " |\n|---|" + "---|" * len(names))
    for name, reader in readers.items():
        cells = [f"{probe(reader, train, dev):.3f}" for train, dev in sets.values()]
        judged = own_heads(reader, rows, [*own, *pages])
        cells += _own(judged[: len(own)], own)
        cells += _pages(judged[len(own) :], target)
        spent = cost(costs[name][0], asked.models, costs[name][1], ordinary)
        cells += [f"{spent['mean']:.2f}", f"{spent['median']:.2f}", f"{spent['memory']:.0f}", f"{spent['load']:.2f}"]
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)
    texts = [read(row.text, language="en") for row in [*own, *pages]]
    everything = "the same, the encoder on every post"
    for name, way in ((f"the current model, {model.version}", "model"), (everything, "everything")):
        if way == "everything" and model.heads is not None:
            model.heads.gate[-1] = np.inf
        scores = np.array([[each.strengths[label] for label in LABELS] for each in model.score(texts)])
        cells = ["" for _ in sets] + [*_own(scores[: len(own)], own), *_pages(scores[len(own) :], target)]
        spent = cost(way, asked.models, None, ordinary)
        cells += [f"{spent['mean']:.2f}", f"{spent['median']:.2f}", f"{spent['memory']:.0f}", f"{spent['load']:.2f}"]
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)
    api = np.array([float(row["api"]) for row in _csv(asked.sources / "context_toxicity/gc.csv")])
    truth = np.array([int(row["label"]) for row in _csv(asked.sources / "context_toxicity/gc.csv")])
    caught = int((api[truth == 1] > np.quantile(api[truth == 0], 0.98)).sum())
    low, high = wilson(caught, int(truth.sum()))
    print(
        f"\nPerspective's scores in the same file: AUC {roc_auc_score(truth, api):.3f}, recall at 2 % false alarms "
        f"{caught}/{truth.sum()} = {caught / truth.sum():.1%} [{low:.1%}, {high:.1%}]"
    )


def _own(scores: np.ndarray, rows: Sequence[Row]) -> list[str]:
    return [f"{own_drafts(scores, rows):.3f}", f"{own_pairs(scores, rows):.1%}"]


def _pages(scores: np.ndarray, target: np.ndarray) -> list[str]:
    area, recall = talk_pages(scores, target)
    return [f"{area:.3f}", f"{recall:.1%}"]


if __name__ == "__main__":
    main()
