"""From a text to its n-grams: words (1-2) and characters within words (3-5). Training and serving share this code."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from app.domain import Text

MAX_CHARACTERS = 4_000
"""of folded text that are looked at: cost stays linear and bounded, and what a post is about shows before that"""

_LINK, _MENTION, _NUMBER, _HASHTAG = "_link_", "_mention_", "_number_", "_hashtag_"
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,:]\d+)*|[#@]|[^\w\s]")


def grams(text: Text) -> list[str]:
    """The n-grams of one text, with repeats; words carry the prefix `w:`, character n-grams `c:`."""
    words = words_of(text)
    return [*word_grams(words), *itertools.chain.from_iterable(map(character_grams, words))]


def word_grams(words: Sequence[str]) -> list[str]:
    return ["w:" + word for word in words] + [f"w:{left} {right}" for left, right in itertools.pairwise(words)]


def character_grams(word: str) -> list[str]:
    """None for a placeholder."""
    if word[0] == "_":
        return []
    padded = f" {word} "
    size = len(padded)
    found: list[str] = []
    for n in (3, 4, 5):
        if size <= n:
            found.append("c:" + padded)
            break
        found += ["c:" + padded[i : i + n] for i in range(size - n + 1)]
    return found


def words_of(text: Text) -> list[str]:
    """Folded words and marks; links, mentions and numbers become placeholders, hashtags their words."""
    folded = text.folded.text[:MAX_CHARACTERS]
    skip = [
        (e.start, e.end, e.kind, e.words) for e in text.entities if e.kind in ("link", "mention", "hashtag", "email")
    ]
    if not skip:
        return [_plain(word) for word in _TOKEN.findall(folded)]
    words: list[str] = []
    starts, position, index = text.folded.starts, 0, 0
    for match in _TOKEN.finditer(folded):
        raw_start = starts[match.start()]
        while index < len(skip) and skip[index][1] <= raw_start:
            index += 1
        if index < len(skip) and skip[index][0] <= raw_start:
            if position != skip[index][1]:
                position = skip[index][1]
                words += _entity(skip[index][2], skip[index][3])
        else:
            words.append(_plain(match.group()))
    return words


def _entity(kind: str, words: tuple[str, ...]) -> list[str]:
    if kind == "hashtag":
        return [_HASHTAG, *words]
    return [_MENTION if kind == "mention" else _LINK]


def _plain(word: str) -> str:
    return _NUMBER if word[0].isdigit() else word
