"""Natural: ordinary texts as they come, labelled by reading, to learn how often a score is right.

data/natural/labels.csv names texts of the corpora by a hash and says which labels apply; the texts stay where they are.
They only measure and calibrate: no head learns from them.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from app.classifier import LABELS
from app.errors import Invalid
from app.training.rows import Row, Source, digest, read_source

Known = Mapping[str, tuple[str, Mapping[str, int]]]
"""by the hash of a text: its corpus, and its labels without those that the reader was unsure of"""


def load_known(path: Path) -> Known:
    """Raises Invalid with file and line."""
    found = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for number, line in enumerate(csv.DictReader(file), 2):
                ones, unsure = set(line["labels"].split()), set(line["unsure"].split())
                if unknown := sorted((ones | unsure) - set(LABELS)):
                    raise Invalid(f"{path.name}:{number}: unknown label {unknown[0]!r}")
                labels = {label: int(label in ones) for label in LABELS if label not in unsure}
                found[line["id"]] = (line["source"], labels)
    except (OSError, LookupError, AttributeError, UnicodeDecodeError, csv.Error) as error:
        raise Invalid(f"{path.name}: {type(error).__name__}: {error}") from error
    return found


def natural_rows(known: Known, sources: Sequence[Source], folder: Path, *, seed: int) -> list[Row]:
    """The labelled texts, each once, from whichever rows of their corpora. Raises Invalid for one that is not there."""
    by_name = {source.name: source for source in sources}
    found: dict[str, Row] = {}
    for name in sorted({source for source, _ in known.values()}):
        if name not in by_name:
            raise Invalid(f"labels.csv names a corpus {name!r} that is not in the table")
        whole = replace(by_name[name], keep=None, only=None, cap=None)
        for row in read_source(whole, folder, seed=seed):
            key = digest(row.text)
            if key in known and known[key][0] == name:
                found.setdefault(key, replace(row, labels=known[key][1]))
    if missing := sorted(set(known) - set(found)):
        raise Invalid(f"labels.csv: {len(missing)} texts are in no corpus, the first is {missing[0]}")
    return [found[key] for key in sorted(found)]
