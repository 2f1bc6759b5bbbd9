"""An apology after which nothing has changed and nothing will.

Why: an offer to put it right is, after taking the fault, what makes an apology believed.
Flag: "We are truly sorry for mocking your town. It was wrong, and it hurt people who deserve better."
Allow: "We've deleted it", "we are refunding everyone", "from today two people read each post", "we have written to her family".
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.apology import _reading
from app.checks.base import ENGLISH, Check
from app.domain import Finding, Prepared


def judge(prepared: Prepared) -> Iterable[Finding]:
    reading = _reading.of(prepared)
    if not reading.read("action"):
        yield Finding(
            message="This says nothing that was done or will be done about it.",
            why="No words of removal, repair or change were found.",
            suggestion=_reading.better(
                prepared, "Add one thing that is true: “{We} have deleted it”, or what changes from today."
            ),
            spans=reading.acts[:1],
            confidence=0.75,
            grade=reading.grade,
        )


CHECK = Check(
    id="apology/no_action",
    title="Apology without action",
    judge=judge,
    languages=ENGLISH,
    default_grades=("default", "unmarked"),
    sources=(_reading.SOURCE,),
)
