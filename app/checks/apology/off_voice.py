"""An apology that doesn't sound like this account, or not like an apology.

Grades: `boardroom` (the language of lawyers and press offices), `play` (jokes, party emoji, slang; of a playful account only where
the draft speaks of something grave),
`sell` (an offer within it), `hidden` (an organisation that speaks as “I” and doesn't say who).

Why: a changed voice reads as somebody else's text, written to get through. A joke or an offer says that it isn't meant.
Flag: "we take this matter extremely seriously and remain committed to the highest standards"; "oopsie, our bad 😂 (about a death)";
"sorry! Enjoy 20% off with code SORRY"; "I'm sorry" from a bank's account, unsigned.
Allow: a playful account that is playful about a typo; a ministry that is formal; "I am sorry. Anna Berg, editor".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from app.checks.apology import _reading
from app.checks.base import ENGLISH, Check
from app.domain import Finding, Prepared, Span

_EMOJI = frozenset("😂🤣😆😹😜😝😛🤪😉😏😈😅😁😎😋🤭🎉🥳🎊🙈🙊🤷🤡💀😬🫠🔥💯🚀✨")
_I = re.compile(r"(?<![\w'’])[Ii](?:['’](?:m|ve|d|ll))?(?![\w'’])")
_QUOTED = re.compile(r"[“\"][^“”\"\n]*[”\"]")
_SIGNED = re.compile(
    r"(?:[\n.!?,–—^/(-]) {0,3}(?!I\b)[A-Z][\w'’-]{1,30}(?: (?:and |& )?[A-Z][\w'’.-]{0,30}){0,3}(?:[,(] ?[\w'’ &.-]{2,60}\)?)?[^\w]{0,5}\Z"
)
"""a name at the end"""
_LAST = 200
"""characters in which a signature stands"""
_INTRODUCED = re.compile(
    r"\b(?:I'm|I’m|I am|my name is|this is|it's|it’s) (?:[A-Z][a-z]+\b|the (?:owner|editor|director|head|manager|founder|mayor))"
    r"|\b(?:CEO|editor-in-chief|managing director)\b"
)
_PLAYFUL = frozenset(
    {"playful", "funny", "witty", "cheeky", "humorous", "irreverent", "quirky", "silly", "sassy", "casual"}
)
_ENOUGH = 2
"""places of press-office language; one slips in anywhere"""


def judge(prepared: Prepared) -> Iterable[Finding]:
    reading = _reading.of(prepared)
    tone = _tones(prepared)
    if len(spans := reading.read("boardroom")) >= (1 if tone & _PLAYFUL else _ENOUGH):
        yield _finding("boardroom", spans)
    spans = reading.read("play") + _emoji(prepared)
    if spans and (not tone & _PLAYFUL or reading.has("grave")):
        yield _finding("play", spans)
    if spans := reading.read("sell"):
        yield _finding("sell", spans)
    if prepared.is_organisation and (spans := _unsigned(prepared)):
        yield _finding("hidden", spans)


def _tones(prepared: Prepared) -> set[str]:
    """The words by which the account states its voice."""
    stated = [value for value in prepared.account.voice.values() if isinstance(value, str)]
    return {word.strip(",.;").casefold() for value in stated for word in value.split()}


def _emoji(prepared: Prepared) -> tuple[Span, ...]:
    emoji = prepared.text.entities_of("emoji")
    return tuple(Span(each.start, each.end, "text") for each in emoji if each.text[0] in _EMOJI)


def _unsigned(prepared: Prepared) -> tuple[Span, ...]:
    """Where an “I” speaks that nobody signs; what is quoted is somebody else's."""
    text = prepared.text
    if _SIGNED.search(text.raw[-_LAST:]) or _INTRODUCED.search(text.raw):
        return ()
    own = _QUOTED.sub(lambda quote: " " * len(quote[0]), text.raw)
    return tuple(Span(*match.span(), text.field) for match in islice(_I.finditer(own), 3))


def _finding(grade: str, spans: tuple[Span, ...]) -> Finding:
    message, why, suggestion = _WORDING[grade]
    return Finding(message, why, suggestion, spans=spans, confidence=0.75, grade=grade)


_WORDING = {
    "boardroom": (
        "This is the language of a press office.",
        "The marked words are said in every statement, and nobody says them to a person.",
        "Say it as you would to somebody whom it hurt and who stands before you.",
    ),
    "play": (
        "This jokes in an apology.",
        "The marked words or signs are playful; whoever was hurt doesn't laugh with you.",
        "Take them out.",
    ),
    "sell": (
        "This sells something in an apology.",
        "The marked words are an offer or a call to buy.",
        "Take the offer out. What makes good goes to those concerned, and not to everybody.",
    ),
    "hidden": (
        "An organisation speaks as “I” here, and nobody signs.",
        "The marked words are a person's, and the text doesn't say whose.",
        "Write “we”, or sign with the name and office of the person who speaks.",
    ),
}  # fmt: skip

CHECK = Check(
    id="apology/off_voice",
    title="Apology that is off the account's voice",
    judge=judge,
    languages=ENGLISH,
    default_grades=("default", "boardroom", "play", "sell", "hidden"),
)
