"""Arguing back within an apology: standing by it, scolding the critics, counting the friends.

Why: whoever apologises and argues does neither. The reply to the critics is what gets shared.
Flag: "we stand by the substance of our post", "people are far too sensitive", "before judging, read the whole thread", "most of you
laughed", "the facts remain".
Allow: "you are right to be angry", "we were wrong about the figure; the rest of the report stands and is linked".
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.apology import _reading
from app.checks.base import ENGLISH, Check
from app.domain import Finding, Prepared


def judge(prepared: Prepared) -> Iterable[Finding]:
    reading = _reading.of(prepared)
    if spans := reading.read("arguing"):
        yield Finding(
            message="This argues back.",
            why="The marked words defend the post or turn on those who criticise it.",
            suggestion="Take them out. What has to be discussed can be discussed another day, and not in the apology.",
            spans=spans,
            confidence=0.8,
        )


CHECK = Check(
    id="apology/arguing",
    title="Arguing back in an apology",
    judge=judge,
    languages=ENGLISH,
    sources=(_reading.SOURCE, "Schumann 2014, An affirmed self and a better apology (JESP 54)"),
)
