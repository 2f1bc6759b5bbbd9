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

_SLIP = 25
"""words of an apology for a slip"""


def judge(prepared: Prepared) -> Iterable[Finding]:
    reading = _reading.of(prepared)
    if not reading.read("action") and not _is_done_by_saying_it(reading):
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


def _is_done_by_saying_it(reading: _reading.Reading) -> bool:
    """Of a slip, what is right is all that there is to do."""
    short = len(reading.text.tokens) <= _SLIP
    return bool(reading.acts) and short and reading.has("right") and not reading.has("grave")


CHECK = Check(
    id="apology/no_action",
    title="Apology without action",
    judge=judge,
    languages=ENGLISH,
    default_grades=("default", "unmarked"),
    sources=(_reading.SOURCE,),
)
