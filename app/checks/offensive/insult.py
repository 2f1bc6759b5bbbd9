"""Contempt for a person: name-calling, mockery, a sneer at a customer or an opponent, with or without a swear word.

Grades: `directed` (at "you", at somebody mentioned, at these people), `reply` (in an answer to somebody).

Why: an account that insults the people it serves becomes the story, and the screenshot has the account's name on it.
Flag: "what a bunch of losers", "you are a liar @rival", in a reply: "sounds like a you problem", "learn to read".
Allow: "foolproof, even for idiots like us", "no such thing as a stupid question", "The Idiot by Dostoevsky", "sad news".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from app.checks.base import Check
from app.checks.phrases import Phrases, alternatives
from app.domain import Finding, Prepared, Span

GRADES = ("directed", "reply")
SUPPORTING = 0.9
"""score of the classifier that makes a weak cue a finding; alone it errs on news about politics"""

_LISTS = Path(__file__).parent / "lists"
_NAMES = alternatives(_LISTS / "insult_names.txt")
_ADJECTIVES = alternatives(_LISTS / "insult_adjectives.txt")
_SO = (
    r"(?:(?:an?|the|all|just|so|really|such|absolutely?|actually|literally|honestly|basically|clearly|obviously|utterly?|utter|complete(?:ly)?|total(?:ly)?|fucking|bloody|f\*+ing|truly|quite|too"
    r"|nothing but|one|little|big|sad|pathetic|stupid|lying|dirty|lazy|bunch of|load of|pack of) )"
)
_BE = r"(?:'re| are| r|'s| is|re| was| were| must be)"
_EXCEPT = r"(?! (?:if|for thinking|not to|when|enough|to miss|good|deal|sale|proof|of the|and the|in the|from the|to say|to see|free|day))"
_PARTS = {"names": _NAMES, "adjectives": _ADJECTIVES, "so": _SO, "be": _BE, "except": _EXCEPT}
_INSULTS = Phrases.load(_LISTS / "insults.tsv", _PARTS)
# Where such a word is said about things, about oneself, or in a title.
_HARMLESS = re.compile(
    r"\b(?:no such thing as|idiot'?s guide|for dummies|idiot-?proof|fool-?proof|april fools?|no fools?|fool(?:ish|s)? (?:around|not)|don't be fooled|guess we'?re|i'm (?:such )?an?|we're (?:such )?an?"
    r"|i am (?:such )?an?|call me|biggest loser|sore losers?|the muppets|muppet show|clown(?:fish|s? (?:nose|shoes|school|doctors?))|comic relief|piggy|farm|zoo|petting|guinea pigs?|episode|movie|film|novel|lyrics?"
    r"|album|song|trailer|season \d|character|villain|out now|box office|bbc\w*|bully(?:ing)? (?:awareness|prevention|helpline)|anti-bullying|animal (?:shelter|rescue|welfare|planet))\b"
)
_QUOTED = re.compile(r"[\"“«][^\"”»]{12,}[\"”»]|^['‘].{12,}['’]")
"""somebody else's words"""
_DAMP = 0.35
_SUPPORT = 0.15


def judge(prepared: Prepared) -> Iterable[Finding]:
    score = prepared.scores.strengths["insult"] if prepared.scores else 0.0
    answering = prepared.reply_to is not None or prepared.draft.kind == "reply"
    found = [match for text in prepared.texts for match in _INSULTS.find(text) if answering or match.grade != "reply"]
    if found:
        sure = max(match.weight for match in found) + (_SUPPORT if score >= SUPPORTING else 0.0)
        sure -= _DAMP if _HARMLESS.search(prepared.text.folded.text) else 0.0
        sure -= _DAMP if _QUOTED.search(prepared.text.raw) else 0.0
        yield _finding("reply" if answering else "directed", tuple(sorted({match.span for match in found})), sure)


def _finding(grade: str, spans: tuple[Span, ...], confidence: float) -> Finding:
    message, why = _WORDS[grade]
    return Finding(
        message=message,
        why=why,
        suggestion="Answer the matter without judging the person, or leave it.",
        spans=spans,
        confidence=min(0.97, max(0.0, confidence)),
        grade=grade,
    )


_WORDS = {
    "directed": ("This insults somebody.", "The marked words call people names or speak of them with contempt."),
    "reply": ("This answers somebody with contempt.", "The marked words belittle the person who is answered."),
}  # fmt: skip

CHECK = Check(
    id="offensive/insult",
    title="Insult",
    judge=judge,
    languages=frozenset({"en", "es", "fr", "de", "pt", "it"}),
    default_grades=GRADES,
)
