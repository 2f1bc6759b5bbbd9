"""A private person's tone without any of the cues that lists know: calm, tidy, and about oneself.

The classifier reads the whole text, and the threshold follows from the false-alarm budget; a link, an offer, the account's
own name or a signature speak against. An account whose voice is personal on purpose says so: `voice = {"personal": true}`.
Where twenty past posts of the account are known, a draft like them has its log-odds lowered by 3 (with fewer by less), and
one very unlike them has it raised by 1. Where another rule on the wrong account already warns, this one says nothing.

Why: not every slip is drunk. A quiet thought about the landlord is as much in the wrong place on a ministry's account.
Flag: "I'm so tired of my flatmate eating my cheese"; "my dad just called and I have no idea what to tell him".
Allow: "We can't wait to see you on Friday"; a warm reply; a named member of staff taking over for a day.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from app.checks import scored
from app.checks.base import Check
from app.checks.wrong_account._past import points
from app.checks.wrong_account._private import official_points, probability
from app.domain import SPEAKS_FOR_OTHERS, Finding, Prepared

_OFFICIAL = 2.0
"""points of what speaks for the account from which it is taken to be the one that speaks"""


def judge(prepared: Prepared) -> Iterable[Finding]:
    if prepared.account.kind not in SPEAKS_FOR_OTHERS or prepared.account.voice.get("personal") is True:
        return
    if scored.strength(prepared, "personal_voice") and official_points(prepared) < _OFFICIAL:
        found = scored.finding(
            prepared,
            "personal_voice",
            message="This reads like a private person, not like the account you are about to post from.",
            reads="the text as a whole is somebody's own, and nothing in it speaks for the account",
            suggestion="Check which account is selected, and post it from your own.",
        )
        yield replace(found, confidence=_with_past(found.confidence, points(prepared)))


def _with_past(confidence: float, own_past: float) -> float:
    """The probability with the log-odds of the account's own past added."""
    if own_past == 0:
        return confidence
    within = min(max(confidence, 1e-6), 1 - 1e-6)
    return probability(math.log(within / (1 - within)) + own_past)


CHECK = Check(
    id="wrong_account/private_tone",
    title="Private tone",
    judge=judge,
    languages=scored.LANGUAGES,
    needs_scores=True,
    label="personal_voice",
)
