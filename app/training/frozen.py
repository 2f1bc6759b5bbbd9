"""Our own drafts with the place of each, and corrections: drafts that a model judged wrongly, with the right labels."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.errors import Invalid
from app.training.rows import Row, digest, own_row
from app.training.split import is_held_out


@dataclass(frozen=True, slots=True)
class Draft:
    """A labelled row, and what its line says beside the labels."""

    row: Row
    where: str
    """file:line"""
    file: str
    account_kind: str = "unknown"
    platform: str = "unknown"


def load_drafts(folder: Path) -> list[Draft]:
    """Every *.jsonl of the folder. Raises Invalid with file and line."""
    drafts = [draft for path in sorted(folder.glob("*.jsonl")) for draft in _read(path)]
    if not drafts:
        raise Invalid(f"{folder} holds no labelled drafts (*.jsonl)")
    return drafts


def frozen(drafts: Iterable[Draft], *, seed: int) -> list[Draft]:
    """The drafts of the families that no training may see: what every model is measured on."""
    return [draft for draft in drafts if is_held_out(draft.row.family, seed=seed)]


def load_frozen(folder: Path, *, seed: int) -> list[Draft]:
    """The frozen drafts of the folder's. Raises Invalid where it has none: there is nothing to measure on."""
    drafts = frozen(load_drafts(folder), seed=seed)
    if not drafts:
        raise Invalid(f"{folder} holds no draft of a frozen family")
    return drafts


def load_corrections(files: Sequence[Path], drafts: Sequence[Draft], *, seed: int) -> list[Draft]:
    """Corrections, each text once. `family` may be left out of a line.

    Raises Invalid with file and line, also for a text whose labels contradict those of another line (both are named)
    and for one of the frozen drafts: who learns from those can't measure on them.
    """
    held = {digest(draft.row.text): draft for draft in frozen(drafts, seed=seed)}
    seen = {digest(draft.row.text): draft for draft in drafts}
    found: dict[str, Draft] = {}
    for draft in (draft for path in files for draft in _read(path, correction=True)):
        key = digest(draft.row.text)
        if not draft.row.labels:
            raise Invalid(f"{draft.where}: a correction must state a label")
        if key in held:
            raise Invalid(f"{draft.where}: this text is frozen, never learnt from: {held[key].where}")
        for earlier in (item for item in (found.get(key), seen.get(key)) if item is not None):
            _refuse_contradiction(draft, earlier)
        if key in found:
            labels = {**found[key].row.labels, **draft.row.labels}
            draft = replace(found[key], row=replace(found[key].row, labels=labels))
        found[key] = draft
    return list(found.values())


def _refuse_contradiction(draft: Draft, earlier: Draft) -> None:
    for label, value in draft.row.labels.items():
        if earlier.row.labels.get(label, value) != value:
            raise Invalid(
                f"{draft.where}: {label!r} is {value} here and {1 - value} for the same text, {earlier.where}"
            )


def _read(path: Path, *, correction: bool = False) -> Iterator[Draft]:
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise Invalid(f"{path.name} can't be read: {error.strerror}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _draft(line, path.name, number, correction=correction)


def _draft(line: bytes, file: str, number: int, *, correction: bool) -> Draft:
    where = f"{file}:{number}"
    row = own_row(_with_family(line) if correction else line, where)
    item = json.loads(line)
    said = {name: str(item[name]) for name in ("account_kind", "platform") if item.get(name)}
    return Draft(replace(row, source="correction") if correction else row, where, file, **said)


def _with_family(line: bytes) -> bytes:
    """A correction is learnt from whatever its family is called, so it need not have one."""
    try:
        item = json.loads(line)
    except ValueError:
        return line
    if isinstance(item, dict) and item.get("family") is None:
        item["family"] = "correction"
        return json.dumps(item).encode()
    return line
