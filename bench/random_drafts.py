"""Random drafts of any Unicode at all, with words that rules look for strewn in and disguised."""

from __future__ import annotations

import random
from typing import Any

_BLOCKS = (
    (0x01, 0x1F), (0x20, 0x7E), (0x7F, 0xA0), (0xA0, 0x24F), (0x250, 0x2FF), (0x300, 0x36F), (0x370, 0x52F),
    (0x590, 0x6FF), (0x900, 0x97F), (0xE00, 0xE7F), (0x1100, 0x11FF), (0x1E00, 0x1FFF), (0x200B, 0x200F),
    (0x2028, 0x202E), (0x2060, 0x206F), (0x20D0, 0x20FF), (0x2150, 0x218F), (0x3040, 0x30FF), (0x4E00, 0x9FFF),
    (0xAC00, 0xD7A3), (0xE000, 0xE0FF), (0xFB00, 0xFB4F), (0xFDD0, 0xFDEF), (0xFE00, 0xFE0F), (0xFF00, 0xFFFF),
    (0x10400, 0x1044F), (0x1D165, 0x1D1FF), (0x1D400, 0x1D7FF), (0x1F100, 0x1F1FF), (0x1F300, 0x1FAFF),
    (0x20000, 0x2A6DF), (0xE0001, 0xE007F), (0xF0000, 0xF00FF), (0x10FFF0, 0x10FFFF),
)  # fmt: skip
_ANY = (0x1, 0x10FFFF)
_PIECES = (
    "fuck", "sh1t", "f u c k", "𝐟𝐮𝐜𝐤", "fuuuuck", "you are such an idiot", "#nomorecuts", "#SusanAlbumParty", "@user",
    "@sam@mastodon.example", "$ACME", "https://example.com/a?b=ü", "example.org", "{{name}}", "[INSERT LINK]",
    "BREAKING:", "reportedly died this morning", "share this and tag three friends to win", "password: Gull77-tide",
    "4111 1111 1111 1111", "+44 20 7946 0958", "kim@example.com", "RIP", "As an AI language model", "buy now, 50 % off",
    "stick a bomb under them", "ugh so hungover", "9 out of 10 doctors", "asdfgh jkl", "test test", "lol", "\n", "\t",
    "\r\n", "👩\u200d👩\u200d👧\u200d👦", "👍🏽", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "🇬🇧🇺🇸🇫", "e\u0301", "1\ufe0f\u20e3", "سلام دنیا", "שלום", "สวัสดี", "नमस्ते", "İstanbul ßẞﬁ", "각\u1100\u1161\u11a8",
    "Z\u0351\u036b\u0343\u0363a\u0363",
)  # fmt: skip
_LEET = str.maketrans({"a": "4", "e": "3", "i": "1", "o": "0", "s": "$", "t": "7"})
_BETWEEN = ("\u200b", "\u200d", "\u00ad", "\ufeff", "\u202e", "\u0336", "\u0301", "\ufe0f", ".", " ", "*")


def text(source: random.Random, *, most: int = 14) -> str:
    """At least one code point, usually some hundred; never NUL or a surrogate."""
    parts = [_part(source) for _ in range(source.randint(1, most))]
    if source.random() < 0.01:
        parts = parts * source.randint(10, 60)
    return source.choice(("", " ", " ")).join(parts)


def _part(source: random.Random) -> str:
    if source.random() < 0.5:
        return _disguised(source, source.choice(_PIECES))
    low, high = _ANY if source.random() < 0.1 else source.choice(_BLOCKS)
    codes = (source.randint(low, high) for _ in range(source.randint(1, 15)))
    return "".join("�" if 0xD800 <= code <= 0xDFFF else chr(code) for code in codes)


def _disguised(source: random.Random, piece: str) -> str:
    """As it is, or as somebody writes who would rather not be found."""
    way = source.randrange(10)
    if way == 0:
        return piece.translate(_LEET)
    if way == 1:
        return source.choice(_BETWEEN).join(piece)
    if way == 2:
        return "".join(letter * source.randint(1, 4) for letter in piece)
    if way == 3:
        return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in piece)
    return piece.upper() if way == 4 else piece


def request(source: random.Random) -> dict[str, Any]:
    """A whole request, valid by the contract; fields beside the text are there now and then."""
    draft: dict[str, Any] = {"text": text(source), "platform": source.choice(("x", "facebook", "bluesky", "mastodon"))}
    for name, value in (
        ("title", lambda: text(source, most=3)[:500]),
        ("content_warning", lambda: text(source, most=2)[:500]),
        ("tags", lambda: [text(source, most=1)[:100] for _ in range(2)]),
        ("poll", lambda: {"options": [text(source, most=1)[:200] for _ in range(2)]}),
        ("media", lambda: [{"type": "image", "alt_text": text(source, most=3)}]),
        ("in_reply_to", lambda: {"text": text(source, most=4), "author": "@kim"}),
        ("quoted", lambda: {"text": text(source, most=4)}),
    ):
        if source.random() < 0.15:
            draft[name] = value()
    event = {"name": "Bridge collapse", "kind": "accident", "regions": ["GB"], "keywords": ["bridge"]}
    return {
        "draft": draft,
        "account": {
            "handle": "@acme",
            "kind": source.choice(("brand", "government", "personal", "politician")),
            "regions": ["GB"],
            "recent_posts": [text(source, most=2) for _ in range(source.randint(0, 3))],
        },
        "author": {"id": "sam", "accounts": [{"handle": "@sam", "kind": "personal"}]},
        "context": {"events": [event] if source.random() < 0.3 else []},
    }
