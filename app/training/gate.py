"""The gate: what keeps a model from being promoted, one line per reason.

A model must be whole, run, and carry its papers: nothing overrides that. Against the current model it is held on the
figures that both have for the same frozen drafts; who promotes it all the same says why, on record.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from app.errors import BadModel
from app.service.serving import load_and_run

RECALL_DROP = Fraction(2, 100)
"""of recall over all labels that is tolerated"""
LABEL_RECALL_DROP, LABEL_POSITIVES = Fraction(10, 100), 20
"""of one label's recall, where it has so many positives; fewer tell nothing"""
FALSE_ALARM_RISE = Fraction(7, 1000)
"""of the share of harmless frozen drafts that alarm, mostly twins of alarming ones: two of 319 are chance"""
SAMPLE_RISE = Fraction(3, 1000)
"""of the share of ordinary official posts that alarm, where both models were measured on the same sample"""
ENCODED_RISE = Fraction(20, 100)
"""of the share of those posts that the encoder reads: corrections open the gate, but a check should stay as quick"""
PAPERS = ("manifest.json", "metrics.json", "card.md")


def broken(folder: Path) -> list[str]:
    """Why the folder is no whole model with its papers."""
    missing = [f"{folder.name} has no {name}" for name in PAPERS if not (folder / name).is_file()]
    if missing:
        return missing
    try:
        model = load_and_run(folder)
    except BadModel as refusal:
        return [refusal.detail.replace(f"{folder.parent}/", "")]
    return [
        f"{folder.name}/manifest.json doesn't vouch for {name}"
        for name in PAPERS[1:]
        if name not in model.manifest["files"]
    ]


def worse(folder: Path, current: Path) -> list[str]:
    """Why the model is worse than the current one, or can't be compared with it."""
    unmeasured, figures = [], []
    for each in (folder, current):
        try:
            figures.append(_Figures.of(each))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            unmeasured.append(f"{each.name} has no figures on the frozen drafts: run `prepost evaluate {each.name}`")
    if unmeasured:
        return unmeasured
    new, old = figures
    if new.measured_on != old.measured_on:
        return [f"{folder.name} and {current.name} were measured on different drafts: run `prepost evaluate` for both"]
    return _compared(new, old)


@dataclass(frozen=True, slots=True)
class _Figures:
    """`frozen` and `sample` of a metrics.json."""

    n: int
    recall: Mapping[str, tuple[int, int]]
    """caught, positives"""
    alarms: tuple[int, int]
    """alarms, harmless drafts"""
    sample: tuple[str, int] | None
    """which sample of ordinary posts, and how many were counted"""
    usual: tuple[int, int]
    """alarms on them, posts"""
    encoded: tuple[int, int] | None
    """how many of them the encoder reads, posts; None where nobody has counted"""

    @classmethod
    def of(cls, folder: Path) -> _Figures:
        metrics = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
        found, sample = metrics["frozen"], metrics.get("sample")
        recall = {label: _share(each, "caught", "positives") for label, each in found["recall"].items()}
        alarms = _share(found["false_alarms"], "alarms", "n")
        counted = (str(sample["of"]), _whole(sample["n"])) if sample else None
        usual = _share(sample, "alarms", "n") if sample else (0, 0)
        encoded = _share(sample, "encoded", "n") if sample and "encoded" in sample else None
        return cls(_whole(found["n"]), recall, alarms, counted, usual, encoded)

    @property
    def measured_on(self) -> tuple[Any, ...]:
        return self.n, self.alarms[1], {label: positives for label, (_, positives) in self.recall.items()}

    @property
    def overall(self) -> tuple[int, int]:
        return sum(caught for caught, _ in self.recall.values()), sum(ones for _, ones in self.recall.values())


def _share(entry: Mapping[str, Any], part: str, whole: str) -> tuple[int, int]:
    found = _whole(entry[part]), _whole(entry[whole])
    if found[0] > found[1]:
        raise ValueError(f"{part} exceeds {whole}")
    return found


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError("no count")
    return value


def _compared(new: _Figures, old: _Figures) -> list[str]:
    reasons = _drop("recall over all labels", old.overall, new.overall, RECALL_DROP)
    for label, (_, positives) in new.recall.items():
        if positives >= LABEL_POSITIVES:
            reasons += _drop(f"recall of {label}", old.recall[label], new.recall[label], LABEL_RECALL_DROP)
    if _of(new.alarms) - _of(old.alarms) > FALSE_ALARM_RISE:
        reasons.append(_line("false alarms on harmless drafts", "rise", old.alarms, new.alarms, FALSE_ALARM_RISE))
    if old.sample and old.sample == new.sample:
        if _of(new.usual) - _of(old.usual) > SAMPLE_RISE:
            reasons.append(_line("alarms on ordinary posts", "rise", old.usual, new.usual, SAMPLE_RISE))
        if old.encoded and new.encoded and _of(new.encoded) - _of(old.encoded) > ENCODED_RISE:
            what = "ordinary posts that the encoder reads"
            reasons.append(_line(what, "rise", old.encoded, new.encoded, ENCODED_RISE))
    return reasons


def _drop(what: str, old: tuple[int, int], new: tuple[int, int], tolerated: Fraction) -> list[str]:
    return [_line(what, "drops", old, new, tolerated)] if _of(old) - _of(new) > tolerated else []


def _line(what: str, moves: str, old: tuple[int, int], new: tuple[int, int], tolerated: Fraction) -> str:
    said = " to ".join(f"{float(_of(share)):.1%} ({share[0]} of {share[1]})" for share in (old, new))
    return f"{what} {moves} from {said}: more than {float(tolerated * 100):g} points"


def _of(share: tuple[int, int]) -> Fraction:
    return Fraction(*share) if share[1] else Fraction(0)
