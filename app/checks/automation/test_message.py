"""Test messages sent to the live account.

Why: followers wonder whether the account was hacked, and the screenshot stays.
Flag: "test", "Testing 123", "this is a test post please ignore", "asdfgh", "new tool test, ignore".
Allow: posts about tests ("Covid test centres open", "Test Match, day two", "we're testing a new oven"), a test of an alert
system that is announced with its time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.checks.base import Check
from app.domain import Finding, Prepared

_WHOLE = re.compile(
    r"(?:this is (?:just |only )?a )?(?:just )?(?:a )?(?:test(?:ing)?|prueba|teste|essai|tst)"
    r"(?:[ .,!-]*(?:test(?:ing)?|tweet|post|message|only|\d|1 ?2 ?3|one|two|three|again|please|pls|ignore|do not publish|check|mic))*[ .!?…]*"
)
_MASH = re.compile(
    r"(?:asdf\w{0,12}|qwert\w{0,8}|zxcv\w{0,8}|[sdfghjkl]{6,}|(?:foo|bar|baz)(?: (?:foo|bar|baz))*)[ .!]*"
)
_IGNORE = re.compile(
    r"(?<!\w)(?:(?:please |pls |kindly )?(?:ignore|disregard) (?:this|it)?[ ,:-]*(?:\w+ ){0,3}?(?:test|tweet|post)|"
    r"test(?:ing)?(?: \w+){0,4}[ ,.:;()-]*(?:please|pls|kindly) (?:ignore|disregard)|this is (?:just |only )?a test (?:post|tweet|message))(?!\w)"
)


def judge(prepared: Prepared) -> Iterable[Finding]:
    text = prepared.text
    folded = text.folded.text
    stripped = folded.strip()
    whole = bool(stripped) and (_WHOLE.fullmatch(stripped) or _MASH.fullmatch(stripped))
    partial = None if whole else _IGNORE.search(folded)
    if not whole and not partial:
        return
    lead = len(folded) - len(folded.lstrip())
    start, end = partial.span() if partial else (lead, lead + len(stripped))
    yield Finding(
        message="This reads like a test message.",
        why="The marked words are what people type to try out a tool, and nothing else is in the draft."
        if whole
        else "The marked words ask readers to ignore a test.",
        suggestion="Delete it from the queue, and try the tool on an account that nobody follows.",
        spans=(text.span(start, end),),
        confidence=0.95 if whole else 0.9,
    )


CHECK = Check(id="automation/test_message", title="Test message", judge=judge)
