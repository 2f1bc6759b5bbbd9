"""How alike two short texts are: the same words in the same order, names, links and signatures aside.

A measure of its own making, in the line of w-shingling (Broder 1997): the share of word pairs that two texts have in
common (Dice's coefficient over multisets of pairs), so that a changed word costs two pairs of many, and sentences in
another order cost little.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import pairwise
from typing import NamedTuple

_ASIDE = re.compile(r"https?://\S+|@[\w.-]+|#\w+|\bt\.co/\S+", re.ASCII)
_LINK = re.compile(r"https?://\S+")
_SHORTENED = re.compile(
    r"https?://(?:t\.co|bit\.ly|buff\.ly|ow\.ly|tinyurl\.com|goo\.gl|lnkd\.in|trib\.al|dlvr\.it|is\.gd|fb\.me|youtu\.be)/"
)
_SIGNATURE = re.compile(r"[\^~*/–—-] ?[A-Za-z]{1,12}\.?\s*$")
_VOCATIVE = re.compile(
    r"(?:(?<=\bhi)|(?<=\bhello)|(?<=\bhey)|(?<=\bdear)|(?<=\bthanks)|(?<=\bthank you)|(?<=\bsorry)|(?<=,))"
    r" [a-z'’-]+(?=[,.!])"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,:]\d+)*")
_NUMBER = re.compile(r"\d+")
_COUNTED = (
    "two zwei deux dos due|three drei trois tres tre|four vier quatre cuatro quattro|five fünf cinq cinco cinque"
    "|six sechs seis sei|seven sieben sept siete sette|eight acht huit ocho otto|nine neun neuf nueve nove"
    "|ten zehn dix diez dieci|eleven elf onze once undici|twelve zwölf douze doce dodici"
)
_SPELLED = {word: str(number) for number, words in enumerate(_COUNTED.split("|"), 2) for word in words.split()}
_SPELLED_WORD = re.compile(rf"\b(?:{'|'.join(_SPELLED)})\b", re.IGNORECASE)
_PROBES = 6
_NEEDED = 2
"""of the probes that stand in a text before it is compared word by word"""


class Words(NamedTuple):
    """A text as it is compared."""

    words: tuple[str, ...]
    pairs: Counter[tuple[str, str]]


def bare(raw: str) -> str:
    """Lower case, without links, mentions, hashtags, a signature at the end, and names behind a greeting."""
    text = _SIGNATURE.sub(" ", raw.rstrip()) if raw else raw
    text = _ASIDE.sub(" ", text).casefold().replace("’", "'")
    return _VOCATIVE.sub("", text)


def words_of(raw: str) -> Words:
    """The words that count; every number is the same word."""
    found = tuple("0" if word[0].isdigit() else word for word in _WORD.findall(bare(raw)))
    return Words(found, Counter(pairwise(found)))


def likeness(one: Words, other: Words) -> float:
    """In [0, 1]: the share of word pairs that both have. 0 where a text has fewer than two words."""
    total = one.pairs.total() + other.pairs.total()
    return 2 * (one.pairs & other.pairs).total() / total if one.pairs and other.pairs else 0.0


def alike(raw: str, texts: Iterable[str], *, least: float, most: int) -> Iterator[tuple[int, float]]:
    """Which of the texts, by their place, are at least so like `raw`, and how like; at most `most` are read in full.

    The others are passed over after a look for a few of its word pairs, a microsecond each.
    """
    mine = words_of(raw)
    probes, length = _probes(raw), sum(map(len, mine.words))
    read = 0
    for place, text in enumerate(texts):
        if read >= most:
            return
        if not 0.4 * length <= len(text) or len(text) > 3 * length + 200 or not _holds(text.casefold(), probes):
            continue
        read += 1
        share = likeness(mine, words_of(text))
        if share >= least:
            yield place, share


def _probes(raw: str) -> tuple[str, ...]:
    """Some neighbouring words as they are written, spread over the text; the longest, which few texts share."""
    runs = re.findall(r"[^\W\d_]{2,} [^\W\d_]{3,}", _ASIDE.sub(" ", raw).casefold())
    return tuple(sorted(dict.fromkeys(runs), key=len, reverse=True)[:_PROBES])


def _holds(folded: str, probes: tuple[str, ...]) -> bool:
    needed = min(_NEEDED, len(probes))
    for probe in probes:
        if probe in folded:
            needed -= 1
            if needed <= 0:
                return True
    return needed <= 0


def same_text(raw: str) -> str:
    """Digest of all that makes a text the same to a reader: its words, tags, mentions and numbers; not case, gaps,
    signs and links, which shorteners change."""
    text = _LINK.sub(" ", raw).casefold().replace("’", "'")
    return sha256(" ".join(re.findall(r"[#@]?\w+(?:'\w+)*", text)).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def numbers_of(raw: str) -> Counter[str]:
    """The numbers outside links: two texts that differ in one tell different news."""
    return Counter(_NUMBER.findall(_LINK.sub(" ", raw)))


def in_digits(raw: str) -> str:
    """The text with two to twelve in digits: “eleven years” and “11 years” are one number."""
    return _SPELLED_WORD.sub(lambda word: _SPELLED[word[0].casefold()], raw)


def tags_of(raw: str) -> frozenset[str]:
    """The hashtags, in lower case."""
    return frozenset(re.findall(r"#\w+", raw.casefold()))


def links_of(raw: str) -> frozenset[str]:
    """Where the links lead, without what trackers add; empty where a shortener hides it."""
    links = (re.split(r"[?#]", link, maxsplit=1)[0] for link in _LINK.findall(raw.casefold()))
    found = [link.rstrip(".,;:!)/") for link in links]
    return frozenset() if any(_SHORTENED.match(link) for link in found) else frozenset(found)
