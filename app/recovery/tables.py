"""All tables, texts and drills of `data/recovery`, read and checked once at start."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Self

from app.errors import BadRecovery
from app.recovery import drills
from app.recovery.changes import Changes
from app.recovery.drafts import Drafts
from app.recovery.drills import Drill
from app.recovery.steps import Steps
from app.recovery.triage import Triage

FILES = ("triage.csv", "steps.csv", "changes.csv", "drafts.toml")


@dataclass(frozen=True, slots=True)
class RecoveryTables:
    triage: Triage
    steps: Steps
    changes: Changes
    drafts: Drafts
    drills: Mapping[str, Drill]
    digest: str
    """of tables and texts"""

    @classmethod
    def load(cls, folder: Path, own_drills: Path | None = None) -> Self:
        """`own_drills`: a team's folder of drills beside Prepost's. Raises BadRecovery with the entry at fault."""
        try:
            digest = hashlib.sha256(b"\0".join((folder / name).read_bytes() for name in FILES)).hexdigest()
        except OSError as error:
            raise BadRecovery(f"{folder}: {error}") from error
        found = drills.load([folder / "drills", *([own_drills] if own_drills else [])])
        return cls(*_read(folder, digest), found, digest[:12])


@lru_cache(maxsize=4)
def _read(folder: Path, digest: str) -> tuple[Triage, Steps, Changes, Drafts]:
    """Read once for files of one digest, however many services a process starts."""
    return (
        Triage.load(folder / "triage.csv"),
        Steps.load(folder / "steps.csv"),
        Changes.load(folder / "changes.csv"),
        Drafts.load(folder / "drafts.toml"),
    )
