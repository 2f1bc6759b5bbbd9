"""A joke at the expense of people for what they are: sex, origin, disability, age, size, whom they love, what they earn.

Cues are weak by themselves ("women", "back to the pots", a wheelchair, "lock up your"); together they make the old jokes,
whatever the wording. Some idioms say it alone. Grades: `sexism`, `origin`, `ability`, `age_size`, `orientation`, `class`.

Why: advertising and banter reach for these jokes first, and the people they are about are among the customers.
Flag: "so easy even your wife could fit it", "ladies, back to the pots", "count your hubcaps, the <nation> are in town".
Allow: "women in our kitchen team win the award", "step-free for wheelchairs", "sign language tour", "Pride flags are up".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from app.checks.base import Check
from app.checks.phrases import Match, Phrases, alternatives
from app.domain import Finding, Prepared, Span

GRADES = ("class", "age_size", "orientation", "ability", "origin", "sexism")
_LISTS = Path(__file__).parent / "lists"
_CUES = Phrases.load(_LISTS / "belittling.tsv", {"group": alternatives(_LISTS / "groups.txt")})
_ALONE = {
    "even_she": "sexism",
    "pretty_head": "sexism",
    "women_drivers": "sexism",
    "idiom": "sexism",
    "ableist": "ability",
    "old_fat": "age_size",
    "homophobic": "orientation",
    "class": "class",
}
_TOGETHER = tuple(
    (frozenset(cues.split()), grade, confidence)
    for cues, grade, confidence in (
        ("woman to_chores", "sexism", 0.65),
        ("woman to_chores jest", "sexism", 0.8),
        ("behind_man chores", "sexism", 0.75),
        ("behind_man jest", "sexism", 0.6),
        ("women_drivers crash", "sexism", 0.75),
        ("women_drivers jest", "sexism", 0.75),
        ("people pet_food", "origin", 0.6),
        ("people pet_food jest", "origin", 0.75),
        ("people theft", "origin", 0.6),
        ("people theft jest", "origin", 0.75),
        ("people illness", "origin", 0.65),
        ("people goat", "origin", 0.65),
        ("disability stand_pun his", "ability", 0.7),
        ("blind see_pun his", "ability", 0.6),
        ("deaf hear_pun his", "ability", 0.6),
        ("speech speak_pun his", "ability", 0.65),
        ("heavy heavy_joke", "age_size", 0.6),
        ("elderly age_joke", "age_size", 0.6),
    )
)
# Speech against such jokes, help, trades and sport use the same words.
_HARMLESS = re.compile(
    r"\b(?:stereotypes?|racis[mt]|sexis[mt]|misogyn\w*|homophob\w*|ableis[mt]|ageis[mt]|bigot\w*|bull(?:y|ied|ying)|myths?|slurs?|outdated|unacceptable|apologi[sz]e\w*|condemn\w*|discriminat\w*|equal(?:ity)?|rights"
    r"|empower\w*|pride|lgbt\w*|celebrat\w*|charity|donat\w*|rehom\w*|rescue|adopt\w*|shelter|support(?:s|ing|ed)?|support group|accessib\w*|step-free|inclusi\w*|helpline|survey|study|research\w*|report(?:s|ed)?"
    r"|chefs?|restaurants?|recipes?|bakery|cookery|catering|cafe|brigade|workshop|course|museum|exhibition|century|history|novel|film|series|episode|album|song|race|racing|grand prix|formula|rally|hgv|lorry|paralympi\w*|basketball|rugby|league"
    r"|vets?|veterinary|police|clinic|hospital|therap\w+|patients?|diagnos\w*|cerebral|paraplegia|medical|nhs|vaccin\w*)\b"
)
_QUOTED = re.compile(r"[\"“«][^\"”»]{12,}[\"”»]")
_DAMP = 0.3
_SUPPORTING = 0.5
_SUPPORT = 0.1


def judge(prepared: Prepared) -> Iterable[Finding]:
    found = [match for text in prepared.texts for match in _CUES.find(text)]
    told = {match.grade for match in found}
    alone = [(match.weight, _ALONE[match.grade], frozenset([match.grade])) for match in found if match.weight]
    joined = [(confidence, grade, cues) for cues, grade, confidence in _TOGETHER if cues <= told]
    if not alone and not joined:
        return
    sure, grade, cues = max([*alone, *joined], key=lambda joke: joke[0])
    sure += _SUPPORT if prepared.scores and prepared.scores.strengths["identity_attack"] >= _SUPPORTING else 0.0
    sure -= _DAMP if _HARMLESS.search(prepared.text.folded.text) else 0.0
    sure -= _DAMP if _QUOTED.search(prepared.text.raw) else 0.0
    yield _finding(grade, _spans(found, cues), sure)


def _spans(found: list[Match], cues: frozenset[str]) -> tuple[Span, ...]:
    return tuple(sorted({match.span for match in found if match.grade in cues}))


def _finding(grade: str, spans: tuple[Span, ...], confidence: float) -> Finding:
    return Finding(
        message=f"This makes a joke of people for {_WORDS[grade]}.",
        why="The marked words together are an old joke about a group, whatever the intention.",
        suggestion="Drop the joke: praise the product, or make fun of yourself.",
        spans=spans,
        confidence=min(0.95, max(0.0, confidence)),
        grade=grade,
    )


_WORDS = {
    "sexism": "their sex",
    "origin": "where they come from",
    "ability": "a disability",
    "age_size": "their age or size",
    "orientation": "whom they love",
    "class": "what they earn or where they live",
}

CHECK = Check(
    id="offensive/belittling",
    title="Belittling joke",
    judge=judge,
    languages=frozenset({"en", "es", "fr", "de", "pt", "it"}),
    default_grades=GRADES,
)
