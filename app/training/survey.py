"""What a set of labelled drafts is like: how many, how varied, how clean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.classifier import LABELS
from app.text.entities import entities
from app.text.language import detect
from app.training import drafts as files
from app.training.drafts import Draft
from app.training.label_errors import Suspect, suspects
from app.training.likeness import Contradiction, Near, contradictions, is_both, near, same

_OPENING = 3
"""words of a draft's opening"""


@dataclass(frozen=True, slots=True)
class Survey:
    drafts: Sequence[Draft]
    faults: Sequence[str]
    families: int
    one_sided: Sequence[str]
    """families in which no label is 1 in one draft and 0 in another: no alarming draft beside a harmless one"""
    duplicates: Sequence[Sequence[Draft]]
    contradictions: Sequence[Contradiction]
    near: Sequence[Near]
    openings: int
    """how many different first three words there are"""
    counts: dict[str, tuple[int, int, int]]
    """drafts with 0, with 1 and with nothing known, by label"""
    languages: dict[str, int]
    """drafts by detected language, the most frequent first"""
    suspects: Sequence[Suspect]

    @property
    def is_sound(self) -> bool:
        return not self.faults and not self.contradictions


def survey(place: Path, *, least: float, errors: bool, seed: int) -> Survey:
    """Read a folder or file of labelled drafts and measure it. Raises Invalid where there is nothing to read."""
    drafts, faults = files.read(place)
    families = files.by_family(drafts)
    groups = same(drafts)
    return Survey(
        drafts=drafts,
        faults=faults,
        families=len(families),
        one_sided=[name for name, own in families.items() if not any(is_both(label, own) for label in LABELS)],
        duplicates=groups,
        contradictions=contradictions(groups),
        near=near(drafts, least=least) if drafts else [],
        openings=len({tuple(draft.words.split()[:_OPENING]) for draft in drafts}),
        counts={label: _count(drafts, label) for label in LABELS},
        languages=dict(Counter(detect(draft.text, entities(draft.text)) for draft in drafts).most_common()),
        suspects=suspects(drafts, seed=seed) if errors and drafts else [],
    )


def _count(drafts: Sequence[Draft], label: str) -> tuple[int, int, int]:
    known = Counter(draft.labels.get(label) for draft in drafts)
    return known[0], known[1], known[None]
