"""Habits of writing as people would say them: `emoji up to 0` is “no emoji”, `link place none` is “no link”."""

from __future__ import annotations

import re
from collections.abc import Iterable

_MOST = 4
_COUNTED = {
    "hashtags": "hashtag", "mentions": "mention", "links": "link", "line breaks": "line break", "emoji": "emoji",
    "exclamation marks": "exclamation mark", "question marks": "question mark", "full stops": "full stop",
    "commas": "comma", "colons": "colon", "words in capitals": "word in capitals", "numbers": "number",
    "sentences": "full sentence",
}  # fmt: skip
_MEASURED = {"length": "characters", "words": "words"}
_COUNT = re.compile(r"(.+) (up to|over) (\d+)", re.DOTALL)
_PLACE = re.compile(r"(link|hashtag|mention) place (\w+)")
_EDGE = re.compile(r"(first|last) \d (?:mark|word) (.+)", re.DOTALL)
_BESIDE = re.compile(r"(before|after) link (?:\d )?(.+)", re.DOTALL)
_WHERE = {"0": "at the beginning", "1": "in the middle", "2": "in the middle"}
_PLACEHOLDERS = str.maketrans({"\x01": "a link", "\x02": "a mention", "\n": " "})
_KINDS = {
    "link": "a link", "mention": "a mention", "hashtag": "a hashtag", "emoji": "an emoji", "number": "a number",
    "CAPITALS": "a word in capitals", "Capital": "a capital letter", "small letter": "a small letter",
}  # fmt: skip
_EXACT = {
    "I True": "speaking as “I”", "I False": "no “I”", "we True": "speaking as “we”", "we False": "no “we”",
    "you True": "addressing “you”", "you False": "no “you”", "blank line True": "a blank line",
    "semicolon True": "a semicolon", "parenthesis True": "parentheses", "bar True": "a vertical bar",
    "double space True": "a double space", "other script True": "another script", "ellipsis True False": "“…”",
    "ellipsis False True": "three dots", "apostrophe True False": "straight apostrophes",
    "apostrophe False True": "curly apostrophes", "and True False": "“&” for “and”", "last mark letter": "no mark at the end",
    "ends with small letter": "no mark at the end", "last mark .": "a full stop at the end", "last mark !": "an exclamation mark at the end",
    "last mark emoji": "an emoji at the end", "capital letters up to 0": "no capital letters",
    "capitalised words up to 5": "hardly a capital letter", "capitalised words over 70": "nearly each word capitalised",
    "minute sharp": "going out on the hour", "minute half": "going out at half past", "minute odd": "an odd minute",
}  # fmt: skip
_CLOCK = {
    "hour": "the hour",
    "quarter": "the time of day",
    "third": "the time of day",
    "weekday": "the day of the week",
}


def in_words(habits: Iterable[str], *, most: int = _MOST) -> tuple[str, ...]:
    """The most telling ones, each said once and each count by its first bound; those that nobody would notice are left out."""
    said: dict[str, str] = {}
    for habit in habits:
        counted = _COUNT.fullmatch(habit)
        if words := _in_words(habit):
            said.setdefault(counted[1] if counted else words, words)
    return tuple(dict.fromkeys(said.values()))[:most]


def _in_words(habit: str) -> str | None:
    if habit in _EXACT:
        return _EXACT[habit]
    if habit[:1] in "#@":
        return habit
    kind, _, rest = habit.partition(" ")
    if kind == "written":
        return rest.lower()
    if kind == "site":
        return f"links to {rest}" if rest else None
    if kind in _CLOCK:
        return _CLOCK[kind]
    if counted := _COUNT.fullmatch(habit):
        return _counted(*counted.groups())
    if kind == "emoji":
        return rest
    return _placed(habit)


def _counted(what: str, bound: str, number: str) -> str | None:
    if what in _MEASURED:
        return f"{'over' if bound == 'over' else 'around'} {number} {_MEASURED[what]}"
    if what not in _COUNTED:
        return None
    one = _COUNTED[what]
    if number in ("0", "1") and bound == "up to":
        return f"{'no' if number == '0' else 'one'} {one}"
    return f"several {what}"


def _placed(habit: str) -> str | None:
    if place := _PLACE.fullmatch(habit):
        return f"no {place[1]}" if place[2] == "none" else f"a {place[1]} {_WHERE.get(place[2], 'at the end')}"
    if edge := _EDGE.fullmatch(habit):
        return f"{'opening' if edge[1] == 'first' else 'ending'} with “{edge[2].translate(_PLACEHOLDERS)}”"
    if beside := _BESIDE.fullmatch(habit):
        return f"“{beside[2].translate(_PLACEHOLDERS)}” {beside[1]} the link"
    edge_kind, _, kind = habit.partition(" with ")
    if edge_kind in ("begins", "ends") and kind in _KINDS:
        return f"{_KINDS[kind]} at the {'beginning' if edge_kind == 'begins' else 'end'}"
    return None
