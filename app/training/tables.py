"""Tables: figures of the frozen drafts as a terminal shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def one(frozen: Mapping[str, Any]) -> str:
    """One model: a line per label, then a line per slice."""
    lines = [
        f"{frozen['n']} frozen drafts",
        f"{'label':<20} {'caught':>9} {'recall':>7} {'AUC':>6} {'AP':>6} {'Brier':>6} {'calibration error':>24}",
    ]
    for label, found in frozen["labels"].items():
        recall = found["recall"]
        line = (
            f"{label:<20} {recall['caught']:>4}/{recall['positives']:<4} {_rate(recall['caught'], recall['positives'])}"
        )
        if "auc" in found:
            error = found["calibration_error"]
            low, high = error["interval"]
            line += f" {found['auc']['value']:>6.3f} {found['average_precision']:>6.3f} {found['brier']:>6.3f}"
            line += f"   {error['value']:.3f} ({low:.3f} to {high:.3f})"
        lines.append(line)
    alarms = frozen["false_alarms"]
    lines += [f"false alarms on harmless drafts: {alarms['alarms']} of {alarms['n']}", ""]
    lines.append(f"{'slice':<36} {'n':>5} {'caught':>9} {'false alarms':>13}")
    for name, parts in frozen["slices"].items():
        for value, part in parts.items():
            recall, wrong = part["recall"], part["false_alarms"]
            lines.append(
                f"{name + ': ' + value:<36} {part['n']:>5} {recall['caught']:>4}/{recall['positives']:<4}"
                f" {wrong['alarms']:>6}/{wrong['n']:<6}"
            )
    return "\n".join(line.rstrip() for line in lines)


def outside(label: str, found: Mapping[str, Any]) -> str:
    """A label in the corpora for evaluation; without figures where they have only ones or only zeros of it."""
    line = f"corpora for evaluation, {label}: {found['positives']} of {found['n']}"
    if "auc" not in found:
        return line
    at = found["recall_at_1_percent_alarms"]
    low, high = at["interval"]
    line += f", AUC {found['auc']:.3f}, AP {found['average_precision']:.3f}"
    return f"{line}, recall {at['recall']:.2f} ({low:.2f} to {high:.2f}) at 1 % false alarms"


def both(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Two models side by side."""
    lines = [f"{'label':<20} {'caught before':>14} {'now':>9} {'AUC before':>11} {'now':>6}"]
    for label, now in after["labels"].items():
        then = before["labels"][label]
        shares = [f"{each['recall']['caught']}/{each['recall']['positives']}" for each in (then, now)]
        aucs = [f"{each['auc']['value']:.3f}" if "auc" in each else "-" for each in (then, now)]
        lines.append(f"{label:<20} {shares[0]:>14} {shares[1]:>9} {aucs[0]:>11} {aucs[1]:>6}")
    alarms = [f"{each['false_alarms']['alarms']}/{each['false_alarms']['n']}" for each in (before, after)]
    lines.append(f"{'false alarms':<20} {alarms[0]:>14} {alarms[1]:>9}")
    return "\n".join(lines)


def _rate(part: int, whole: int) -> str:
    return f"{part / whole:>7.2f}" if whole else f"{'-':>7}"
