"""Garbled words: text that a generator or a broken template made up.

Why: one garbled line on a ticket page is what everybody quotes about the event.
Flag: four or more made-up words in a short text ("a wondrofel evning of candil magik").
Allow: one typo, names, brand words, hashtags, other languages, slang, words in capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import wordninja

from app.checks.base import ENGLISH, Check
from app.domain import Finding, Prepared, Span, Text, Token

# The word list that splits hashtags also says which words exist: 125,000 English words by frequency.
_KNOWN: frozenset[str] = frozenset(wordninja.DEFAULT_LANGUAGE_MODEL._wordcost)
_ENDINGS = (
    "'s",
    "’s",
    "s",
    "es",
    "ed",
    "d",
    "ing",
    "ly",
    "er",
    "ers",
    "y",
    "ness",
    "less",
    "ish",
    "ier",
    "iest",
    "able",
)
_WORD = re.compile(r"[a-z]{5,}")


def judge(prepared: Prepared) -> Iterable[Finding]:
    text = prepared.text
    words = [token for token in text.tokens if _WORD.fullmatch(token.folded)]
    if len(words) < 4:
        return
    unknown = [token for token in words if _unknown(token, text)]
    if len(unknown) >= 4 and len(unknown) / len(words) >= 0.35:
        yield _finding(unknown, len(words))


def _unknown(token: Token, text: Text) -> bool:
    """A lower-case word that no list knows, nor its stem, nor as two known words, outside mentions, tags and links."""
    raw = text.raw[token.start : token.end]
    if token.folded in _KNOWN or raw != raw.lower() or not raw.isascii():
        return False
    if any(e.start <= token.start < e.end for e in text.entities):
        return False
    word = token.folded
    if any(word.endswith(end) and word[: -len(end)] in _KNOWN for end in _ENDINGS) or re.search(r"(.)\1\1", word):
        return False
    return not any(word[:i] in _KNOWN and word[i:] in _KNOWN for i in range(3, len(word) - 2))


def _finding(unknown: Sequence[Token], total: int) -> Finding:
    return Finding(
        message="Several words in this draft don't exist.",
        why=f"{len(unknown)} of its {total} longer words are in no dictionary; generated text looks like that.",
        suggestion="Read it aloud, and correct or rewrite it.",
        spans=tuple(Span(token.start, token.end) for token in unknown[:10]),
        confidence=0.7 if len(unknown) < 6 else 0.85,
    )


CHECK = Check(id="automation/garbled_text", title="Garbled words", judge=judge, languages=ENGLISH)
