"""The page of a comparison: one HTML file that asks for nothing else, with every text of a draft escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.classifier import LABELS
from app.training.charts import chart, precision_recall, reliability, roc
from app.training.compare import Change, Comparison

_STYLE = """
:root{--old:#8a6d00;--new:#0b62b0;--line:#ccc;color-scheme:light dark}
@media(prefers-color-scheme:dark){:root{--old:#e3bd4b;--new:#79b8f3;--line:#555}}
body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}
.wide{overflow-x:auto}table{border-collapse:collapse;min-width:100%;margin:1rem 0;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:.25rem .6rem;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:normal}
:is(th,td):first-child{position:sticky;left:0;background:Canvas}
small{display:block;white-space:nowrap;opacity:.75}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,32rem),1fr));gap:1.5rem}
figure{margin:0;display:grid;grid-template-columns:repeat(auto-fit,minmax(10rem,1fr))}
figcaption{grid-column:1/-1;font-weight:bold}svg{width:100%;max-width:14rem}
svg text{font-size:11px;fill:currentColor;text-anchor:middle}
polyline{fill:none;stroke-width:1.4}.frame{fill:none;stroke:var(--line)}.even{stroke:var(--line);stroke-dasharray:3}
.old{stroke:var(--old);stroke-dasharray:4 4}.new{stroke:var(--new);stroke-width:2.4}
circle{stroke:none!important}circle.old{fill:var(--old)}circle.new{fill:var(--new)}.o{color:var(--old)}.n{color:var(--new)}
.text{min-width:13rem;max-width:34rem;overflow-wrap:anywhere;white-space:pre-wrap}
"""


def page(found: Comparison) -> str:
    """The whole page."""
    old, new = escape(found.old.version), escape(found.new.version)
    parts = [
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{old} and {new}</title>',
        '<meta name="viewport" content="width=device-width">',
        f"<style>{_STYLE}</style></head><body><h1>{old} and {new}</h1>",
        f'<p><b class="o">old: {old}</b> (dashed), <b class="n">new: {new}</b>, on {len(found.drafts)} frozen drafts,'
        " whose families no training sees. Caught and false alarms are at each model's own thresholds; in brackets are"
        " 95 % intervals.</p>",
        "<h2>Labels</h2>",
        _labels(found.old.metrics, found.new.metrics),
        "<h2>Curves</h2>",
        _curves(found),
        "<h2>Slices</h2>",
        _slices(found.old.metrics["slices"], found.new.metrics["slices"]),
        "<h2>Drafts that changed sides</h2>",
        "<p>A label's strength in each model, and below it the strength from which that model raises the label.</p>",
        _changes("Right now", [change for change in found.changes if change.is_better], found),
        _changes("Lost", [change for change in found.changes if not change.is_better], found),
        "</body></html>\n",
    ]
    return "\n".join(parts)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Cells are HTML: whoever makes them has escaped them."""
    lines = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows]
    named = "".join(f"<th>{name}</th>" for name in head)
    return f'<div class="wide"><table><thead><tr>{named}</tr></thead><tbody>{"".join(lines)}</tbody></table></div>'


def _labels(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    head = ["label", *_both("caught"), *_both("false alarms"), *_both("AUC"), *_both("average precision")]
    rows = []
    for label in LABELS:
        sides = [each["labels"][label] for each in (old, new)]
        caught = [_part(side["recall"], "caught", "positives") for side in sides]
        alarms = [_part(side["false_alarms"], "alarms", "n") for side in sides]
        aucs = [f"{side['auc']['value']:.3f} {_range(side['auc'])}" if "auc" in side else "" for side in sides]
        precisions = [f"{side['average_precision']:.3f}" if "average_precision" in side else "" for side in sides]
        rows.append([label, *caught, *alarms, *aucs, *precisions])
    harmless = [f"{each['false_alarms']['alarms']} of {each['false_alarms']['n']}" for each in (old, new)]
    rows.append(["harmless drafts, any label that a rule alarms on", "", "", *harmless, "", "", "", ""])
    return _table(head, rows)


def _both(name: str) -> tuple[str, str]:
    return f'{name}, <span class="o">old</span>', f'{name}, <span class="n">new</span>'


def _part(share: Mapping[str, Any], part: str, whole: str) -> str:
    return f"{share[part]}&nbsp;of&nbsp;{share[whole]} {_range(share)}"


def _range(share: Mapping[str, Any]) -> str:
    low, high = share["interval"]
    return f"<small>[{low:.2f}, {high:.2f}]</small>"


def _curves(found: Comparison) -> str:
    drawn = []
    for column, label in enumerate(LABELS):
        known = [index for index, draft in enumerate(found.drafts) if label in draft.row.labels]
        truth = np.array([found.drafts[index].row.labels[label] for index in known], dtype=np.int64)
        if not 0 < truth.sum() < len(truth):
            continue
        drawn.append(_figure(label, truth, *(side.table[known, column] for side in (found.old, found.new))))
    return f'<div class="charts">{"".join(drawn)}</div>'


def _figure(label: str, truth: NDArray[np.int64], *strengths: NDArray[np.float64]) -> str:
    """A label's charts. Most labels are rare: there ROC flatters, and precision tells how many alarms are right."""
    share = float(truth.mean())
    old, new = (roc(truth, each) for each in strengths)
    charts = chart(label, "ROC", ("false alarms", "recall"), old, new)
    old, new = (precision_recall(truth, each) for each in strengths)
    charts += chart(label, "precision and recall", ("recall", "precision"), old, new, even=((0.0, share), (1.0, share)))
    old, new = (reliability(truth, each) for each in strengths)
    charts += chart(label, "reliability", ("stated", "true share"), old, new, dots=True)
    return f"<figure><figcaption>{label}</figcaption>{charts}</figure>"


def _slices(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    rows = []
    for name, parts in new.items():
        for value, now in parts.items():
            sides = [old[name][value], now]
            caught = [f"{each['recall']['caught']} of {each['recall']['positives']}" for each in sides]
            alarms = [f"{each['false_alarms']['alarms']} of {each['false_alarms']['n']}" for each in sides]
            rows.append([f"{escape(name)}: {escape(value)}", str(now["n"]), *caught, *alarms])
    return _table(["slice", "drafts", *_both("caught"), *_both("false alarms")], rows)


def _changes(title: str, changes: Sequence[Change], found: Comparison) -> str:
    rows = [
        [
            escape(change.label),
            f'<div class="text">{escape(change.text)}</div>',
            {1: "yes", 0: "no", None: "not stated"}[change.truth],
            _strength(change.old, found.old.thresholds[change.label]),
            _strength(change.new, found.new.thresholds[change.label]),
            escape(" · ".join(change.words)),
        ]
        for change in changes
    ]
    head = ["label", "draft", "is it?", *_both("strength"), "words that moved it"]
    return f"<h3>{title}: {len(changes)}</h3>" + (_table(head, rows) if rows else "<p>None.</p>")


def _strength(strength: float, threshold: float) -> str:
    return f"{strength:.3f}<small>from {threshold:.3f}</small>"
