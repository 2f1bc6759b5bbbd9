"""The model card: what the model is, what it learnt from, how good it is, what it must not be used for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from app.classifier import LABELS
from app.training.rows import Row, Source

_FEWEST = 50
"""ones below which calibration is not judged"""

_HEAD = """# Model {version}

{method} Made by `{command}` with seed {seed}.

## What it is for

Probabilities for {labels} labels on short posts in English, as one kind of evidence for Prepost's rules. It is no
judge of people, no moderation system, and knows nothing of other languages, images or what is true. Irony, quotation
and reclaimed words mislead it, which is why rules ask for more evidence than a score, or for a score that hardly any
ordinary post reaches.

Rules weigh strengths: probabilities on a mixture of our own drafts, half of them alarming by design, and the corpora
below. `calibration.json` turns a strength into a probability on texts as they come, and `curve.json` says how many
ordinary texts a threshold would alarm on.

## What it learnt from

"""
_GRAMS = """Word (1-2) and character (3-5, within words) n-grams, TF-IDF, one logistic regression per label, calibrated
by Platt's method out of fold."""
_CASCADE = """Two stages: word (1-2) and character (3-5) n-grams answer what is plainly easy, the encoder {encoder}
reads the rest; on top one logistic regression per label over its features and the n-gram decisions, calibrated by
Platt's method on held-out families."""

_KEPT = """ All but {added} are those of {version}, unchanged: these learnt from the drafts of data/labels that state
them, the others from all else below."""

_FIGURES = """
## Figures

On families that training never saw: 15 % of all, by a hash of their names; where there is an encoder, the half of them
that calibration has not seen either. Recall is at 1 % and 2 % false alarms among the zeros of the same rows, with 95 %
intervals (Wilson). Figures over all sources flatter: there, a label's ones and zeros often come from different corpora.
Those on our own drafts don't: there, each alarming draft has a harmless twin.

### All sources

"""


