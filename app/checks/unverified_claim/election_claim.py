"""How, when and where people vote, who has won, or that the vote was stolen, without the election authority behind it.

Why: a wrong place or day costs people their vote, a result told too early keeps them at home, and a charge of fraud
cannot be called back once it goes round.
Flag: "You can vote by text this year, send your ID to 55021"; "polling at Oakhill School is cancelled, vote Wednesday";
"they stuffed 12,000 ballots last night"; "she has it, 54 to 46" while the polls are open.
Allow: the same from the election office; a result with the commission's count; an observer's own day at one polling
station; "polling stations open at 7"; an opinion on how a primary is run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.checks.base import Check
from app.checks.unverified_claim import _asserted, _evidence, _settling
from app.checks.wordlists import load_sections
from app.domain import Finding, Prepared, Span

_CLAIMS = load_sections(_evidence.LISTS / "election.txt")
_VOTE = re.compile(
    r"\b(?:vot(?:e|es|ed|er|ers|ing)|poll(?:s|ing)?|ballots?|election\w*|primary|referendum|candidate|candidacy|counted|the count|ward \d+|returning officer)\b"
)
_NOT_PUBLIC = re.compile(
    r"\b(?:final(?:ists?)?|award\w*|favou?rite|contestants?|couple|eurovision|strictly|idol|name our|flavou?rs?|poll below|"
    r"episode|season|jury vote|mvp|player of the|goal of the|all-star|fan vote|community vote|subreddit)\b"
)
_GRADES = ("how", "won", "fraud")
_ENOUGH_RESULT = 2
"""signs of a result told early: one alone is how people speak of any race"""
_MESSAGES = {
    "how": "This tells people how, when or where to vote, and not on whose word.",
    "won": "This tells a result before those who count have told it.",
    "fraud": "This says that a vote is stolen or bought, and nobody named has found so.",
}


def judge(prepared: Prepared) -> Iterable[Finding]:
    prepared = _asserted.view(prepared)
    found = {name: spans for name in _GRADES if (spans := _find(prepared, name))}
    if not found or _evidence.matches(prepared, _NOT_PUBLIC) or _evidence.is_settled(prepared, "elections"):
        return
    if "won" in found and len(found["won"]) < _ENOUGH_RESULT and len(found) == 1:
        return
    grade = next(name for name in ("fraud", "how", "won") if name in found)
    spans = tuple(span for several in found.values() for span in several)
    yield Finding(
        message=_MESSAGES[grade],
        why=f"{_evidence.quoted(spans, prepared)} is a matter of the election authority, and the draft neither names nor "
        "links it.",
        suggestion="Look it up at the election authority and link its page, or leave this to it.",
        spans=spans,
        confidence=0.7,
        grade=grade,
        evidence=_settling.record(prepared, "election"),
    )


def _find(prepared: Prepared, name: str) -> tuple[Span, ...]:
    if prepared.text.language not in ("en", "und"):
        return _evidence.spans(prepared, "vote") if name == "fraud" else ()
    found = _CLAIMS[name].find_in(prepared.texts)
    return found if found and _evidence.matches(prepared, _VOTE) else ()


CHECK = Check(
    id="unverified_claim/election_claim",
    title="Election matter without the authority",
    judge=judge,
    languages=_evidence.LANGUAGES,
    default_grades=_GRADES,
)
