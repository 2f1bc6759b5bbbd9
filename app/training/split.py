"""Split by family: a draft and its twin, and the same text in two corpora, always fall on the same side."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from app.training.rows import Row

HELD_OUT = 0.15


def is_held_out(family: str, *, seed: int, share: float = HELD_OUT) -> bool:
    """Decided by a hash of the family's name, so that new rows never move old ones."""
    return _place(f"{seed}:{family}") < share


def _place(name: str) -> float:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8]) / 2**64


def split(rows: Sequence[Row], *, seed: int) -> tuple[list[Row], list[Row]]:
    """Training rows and held-out rows; of the same text in several corpora, all are kept on one side."""
    train = [row for row in rows if not is_held_out(row.family, seed=seed)]
    held_out = [row for row in rows if is_held_out(row.family, seed=seed)]
    return train, held_out


def halves(rows: Sequence[Row], *, seed: int) -> tuple[list[int], list[int]]:
    """Indices of two halves by family: one to fit calibration and thresholds on, one to judge them on."""
    first = [index for index, row in enumerate(rows) if _place(f"half:{seed}:{row.family}") < 0.5]
    chosen = set(first)
    return first, [index for index in range(len(rows)) if index not in chosen]
