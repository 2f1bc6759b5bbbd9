"""A crime or misconduct stated of somebody: which words, and whether they are the writer's own deed or a question."""

from __future__ import annotations

import re

from app.checks.unverified_claim import _evidence, _party
from app.domain import Prepared, Span

_NOT_STATED = re.compile(
    r"\b(?:(?:i|we)(?:['’]ve| have| had| just)*|(?:should|would|could|did|has|have) (?:he|she|they)(?: have)?) $"
)
"""before a deed: then it is the writer's own, or a question"""
_BEFORE = 24
"""characters before a deed in which that is looked for"""


def against_somebody(prepared: Prepared) -> tuple[Span, ...]:
    """Deeds of a party that the draft names, and charges that name theirs themselves."""
    found = _deeds(prepared) + _evidence.spans(prepared, "charge")
    raw = {text.field: text.raw.casefold() for text in prepared.texts}
    return tuple(s for s in found if not _NOT_STATED.search(raw[s.field][max(0, s.start - _BEFORE) : s.start]))


def _deeds(prepared: Prepared) -> tuple[Span, ...]:
    deeds = _evidence.spans(prepared, "crime")
    if not deeds or not _party.is_accused(prepared):
        return ()
    figures = _evidence.spans(prepared, "figurative_death")
    return tuple(s for s in deeds if not any(f.start < s.end and s.start < f.end for f in figures))
