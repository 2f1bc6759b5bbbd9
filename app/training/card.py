"""The model card: what the model is, what it learnt from, how good it is, what it must not be used for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from app.training.rows import Row, Source

_HEAD = """# Model {version}

Word (1-2) and character (3-5, within words) n-grams, TF-IDF, one logistic regression per label, calibrated by Platt's
method out of fold. Made by `{command}` with seed {seed}.

## What it is for

Probabilities for eleven labels on short posts in English, as one kind of evidence for Prepost's rules. It is no judge
of people, no moderation system, and knows nothing of other languages, images or what is true. Word n-grams don't
understand: irony, quotation and reclaimed words mislead it, which is why rules ask for more evidence than a score.

## What it learnt from

"""


_FIGURES = """
## Figures

On families that training never saw: 15 % of all, by a hash of their names. Recall is at 1 % and 2 % false alarms among
the zeros of the same rows, with 95 % intervals (Wilson). Figures over all sources flatter: there, a label's ones and
zeros often come from different corpora. Those on our own drafts don't: there, each alarming draft has a harmless twin.

### All sources

"""


def write_card(
    *, version: str, command: str, seed: int, rows: Sequence[Row], sources: Sequence[Source], metrics: Mapping[str, Any]
) -> str:
    """The card as Markdown."""
    return (
        _HEAD.format(version=version, command=command, seed=seed)
        + _sources(rows, sources)
        + _FIGURES
        + _table(metrics["labels"])
        + "\n### Our own drafts only, held out or out of fold\n\n"
        + _table(metrics["own_drafts"])
        + _outside(metrics)
        + _ordinary(metrics)
    )


def _sources(rows: Sequence[Row], sources: Sequence[Source]) -> str:
    counts = Counter(row.source for row in rows)
    licences = {source.name: source.licence for source in sources} | {"own": "Apache-2.0 (data/labels)"}
    lines = [f"| {name} | {count:,} | {licences[name]} |" for name, count in sorted(counts.items())]
    return "| source | rows | licence |\n|---|---|---|\n" + "\n".join(lines) + "\n"


def _table(labels: Mapping[str, Mapping[str, Any]]) -> str:
    lines = [
        "| label | n | positives | AUC | average precision | Brier | recall at 1 % | recall at 2 % |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for label, m in labels.items():
        if "auc" not in m:
            lines.append(f"| {label} | {m['n']} | {m['positives']} | one class only | | | | |")
            continue
        recalls = [m[f"recall_at_{percent}_percent_alarms"] for percent in (1, 2)]
        lines.append(
            f"| {label} | {m['n']} | {m['positives']} | {m['auc']:.3f} | {m['average_precision']:.3f}"
            f" | {m['brier']:.3f} | " + " | ".join(_share(recall) for recall in recalls) + " |"
        )
    return "\n".join(lines) + "\n"


def _share(recall: Mapping[str, Any]) -> str:
    low, high = recall["interval"]
    return f"{recall['recall']:.2f} ({low:.2f} to {high:.2f})"


def _outside(metrics: Mapping[str, Any]) -> str:
    if "outside" not in metrics:
        return ""
    return "\n### Corpora for evaluation only\n\n" + _table(metrics["outside"])


def _ordinary(metrics: Mapping[str, Any]) -> str:
    if "ordinary_posts" not in metrics:
        return "\nNo ordinary posts were at hand, so there is no alarm curve.\n"
    curve = metrics["ordinary_posts"]
    rates = list(next(iter(curve["thresholds"].values())))
    lines = [
        f"\n## Scores of ordinary posts\n\nThe score that a share of {curve['n']:,} ordinary posts of official accounts"
        " (never trained on) exceeds: a threshold there would alarm on that share.\n",
        "| label | " + " | ".join(f"{float(rate):.1%}" for rate in rates) + " |",
        "|---|" + "---|" * len(rates),
    ]
    lines += [
        f"| {label} | " + " | ".join(f"{t[rate]:.3f}" for rate in rates) + " |"
        for label, t in curve["thresholds"].items()
    ]
    return "\n".join(lines) + "\n"
