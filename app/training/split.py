"""Split by family: a draft and its twin, and the same text in two corpora, always fall on the same side."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from app.training.rows import Row

HELD_OUT = 0.15


def is_held_out(family: str, *, seed: int) -> bool:
    """Decided by a hash of the family's name, so that new rows never move old ones."""
    digest = hashlib.sha256(f"{seed}:{family}".encode()).digest()
    return int.from_bytes(digest[:8]) / 2**64 < HELD_OUT


def split(rows: Sequence[Row], *, seed: int) -> tuple[list[Row], list[Row]]:
    """Training rows and held-out rows; of the same text in several corpora, all are kept on one side."""
    train = [row for row in rows if not is_held_out(row.family, seed=seed)]
    held_out = [row for row in rows if is_held_out(row.family, seed=seed)]
    return train, held_out
