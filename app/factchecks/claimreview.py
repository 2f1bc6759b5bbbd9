"""ClaimReview markup (schema.org) as reviews: the public feed, a list, JSON lines, a page's `@graph`, or one object."""

from __future__ import annotations

import html
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from app.domain import Standing
from app.errors import Invalid
from app.factchecks.ratings import standing_of
from app.text.encoding import encoding_of
from app.text.json_stream import JsonStream
from app.text.language import UNKNOWN, detect

LONGEST_CLAIM, SHORTEST_CLAIM = 1_000, 6
"""characters: what is longer is an article, what is shorter says nothing that a draft could be held against"""
LONGEST_LINK = 2_000
LONGEST_RATING, LONGEST_PUBLISHER = 300, 120
"""characters; what is longer is cut, because it is only shown"""
EARLIEST = 1990
"""year: an earlier date is a placeholder"""
NO_CLAIM, NO_PUBLISHER, NO_RATING = "no claim", "no publisher", "no rating"
NO_LINK, BAD_LINK = "no link", "link that is not http or https"
TOO_LONG, TOO_SHORT = f"claim over {LONGEST_CLAIM:,} characters", f"claim under {SHORTEST_CLAIM} characters"
NOT_A_REVIEW = "no ClaimReview"
DUPLICATE, CONTRADICTION = "duplicate", "duplicate with another rating (kept as unclear)"
BAD_DATE, SHORTENED = "date that can't be read", "rating or publisher cut"

_DEEPEST = 6
_INSIDE = ("item", "dataFeedElement", "@graph")
_FIELDS = frozenset(
    {"@type", "claimReviewed", "url", "datePublished", "author", "publisher", "reviewRating", "inLanguage", *_INSIDE}
)
_SPACE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")
"""control characters too: what is stored is shown"""
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\x9f<>\"\\^`{|}]")
_NO_NUMBERS = frozenset({"nan", "inf", "infinity", "-inf", "-infinity", "null", "none", "undefined"})
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Review:
    """One publisher's review of one claim."""

    claim: str
    publisher: str
    url: str
    rating: str
    """in the publisher's words"""
    standing: Standing
    reviewed_on: date | None = None
    language: str | None = None
    """ISO 639-1 code"""


@dataclass(slots=True)
class Tally:
    """What became of a file's entries."""

    left_out: Counter[str] = field(default_factory=Counter)
    noted: Counter[str] = field(default_factory=Counter)
    """faults of reviews that are kept"""


class _Unusable(Exception):
    """Why an entry is left out."""


def read(file: Path, tally: Tally) -> Iterator[Review]:
    """Each review in the order of the file, in the memory of one entry; what is left out is counted in `tally`.

    Raises Invalid with the place where the file can't be read on, OSError where it can't be opened.
    """
    with file.open("rb") as raw:
        encoding = encoding_of(raw, excel=False)
    with file.open(encoding=encoding) as source:
        stream = JsonStream(source)
        if not stream.peek():
            raise Invalid("empty")
        while stream.peek():  # JSON lines are values one after another
            for entry in _entries(stream):
                try:
                    yield _review(entry, tally)
                except _Unusable as reason:
                    tally.left_out[str(reason)] += 1


def _entries(stream: JsonStream) -> Iterator[Any]:
    """What may be a ClaimReview in the next value; lists are never read whole."""
    if stream.peek() == "[":
        for value in stream.elements():
            yield from _within(value)
    elif stream.peek() == "{":
        yield from _of_object(stream)
    else:
        yield from _within(stream.value())


def _of_object(stream: JsonStream) -> Iterator[Any]:
    """The object itself, or what its lists hold."""
    found: dict[str, Any] = {}
    held = False
    for name in stream.names():
        if name in _INSIDE:
            held = True
            if stream.peek() == "[":
                for value in stream.elements():
                    yield from _within(value)
            else:
                yield from _within(stream.value())
        else:
            value = stream.value()
            if name in _FIELDS:
                found[name] = value
    if not held or "claimReviewed" in found:
        yield found


def _within(value: Any, depth: int = 0) -> Iterator[Any]:
    """ClaimReviews in a value; null, as the feed has where a page lost its markup, is none."""
    if isinstance(value, list) and depth < _DEEPEST:
        for each in value:
            yield from _within(each, depth + 1)
        return
    inside = [value[name] for name in _INSIDE if name in value] if isinstance(value, Mapping) else []
    if inside and "claimReviewed" not in value and depth < _DEEPEST:
        for each in inside:
            yield from _within(each, depth + 1)
        return
    yield value


