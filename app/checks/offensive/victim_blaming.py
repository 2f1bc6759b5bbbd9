"""Blame or a joke laid on the victim of violence: what she wore, what he should have known, consent as a game.

Grades: `blame` (the victim's dress, drink or conduct), `doubt` (a report of violence answered with disbelief or a joke),
`consent` (refusal as something to overcome), `appraisal` (people's worth by their looks).

Why: survivors read it first, and warnings about crime turn against the people they should protect.
Flag: "if you don't want trouble, don't dress for it", answering a report of assault with "sure it wasn't just banter?".
Allow: "her clothes were not an invitation", "if you were attacked, call 101", "won't take no for an answer on recycling".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from app.checks.base import ENGLISH, Check
from app.checks.phrases import Phrases
from app.domain import Finding, Prepared, Span

GRADES = ("appraisal", "consent", "doubt", "blame")

_PHRASES = Phrases.load(Path(__file__).parent / "lists" / "victim_blaming.tsv")
_ALONE = {"blame": 0.4, "doubt": 0.3, "consent": 0.75, "appraisal": 0.6}
"""confidence where nothing else speaks of violence"""
_COMPLETE = 0.95
"""weight of a phrase that names both the conduct and the harm"""
_VIOLENCE = re.compile(
    r"\b(?:rap(?:e|ed|ist)|assault\w*|abus\w*|attack\w*|harass\w*|grop\w*|molest\w*|mugg\w*|robb\w*|beat(?:en)?|violen\w*|stalk\w*|victims?|survivors?|hit (?:me|her|him)|burgl\w*|stolen|spik\w+)\b"
)
_AGAINST = re.compile(
    r"\b(?:never (?:an? |the )?(?:excuse|your fault|asking|ok|okay|the victim)|not (?:an excuse|your fault|her fault|their fault|asking for)|no excuse|no one (?:is|was|deserves|asks)|nobody (?:deserves|asks|is)|isn't (?:an excuse|your fault|asking)"
    r"|wasn't your fault|don't (?:ask|blame|say)|stop (?:asking|blaming)|believe (?:her|him|them|survivors|women)|we believe|helpline|support is available|victim[- ]blam\w+|myths?|consent (?:is|means|matters))\b"
)


def judge(prepared: Prepared) -> Iterable[Finding]:
    found = [match for text in prepared.texts for match in _PHRASES.find(text)]
    if not found:
        return
    grade = max((match.grade for match in found), key=GRADES.index)
    said = prepared.text.folded.text
    answered = prepared.reply_to.folded.text if prepared.reply_to else ""
    violence = _VIOLENCE.search(said) is not None or _VIOLENCE.search(answered) is not None
    strongest = max(match.weight for match in found)
    sure = strongest if violence or strongest >= _COMPLETE else _ALONE[grade]
    sure -= 0.5 if _AGAINST.search(said) else 0.0
    yield _finding(grade, tuple(sorted({match.span for match in found})), max(0.0, sure))


def _finding(grade: str, spans: tuple[Span, ...], confidence: float) -> Finding:
    message, why = _WORDS[grade]
    return Finding(
        message=message,
        why=why,
        suggestion="Address the people who do harm, offer help to those who suffer it, and leave looks and jokes out.",
        spans=spans,
        confidence=confidence,
        grade=grade,
    )


_WORDS = {
    "blame": ("This puts the blame on the victim.", "The marked words make the victim's dress, drink or conduct the cause."),
    "doubt": ("This doubts or mocks somebody who speaks of violence.", "The marked words question a report of violence or turn it into a joke."),
    "consent": ("This makes light of consent.", "The marked words treat a refusal or somebody's body as a game."),
    "appraisal": ("This rates people by their looks.", "The marked words measure people's worth or safety by their looks."),
}  # fmt: skip

CHECK = Check(
    id="offensive/victim_blaming", title="Victim blaming", judge=judge, languages=ENGLISH, default_grades=GRADES
)
