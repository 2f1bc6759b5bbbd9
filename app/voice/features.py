"""Features: what one post shows of its writer, read once for all profiles.

Each feature is a place in a table that all profiles share, found by hashing (Weinberger et al., "Feature Hashing for
Large Scale Multitask Learning", 2009): a profile's size is fixed, and no word of a past post is kept.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from app.voice import GROUPS
from app.voice.habits import EMOJI, LINK, MENTION, clock, habits

BITS = (16, 14, 14, 14, 12, 9, 12, 7)
"""of each group's part of the table"""
OFFSETS: NDArray[np.int64] = np.concatenate([[0], np.cumsum([1 << bits for bits in BITS])]).astype(np.int64)
SIZE = int(OFFSETS[-1])
MOST = 1_000
"""characters of a post that are read: its writer shows before that, and the cost stays bounded"""
_LINK = re.compile(r"https?://\S+|\bwww\.\S+")
_SITE = re.compile(r"^(?:https?://)?(?:www\.)?([^/\s]*)", re.IGNORECASE)
_MENTION, _HASHTAG = re.compile(r"(?<!\w)@\w+"), re.compile(r"#\w+")
"""of an e-mail address the part behind the sign is no mention"""
_TOKEN = re.compile(
    f"{LINK}|{MENTION}|#\\w+|[^\\W\\d_]+(?:['’\\-][^\\W\\d_]+)*|\\d+(?:[.,:]\\d+)*|\\.\\.\\.|[^\\w\\s]|\\n+"
)
_DIGIT, _BLANKS = re.compile(r"\d"), re.compile(r"[ \t]+")
_FUNCTION = frozenset(
    """a about above after again all also always am an and any are as at away back be because been before being best
    better between both but by can can't cannot could day did do does doesn't doing don't down during each even
    ever every few first for from further get go going got great had has have having he her here hers him his how
    i i'm i've if in into is isn't it it's its just know last less let let's like ll look made make many may me
    might more most much must my need never new next no nor not now of off on once one only or other our ours out
    over own people please re same say see shall she should since so some still such take than thank thanks that
    that's the their them then there these they think this those through time to today too two under until up us
    use very via want was way we we're we've well were what when where which while who whom why will with within
    without won't would yes yet you you'll you're your yours""".split()  # noqa: SIM905
)
"""words that tell how one writes, not about what (Mosteller and Wallace, "Inference in an Authorship Problem", 1963)"""
_WORDS = 1
"""the group of words"""


class Features:
    """One post: the sorted places of its features in the table, and where each group begins among them."""

    __slots__ = ("at", "body", "bounds", "grams", "names", "sizes")

    def __init__(self, text: str, when: datetime | None = None) -> None:
        links = _LINK.findall(text[:MOST])
        plain = _LINK.sub(LINK, text[:MOST]).strip()
        mentions, hashtags = _MENTION.findall(plain), _HASHTAG.findall(plain)
        plain = _MENTION.sub(MENTION, plain)
        tokens = _TOKEN.findall(plain)
        lowered = [token.lower() for token in tokens]
        shapes = ["<", *map(_shape, tokens, lowered), ">"]
        self.body = " " + _DIGIT.sub("0", _BLANKS.sub(" ", plain.replace("\n", "¶"))) + " "
        self.names: tuple[Sequence[str], ...] = (
            (),
            [word.lstrip("#") or "#" for word in lowered if _is_word(word)],
            _joined(lowered, 2),
            [*shapes[1:-1], *_joined(shapes, 2), *_joined(shapes, 3)],
            _marks(links, mentions, hashtags, EMOJI.findall(plain)),
            habits(plain, tokens, lowered),
            _places(lowered),
            clock(when),
        )
        """by group, in the words of people; those of the first are the n-grams of `body`"""
        self.grams = _character_grams(self.body)
        at = [self.grams & np.uint32((1 << BITS[0]) - 1)]
        for group in range(1, len(GROUPS)):
            at.append(np.array([place(group, name) for name in self.names[group]], dtype=np.uint32))
        self.at: NDArray[np.int64] = np.unique(np.concatenate(at)).astype(np.int64)
        self.bounds: NDArray[np.int64] = np.searchsorted(self.at, OFFSETS)
        self.sizes: NDArray[np.int64] = np.diff(self.bounds)


