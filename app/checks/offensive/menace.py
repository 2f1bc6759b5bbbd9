"""Violence against people announced, wished for or joked about, in words that no list knows.

The classifier reads the whole sentence, and the threshold follows from the false-alarm budget. Where another rule on
offence already warns, this one says nothing.

Why: a threat in jest is quoted as a threat, and an official account cannot be in jest about it.
Flag: "Somebody ought to burn that office down"; "Put him in the river with a stone round his neck".
Allow: "We will crush the apples on Saturday"; sport, cooking and games; reports on violence.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks import scored
from app.checks.base import Check
from app.domain import Finding, Prepared


def judge(prepared: Prepared) -> Iterable[Finding]:
    if scored.strength(prepared, "threat"):
        yield scored.finding(
            prepared,
            "threat",
            message="This may sound like a threat.",
            reads="it reads violence against people, even if in jest",
            suggestion="Say what you are angry about without violence, and check which account this is.",
        )


CHECK = Check(
    id="offensive/menace",
    title="Menacing tone",
    judge=judge,
    languages=scored.LANGUAGES,
    needs_scores=True,
    label="threat",
)
