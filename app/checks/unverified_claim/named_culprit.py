"""Somebody named, shown or pointed out as the one who did it, before police, prosecutor or court have.

Why: after every attack the crowd found somebody, and more than one of those hunted was innocent, or dead by then.
Flag: "The shooter is Tyler Renshaw, spread his face everywhere"; "he's the one who set fire to the cinema"; "this is the
guy, make his face famous" while an attack is on.
Allow: the police's own appeal, or one passed on with its link; a verdict; a series or a film; "this is the guy who
makes our flat whites".
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.base import ENGLISH, Check
from app.checks.unverified_claim import _asserted, _evidence, _party, _settling
from app.checks.wordlists import load_sections
from app.domain import Finding, Prepared

_SIGNS = load_sections(_evidence.LISTS / "culprit.txt")
_ENOUGH = 3
"""signs that it takes where nobody is pointed out in words and no event is on"""


def judge(prepared: Prepared) -> Iterable[Finding]:
    prepared = _asserted.view(prepared)
    pointed, shown = (_SIGNS[section].find_in(prepared.texts) for section in ("pointed", "shown"))
    if not (pointed or shown) or not _party.named(prepared):
        return
    event = _evidence.event(prepared)
    deed = _SIGNS["deed"].find_in(prepared.texts)
    if not (event or deed) or (not pointed and not event and len(shown) + len(deed) < _ENOUGH):
        return
    if _evidence.is_settled(prepared, "safety"):
        return
    spans = pointed + shown
    yield Finding(
        message="This points somebody out as the one who did it, on nobody's word.",
        why=f"{_evidence.quoted(spans, prepared)} accuses somebody who can be recognised"
        + (f" while “{event.event.name}” is on." if event else ", and neither police nor court are named."),
        suggestion="Leave the name and the face out until the police or the prosecutor give them, and then link that.",
        spans=spans + deed,
        confidence=0.85 if event else 0.7,
        grade="event" if event else "default",
        evidence=_settling.record(prepared, "suspect"),
    )


CHECK = Check(
    id="unverified_claim/named_culprit",
    title="Culprit named without police or court",
    judge=judge,
    languages=ENGLISH,
    default_grades=("default", "event"),
)
