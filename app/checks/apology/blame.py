"""Blame put on others within an apology: the intern, the agency, the software, the source, the readers.

Why: to the public the account has spoken, whoever typed. To name the weakest in the house looks like hiding behind them.
Flag: "a junior member of staff posted this", "our agency published it without approval", "the scheduling tool misfired",
"some readers misunderstood our post", "the employee has been dismissed".
Allow: "Our scheduler sent it; we set it up and did not check. That is on us.", "the colleague who spotted it", "we work with our
agency on a second look".
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.apology import _reading
from app.checks.base import ENGLISH, Check
from app.domain import Finding, Prepared


def judge(prepared: Prepared) -> Iterable[Finding]:
    reading = _reading.of(prepared)
    claimed = reading.read("hacked")
    found = (span for span in reading.read("blame") + reading.find("plain_blame") if not reading.is_owned(span))
    if spans := tuple(span for span in found if not reading.shares_a_sentence(span, claimed)):
        yield Finding(
            message="This puts the blame on somebody or something else.",
            why="The marked words name who else is at fault, and nothing says that the account takes it on itself.",
            suggestion=_reading.better(
                prepared, "Leave them out: “{We} posted it, and {we} are responsible for what {we} post.”"
            ),
            spans=spans,
            confidence=0.8,
        )


CHECK = Check(
    id="apology/blame",
    title="Blame on others in an apology",
    judge=judge,
    languages=ENGLISH,
    sources=(_reading.SOURCE, "Benoit 1995, Accounts, Excuses, and Apologies (SUNY Press)"),
)
