"""The page of a comparison: one HTML file that asks for nothing else, with every text of a draft escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import numpy as np

from app.classifier import LABELS
from app.training.charts import chart, reliability, roc
from app.training.compare import Change, Comparison

_STYLE = """
:root{--old:#8a6d00;--new:#0b62b0;--line:#ccc;color-scheme:light dark}
body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%;margin:1rem 0;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:.25rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
.charts{display:flex;flex-wrap:wrap;gap:.5rem}figure{margin:0}svg{width:190px;height:190px}
svg text{font-size:9px;fill:currentColor}
.frame{fill:none;stroke:var(--line)}.even{stroke:var(--line);stroke-dasharray:3}
polyline{fill:none;stroke-width:1.6}polyline.old{stroke:var(--old);stroke-dasharray:4 2}polyline.new{stroke:var(--new)}
circle.old{fill:var(--old)}circle.new{fill:var(--new)}.o{color:var(--old)}.n{color:var(--new)}
.text{max-width:34rem;overflow-wrap:anywhere;white-space:pre-wrap}
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
        _changes("Right now", [change for change in found.changes if change.is_better]),
        _changes("Lost", [change for change in found.changes if not change.is_better]),
        "</body></html>\n",
    ]
    return "\n".join(parts)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Cells are HTML: whoever makes them has escaped them."""
    lines = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows]
    named = "".join(f"<th>{name}</th>" for name in head)
    return f"<table><thead><tr>{named}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


def _labels(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    head = ["label", "caught, old", "new", "false alarms, old", "new", "AUC, old", "new"]
    rows = []
    for label in LABELS:
        sides = [each["labels"][label] for each in (old, new)]
        caught = [_part(side["recall"], "caught", "positives") for side in sides]
        alarms = [_part(side["false_alarms"], "alarms", "n") for side in sides]
        aucs = [f"{side['auc']['value']:.3f} {_range(side['auc'])}" if "auc" in side else "" for side in sides]
        rows.append([label, *caught, *alarms, *aucs])
    harmless = [f"{each['false_alarms']['alarms']} of {each['false_alarms']['n']}" for each in (old, new)]
    rows.append(["harmless drafts, any label that a rule alarms on", "", "", *harmless, "", ""])
    return _table(head, rows)


def _part(share: Mapping[str, Any], part: str, whole: str) -> str:
    return f"{share[part]} of {share[whole]} {_range(share)}"


def _range(share: Mapping[str, Any]) -> str:
    low, high = share["interval"]
    return f"[{low:.2f}, {high:.2f}]"


def _curves(found: Comparison) -> str:
    drawn = []
    for column, label in enumerate(LABELS):
        known = [index for index, draft in enumerate(found.drafts) if label in draft.row.labels]
        truth = np.array([found.drafts[index].row.labels[label] for index in known], dtype=np.int64)
        if not 0 < truth.sum() < len(truth):
            continue
        old, new = (side.table[known, column] for side in (found.old, found.new))
        curve = chart(f"{label}: ROC", "false alarms", "recall", roc(truth, old), roc(truth, new))
        bins = [reliability(truth, each) for each in (old, new)]
        calibration = chart(f"{label}: reliability", "stated", "true share", *bins, dots=True)
        drawn.append(f"<figure>{curve}{calibration}</figure>")
    return f'<div class="charts">{"".join(drawn)}</div>'


def _slices(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    rows = []
    for name, parts in new.items():
        for value, now in parts.items():
            sides = [old[name][value], now]
            caught = [f"{each['recall']['caught']} of {each['recall']['positives']}" for each in sides]
            alarms = [f"{each['false_alarms']['alarms']} of {each['false_alarms']['n']}" for each in sides]
            rows.append([f"{escape(name)}: {escape(value)}", str(now["n"]), *caught, *alarms])
    return _table(["slice", "drafts", "caught, old", "new", "false alarms, old", "new"], rows)


def _changes(title: str, changes: Sequence[Change]) -> str:
    rows = [
        [
            escape(change.label),
            {1: "yes", 0: "no", None: "not stated"}[change.truth],
            f"{change.old:.3f}",
            f"{change.new:.3f}",
            f'<div class="text">{escape(change.text)}</div>',
            escape(", ".join(change.words)),
        ]
        for change in changes
    ]
    head = ["label", "is it?", "old", "new", "draft", "words that moved it"]
    return f"<h3>{title}: {len(changes)}</h3>" + (_table(head, rows) if rows else "<p>None.</p>")
