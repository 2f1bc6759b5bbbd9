"""What training reads: labelled rows, from our own drafts and from outside corpora."""

from __future__ import annotations

import csv
import hashlib
import json
import random
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.classifier import LABELS
from app.errors import Invalid

OWN_WEIGHT = 3.0
"""our own drafts are what the rules need the labels for; the corpora lend them vocabulary"""

csv.field_size_limit(10_000_000)


@dataclass(frozen=True, slots=True)
class Row:
    """One text with what is known of it. A label that is absent is unknown, not zero."""

    text: str
    labels: Mapping[str, int]
    family: str
    """rows of one family never straddle a split"""
    source: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Source:
    """One corpus of data/sources.toml."""

    name: str
    use: str
    licence: str
    file: str
    text: str
    rows: Mapping[str, Mapping[str, int]]
    column: str | None = None
    keep: Mapping[str, str] | None = None
    weight: float = 1.0
    cap: int | None = None


def load_labels(folder: Path) -> list[Row]:
    """Our own drafts: every *.jsonl in the folder. Raises Invalid with file and line."""
    rows = [row for path in sorted(folder.glob("*.jsonl")) for row in _own(path)]
    if not rows:
        raise Invalid(f"{folder} holds no labelled drafts (*.jsonl)")
    return rows


def _own(path: Path) -> Iterator[Row]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            yield _own_row(line, f"{path.name}:{number}")


def _own_row(line: str, where: str) -> Row:
    try:
        item = json.loads(line)
        text, labels, family = item["text"], item["labels"], item["family"]
    except (ValueError, KeyError, TypeError) as error:
        raise Invalid(f"{where}: not a labelled draft: {type(error).__name__} {error}") from error
    if not isinstance(text, str) or not text.strip() or not isinstance(labels, dict) or not isinstance(family, str):
        raise Invalid(f"{where}: text, labels or family is of the wrong type or empty")
    for label, value in labels.items():
        if label not in LABELS:
            raise Invalid(f"{where}: unknown label {label!r}")
        if value not in (0, 1) or isinstance(value, bool):
            raise Invalid(f"{where}: label {label!r} must be 0 or 1")
    return Row(text, labels, f"own:{family}", "own", OWN_WEIGHT)


def load_sources(table: Path) -> list[Source]:
    """The corpora of data/sources.toml. Raises Invalid for an unknown label."""
    sources = [Source(name=name, **entry) for name, entry in tomllib.loads(table.read_text("utf-8")).items()]
    for source in sources:
        for value, labels in source.rows.items():
            if unknown := set(labels) - set(LABELS):
                raise Invalid(f"{table.name}: {source.name}: {value!r}: unknown label {sorted(unknown)[0]!r}")
    return sources


def read_source(source: Source, folder: Path, *, seed: int) -> list[Row]:
    """The rows of one corpus, sampled down to its cap. Raises Invalid where the file or a column is missing."""
    try:
        rows = list(_rows(source, folder / source.file))
    except (OSError, KeyError, IndexError, UnicodeDecodeError) as error:
        raise Invalid(f"{source.name}: {source.file}: {type(error).__name__}: {error}") from error
    if source.cap is not None and len(rows) > source.cap:
        rows = random.Random(seed).sample(rows, source.cap)
    return rows


def _rows(source: Source, path: Path) -> Iterator[Row]:
    for record in _records(path):
        if any(record[name] != value for name, value in (source.keep or {}).items()):
            continue
        labels = source.rows.get(record[source.column] if source.column else "")
        text = record[source.text].strip()
        if labels is not None and text:
            yield Row(text, labels, f"text:{_digest(text)}", source.name, source.weight)


def _records(path: Path) -> Iterator[Mapping[str, Any]]:
    """CSV with a header by column name; TSV without one by column number."""
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        if path.suffix == ".tsv":
            for cells in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                yield {str(index): cell for index, cell in enumerate(cells)}
        else:
            yield from csv.DictReader(file)


def _digest(text: str) -> str:
    """The same words in other corpora, whatever their case and spacing, get the same family."""
    return hashlib.sha256(" ".join(text.casefold().split()).encode("utf-8", "surrogatepass")).hexdigest()[:16]
