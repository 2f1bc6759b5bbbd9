"""Splitting run-together words: #susanalbumparty has more than one reading, and the unlucky one is read first."""

from __future__ import annotations

import heapq
import re
from collections.abc import Mapping
from functools import lru_cache

import wordninja

# The public `split` gives one reading and takes cubic time; we need its word costs (ln rank, by Zipf's law) for more.
_LISTED: Mapping[str, float] = wordninja.DEFAULT_LANGUAGE_MODEL._wordcost
_NEWER = """
    ai airbnb androids antivax bitcoin blm brexit chatgpt covid crypto cybermonday deepfake doge emoji giveaway hashtag
    influencer insta instagram lgbtq lockdown maga metaverse metoo netflix podcast selfie snapchat stan tiktok trans
    uber vax vaxx vibes vlog whatsapp youtube zelensky
"""
"""words that came into use after the list was made"""
_SHORT_WORDS = """
    ad ah am an as at ax be by de dj do eu ex fa fc fm fx go ha he hi id if in is it la lo ma me mr ms my nd no of oh
    ok on or ox pa pc pi pm pr re rt sh so st tb th to tv uk um un up us uv vc vs we yo a i
"""
_RARE_SHORT = 5.0
"""surcharge for one or two letters that are seldom a word, or every tag would fall into crumbs"""
_RARE = 12.37
"""cost of the twenty-thousandth word"""
_LONGEST = 24
_UNKNOWN_LETTER = 20.0
"""cost of a letter that belongs to no known word: dearer than any word of the list"""
_LONGEST_TAG = 100


def _costs() -> dict[str, float]:
    costs = dict.fromkeys(_NEWER.split(), 11.0) | dict(_LISTED)
    usual = frozenset(_SHORT_WORDS.split())
    for word in costs:
        if len(word) < 3 and word not in usual:
            costs[word] += _RARE_SHORT
    return costs


_COST = _costs()
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\dA-Z_]+|\d+|[^\W_]", re.ASCII)
_PARTS = re.compile(r"\d+|[^\W\d_]+")


def is_word(text: str) -> bool:
    """Whether English knows this word (folded, lower case); single letters but a and i don't count."""
    return text in _COST and (len(text) > 1 or text in "ai")


def is_common(text: str) -> bool:
    """Whether it is among the twenty thousand commonest words of English, names of places and people included."""
    return _COST.get(text, _RARE) < _RARE


def rarity(text: str) -> float | None:
    """How rare an English word is: about the logarithm of its rank, 2 to 15. None for one that isn't listed."""
    return _COST.get(text)


@lru_cache(maxsize=4096)
def best_split(letters: str) -> tuple[str, ...]:
    """The likeliest words in a run of lower-case letters; joined they are the run again. Long runs stay whole."""
    return _readings(letters, 1)[0] if 0 < len(letters) <= _LONGEST_TAG else (letters,) if letters else ()


def segmentations(tag: str, limit: int) -> tuple[tuple[str, ...], ...]:
    """Up to `limit` plausible readings of a hashtag (with or without #), the likeliest first, folded.

    A CamelCase tag is read as its capitals say first; the others read the letters alone, since few notice capitals.
    `limit` bounds the search too: it is linear in the tag's length and in `limit`.
    """
    body = tag.lstrip("#＃")[:_LONGEST_TAG]
    first = split_hashtag(body)
    found = {first: None} if first else {}
    found |= dict.fromkeys(_merge(body.casefold(), limit))
    return tuple(found)[:limit]


@lru_cache(maxsize=4096)
def split_hashtag(tag: str) -> tuple[str, ...]:
    """The likeliest reading of a hashtag's body: by capitals where it has them, else by likelihood."""
    parts = tuple(part for part in re.split(r"_+", tag[:_LONGEST_TAG]) if part)
    return tuple(word for part in parts for word in _split_part(part))


def _split_part(part: str) -> tuple[str, ...]:
    pieces = _CAMEL.findall(part) if part.isascii() and _is_camel(part) else _PARTS.findall(part.casefold())
    return tuple(word for piece in pieces for word in _split_letters(piece.casefold()))


def _is_camel(part: str) -> bool:
    return not part.isupper() and any(char.isupper() for char in part[1:])


def _split_letters(letters: str) -> tuple[str, ...]:
    return best_split(letters) if letters.isascii() and letters.isalpha() else (letters,)


def _merge(tag: str, limit: int) -> list[tuple[str, ...]]:
    """Readings of the whole tag: those of its longest part, within the first reading of the others."""
    parts = _PARTS.findall(tag)
    if not parts:
        return []
    longest = max(range(len(parts)), key=lambda index: len(parts[index]))
    before = tuple(word for part in parts[:longest] for word in _split_letters(part))
    after = tuple(word for part in parts[longest + 1 :] for word in _split_letters(part))
    part = parts[longest]
    middles = _readings(part, limit) if part.isascii() else [(part,)]
    return [(*before, *middle, *after) for middle in middles]


def _readings(letters: str, limit: int) -> list[tuple[str, ...]]:
    """The `limit` cheapest ways to cut `letters` into words (k-best Viterbi)."""
    best: list[list[tuple[float, int, int]]] = [[(0.0, 0, 0)]]  # per end: cost, start of the last word, rank there
    for end in range(1, len(letters) + 1):
        ways: list[tuple[float, int, int]] = []
        for start in range(max(0, end - _LONGEST), end):
            cost = _COST.get(letters[start:end])
            if cost is None and end - start == 1:
                cost = _UNKNOWN_LETTER
            if cost is not None:
                ways += [(so_far + cost, start, rank) for rank, (so_far, _, _) in enumerate(best[start])]
        best.append(heapq.nsmallest(limit, ways) if limit > 1 else [min(ways)])
    return [_trace(letters, best, rank) for rank in range(len(best[-1]))]


def _trace(letters: str, best: list[list[tuple[float, int, int]]], rank: int) -> tuple[str, ...]:
    words: list[str] = []
    end = len(letters)
    while end:
        _, start, rank = best[end][rank]
        words.append(letters[start:end])
        end = start
    return tuple(reversed(words))
