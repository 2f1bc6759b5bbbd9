"""A group judged as a whole: where women belong, what immigrants are like, somebody who moves "like a <group>".

Grades: `generalisation` (a group and a demeaning predicate), `comparison` ("like a …", people as animals), `score` (the
classifier alone is nearly sure).

Why: a sweeping sentence about a group insults everyone in it, also as irony, a quotation or the start of a thread.
Flag: "girls can't park", "immigrants are all thieves", "he haggles like a <group>", "go back to your own country".
Allow: "women can't be ignored in research", "Muslims are celebrating Eid", "immigrants built this city", "play like a girl!".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from app.checks.base import ENGLISH, Check
from app.checks.phrases import Phrases, alternatives
from app.domain import Finding, Prepared, Span

GRADES = ("score", "comparison", "generalisation")
SURE_ALONE = 0.88
"""score of the classifier that counts without a cue; the highest of 9,000 ordinary posts has 0.76"""
SUPPORTING = 0.5

_LISTS = Path(__file__).parent / "lists"
_GROUP = alternatives(_LISTS / "groups.txt")
_PREDICATE = alternatives(_LISTS / "demeaning_predicates.txt")
_STEREOTYPES = Phrases.load(_LISTS / "stereotypes.tsv", {"group": _GROUP, "predicate": _PREDICATE})
# Speech against such sentences, or about rights, health and history, uses the same words.
_HARMLESS = re.compile(
    r"\b(?:stereotypes?|racis[mt]|sexis[mt]|misogyn\w*|antisemit\w*|islamophob\w*|homophob\w*|hate (?:crime|speech)|bigot\w*|myths?|wrong|no one should|nobody should|discriminat\w*|prejudice"
    r"|equality|equal|inequality|rights|empower\w*|solidarity|protect(?:ed|ing|ion)?|support(?:ing)?|genocide|holocaust|persecut\w*|killed|murdered|victims?|survivors?|history|museum|memorial|remember\w*"
    r"|celebrat\w*|study|research|report|data|charity|donate|film|series|album|song|episode|likeagirl|football|cricket|rugby|league|cup|squad|team|players?|vs|beat|olympi\w*|champions?"
    r"|accused|police|court|charged|arrested|says|said|according|at risk|more likely|less likely|in (?:poverty|crisis|danger)|need (?:help|support)|trapped|starving|fleeing|homeless)\b"
)
_DAMP = 0.35
_SUPPORT = 0.2


def judge(prepared: Prepared) -> Iterable[Finding]:
    score = prepared.scores.strengths["identity_attack"] if prepared.scores else 0.0
    found = [match for text in prepared.texts for match in _STEREOTYPES.find(text)]
    if found:
        strongest = max(found, key=lambda match: match.weight)
        sure = strongest.weight + (_SUPPORT if score >= SUPPORTING else 0.0)
        sure -= _DAMP if _HARMLESS.search(prepared.text.folded.text) else 0.0
        yield _finding(strongest.grade, tuple(sorted({match.span for match in found})), sure)
    elif score >= SURE_ALONE:
        yield _finding("score", (), score)


def _finding(grade: str, spans: tuple[Span, ...], confidence: float) -> Finding:
    message, why = _WORDS[grade]
    return Finding(
        message=message,
        why=why,
        suggestion="Speak of what somebody did, not of what a group is; irony and quotations lose their frame when shared.",
        spans=spans,
        confidence=min(0.97, max(0.0, confidence)),
        grade=grade,
    )


_WORDS = {
    "generalisation": ("This judges a whole group of people.", "The marked words say something demeaning about everyone in a group."),
    "comparison": ("This makes people smaller by a comparison.", "The marked words compare people with a group or with animals to demean them."),
    "score": ("This may demean a group of people.", "The classifier finds the whole wording hostile to a group."),
}  # fmt: skip

CHECK = Check(
    id="offensive/stereotype",
    title="Stereotype",
    judge=judge,
    languages=ENGLISH,
    default_grades=GRADES,
)
