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
from app.checks.lexicon import alternatives
from app.checks.matching import words
from app.domain import Finding, Prepared, Span

_NEUTRAL = frozenset({"government", "brand", "agency", "sports"})
_PARTY = alternatives(Path(__file__).parent / "lists" / "parties.txt")
_NAMED = words(_PARTY)
_ADVOCACY = (
    (words(rf"(?:vote|voting|voted|vota|votad|voten|votez|wahlt|votate|vote em|campaign(?:ing)?|canvass(?:ing)?|door-?knocking|elect|re-?elect|please support|we support|let's support) (?:for |a |al |por |per |la |il |die |fur |the |your |our )*(?:\w+ )?{_PARTY}"), 0.85),
    (words(rf"{_PARTY} (?:will|must) win|(?:never|don't|dont) vote (?:for )?(?:the )?{_PARTY}|vote (?:the )?{_PARTY} out|(?:kick|get) (?:the )?{_PARTY} out|proud (?:to be )?(?:a )?{_PARTY}|{_PARTY} (?:till|til|until) i die"), 0.85),
    (words(r"vote (?:him|her|them) out|lock (?:him|her) up|not my president|drain the swamp|stop the steal|vote (?:red|blue) |build the wall|get brexit done|build back better together|for the many,? not the few"), 0.7),
)  # fmt: skip
_OURS = words(
    r"our (?:\w+ )?(?:party|candidates?|manifesto|newsletter|bulletin|rally|campaign|members|policies)|nuestr[oa]s? (?:\w+ )?(?:partido|candidat[oa]s?|programa|boletin|mitin|campana|militantes)"
    r"|nos(?:so|sa|sos|sas)? (?:\w+ )?(?:partido|candidat[oa]|programa|boletim|campanha)|notre (?:\w+ )?(?:parti|candidat\w*|programme|campagne|lettre)|unser(?:e[rsmn]?)? (?:\w+ )?(?:partei|kandidat\w*|programm|wahlkampf|rundbrief)"
    r"|(?:il |la )?nostr[oa] (?:\w+ )?(?:partito|candidat[oa]|programma|campagna)|join the party|unete|afiliate|comrades|companer[oa]s"
)


def judge(prepared: Prepared) -> Iterable[Finding]:
    account = prepared.account
    if account.kind not in _NEUTRAL or not (named := _spans(_NAMED, prepared)):
        return
    about = f"{account.handle or ''} {account.display_name or ''} {account.description or ''}".casefold()
    if _NAMED.search(re.sub(r"[@_]", " ", about)) or "gop" in about or "dems" in about or "party" in about:
        return
    found = [(span, sure) for pattern, sure in _ADVOCACY for span in _spans(pattern, prepared)]
    if ours := _spans(_OURS, prepared):
        found += [(span, 0.8) for span in (*named, *ours)]
    if found:
        yield Finding(
            message="This takes a party's side on an account that belongs to none.",
            why="The marked words name a party and speak for or against it.",
            suggestion="Check whether it was meant for the party's account or your own.",
            spans=tuple(span for span, _ in found),
            confidence=max(sure for _, sure in found),
        )


def _spans(pattern: re.Pattern[str], prepared: Prepared) -> tuple[Span, ...]:
    return tuple(prepared.text.span(*match.span()) for match in pattern.finditer(prepared.text.folded.text))


CHECK = Check(id="wrong_account/political_advocacy", title="Party politics", judge=judge)
