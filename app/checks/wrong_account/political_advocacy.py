"""Party politics from an account that belongs to no party: a ministry, a council, a company, a club.

Why: a post meant for the party's account, or for one's own, breaks the neutrality that the account owes everyone.
Flag: on a council's account: "Don't miss our new Labour party newsletter", "vote for the SNP on Thursday".
Allow: "Polling stations open at 7am", "the Labour leader visits the hospital today", a politician's own campaign.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from app.checks.base import Check
from app.checks.phrases import Phrases, alternatives
from app.domain import Finding, Prepared

_NEUTRAL = frozenset({"government", "brand", "agency", "sports"})
_LISTS = Path(__file__).parent / "lists"
_POLITICS = Phrases.load(_LISTS / "party_politics.tsv", {"party": alternatives(_LISTS / "parties.txt")})
_PARTISAN = re.compile(rf"(?<!\w){alternatives(_LISTS / 'parties.txt')}(?!\w)|gop|dems|party|campaign")


def judge(prepared: Prepared) -> Iterable[Finding]:
    account = prepared.account
    if account.kind not in _NEUTRAL:
        return
    found = list(_POLITICS.find(prepared.text))
    grades = {match.grade for match in found}
    if "advocacy" not in grades and not {"party", "ours"} <= grades:
        return
    about = f"{account.handle or ''} {account.display_name or ''} {account.description or ''}".casefold()
    if not _PARTISAN.search(re.sub(r"[@_]", " ", about)):
        yield Finding(
            message="This takes a party's side on an account that belongs to none.",
            why="The marked words name a party and speak for or against it.",
            suggestion="Check whether it was meant for the party's account or your own.",
            spans=tuple(sorted({match.span for match in found})),
            confidence=max(match.weight for match in found),
        )


CHECK = Check(id="wrong_account/political_advocacy", title="Party politics", judge=judge)
