"""A conditional apology: sorry if somebody was offended, for any offence, for how people felt.

Why: it leaves open whether anything was wrong, and puts the fault with those who took it so. It is what people quote.
Flag: "Sorry if anyone was offended", "we apologise for any offence caused", "sorry that some of you felt hurt", "our words may
have upset people", "for the way it came across".
Allow: "We are sorry for what we posted", "if you ordered at that price, we honour it", "if you were affected, write to us".
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.apology import _reading
from app.checks.base import ENGLISH, Check
from app.domain import Finding, Prepared


def judge(prepared: Prepared) -> Iterable[Finding]:
    reading = _reading.of(prepared)
    if spans := reading.read("conditional"):
        yield Finding(
            message="This says sorry with an if, or for how people felt, and not for what was done.",
            why="The marked words leave open whether anything was wrong.",
            suggestion=_reading.better(
                prepared, "Say it straight: “{We} are sorry for what {we} posted. It hurt people.”"
            ),
            spans=spans,
            confidence=0.85,
        )


CHECK = Check(
    id="apology/conditional",
    title="Conditional apology",
    judge=judge,
    languages=ENGLISH,
    sources=("Lazare 2004, On Apology (Oxford University Press)", "Kador 2009, Effective Apology (Berrett-Koehler)"),
)
