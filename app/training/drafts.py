"""Our own labelled drafts as they stand on file, every broken one named: for those who keep them in order.

Training itself reads them with `rows.load_labels`, which stops at the first that is broken.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.classifier import LABELS
from app.errors import Invalid


@dataclass(frozen=True, slots=True)
class Draft:
    """One labelled draft."""

    where: str
    """`file:line`"""
    id: str
    family: str
    text: str
    labels: Mapping[str, int]

    @property
    def words(self) -> str:
        """The text whatever its case and spacing."""
        return " ".join(self.text.casefold().split())


def read(place: Path) -> tuple[list[Draft], list[str]]:
    """The drafts of a folder's *.jsonl, or of one file, and what is broken, each with file and line.

    Raises Invalid where there is nothing to read.
    """
    files = [place] if place.is_file() else sorted(place.glob("*.jsonl"))
    drafts: list[Draft] = []
    faults: list[str] = []
    seen: dict[str, str] = {}
    for where, line in (numbered for file in files for numbered in _lines(file)):
        draft = _draft(line, where)
        if isinstance(draft, Draft) and draft.id in seen:
            draft = f"{where}: the id {draft.id!r} is that of {seen[draft.id]} already"
        if isinstance(draft, str):
            faults.append(draft)
        else:
            seen[draft.id] = draft.where
            drafts.append(draft)
    if not drafts and not faults:
        raise Invalid(f"{place} holds no labelled drafts (*.jsonl)")
    return drafts, faults


def _lines(file: Path) -> Iterator[tuple[str, bytes]]:
    try:
        lines = file.read_bytes().split(b"\n")
    except OSError as error:
        raise Invalid(f"{file.name} can't be read: {error.strerror}") from error
    yield from ((f"{file.name}:{number}", line) for number, line in enumerate(lines, 1) if line.strip())


def _draft(line: bytes, where: str) -> Draft | str:
    """The draft, or what is wrong with it."""
    try:
        item = json.loads(line)
        json.dumps(item, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return f"{where}: a lone surrogate is no character"
    except (ValueError, RecursionError) as error:
        return f"{where}: not JSON: {error}"
    if not isinstance(item, dict):
        return f"{where}: a JSON object is needed"
    fault = next(_faults(item), None)
    return f"{where}: {fault}" if fault else Draft(where, *(item[name] for name in ("id", "family", "text", "labels")))


def _faults(item: Mapping[str, Any]) -> Iterator[str]:
    for name in ("id", "family", "text"):
        if not isinstance(item.get(name), str) or not item[name].strip():
            yield f"{name} must be text, and not empty"
    labels = item.get("labels")
    if not isinstance(labels, dict):
        yield "labels must be an object"
        return
    for label, value in labels.items():
        if label not in LABELS:
            yield f"unknown label {label!r}"
        if value not in (0, 1) or isinstance(value, bool):
            yield f"label {label!r} must be 0 or 1"


def by_family(drafts: Sequence[Draft]) -> dict[str, list[Draft]]:
    families: dict[str, list[Draft]] = {}
    for draft in drafts:
        families.setdefault(draft.family, []).append(draft)
    return families
