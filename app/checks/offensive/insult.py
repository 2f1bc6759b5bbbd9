"""Contempt for a person: name-calling, mockery, a sneer at a customer or an opponent, with or without a swear word.

Grades: `directed` (at "you", at somebody mentioned, at these people), `reply` (in an answer to somebody), `score` (the
classifier alone is nearly sure).

Why: an account that insults the people it serves becomes the story, and the screenshot has the account's name on it.
Flag: "what a bunch of losers", "you are a liar @rival", in a reply: "sounds like a you problem", "learn to read".
Allow: "foolproof, even for idiots like us", "no such thing as a stupid question", "The Idiot by Dostoevsky", "sad news".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from app.checks.base import ENGLISH, Check
from app.checks.lexicon import alternatives
from app.checks.matching import words
from app.domain import Finding, Prepared, Span, Text

GRADES = ("score", "directed", "reply")
SURE_ALONE = 0.9
"""score above which the classifier needs no cue; from its quantiles on ordinary posts"""
SUPPORTING = 0.5
"""score that makes a weak cue a finding"""

_LISTS = Path(__file__).parent / "lists"
_NAMES = alternatives(_LISTS / "insult_names.txt")
_ADJECTIVES = alternatives(_LISTS / "insult_adjectives.txt")
_SO = (
    r"(?:(?:an?|the|all|just|so|really|such|absolutely?|utterly?|utter|complete(?:ly)?|total(?:ly)?|fucking|bloody|f\*+ing|truly|quite|too"
    r"|nothing but|one|little|big|sad|pathetic|stupid|lying|dirty|lazy|bunch of|load of|pack of) )"
)
_BE = r"(?:'re| are| r|'s| is|re| was| were| must be)"
_EXCEPT = r"(?! (?:if|for thinking|not to|when|enough|to miss|good|deal|sale|proof|of the|and the|in the|from the|to say|to see|free|day))"
_WHO = r"(?:he|she|they|everyone|everybody|@\w+|\w+ (?:drivers?|customers?|voters?|people|staff|teachers?|mps?))"
_DIRECTED = tuple(
    (words(pattern), confidence)
    for pattern, confidence in (
        (rf"(?:you|u|ya|y'all|you lot|you people|you guys){_BE} {_SO}{{0,4}}(?:{_NAMES}|{_ADJECTIVES}){_EXCEPT}", 0.75),
        (rf"(?:you|ur) {_SO}{{0,3}}{_NAMES}{_EXCEPT}", 0.75),
        (rf"{_WHO}{_BE} {_SO}{{0,4}}{_NAMES}{_EXCEPT}", 0.6),
        (
            rf"(?:these|those|(?:bunch|pack|shower|load|lot) of|what an?|absolute|utter|complete|total|fucking|bloody) {_SO}{{0,2}}{_NAMES}{_EXCEPT}",
            0.6,
        ),
        (alternatives(_LISTS / "insult_phrases.txt"), 0.75),
    )
)
_SNEER = words(alternatives(_LISTS / "sneers.txt"))
_MOCKING = re.compile("[🙄🤡🖕]")
# Where such a word is said about things, about oneself, or in a title.
_HARMLESS = re.compile(
    r"\b(?:no such thing as|idiot'?s guide|for dummies|idiot-?proof|fool-?proof|april fools?|no fools?|fool(?:ish|s)? (?:around|not)|don't be fooled|guess we'?re|i'm (?:such )?an?|we're (?:such )?an?"
    r"|i am (?:such )?an?|call me|biggest loser|sore losers?|the muppets|muppet show|clown(?:fish|s? (?:nose|shoes|school|doctors?))|comic relief|piggy|farm|zoo|petting|guinea pigs?|episode|movie|film|novel|lyrics?"
    r"|album|song|trailer|season \d|character|villain|out now|box office|bbc\w*|bully(?:ing)? (?:awareness|prevention|helpline)|anti-bullying|animal (?:shelter|rescue|welfare|planet))\b"
)
_DAMP = 0.35


def judge(prepared: Prepared) -> Iterable[Finding]:
    score = prepared.scores["insult"] if prepared.scores else 0.0
    answering = prepared.reply_to is not None or prepared.draft.kind == "reply"
    found = [cue for text in prepared.texts for cue in _cues(text, answering)]
    if found:
        sure = max(confidence for _, confidence in found) + (0.15 if score >= SUPPORTING else 0.0)
        sure -= _DAMP if _HARMLESS.search(prepared.text.folded.text) else 0.0
        yield _finding("reply" if answering else "directed", tuple(span for span, _ in found), sure)
    elif score >= SURE_ALONE:
        yield _finding("score", (), score)


def _cues(text: Text, answering: bool) -> Iterator[tuple[Span, float]]:
    folded = text.folded.text
    for pattern, confidence in _DIRECTED:
        yield from ((text.span(*match.span()), confidence) for match in pattern.finditer(folded))
    if answering:
        yield from ((text.span(*match.span()), 0.65) for match in _SNEER.finditer(folded))
        yield from ((text.span(*match.span()), 0.5) for match in _MOCKING.finditer(folded))


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
    "score": ("This sounds insulting.", "The classifier finds the whole wording insulting, though no single word stands out."),
}  # fmt: skip

CHECK = Check(
    id="offensive/insult", title="Insult", judge=judge, languages=ENGLISH, needs_scores=True, default_grades=GRADES
)