def place(group: int, name: str) -> int:
    """Where the table counts a feature that has a name."""
    hashed = zlib.crc32(name.encode("utf-8", "surrogatepass"), group)
    return (hashed & ((1 << BITS[group]) - 1)) + int(OFFSETS[group])


def tokens_of(text: str) -> list[tuple[int, int, str]]:
    """Start, end and lowercased form of each word and hashtag in the raw text, as `words` counts them."""
    found, text = [], text[:MOST]
    hidden = [match.span() for match in (*_LINK.finditer(text), *_MENTION.finditer(text))]
    for match in _TOKEN.finditer(text):
        position = match.start()
        if _is_word(match.group()) and not any(start <= position < end for start, end in hidden):
            found.append((position, match.end(), match.group().lower().lstrip("#") or "#"))
    return found


def _is_word(token: str) -> bool:
    return token[0].isalnum() or token[0] == "#"


def _joined(items: Sequence[str], several: int) -> list[str]:
    return [" ".join(items[at : at + several]) for at in range(len(items) - several + 1)]


def _shape(token: str, lowered: str) -> str:
    """A function word as it is, another word by its capitals, a number by its length, a mark as it is."""
    first = token[0]
    if first == "#":
        return "#"
    if first.isalpha():
        if lowered in _FUNCTION:
            return "^" + lowered if first.isupper() else lowered
        if token.isupper() and len(token) > 1:
            return "AA"
        if first.isupper():
            return "Aa" if token[1:].islower() or len(token) == 1 else "AaA"
        return "aa" if token.islower() else "aA"
    if first.isdigit():
        return "0000" if len(token) == 4 else "0"
    return "\n" if first == "\n" else token


def _marks(links: Sequence[str], mentions: Sequence[str], hashtags: Sequence[str], emoji: Sequence[str]) -> list[str]:
    found = [mark.lower() for mark in (*hashtags, *mentions)]
    found += [f"emoji {each}" for each in emoji] + [f"written {each}" for each in hashtags]
    for link in links:
        site = _SITE.match(link)
        found.append("site " + (site[1].lower() if site else ""))
    return found


def _places(lowered: Sequence[str]) -> list[str]:
    """Openings and closings, with and without marks, and what stands around the first link."""
    core = [word for word in lowered if word[0] not in (LINK, MENTION, "#", "\n")]
    found = []
    for name, words in (("mark", lowered), ("word", core)):
        for several in (1, 2, 3):
            found.append(f"first {several} {name} " + " ".join(words[:several]))
            found.append(f"last {several} {name} " + " ".join(words[-several:]))
    if LINK in lowered:
        at = lowered.index(LINK)
        found += [f"before link {several} " + " ".join(lowered[max(0, at - several) : at]) for several in (1, 2)]
        found.append("after link " + " ".join(lowered[at + 1 : at + 2]))
    return found


def _character_grams(text: str) -> NDArray[np.uint32]:
    """Rolling hashes of all n-grams of two to five characters: all of two, then all of three, and so on."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    keys = (codes * np.uint32(2654435761)) ^ (codes >> np.uint32(3))
    rolled, found = keys, []
    for several in range(2, 6):
        if len(codes) < several:
            break
        rolled = (rolled[:-1] * np.uint32(0x01000193)) ^ keys[several - 1 :]
        mixed = rolled * np.uint32(0x85EBCA6B) + np.uint32(several * 977)
        mixed ^= mixed >> np.uint32(15)
        mixed = mixed * np.uint32(0xC2B2AE35)
        found.append(mixed ^ (mixed >> np.uint32(13)))
    return np.concatenate(found)