def write_card(
    *,
    version: str,
    command: str,
    seed: int,
    rows: Sequence[Row],
    sources: Sequence[Source],
    metrics: Mapping[str, Any],
    encoder: str | None = None,
    kept: tuple[str, Sequence[str]] | None = None,
) -> str:
    """The card as Markdown. `kept`: the model that all labels are from but those that follow."""
    method = _CASCADE.format(encoder=encoder) if encoder else _GRAMS
    if kept is not None:
        method += _KEPT.format(version=kept[0], added=" and ".join(kept[1]))
    return (
        _HEAD.format(version=version, command=command, seed=seed, method=method, labels=len(LABELS))
        + _sources(rows, sources)
        + _FIGURES
        + _table(metrics["labels"])
        + "\n### Our own drafts only, held out or out of fold\n\n"
        + _table(metrics["own_drafts"])
        + _outside(metrics)
        + _natural(metrics)
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


def _natural(metrics: Mapping[str, Any]) -> str:
    if "natural" not in metrics:
        return "\nNo texts were at hand to calibrate on as they come: probabilities are the strengths.\n"
    lines = [
        "\n## Probabilities on texts as they come\n\nOrdinary posts, replies and private persons' posts, labelled by"
        " reading (data/natural). The map from strength to probability is fitted on one half of the accounts and judged"
        " on the other, crosswise. Adaptive calibration error and Brier skill with 95 % bootstrap intervals.\n",
        "| label | texts | n | ones | calibration error | Brier skill |\n|---|---|---|---|---|---|",
    ]
    for label in LABELS:
        for among, by_label in metrics["natural"].items():
            found = by_label[label]
            if found["positives"] >= _FEWEST:
                cells = [_bootstrapped(found[name]) for name in ("calibration_error", "brier_skill")]
                lines.append(f"| {label} | {among} | {found['n']} | {found['positives']} | " + " | ".join(cells) + " |")
    lines.append(
        f"\nWhere fewer than {_FEWEST} texts of a kind have a label, it is calibrated all the same, and unjudged."
    )
    return "\n".join(lines) + "\n"


def _bootstrapped(measure: Mapping[str, Any]) -> str:
    low, high = measure["interval"]
    return f"{measure['value']:.3f} ({low:.3f} to {high:.3f})"


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


_RETRAINED = """# Model {version}

{parent} with corrections learnt by `prepost retrain`, seed {seed}, without any corpus: each head is a
maximum-a-posteriori estimate whose prior's mean is the parent's head. Encoder, vocabulary and calibration are the
parent's, and so is what {parent}'s card says of use, sources and limits.

## What it learnt

{learnt:,} new rows, {corrections:,} of them corrections; {held:,} drafts held it where it was. By label, corrections to
1 and to 0:

{labels}
## Figures

On {n:,} frozen drafts, of families that no training sees; caught at the thresholds of the default policy's budgets.

{figures}
False alarms on harmless frozen drafts: {alarms} of {harmless}, {alarms_before} of them before ({change:+d}).

{curve}
"""
_CURVE = """The alarm curve was measured with {curve}. Thresholds were raised by as much as the strengths of the shipped
sample of ordinary posts rose, on one half of it. Of the {n:,} posts of the other half {alarms:,} alarm now and
{alarms_before:,} did before; the encoder reads {encoded:,} of them, {encoded_before:,} before. On other posts that is
all that is known of how this model alarms."""
_NO_SAMPLE = """The alarm curve was measured with {curve}, and thresholds are the parent's. It ships no sample of
ordinary posts, so nothing is known of how they alarm under this model."""
_NO_CURVE = "There is no alarm curve, as there was none before: thresholds are those that the policy states."


def write_retrained_card(
    *,
    version: str,
    parent: str,
    seed: int,
    corrected: Sequence[Mapping[str, int]],
    counts: Sequence[float],
    metrics: Mapping[str, Any],
) -> str:
    """The card of a retrained model; `corrected` are the corrections' labels, `counts` what each row counted."""
    after, before = metrics["frozen"], metrics["parent_frozen"]
    alarms, alarms_before = (each["false_alarms"]["alarms"] for each in (after, before))
    seen = Counter((label, value) for labels in corrected for label, value in labels.items())
    learnt = sum(map(bool, counts))
    return _RETRAINED.format(
        version=version,
        parent=parent,
        seed=seed,
        learnt=learnt,
        corrections=len(corrected),
        held=len(counts) - learnt,
        labels=_corrected(seen),
        n=after["n"],
        figures=_both(before, after),
        alarms=alarms,
        alarms_before=alarms_before,
        harmless=after["false_alarms"]["n"],
        change=alarms - alarms_before,
        curve=_thresholds(metrics),
    )


def _thresholds(metrics: Mapping[str, Any]) -> str:
    """What is known of how ordinary posts fare."""
    curve, now, before = (metrics[name] for name in ("curve_of", "sample", "parent_sample"))
    if not curve:
        return _NO_CURVE
    if not now:
        return _NO_SAMPLE.format(curve=curve)
    counts = {name: now[name] for name in ("n", "alarms", "encoded")}
    return _CURVE.format(curve=curve, **counts, alarms_before=before["alarms"], encoded_before=before["encoded"])


def _corrected(seen: Counter[tuple[str, int]]) -> str:
    labels = sorted({label for label, _ in seen})
    lines = [f"| {label} | {seen[label, 1]} | {seen[label, 0]} |" for label in labels]
    return "| label | to 1 | to 0 |\n|---|---|---|\n" + "\n".join(lines) + "\n"


def _both(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    lines = ["| label | caught before | caught now | AUC before | AUC now |", "|---|---|---|---|---|"]
    for label, now in after["labels"].items():
        then = before["labels"][label]
        caught = " | ".join(f"{each['recall']['caught']} of {each['recall']['positives']}" for each in (then, now))
        aucs = " | ".join(f"{each['auc']['value']:.3f}" if "auc" in each else "" for each in (then, now))
        lines.append(f"| {label} | {caught} | {aucs} |")
    return "\n".join(lines) + "\n"
