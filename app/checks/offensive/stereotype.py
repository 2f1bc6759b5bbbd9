"""A group judged as a whole: where women belong, what immigrants are like, somebody who moves "like a <group>".

Grades: `generalisation` (a group and a demeaning predicate), `comparison` ("like a …", people as animals), `score` (the
classifier alone is nearly sure).

Why: a sweeping sentence about a group insults everyone in it, also as irony, a quotation or the start of a thread.
Flag: "girls can't park", "immigrants are all thieves", "he haggles like a <group>", "go back to your own country".
Allow: "women can't be ignored in research", "Muslims are celebrating Eid", "immigrants built this city", "play like a girl!".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from app.checks.base import ENGLISH, Check
from app.checks.lexicon import alternatives
from app.checks.matching import words
from app.domain import Finding, Prepared, Span, Text

GRADES = ("score", "comparison", "generalisation")
SURE_ALONE = 0.9
SUPPORTING = 0.5

_LISTS = Path(__file__).parent / "lists"
_GROUP = alternatives(_LISTS / "groups.txt")
_PREDICATE = alternatives(_LISTS / "demeaning_predicates.txt")
_ANY_GROUP = words(_GROUP)
_GENERALISATIONS = (
    (
        words(
            rf"{_GROUP}(?: (?:drivers?|bosses|people|today|these days|who \w+ \w+))?(?:,? (?:they|all|always|never|just|only|really|simply|basically|mostly))? {_PREDICATE}"
        ),
        0.75,
    ),
    (words(rf"\d+(?:\.\d+)?(?:-\d+)? ?%? of (?:all |the )?{_GROUP} (?:are|is|were|commit)"), 0.6),
    (
        words(
            rf"(?:typical|bloody|fucking|f\*+ing|dirty|filthy|lazy|damn|barbaric|hordes? of|too many|so many|fed up (?:with|of)|sick of|hate|deport|ban) (?:the |these |those |all |\w+(?:,? and|,) )?{_GROUP}(?! (?:day|history|month|festival|food|restaurant|community|of the world))"
        ),
        0.6,
    ),
    (
        words(
            rf"(?:keep|send|put|kick|throw|ship) (?:the |these |those |all )?{_GROUP} (?:out|back|home|in (?:the|their)|away|off)"
        ),
        0.8,
    ),
    (
        words(
            r"go back to (?:your|their|his|her) (?:own )?(?:country|countries)|go back (?:to )?where (?:you|they|he|she) c[oa]mes? from|back to the (?:kitchen|jungle|trees|zoo|caves?)|know (?:your|her|their) place|(?:make|making|made) me a sandwich|only good for (?:\w+ing|one thing)|speak english or|we(?:'re| are) full|not (?:a )?real (?:women|woman|men|man|americans?|british)"
        ),
        0.75,
    ),
)
_MONEY = r"(?:money|coins?|bankers?|banking|wallets?|shekels|greedy|media|world bank|gold)"
_COMPARISONS = (
    (words(rf"(?:\w+s|\w+ing|\w+ed|\w+) like (?:an? |some |the )(?:\w+ )?{_GROUP}(?= (?:with|at|on|in|after|when)\b|[.!?,…]|$| and\b)"), 0.45),
    (words(r"(?:like|as) (?:an? )?(?:jews?|jewish \w+|black m[ae]n|blacks?|chinam[ae]n|gyps(?:y|ies)|mexicans?|indians?|arabs?|muslims?|pol[ae]s?k?|irishm[ae]n|nigerians?|africans?|retard\w*|tranny|homos?|terrorists?|suicide bombers?)(?= (?:with|at|on|in|after|when)\b|[.!?,…]|$| and\b)"), 0.75),
    (words(rf"jew(?:s|ish)?\b.{{0,40}}\b{_MONEY}|{_MONEY}\b.{{0,40}}\bjew(?:s|ish)?"), 0.55),
    (words(r"(?:these|those|such|bunch of|pack of|like|hordes? of|bloody|fucking) (?:\w+ )?(?:monkeys|apes|baboons|animals|savages|rats|cockroaches|vermin|barbarians|primitives|insects|locusts|dogs)\b(?=.*\b(?:educat\w+|manners|class|cultured?|respect|civili[sz]ed|vot(?:e|es|ed|ers|ing)|jobs?|benefits|our (?:streets|country|beaches|cit(?:y|ies)|neighbou?rhoods?)|litter\w*|riot\w*|loot\w*|protest\w*|migrants?|immigrants?|released|allowed (?:in|on|near|to)|breed\w*|country|drunk|parliament|congress|fans?|supporters?))"), 0.75),
    (words(rf"(?:nazis?|hitler|terrorists?|extremists?|isis|rapists?)\b.{{0,60}}\b{_GROUP}|{_GROUP}\b.{{0,60}}\b(?:nazis|extremists|terrorists|rapists|gang-?rap\w+)"), 0.35),
    (words(r"black-?face|yellow-?face|brown-?face|(?:slant(?:ed|y)?|squint(?:ed|y)?) eyes"), 0.6),
)  # fmt: skip
# Speech against such sentences, or about rights, health and history, uses the same words.
_HARMLESS = re.compile(
    r"\b(?:stereotypes?|racis[mt]|sexis[mt]|misogyn\w*|antisemit\w*|islamophob\w*|homophob\w*|hate (?:crime|speech)|bigot\w*|myths?|wrong|no one should|nobody should|discriminat\w*|prejudice"
    r"|equality|equal|inequality|rights|empower\w*|solidarity|protect(?:ed|ing|ion)?|support(?:ing)?|genocide|holocaust|persecut\w*|killed|murdered|victims?|survivors?|history|museum|memorial|remember\w*"
    r"|celebrat\w*|study|research|report|data|charity|donate|film|series|album|song|episode|likeagirl|football|cricket|rugby|league|cup|squad|team|players?|vs|beat|olympi\w*|champions?"
    r"|accused|police|court|charged|arrested|says|said|according|at risk|more likely|less likely|in (?:poverty|crisis|danger)|need (?:help|support)|trapped|starving|fleeing|homeless)\b"
)
_DAMP = 0.35


def judge(prepared: Prepared) -> Iterable[Finding]:
    score = prepared.scores["identity_attack"] if prepared.scores else 0.0
    found = [cue for text in prepared.texts for cue in _cues(text)]
    if found:
        grade, _, sure = max(found, key=lambda cue: cue[2])
        sure += 0.2 if score >= SUPPORTING else 0.0
        sure -= _DAMP if _HARMLESS.search(prepared.text.folded.text) else 0.0
        yield _finding(grade, tuple(span for _, span, _ in found), sure)
    elif score >= SURE_ALONE:
        yield _finding("score", (), score)


def _cues(text: Text) -> Iterator[tuple[str, Span, float]]:
    folded = text.folded.text
    for pattern, sure in _GENERALISATIONS:
        yield from (("generalisation", text.span(*match.span()), sure) for match in pattern.finditer(folded))
    for pattern, sure in _COMPARISONS:
        yield from (("comparison", text.span(*match.span()), sure) for match in pattern.finditer(folded))


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
    needs_scores=True,
    default_grades=GRADES,
)
