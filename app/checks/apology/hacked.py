"""A claim of having been hacked with nothing to stand on.

Why: after an own mistake it is the excuse that nobody believes, it is found out within the day, and then the lie is the story.
Flag: "Our account was hacked, sorry for the last post", "that post was made through unauthorised access".
Allow: a claim with what it stands on: a report to the police or the platform, log-ins that were found, passwords changed and the
account recovered; "we were not hacked".
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.apology import _reading
from app.checks.base import ENGLISH, Check
from app.domain import Finding, Prepared


def judge(prepared: Prepared) -> Iterable[Finding]:
    reading = _reading.of(prepared)
    if (spans := reading.read("hacked")) and not reading.has("not_hacked") and not reading.has("evidence"):
        yield Finding(
            message="This claims a hack and says nothing that it stands on.",
            why="The marked words claim that somebody broke in; no report, log-in or recovery is named.",
            suggestion="If it is true, say how you know and whom you have told; if it isn't, say what happened.",
            spans=spans,
            confidence=0.85,
        )


CHECK = Check(
    id="apology/hacked",
    title="Claim of having been hacked, without basis",
    judge=judge,
    languages=ENGLISH,
    sources=("Benoit 1995, Accounts, Excuses, and Apologies (SUNY Press): denial",),
)
