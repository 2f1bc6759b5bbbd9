"""Text that was meant for another box: a password, a search, a command, a key held down in a pocket.

Grades: `token` (one random-looking string), `command` (a shell command or a search), `mash` (keys beside each other).

Why: the post box is where the cursor happens to be, and the first seconds are enough for a screenshot.
Flag: "h7xq29bd", "asdfghjkl", "facebook login", "sudo systemctl restart nginx".
Allow: "GOOOAL", "WEEKEND20 at checkout", "brb", "4-2!", "How to log in to your account: a short guide".
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from app.checks.base import Check
from app.domain import Finding, Prepared, Span
from app.text.hashtags import best_split, is_word

GRADES = ("mash", "command", "token")
_ROWS = ("qwertyuiop", "asdfghjkl;'", "zxcvbnm,./", "1234567890")
_NEIGHBOURS = frozenset(a + b for row in _ROWS for a, b in itertools.pairwise(row)) | frozenset(
    b + a for row in _ROWS for a, b in itertools.pairwise(row)
)
_COMMAND = re.compile(
    r"\s*(?:(?:sudo|git|cd|ls|ssh|scp|npm|pip|docker|kubectl|curl|grep|chmod|mkdir|rm -|cat|vim|nano|apt(?:-get)?|brew|ping|ifconfig|ipconfig|exit|clear|:wq|:q!?|select \* from)(?: [\w./:@~-]+){0,6}"
    r"|(?:facebook|gmail|hotmail|outlook|yahoo|google|youtube|twitter|instagram|netflix|amazon|paypal|linkedin|tiktok|bank|online banking)(?: (?:log ?in|sign ?in|password reset|mail|maps|translate|search))?"
    r"|(?:weather|flights? to|cheap|symptoms of|how to get rid of|what is the|who is|where is|directions to|near me|ok google|hey siri|alexa) ?(?:\w+ ?){0,5})\s*",
    re.IGNORECASE,
)
_SHORTEST_CRUMBS = 6
_STRETCHED = re.compile(r"(.)\1\1")
"""a shout, not a mash"""
_SINGLE = re.compile(r"\s*[^\s@#/]+\s*")


def judge(prepared: Prepared) -> Iterable[Finding]:
    raw = prepared.text.raw
    if len(raw) > 80 or prepared.text.field != "text" or prepared.draft.media:
        return
    span = Span(len(raw) - len(raw.lstrip()), len(raw.rstrip()))
    word = raw.strip()
    if _SINGLE.fullmatch(raw) and _is_random(word):
        yield _finding("token", span, 0.9)
    elif _is_mash(word.casefold()):
        yield _finding("mash", span, 0.85)
    elif word == word.casefold() and _COMMAND.fullmatch(raw):
        yield _finding("command", span, 0.7)


def _is_random(word: str) -> bool:
    """Letters and digits that alternate at least three times, without a word in it: `h7xq29bd`, not `covid19`."""
    if not 6 <= len(word) <= 40 or not any(map(str.isalpha, word)) or not any(map(str.isdigit, word)):
        return False
    kinds = "".join("d" if char.isdigit() else "a" if char.isalpha() else "s" for char in word)
    changes = sum(a != b for a, b in itertools.pairwise(kinds))
    longest = max(re.split(r"[^a-z]+", word.casefold()), key=len)
    has_word = len(longest) >= 4 and is_word(longest)
    dotted = re.fullmatch(r"[\w-]+(?:\.[\w-]+)+", word) is not None
    return changes >= 3 and not has_word and not dotted and "://" not in word


def _is_mash(text: str) -> bool:
    """Most pairs of letters lie side by side on a keyboard, and no word is among them."""
    letters = text.replace(" ", "")
    if len(letters) < 5 or len(text.split()) > 3 or any(len(word) > 1 and is_word(word) for word in text.split()):
        return False
    pairs = [a + b for a, b in itertools.pairwise(letters)]
    side_by_side = sum(pair in _NEIGHBOURS for pair in pairs)
    consonants = letters.isalpha() and letters.isascii() and len(letters) > 6 and not set(letters) & set("aeiouy")
    varied = len(set(letters)) > 3
    return (
        _is_crumbs(text)
        or (side_by_side >= 0.7 * len(pairs) and varied and not letters.isdigit())
        or (consonants and varied)
    )


def _is_crumbs(text: str) -> bool:
    """One word that falls into pieces of one or two letters, as no name of any language does."""
    if not (text.isascii() and text.isalpha() and len(text) >= _SHORTEST_CRUMBS) or _STRETCHED.search(text):
        return False
    return sum(len(piece) for piece in best_split(text) if len(piece) < 3) >= 0.8 * len(text)


def _finding(grade: str, span: Span, confidence: float) -> Finding:
    message, why = _WORDS[grade]
    return Finding(
        message=message,
        why=why,
        suggestion="Delete it; if it was a password, change that password now.",
        spans=(span,),
        confidence=confidence,
        grade=grade,
    )


_WORDS = {
    "token": ("This looks like something typed into the wrong box.", "The whole draft is one random-looking string."),
    "command": ("This looks like a search or a command.", "The whole draft reads like something typed for a machine."),
    "mash": ("This looks like keys pressed by accident.", "The letters lie side by side on the keyboard and form no word."),
}  # fmt: skip

CHECK = Check(id="wrong_account/stray_input", title="Stray input", judge=judge, default_grades=GRADES)
