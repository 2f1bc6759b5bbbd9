"""A draft that says of itself that it must not go out: embargoes that still run, and marks of confidentiality.

Why: the label shows that somebody pasted a text that was not written for the public, or scheduled it too early; an
embargo that is broken loses a newsroom its sources, and listed companies answer for what they publish before its time.
Flag: "EMBARGOED UNTIL 00:01 GMT, 12 March 2026: ..." before that time, "Sperrfrist: 12.03.2026, 10 Uhr", "HOLD FOR RELEASE: ...",
"not for web or print before ...", "[INTERNAL ONLY]", "streng vertraulich", "not for distribution", "shared under NDA", "privileged and
confidential", the footer of a confidential letter, "don't tell the staff yet".
Allow: an embargo whose time has come by the moment the draft goes out (a note: the label is a leftover), an arms embargo,
"the review embargo lifts on Tuesday", "all calls are confidential", "we signed the NDA", "don't tell anyone, but our sale starts early",
news about a leaked confidential report, film titles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from app.checks.base import Check
from app.checks.phrases import Match, Phrases
from app.checks.private_information._release_time import release_time
from app.checks.wordlists import load_patterns
from app.domain import Finding, Prepared, Span, Text

_LISTS = Path(__file__).with_name("lists")
_MARKERS = Phrases.load(_LISTS / "not_for_release.tsv")
_PHRASES = load_patterns(_LISTS / "not_for_release.txt")
_BEFORE = re.compile(r"(?:^|[\n\r]|[.!?:|]\s|[\[(*_#⚠🔒🚫⛔❌‼️🔴\-–—]\s?)[\s*_#>\"'“\[(⚠🔒🚫⛔❌‼️🔴]*\Z")
"""how a heading or a label begins"""
_AFTER = re.compile(r"[*_\"'”]{0,3}\s?(?:[:;!\])|–—\n]|-\s|\s\d|\.(?:\s|\Z)|\s*\Z)")
_PREDICATE = re.compile(
    r"(?:\b(?:calls?|conversations?|applications?|chats?|service|services|support|advice|enquir(?:y|ies)|responses?|answers?|data|details|records?|information|feedback|anonymous|free|reports?|identit(?:y|ies)|identity|sessions?"
    r"|treated|remains?|kept|handled|completely|totally|fully|100 ?%|everything|always|help(?:line)?|counsell?ing|testing|tests?|und|and|bleib\w*|behandel\w*|gratuit\w*|anonym\w*|kostenlos|y|et|e|en)\b[\s,]*(?:(?:is|are|be|as|and|remain|stay|will be|ist|sind|est|sont|es|son|è|sono|é|são|absolut|streng|strictly)\b\s*){0,3})\Z",
    re.IGNORECASE,
)
"""what is confidential in a sentence about a helpline or a survey"""
_EMBARGO = re.compile(r"embarg|sperrfrist|release", re.IGNORECASE)
_NEAR = 60
_WHEN = 90
"""characters behind a marker that may tell the time"""


def judge(prepared: Prepared) -> Iterable[Finding]:
    for text in prepared.texts:
        for marker in _markers(text):
            yield _embargo(marker, text, prepared) if marker.grade == "embargo" else _confidential(marker.span)
            break


def _markers(text: Text) -> Iterator[Match]:
    """Those that count, the first of them first."""
    found = sorted(_MARKERS.find(text), key=lambda marker: (marker.span.start, -marker.span.end))
    if not found or _PHRASES["politics"].is_in(text):
        return
    for marker in found:
        heading = _is_heading(marker.span, text)
        if marker.grade == "letter":
            yield marker._replace(grade="confidential")
        elif marker.grade == "bracket":
            if _is_bracketed(marker.span, text):
                yield marker._replace(grade="embargo")
        elif marker.grade == "marker":
            dated = text.raw[marker.span.start : marker.span.end].casefold().startswith("for release")
            if heading or (dated and _begins(marker.span, text)):
                yield marker._replace(
                    grade="embargo" if _EMBARGO.search(text.raw, *marker.span[:2]) else "confidential"
                )
        elif heading or not _is_told(marker, text):
            yield marker


def _is_bracketed(span: Span, text: Text) -> bool:
    """In brackets or capitals: else people speak of somebody's embargo."""
    words = text.raw[span.start : span.end]
    return text.raw[max(0, span.start - 1) : span.start] in ("(", "[") or words == words.upper()


def _is_heading(span: Span, text: Text) -> bool:
    """A label: at the beginning of a line or sentence or in brackets, and cut off from what follows."""
    return _begins(span, text) and _AFTER.match(text.raw, span.end) is not None


def _begins(span: Span, text: Text) -> bool:
    return _BEFORE.search(text.raw[max(0, span.start - 20) : span.start]) is not None


def _is_told(marker: Match, text: Text) -> bool:
    """Words about somebody else's secret, about a title, or about what a service keeps to itself."""
    raw, span = text.raw, marker.span
    before = raw[max(0, span.start - _NEAR) : span.start]
    quoted = before[-1:] in "\"“„«‘'" and before != ""
    if quoted or _PREDICATE.search(before) or _PHRASES["told"].search(before.casefold()):
        return True
    return marker.grade == "confidential" and _PHRASES["titled"].search(before.casefold()) is not None


def _embargo(marker: Match, text: Text, prepared: Prepared) -> Finding:
    behind = (
        text.raw[marker.span.start : marker.span.end + _WHEN]
        .casefold()
        .replace("ä", "a")
        .replace("é", "e")
        .replace("û", "u")
        .replace("ç", "c")
    )
    account, now = prepared.account, prepared.moment.now
    until = release_time(behind, now, zone=account.timezone, regions=account.regions)
    if _PHRASES["lifted"].is_in(text) or (until is not None and until <= now):
        return Finding(
            message="The draft still carries the label of an embargo that is over.",
            why="The marked words are a label for the press, and the time they name has come when the draft goes out.",
            suggestion="Take the label out.",
            spans=(marker.span,),
            confidence=0.8,
            grade="lifted",
        )
    when = f"until {until:%d %B %Y, %H:%M} {until:%Z}" if until is not None else "and no day that has passed is named"
    return Finding(
        message="This is under embargo when it goes out.",
        why=f"The marked words forbid it {when}.",
        suggestion="Schedule it for after the embargo, and take the label out.",
        spans=(marker.span,),
        confidence=0.9,
        grade="embargo",
        evidence={"until": until.isoformat()} if until is not None else {},
    )


def _confidential(span: Span) -> Finding:
    return Finding(
        message="The draft says of itself that it is not for the public.",
        why="The marked words are a label of confidential texts.",
        suggestion="Check that this is the text you meant, and that everything in it may be public; then take the label out.",
        spans=(span,),
        confidence=0.9,
        grade="confidential",
    )


CHECK = Check(
    id="private_information/not_for_release",
    title="Embargoed or confidential text",
    judge=judge,
    default_grades=("embargo", "confidential", "lifted"),
    sources=(
        "FIRST, Traffic Light Protocol 2.0: https://www.first.org/tlp/",
        "EU Market Abuse Regulation (EU) 596/2014, articles 7 and 17",
        "GOV.UK, Government Security Classifications Policy",
    ),
)
