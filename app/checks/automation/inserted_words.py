"""Words of somebody else that a script, or haste, puts into the account's own sentence.

What the draft takes over from the post that it answers or quotes is judged as if the account had said it. Grades: `vile` (a
slur, an obscenity, hatred, a wish of harm), `mocking` (an insult to the account itself, repeated with thanks or delight), `coarse` (a coarse order, drugs or a crime as a joke), `claim`
(that its product cured somebody, or took the place of their medicine).

Why: people feed such scripts on purpose, and the screenshot shows the account saying it.
Flag: "Thanks for your kind words: “worst airline ever”!", "Here's your personalised shirt: GAS THE …", "We love this: thieves, all
of them 💛" under a post that says so.
Allow: words quoted to object or to apologise ("You called our drivers “morons”. That's not OK.", "Sorry that it felt like a
scam"), the user's harmless words, the same word said by the account about something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

from app.checks import vileness
from app.checks.base import Check, NotApplicable
from app.checks.matching import find
from app.checks.wordlists import load_patterns
from app.domain import Finding, Prepared, Span, Text

_PHRASES = load_patterns(Path(__file__).with_name("lists") / "inserted_words.txt")
_HATE, _MOCKING, _COARSE, _CLAIM, _FRAME, _OBJECTS = (
    _PHRASES[name] for name in ("hate", "mocking", "coarse", "claim", "frame", "objects")
)
_QUOTES = re.compile(r"[\"“„«‘'][^\"“”„«»\n]{2,300}?[\"”“»’'](?!\w)")
_SET_OFF = re.compile(r"(?:(?<=: )|(?<=#))[^\n.!?:]{2,60}|(?<!\w)[A-Z]{3,}(?: [A-Z]{2,}){0,5}(?!\w)")
_MOST_PARTS = 50
_RUN = 3
"""words in a row that nobody takes over by chance"""
_CHEER = re.compile(
    "[\U0001f389\U0001f38a\U0001f60a\U0001f60d\U0001f970\U0001f973\U0001f929\U0001f64c\U0001f44f\U0001f49b\u2764\U0001f499\U0001f495]"
)


def judge(prepared: Prepared) -> Iterable[Finding]:
    theirs = [text for text in (prepared.reply_to, prepared.quoted) if text is not None]
    if not theirs:
        raise NotApplicable("the draft answers and quotes no post")
    ours = prepared.text
    taken = _taken_over(ours, theirs)
    if 1 not in taken or _OBJECTS.is_in(ours):
        return
    for grade, spans in (
        ("vile", _vile(ours, theirs)),
        ("mocking", _mocking(ours, taken)),
        ("coarse", find(_COARSE, ours)),
        ("claim", find(_CLAIM, ours)),
    ):
        if within := tuple(span for span in spans if _is_within(span, taken)):
            yield _finding(grade, within)
            return


def _taken_over(ours: Text, theirs: Sequence[Text]) -> bytearray:
    """Which letters of the draft belong to words that stand in the other post too: three and more in a row, all of a
    quotation, or what is set off by a colon or by capitals, as a script sets in a name or a wish."""
    taken = bytearray(len(ours.raw))
    words = [token.folded for token in ours.tokens]
    runs = {run for text in theirs for run in _runs([token.folded for token in text.tokens])}
    for at, run in enumerate(_runs(words)):
        if run in runs:
            start, end = ours.tokens[at].start, ours.tokens[at + _RUN - 1].end
            taken[start:end] = b"\x01" * (end - start)
    known = [f" {_joined(text.raw)} " for text in theirs]
    for match in islice(chain(_QUOTES.finditer(ours.raw), _SET_OFF.finditer(ours.raw)), _MOST_PARTS):
        part = _joined(match[0])
        if part and any(f" {part} " in each for each in known):
            taken[match.start() : match.end()] = b"\x01" * len(match[0])
    return taken


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[offset:] for offset in range(_RUN)), strict=False)


def _joined(raw: str) -> str:
    return " ".join(re.findall(r"\w+(?:'\w+)*", raw.casefold().replace("’", "'")))


def _vile(ours: Text, theirs: Sequence[Text]) -> Iterator[Span]:
    yield from find(_HATE, ours)
    known = " ".join(text.raw.casefold() for text in theirs)
    for degree, span, words in vileness.spans(ours, ours.language):
        if degree == "vile" and words in known:
            yield span


def _mocking(ours: Text, taken: bytearray) -> tuple[Span, ...]:
    """Insults among the words taken over, where the words around them thank, greet or rejoice."""
    found = tuple(span for span in find(_MOCKING, ours) if _is_within(span, taken) and not _is_name(span, ours.raw))
    if not found:
        return ()
    framed = any(not _is_within(span, taken) for span in find(_FRAME, ours)) or _CHEER.search(ours.raw) is not None
    return found if framed else ()


def _is_name(span: Span, raw: str) -> bool:
    """The Killers are a band."""
    before = raw[: span.start].rstrip()
    return raw[span.start].isupper() and raw[span.start + 1].islower() and before[-3:].casefold() == "the"


def _is_within(span: Span, taken: bytearray) -> bool:
    return 1 in taken[span.start : span.end]


def _finding(grade: str, spans: tuple[Span, ...]) -> Finding:
    message, why, confidence = _WORDING[grade]
    return Finding(
        message=message,
        why=why,
        suggestion="Say it in your own words, or leave it out; check what the script may take over.",
        spans=spans,
        confidence=confidence,
        grade=grade,
    )


_WORDING = {
    "vile": (
        "This repeats something vile that somebody else wrote, in your own sentence.",
        "The marked words stand in the post that you answer or quote, and nothing here objects to them.",
        0.9,
    ),
    "mocking": (
        "This thanks somebody with their own insult to you.",
        "The marked words stand in the post that you answer or quote, and your sentence is pleased with them.",
        0.8,
    ),
    "coarse": (
        "This repeats something coarse or criminal that somebody else wrote, in your own sentence.",
        "The marked words stand in the post that you answer or quote, as people write them to see a script say them.",
        0.8,
    ),
    "claim": (
        "This says in your own sentence what somebody else says that your product cures.",
        "The marked words stand in the post that you answer or quote; said by you, they are a health claim.",
        0.8,
    ),
}  # fmt: skip

CHECK = Check(
    id="automation/inserted_words",
    title="Somebody else's words in the account's own sentence",
    judge=judge,
    default_grades=("vile", "mocking", "coarse", "claim"),
    sources=("surge-ai/profanity (MIT)", "dsojevic/profanity-list (MIT)", "LDNOOBW (CC BY 4.0)"),
)
