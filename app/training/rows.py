"""What training reads: labelled rows, from our own drafts and from outside corpora."""

from __future__ import annotations

import ast
import csv
import hashlib
import json
import random
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from app.classifier import LABELS
from app.errors import Invalid

OWN_WEIGHT = 8.0
"""our own drafts are what the rules need the labels for; the corpora lend them vocabulary"""

_TEXT = "text:"
"""before the families of corpora, which are accounts or the hashes of texts"""
USES = ("ship", "dev", "evaluation")

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
    each: str | None = None
    """what separates several values in `column`: each adds its labels, and a contradiction leaves one unknown"""
    keep: Mapping[str, str] | None = None
    spans: str | None = None
    """column with the character offsets that earned the label; rows without any are left out"""
    without: Mapping[str, int] | None = None
    """labels of the text that is left when its spans are cut out: the closest harmless twin there is"""
    put_back: Mapping[str, str] | None = None
    """what stands for the links and names that the corpus masks"""
    ending: str | None = None
    """cut where the text ends with it: the platform's own link to a picture, which no draft holds"""
    family: str | None = None
    """column whose value makes rows one family (an account), where it is not the text that does"""
    only: Path | None = None
    """file that names the families to read, those whose kind is organisation (beside the table; Path once loaded)"""
    among: str = "posts"
    """which alarm curve the ordinary texts serve: of posts, of replies or, held out, of private persons' posts"""
    weight: float = 1.0
    cap: int | None = None

    def whose(self, family: str) -> str:
        """Which of `among` a row of the family is: an account that `only` does not name is a private person's."""
        if self.only is None:
            return self.among
        return self.among if family.removeprefix(_TEXT) in _organisations(self.only) else "personal"


def load_labels(folder: Path) -> list[Row]:
    """Our own drafts: every *.jsonl in the folder. Raises Invalid with file and line."""
    rows = [row for path in sorted(folder.glob("*.jsonl")) for row in _own(path)]
    if not rows:
        raise Invalid(f"{folder} holds no labelled drafts (*.jsonl)")
    return rows


def _own(path: Path) -> Iterator[Row]:
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise Invalid(f"{path.name} can't be read: {error.strerror}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield own_row(line, f"{path.name}:{number}")


def own_row(line: bytes, where: str) -> Row:
    """One line of a file of labelled drafts. Raises Invalid with `where`."""
    try:
        item = json.loads(line)
        text, labels, family = item["text"], item["labels"], item["family"]
        f"{text}{family}".encode()  # a lone surrogate has no place in the vocabulary
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
    """The corpora of data/sources.toml. Raises Invalid for an entry with an unknown key, use or label."""
    try:
        sources = [Source(name=name, **entry) for name, entry in tomllib.loads(table.read_text("utf-8")).items()]
        sources = [replace(source, only=table.parent / source.only) if source.only else source for source in sources]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, TypeError) as error:
        raise Invalid(f"{table.name}: {error}") from error
    for source in sources:
        if source.use not in USES:
            raise Invalid(f"{table.name}: {source.name}: use {source.use!r} is not one of {', '.join(USES)}")
        for value, labels in [*source.rows.items(), ("without", source.without or {})]:
            if unknown := set(labels) - set(LABELS):
                raise Invalid(f"{table.name}: {source.name}: {value!r}: unknown label {sorted(unknown)[0]!r}")
    return sources


def read_source(source: Source, folder: Path, *, seed: int) -> list[Row]:
    """The rows of one corpus, sampled down to its cap. Raises Invalid where the file or a column is missing."""
    try:
        rows = list(_rows(source, folder / source.file))
    except (OSError, LookupError, ValueError, TypeError, SyntaxError, csv.Error) as error:
        raise Invalid(f"{source.name}: {source.file}: {type(error).__name__}: {error}") from error
    if source.cap is not None and len(rows) > source.cap:
        rows = random.Random(seed).sample(rows, source.cap)
    return rows


def merge(rows: Iterable[Row]) -> list[Row]:
    """One row per text, whatever its case and spacing. Where corpora contradict each other the label is unknown; our
    own label stands."""
    merged: dict[str, Row] = {}
    for row in rows:
        key = digest(row.text)
        merged[key] = _joined(merged[key], row) if key in merged else row
    return [row for row in merged.values() if row.labels and row.text]


def _joined(first: Row, second: Row) -> Row:
    kept, other = (second, first) if second.source == "own" != first.source else (first, second)
    if kept.source == "own" != other.source:
        return replace(kept, labels={**other.labels, **kept.labels})
    return replace(kept, labels=_agreed([first.labels, second.labels]), weight=max(first.weight, second.weight))


def _agreed(several: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """The labels of several judgements, without those on which they contradict each other."""
    seen: dict[str, set[int]] = {}
    for labels in several:
        for label, value in labels.items():
            seen.setdefault(label, set()).add(value)
    return {label: values.pop() for label, values in seen.items() if len(values) == 1}


def _rows(source: Source, path: Path) -> Iterator[Row]:
    only = _organisations(source.only) if source.only else None
    for record in _records(path):
        if only is not None and record[source.family or ""] not in only:
            continue
        if any(record[name] != value for name, value in (source.keep or {}).items()):
            continue
        labels = _labels(source, record[source.column] if source.column else "")
        text = _unmasked(source, record[source.text] or "")
        if labels is None or not text.strip():
            continue
        if source.spans is None:
            yield _row(source, text, labels, family=record[source.family] if source.family else None)
        elif offsets := set(ast.literal_eval(record[source.spans])):
            yield _row(source, text, labels)
            rest = "".join(letter for at, letter in enumerate(text) if at not in offsets)
            yield _row(source, rest, source.without or {}, family=digest(text))


@cache
def _organisations(path: Path) -> frozenset[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return frozenset(line["account"] for line in csv.DictReader(file) if line["kind"] == "organisation")


def _unmasked(source: Source, text: str) -> str:
    if source.ending:
        text = text.rstrip().removesuffix(source.ending)
    for mask, words in (source.put_back or {}).items():
        text = text.replace(mask, words)
    return text


def _row(source: Source, text: str, labels: Mapping[str, int], *, family: str | None = None) -> Row:
    return Row(text.strip(), labels, _TEXT + (family or digest(text)), source.name, source.weight)


def _labels(source: Source, value: str) -> Mapping[str, int] | None:
    if source.each is None:
        return source.rows.get(value)
    found = [source.rows[part] for part in value.split(source.each) if part in source.rows]
    return _agreed(found) if found else None


def _records(path: Path) -> Iterator[Mapping[str, Any]]:
    """CSV with a header by column name; TSV without one by column number."""
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        if path.suffix == ".tsv":
            for cells in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                yield {str(index): cell for index, cell in enumerate(cells)}
        else:
            yield from csv.DictReader(file)


def digest(text: str) -> str:
    """The same words in other corpora, whatever their case and spacing, get the same family."""
    return hashlib.sha256(" ".join(text.casefold().split()).encode("utf-8", "surrogatepass")).hexdigest()[:16]
