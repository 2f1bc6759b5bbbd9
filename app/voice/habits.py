"""Habits: length, punctuation, capitals, where links and hashtags stand, how a post begins and ends, its hour.

Each is one word for one trait, so that a profile counts how often an account has it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

LINK, MENTION = "\x01", "\x02"
"""what stands for a link and for a mention in a text that is read for its voice"""
EMOJI = re.compile("[\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]")
_SENTENCE = re.compile(r"[.!?](?:\s|$)")
_STRAIGHT, _CURLY = re.compile(r"\w'\w"), re.compile(r"\w’\w")
_OTHER_SCRIPT = re.compile("[^\u0000-\u02ff\u2010-\u2026\u2190-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]")
_BARE = re.compile(f"{LINK}|[#{MENTION}]\\S*")
_I = frozenset({"i", "i'm", "i've", "i'll", "i'd", "i’m", "i’ve", "me", "my", "mine"})
_WE = frozenset({"we", "our", "us", "we're", "we've", "we’re", "we’ve", "ours"})
_YOU = frozenset({"you", "your", "you're", "you’re", "yours"})
_KINDS = {LINK: "link", MENTION: "mention"}
_QUARTERS = {0: "sharp", 30: "half", 15: "quarter", 45: "quarter"}


def habits(text: str, tokens: Sequence[str], lowered: Sequence[str]) -> list[str]:
    """Of a text in which links and mentions are placeholders, and of its tokens as they are and lowercased."""
    words = [token for token in tokens if token[0].isalpha()]
    several, seen = len(words) or 1, frozenset(lowered)
    letters, upper = sum(map(str.isalpha, text)) or 1, sum(map(str.isupper, text))
    link, hashtag, mention = text.find(LINK), text.find("#"), text.find(MENTION)
    hashtags = sum(token[0] == "#" and len(token) > 1 for token in tokens)
    capitals = sum(len(word) > 1 and word.isupper() for word in words)
    titled = sum(word[0].isupper() for word in words)
    return [
        "length " + _bin(len(text), (20, 40, 60, 80, 100, 120, 140, 180, 220, 260)),
        "words " + _bin(several, (4, 8, 12, 16, 20, 26, 34, 44)),
        "hashtags " + _bin(hashtags, (0, 1, 2, 3, 5)),
        "mentions " + _bin(text.count(MENTION), (0, 1, 2, 3)),
        "links " + _bin(text.count(LINK), (0, 1, 2)),
        "link place " + _place(link, text),
        "hashtag place " + _place(hashtag, text),
        "mention place " + _place(mention, text),
        "line breaks " + _bin(text.count("\n"), (0, 1, 2, 3, 5)),
        f"blank line {chr(10) * 2 in text}",
        "begins with " + _kind(tokens[0] if tokens else ""),
        "ends with " + _kind(tokens[-1] if tokens else ""),
        "last mark " + _last_mark(text),
        "exclamation marks " + _bin(text.count("!"), (0, 1, 2)),
        "question marks " + _bin(text.count("?"), (0, 1)),
        "full stops " + _bin(text.count("."), (0, 1, 2, 3)),
        "commas " + _bin(text.count(","), (0, 1, 2)),
        "colons " + _bin(text.count(":"), (0, 1)),
        f"semicolon {';' in text}",
        f"ellipsis {'…' in text} {'...' in text}",
        f"dash {' - ' in text} {'–' in text} {'—' in text}",
        f"parenthesis {'(' in text}",
        f"bar {'|' in text}",
        f"""quotation marks {'"' in text} {"“" in text} {" '" in text} {" ‘" in text}""",
        f"apostrophe {bool(_STRAIGHT.search(text))} {bool(_CURLY.search(text))}",
        f"and {'&' in text} {' and ' in text}",
        "emoji " + _bin(len(EMOJI.findall(text)), (0, 1, 2, 3)),
        "words in capitals " + _bin(capitals, (0, 1, 2, 4)),
        "capital letters " + _bin(100 * upper // letters, (0, 2, 5, 8, 12, 20, 40)),
        "capitalised words " + _bin(100 * titled // several, (5, 15, 25, 35, 50, 70)),
        f"I {not _I.isdisjoint(seen)}",
        f"we {not _WE.isdisjoint(seen)}",
        f"you {not _YOU.isdisjoint(seen)}",
        "numbers " + _bin(sum(token[0].isdigit() for token in tokens), (0, 1, 2, 3)),
        f"double space {'  ' in text}",
        "word length " + _bin(2 * sum(map(len, words)) // several, (7, 8, 9, 10, 11, 12, 14)),
        "sentences " + _bin(len(_SENTENCE.findall(text)), (0, 1, 2, 3)),
        "before the link " + (text[max(0, link - 2) : link] if link >= 0 else "none"),
        f"other script {bool(_OTHER_SCRIPT.search(text.replace(LINK, '').replace(MENTION, '')))}",
        f"reply {text.startswith(MENTION)} {text.startswith('.' + MENTION)}",
    ]


def clock(when: datetime | None) -> list[str]:
    """Hour, weekday and minute at which a post goes out; nothing where that is unknown."""
    if when is None:
        return []
    hour, weekend = when.hour, when.weekday() > 4
    minute = _QUARTERS.get(when.minute) or {0: "five", 1: "five past"}.get(when.minute % 5, "odd")
    return [
        f"hour {hour}",
        f"hour {(hour + 1) % 24}",
        f"hour {(hour - 1) % 24}",
        f"quarter of day {hour // 4}",
        f"weekday {when.weekday()}",
        f"weekend {weekend}",
        f"minute {minute}",
        f"third {hour // 3} {weekend}",
    ]


def _bin(count: float, edges: Sequence[int]) -> str:
    return next((f"up to {edge}" for edge in edges if count <= edge), f"over {edges[-1]}")


def _place(at: int, text: str) -> str:
    return "none" if at < 0 else str(4 * at // max(len(text), 1))


def _kind(token: str) -> str:
    if not token:
        return "none"
    first = token[0]
    if first in _KINDS or (first == "#" and len(token) > 1):
        return _KINDS.get(first, "hashtag")
    if first.isalpha():
        return "CAPITALS" if token.isupper() and len(token) > 1 else "Capital" if first.isupper() else "small letter"
    return "number" if first.isdigit() else "emoji" if EMOJI.match(first) else first


def _last_mark(text: str) -> str:
    last = _BARE.sub("", text).rstrip()[-1:]
    return "letter" if last.isalnum() else "emoji" if last and EMOJI.match(last) else last