def _review(entry: Any, tally: Tally) -> Review:
    """Raises _Unusable with the reason."""
    if not isinstance(entry, Mapping) or not _is_review(entry):
        raise _Unusable(NOT_A_REVIEW)
    claim = _claim(entry.get("claimReviewed"))
    url = _link(entry.get("url"))
    publisher, cut = _shortened(_publisher(entry), LONGEST_PUBLISHER)
    if not publisher:
        raise _Unusable(NO_PUBLISHER)
    words, (value, worst, best) = _rating(entry.get("reviewRating"))
    shown = words or (f"{value:g} ({worst:g} to {best:g})" if None not in (value, worst, best) else "")
    rating, cut_too = _shortened(shown, LONGEST_RATING)
    if not rating:
        raise _Unusable(NO_RATING)
    tally.noted[SHORTENED] += cut or cut_too
    given = entry.get("datePublished")
    day = _day(given)
    tally.noted[BAD_DATE] += given is not None and day is None
    standing = standing_of(words, value, worst, best)
    return Review(claim, publisher, url, rating, standing, day, _language(entry.get("inLanguage"), claim))


def _is_review(entry: Mapping[str, Any]) -> bool:
    kinds = entry.get("@type")
    return "claimReviewed" in entry or kinds == "ClaimReview" or (isinstance(kinds, list) and "ClaimReview" in kinds)


def _text(value: Any) -> str:
    """A string, or the first of a list of them, without entities and line breaks; else empty."""
    if isinstance(value, list):
        value = next((each for each in value if isinstance(each, str)), None)
    if not isinstance(value, str):
        return ""
    text = html.unescape(value) if "&" in value else value
    return _SPACE.sub(" ", text.encode("utf-8", "replace").decode("utf-8")).strip()


def _shortened(text: str, longest: int) -> tuple[str, bool]:
    return (text, False) if len(text) <= longest else (text[: longest - 1].rstrip() + "…", True)


def _claim(value: Any) -> str:
    claim = _text(value)
    if not claim:
        raise _Unusable(NO_CLAIM)
    if len(claim) > LONGEST_CLAIM:
        raise _Unusable(TOO_LONG)
    if len(claim) < SHORTEST_CLAIM:
        raise _Unusable(TOO_SHORT)
    return claim


def _link(value: Any) -> str:
    """Raises _Unusable for what a browser must not be sent to."""
    link = _text(value)
    if not link:
        raise _Unusable(NO_LINK)
    try:
        parts = urlsplit(link)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
        port = parts.port  # raises for what is none
    except ValueError:
        raise _Unusable(BAD_LINK) from None
    if not sound or port == 0 or len(link) > LONGEST_LINK or _UNPRINTABLE.search(link):
        raise _Unusable(BAD_LINK)
    return link


def _publisher(entry: Mapping[str, Any]) -> str:
    """Its name; the host of its address where it has none."""
    for name in ("author", "publisher"):
        given = entry.get(name)
        for one in given if isinstance(given, list) else [given]:
            found = _text(one.get("name")) if isinstance(one, Mapping) else _text(one)
            if found:
                return found
            try:
                host = urlsplit(_text(one.get("url"))).hostname if isinstance(one, Mapping) else None
            except ValueError:
                host = None
            if host:
                return host.removeprefix("www.")
    return ""


def _rating(given: Any) -> tuple[str, tuple[float | None, float | None, float | None]]:
    """The publisher's words, maybe empty, and the rating's value, worst and best, as far as they are numbers."""
    one = next((each for each in given if isinstance(each, Mapping)), None) if isinstance(given, list) else given
    if not isinstance(one, Mapping):
        return _text(one), (None, None, None)
    words = _text(one.get("alternateName")) or _text(one.get("name"))
    value, worst, best = (_number(one.get(name)) for name in ("ratingValue", "worstRating", "bestRating"))
    if not words and value is None:  # some publishers write the word where the number belongs
        said = _text(one.get("ratingValue"))
        words = said if any(map(str.isalpha, said)) and said.casefold() not in _NO_NUMBERS else ""
    return words, (value, worst, best)


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _day(value: Any) -> date | None:
    try:
        day = date.fromisoformat(_text(value)[:10])
    except ValueError:
        return None
    return day if day.year >= EARLIEST else None


def _language(given: Any, claim: str) -> str | None:
    """What the markup says, else what the claim looks like."""
    named = _LANGUAGE.match(_text(given))
    if named:
        return named[1].lower()
    found = detect(claim)
    return None if found == UNKNOWN else found
