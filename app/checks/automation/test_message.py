"""Test messages sent to the live account.

Why: followers wonder whether the account was hacked, and the screenshot stays.
Flag: "test", "Testing 123", "this is a test post please ignore", "asdfgh", "new tool test, ignore", "Dies ist nur ein Test, bitte ignorieren".
Allow: posts about tests ("Covid test centres open", "Test Match, day two", "we're testing a new oven"), a test of an alert
system that is announced with its time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from app.checks.automation import _quoting
from app.checks.base import Check
from app.checks.wordlists import load_sections
from app.domain import Finding, Prepared, Span, Text

_PHRASES = load_sections(Path(__file__).with_name("lists") / "test_message.txt")
_IGNORE = _PHRASES["ignore"]
_ANNOUNCED = _PHRASES["announced"]
_WHOLE = re.compile(
    r"(?:(?:hello|hi|hey|sorry|(?:please |pls )?(?:ignore|disregard))[,.! ]+)?(?:nur |solo |juste |only |scheduled |quick |another |lorem )?(?:ein |un |una |um )?(?:this is (?:just |only )?a )?(?:just )?(?:a )?[#\[(]?(?:t+est+(?:ing|e|s)?|is this (?:thing )?(?:on|working)|does this work|mic check|prueba|probando|essai|prova|tst|dummy post|hello world)"
    r"(?:[ .,!?…()\[\]#:-]*(?:test(?:ing|e|s)?|tweet|post|message|only|scheduled|scheduling|scheduler|queue|tool|api|the|new|our|posting|de|publicacion|publication|ignorar|ignoren|ignorez|ignorieren|bitte|svp|merci|por favor|disregard|delete|\d{1,3}|v\d|one|two|three|again|please|pls|ignore|do not publish|check|mic|prueba|probando"
    r"|uno|dos|tres|eins|zwei|drei|un|deux|trois|prova|hello|world|a|b|c|is this (?:thing )?(?:on|working|live)|does this work|can you (?:see|hear) (?:this|me)|from (?:my )?\w{1,20}|later|lorem|ipsum|via \w{1,20}))*[ .!?…)\]]*"
)
_MASH = re.compile(
    r"(?:(?:asdf\w{0,12}|qwert[yz]\w{0,8}|zxcv\w{0,8}|yxcv\w{0,8}|[sdfghjkl]{6,})(?: (?:asdf\w{0,12}|qwert[yz]\w{0,8}|zxcv\w{0,8}|[sdfghjkl]{4,}))*|(?:foo|bar|baz|blah|bla|xyz|abc|aaa+|xxx+|123+4?5?6?)(?: (?:foo|bar|baz|blah|bla|xyz|abc|aaa+|xxx+|123+4?5?6?))*)[ .!]*"
)


def judge(prepared: Prepared) -> Iterable[Finding]:
    text = prepared.text
    folded = text.folded.text
    stripped = folded.strip()
    if stripped and (_WHOLE.fullmatch(stripped) or _MASH.fullmatch(stripped)):
        lead = len(folded) - len(folded.lstrip())
        whole = (text.span(lead, lead + len(stripped)),)
        yield _finding(
            whole, "The marked words are what people type to try out a tool, and nothing else is in the draft.", 0.95
        )
    elif (asked := _asked(text)) and not _ANNOUNCED.find(text):
        yield _finding(asked, "The marked words tell readers that this is a test, or ask them to ignore it.", 0.9)


def _asked(text: Text) -> tuple[Span, ...]:
    """Requests to ignore a test, but for those that are quoted to tell of them."""
    return tuple(span for span in _IGNORE.find(text) if not _quoting.is_told(span, text))


def _finding(spans: tuple[Span, ...], why: str, confidence: float) -> Finding:
    return Finding(
        message="This reads like a test message.",
        why=why,
        suggestion="Delete it from the queue, and try the tool on an account that nobody follows.",
        spans=spans,
        confidence=confidence,
    )


CHECK = Check(id="automation/test_message", title="Test message", judge=judge)
