"""Sexual content or innuendo in words that no list knows.

The classifier reads the whole sentence, and the threshold follows from the false-alarm budget. Where another rule on
offence already warns, this one says nothing.

Why: the double meaning is seen by everybody but its author, and an account that speaks for others has no private jokes.
Flag: "Our new hoses: long, thick, and they never go soft on you"; "Our girls do everything you ask".
Allow: health information; breast screening; a chicken breast; a cockpit.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks import scored
from app.checks.base import Check
from app.domain import Finding, Prepared


def judge(prepared: Prepared) -> Iterable[Finding]:
    if scored.strength(prepared, "sexual"):
        yield scored.finding(
            prepared,
            "sexual",
            message="This may be read as sexual.",
            reads="it reads innuendo in the sentence as a whole",
            suggestion="Say it so that it has one meaning only.",
        )


CHECK = Check(
    id="offensive/innuendo",
    title="Innuendo",
    judge=judge,
    languages=scored.LANGUAGES,
    needs_scores=True,
    label="sexual",
)
