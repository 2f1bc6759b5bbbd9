"""From feedback to labelled drafts: one row for each check that somebody said something about, with who said it.

What one person says anew takes back what they said before of the same thing. Where two people disagree on a label it
stays unknown: that is for them to settle, not for whoever spoke last.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from app.classifier import LABELS
from app.domain import Feedback, VerdictWas
from app.errors import Invalid

Table = Mapping[str, Mapping[str, Mapping[str, int]]]
"""labels by rule or category, then by what the verdict was: see data/feedback.toml"""

NO_TEXT = "no text: none was sent along, and the policy stores none"
NO_LABEL = "no label follows from what was said: `labels` would say it"
DISAGREED = "people disagree on each label"


@dataclass(slots=True)
class Export:
    rows: list[dict[str, Any]] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    """how many checks gave no row, by the reason"""


def load_table(path: Path) -> Table:
    """Raises Invalid for an entry that names no label of the classifier."""
    try:
        table: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Invalid(f"{path.name}: {error}") from error
    for name, entry in table.items():
        if not isinstance(entry, dict) or not all(isinstance(labels, dict) for labels in entry.values()):
            raise Invalid(f"{path.name}: {name}: labels by what the verdict was are needed")
        if unknown := set(entry) - set(get_args(VerdictWas)):
            raise Invalid(f"{path.name}: {name}: {min(unknown)!r} is none of {', '.join(get_args(VerdictWas))}")
        for label, value in (item for labels in entry.values() for item in labels.items()):
            if label not in LABELS or value not in (0, 1) or isinstance(value, bool):
                raise Invalid(f"{path.name}: {name}: {label!r} must be a label of the classifier, and 0 or 1")
    return table


def export(said: Iterable[Feedback], table: Table) -> Export:
    """Rows as data/labels holds them, in the order of the first feedback on each check. `said` is oldest first."""
    by_check: dict[str, list[Feedback]] = {}
    for item in said:
        by_check.setdefault(item.check_id, []).append(item)
    found = Export()
    for items in by_check.values():
        text = next((item.text for item in reversed(items) if item.text), None)
        opinions = list(_opinions(items, table))
        labels = _agreed(opinions)
        if text is None:
            found.left_out[NO_TEXT] += 1
        elif not labels:
            found.left_out[DISAGREED if opinions else NO_LABEL] += 1
        else:
            found.rows.append(_row(items, text, labels))
    return found


def _opinions(items: Sequence[Feedback], table: Table) -> Iterator[Mapping[str, int]]:
    """What each person says of the labels, where they say anything; their newest word on each counts."""
    by_person: dict[str, dict[str, int]] = {}
    for index, item in enumerate(items):
        if not any(_takes_back(newer, item) for newer in items[index + 1 :]):
            by_person.setdefault(item.by, {}).update({**_implied(item, table), **item.labels})
    return (labels for labels in by_person.values() if labels)


def _takes_back(newer: Feedback, older: Feedback) -> bool:
    """Whether somebody speaks again of the same thing, or of all of it."""
    if newer.by != older.by:
        return False
    if newer.verdict_was == "right" and newer.category is None:
        return True
    if (newer.verdict_was == "missed") != (older.verdict_was == "missed"):
        return False  # what the check said and what it did not say are two things
    if newer.category is None:
        return older.category is None or newer.verdict_was != "missed"
    return newer.category == older.category and newer.rule in (None, older.rule)


def _implied(item: Feedback, table: Table) -> dict[str, int]:
    """The labels that the table makes of it."""
    labels: dict[str, int] = {}
    for name in _spoken_about(item):
        labels |= table.get(name, {}).get(item.verdict_was, {})
    return labels


def _spoken_about(item: Feedback) -> Sequence[str]:
    """Rules; a category for what was missed in it. Without a rule it is all that the check warned of there."""
    if item.rule is not None:
        return (item.rule,)
    if item.verdict_was == "missed":
        return (item.category,) if item.category else ()
    return [rule for rule in item.warned if item.category in (None, rule.partition("/")[0])]


def _agreed(opinions: Iterable[Mapping[str, int]]) -> dict[str, int]:
    seen: dict[str, set[int]] = {}
    for labels in opinions:
        for label, value in labels.items():
            seen.setdefault(label, set()).add(value)
    return {label: min(seen[label]) for label in LABELS if len(seen.get(label, ())) == 1}


def _row(items: Sequence[Feedback], text: str, labels: Mapping[str, int]) -> dict[str, Any]:
    first = items[0]
    words = " ".join(
        text.casefold().split()
    )  # the same draft in two checks is one family: it must not straddle a split
    row = {
        "id": f"fb-{first.check_id.removeprefix('chk_')}",
        "family": f"fb-{hashlib.sha256(words.encode()).hexdigest()[:16]}",
        "text": text,
        "labels": dict(labels),
        "account_kind": first.account_kind,
        "platform": first.platform,
        "country": first.country,
        "provenance": [_provenance(item) for item in items],
    }
    return {name: value for name, value in row.items() if value is not None}


def _provenance(item: Feedback) -> dict[str, Any]:
    """Everything said of the check, what was taken back included."""
    said = {
        "feedback": item.id,
        "check_id": item.check_id,
        "by": item.by,
        "at": item.at.isoformat() if item.at else None,
        "verdict_was": item.verdict_was,
        "category": item.category,
        "rule": item.rule,
        "labels": dict(item.labels) or None,
        "model": item.model,
    }
    return {name: value for name, value in said.items() if value is not None}
