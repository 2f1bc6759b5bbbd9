"""Our own labelled drafts, few of them: enough of each label for training to run in a second or two."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

DRAFTS = Path(__file__).parents[2] / "data" / "labels"
_ENOUGH = 16
"""drafts of each label's 0 and 1, so that both remain on the side that is learnt from"""


@pytest.fixture(scope="session")
def few() -> list[dict[str, Any]]:
    """The first families in which some label still lacks drafts."""
    files = [path.read_text(encoding="utf-8") for path in sorted(DRAFTS.glob("*.jsonl"))]
    rows = [json.loads(line) for file in files for line in file.split("\n") if line.strip()]
    wanted: Counter[tuple[str, int]] = Counter()
    families: set[str] = set()
    for row in rows:
        if row["family"] not in families and any(wanted[item] < _ENOUGH for item in row["labels"].items()):
            families.add(row["family"])
            wanted.update(
                item for other in rows if other["family"] == row["family"] for item in other["labels"].items()
            )
    return [row for row in rows if row["family"] in families]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """A folder of labelled drafts with the lines given."""

    def _write(lines: list[Any], name: str = "drafts.jsonl") -> Path:
        folder = tmp_path / "labels"
        folder.mkdir(exist_ok=True)
        text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
        (folder / name).write_text(text + "\n", encoding="utf-8")
        return folder

    return _write


@pytest.fixture
def labels(write: Callable[..., Path], few: list[dict[str, Any]]) -> Path:
    return write(few)
