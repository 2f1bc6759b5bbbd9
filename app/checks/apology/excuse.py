"""An excuse within an apology: the pressure, the joke that was meant well, the glitch, the lack of intention.

Why: an excuse asks readers to weigh the reasons instead of the harm. What happened may be told, as a fact and after the
apology, by somebody who takes the fault.
Flag: "it was only meant as a joke", "it was never our intention", "we were under a lot of pressure", "everyone makes mistakes",
"taken out of context".
Allow: "This explains it and excuses nothing", "we meant to schedule it for Tuesday and set the wrong day. Our fault.",
"there is no excuse".
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.apology import _reading
from app.checks.base import ENGLISH, Check
from app.domain import Finding, Prepared


def judge(prepared: Prepared) -> Iterable[Finding]:
    reading = _reading.of(prepared)
    found = reading.read("excuse", "excuse", "plain_excuse") or reading.find("plain_excuse")
    if spans := tuple(span for span in found if not reading.is_owned(span)):
        yield Finding(
            message="This makes an excuse.",
            why="The marked words explain the mistake away; the apology around them counts for less.",
            suggestion=_reading.better(
                prepared, "Take them out, or own it: “That is no excuse. {We} should have checked.”"
            ),
            spans=spans,
            confidence=0.8,
        )


CHECK = Check(
    id="apology/excuse",
    title="Excuse in an apology",
    judge=judge,
    languages=ENGLISH,
    sources=(_reading.SOURCE, "Schumann 2018, The psychology of offering an apology (Current Directions 27)"),
)
