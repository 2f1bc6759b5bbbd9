"""The author last used another account, and the draft sounds a little private: the moment when slips happen.

Never alone: having used another account before is no sign of a mistake; it only strengthens a weak private voice. Where 20
past posts of this account are known, a draft like them has its log-odds lowered by 3, and one very unlike them raised by 1.

Why: switching back is forgotten most often right after a post from one's own account.
Flag: after posting from @sam: "ugh this queue", on the airport's account.
Allow: after posting from @sam: "Security queues are about 20 minutes this morning".
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.base import Check, NotApplicable
from app.checks.wrong_account._private import cues, log_odds, probability
from app.domain import SPEAKS_FOR_OTHERS, Finding, Prepared

_STRENGTH = 1.5
"""log-odds that the last account adds"""
_PRIVATE_LAST = 1.0
"""more, where the last account is known to be a private one"""


def judge(prepared: Prepared) -> Iterable[Finding]:
    last = prepared.author.last_account if prepared.author else None
    if not last:
        raise NotApplicable("the last account of the author is not known")
    if prepared.account.is_named(last) or prepared.account.kind not in SPEAKS_FOR_OTHERS:
        return
    found = cues(prepared)
    if not any(cue.points >= 1.0 and cue.group not in ("lower", "politics") for cue in found):
        return
    extra = _STRENGTH + (_PRIVATE_LAST if _is_private(prepared, last) else 0.0)
    yield Finding(
        message=f"You last posted from {last}; is this meant for the account you have selected now?",
        why="The draft has something of a private voice, and the last account was another.",
        suggestion="Check which account is selected.",
        spans=tuple(sorted({span for cue in found for span in cue.spans})),
        confidence=round(probability(log_odds(prepared, found) + extra), 4),
        evidence={"last_account": last},
    )


def _is_private(prepared: Prepared, last: str) -> bool:
    known = prepared.author.accounts if prepared.author else ()
    return (
        any(account.is_named(last) and account.kind == "personal" for account in known) or "personal" in last.casefold()
    )


CHECK = Check(
    id="wrong_account/last_account",
    title="Another account was used last",
    judge=judge,
    languages=frozenset({"en", "es", "fr", "de", "pt", "it"}),
    needs_scores=True,
)
