"""A user's handle that a script puts into the account's own sentence, where the handle says something vile.

Why: the automatic thank-you repeats what the handle says to everybody who follows the account.
Flag: a welcome or thank-you that opens with a handle made of a slur or an obscenity.
Allow: ordinary handles, handles that contain a rude letter sequence inside an innocent word (@scunthorpe_fc).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from app.checks.base import Check
from app.checks.wordlists import load_patterns
from app.domain import Entity, Finding, Prepared, Span

# Stems that keep their meaning when glued to other letters; milder or ambiguous ones need word borders (hashtag_reading).
_PHRASES = load_patterns(Path(__file__).with_name("lists") / "inserted_handle.txt")
_STEMS = _PHRASES["stems"]


def judge(prepared: Prepared) -> Iterable[Finding]:
    bad = [entity for entity in prepared.text.entities_of("mention") if _vile(entity)]
    if bad:
        yield Finding(
            message="A handle in this draft says something vile, and the draft repeats it in your name.",
            why="The marked handle contains a slur or an obscenity.",
            suggestion="Don't address this account; report it, and filter handles before the script uses them.",
            spans=tuple(Span(entity.start, entity.end) for entity in bad),
            confidence=0.95,
        )


def _vile(entity: Entity) -> bool:
    name = entity.text.casefold().lstrip("@").replace("_", "")
    return _STEMS.fullmatch(name) is not None


CHECK = Check(id="automation/inserted_handle", title="Vile handle in the account's own sentence", judge=judge)
