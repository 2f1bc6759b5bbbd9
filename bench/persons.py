"""`python -m bench.persons --sources FOLDER`: is a post a person's or an organisation's, from its text alone?

person_vs_brand, label confidence 1.0, texts held out from all training: AUC of the table of voices, of the classifier's
`personal_voice`, and of a plain n-gram model in the same run, with 95 % bootstrap intervals. `--fit` learns
app/voice/tables/person.npz anew from the other texts; posts whose label is less sure count less.
"""

from __future__ import annotations

import argparse
import html
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from app.classifier.model import load_current
from app.service.voice import FOLDER
from app.text import read
from app.training.measure import bootstrapped
from app.training.rows import Row, digest, load_sources, merge, read_source
from app.training.split import split
from app.training.train import SEED
from app.voice.features import SIZE, Features
from app.voice.person import Person, scale
from bench.voice_corpora import rows_of

ROOT = Path(__file__).parent.parent
UNSURE = 0.3
"""what a post counts whose label fewer readers agreed on"""
LABEL = "personal_voice"


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--sources", type=Path, required=True)
    ask.add_argument("--fit", action="store_true")
    asked = ask.parse_args()
    source = next(s for s in load_sources(ROOT / "data" / "sources.toml") if s.name == "person_vs_brand")
    learnt, held_out = split(merge(read_source(source, asked.sources, seed=SEED)), seed=SEED)[:2]
    learnt, held_out = ([row for row in rows if LABEL in row.labels] for rows in (learnt, held_out))
    if asked.fit:
        _fit(learnt, _unsure(asked.sources, {digest(row.text) for row in (*learnt, *held_out)})).save(FOLDER)
    truth = _truth(held_out)
    model, person = load_current(ROOT / "models"), Person.load(FOLDER)
    strengths = np.array(
        [scores.strengths[LABEL] for scores in model.score([read(row.text, language="en") for row in held_out])]
    )
    written = np.array([person.log_odds(Features(row.text)) for row in held_out])
    ways = {
        "the table of voices": written,
        "the classifier": strengths,
        "a plain n-gram model": _plain(learnt, held_out),
    }
    print(f"{len(held_out):,} posts, {truth.sum():,} by persons")
    for name, scores in ways.items():
        found = bootstrapped(roc_auc_score, truth, scores, seed=SEED)
        low, high = found["interval"]
        print(f"  {name}: AUC {found['value']:.3f} [{low:.3f}, {high:.3f}]")


def _truth(rows: list[Row]) -> NDArray[np.int64]:
    return np.array([row.labels[LABEL] for row in rows])


def _unsure(folder: Path, known: set[str]) -> list[Row]:
    """The posts whose label is less sure and whose text is nowhere among the sure ones."""
    rows = rows_of(folder / "authors_person_vs_brand_dfe/person_vs_brand.csv")
    found = [
        Row(html.unescape(row["text"]).strip(), {LABEL: int(row["label"] != "brand")}, "", "person_vs_brand", UNSURE)
        for row in rows
        if row["label"] in ("male", "female", "brand") and not row["confidence"].startswith("1")
    ]
    return [row for row in found if digest(row.text) not in known]


def _fit(sure: list[Row], unsure: list[Row]) -> Person:
    drafts = [Features(row.text) for row in (*sure, *unsure)]
    table = sp.csr_matrix(
        (
            np.concatenate([scale(draft) for draft in drafts]),
            np.concatenate([draft.at for draft in drafts]),
            np.cumsum([0, *(len(draft.at) for draft in drafts)]),
        ),
        shape=(len(drafts), SIZE),
    )
    counts = np.concatenate([np.ones(len(sure)), np.full(len(unsure), UNSURE)])
    head = LogisticRegression(C=1.0, max_iter=500, class_weight="balanced").fit(
        table, _truth([*sure, *unsure]), sample_weight=counts
    )
    return Person(head.coef_[0].astype(np.float32), float(head.intercept_[0]))


def _plain(learnt: list[Row], held_out: list[Row]) -> NDArray[np.float64]:
    """Character n-grams of one to five, TF-IDF, logistic regression."""
    reader = TfidfVectorizer(analyzer="char", ngram_range=(1, 5), sublinear_tf=True, min_df=2)
    head = LogisticRegression(C=3.0, max_iter=300, class_weight="balanced")
    head.fit(reader.fit_transform([row.text for row in learnt]), _truth(learnt))
    found: NDArray[np.float64] = head.decision_function(reader.transform([row.text for row in held_out]))
    return found


if __name__ == "__main__":
    main()
