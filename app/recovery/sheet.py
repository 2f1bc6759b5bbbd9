"""Reading a CSV table of this package, each row with its line."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.errors import BadRecovery


def rows(file: Path, columns: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """`name:line` and the cells, stripped. Raises BadRecovery for a file that is no such table."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, strict=True)
            if tuple(reader.fieldnames or ()) != tuple(columns):
                raise BadRecovery(f"{file.name}:1: the columns must be {','.join(columns)}")
            for row in reader:
                where = f"{file.name}:{reader.line_num}"
                if None in row or None in row.values():
                    raise BadRecovery(f"{where}: {len(columns)} cells are needed")
                yield where, {column: cell.strip() for column, cell in row.items()}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadRecovery(f"{file.name}: {error}") from error
