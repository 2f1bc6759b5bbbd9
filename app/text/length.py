"""How long a text is, as each platform counts. Limits and their sources: data/platforms/limits.csv."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from app.domain import Platform
from app.text.graphemes import find_emoji, grapheme_count
from app.text.links import find_links
from app.text.weighted import weighted_length

_REMOTE_MENTION = re.compile(
    r"(?<![\w/=])(@[A-Za-z0-9_]++(?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?)@([A-Za-z0-9.-]+[A-Za-z0-9])"
)
_MASTODON_URL = 23
_LONGEST_DOMAIN, _LONGEST_LABEL = 253, 63


def length(text: str, platform: Platform) -> int:
    """The length of a post's text in the platform's own unit (see `unit`)."""
    return measure(text, unit(platform))


def unit(platform: Platform) -> str:
    """The unit that the platform counts a post's text in."""
    return _UNIT_OF.get(platform, "characters")


def measure(text: str, in_unit: str) -> int:
    """The length of a text in a unit of the table of limits. Raises KeyError for another."""
    return _COUNTERS[in_unit](text)


def utf8_length(text: str) -> int:
    """UTF-8 bytes; a lone surrogate counts the three bytes it would take."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def utf16_length(text: str) -> int:
    """UTF-16 code units."""
    return len(text) + sum(char > "\uffff" for char in text)


def mastodon_length(text: str) -> int:
    """Grapheme clusters, a link with a scheme counting 23 and @user@domain only its @user."""
    pieces: list[str] = []
    at = 0
    for link in find_links(text):
        if link.has_scheme:
            pieces += (text[at : link.start], "x" * _MASTODON_URL)
            at = link.end
    pieces.append(text[at:])
    return grapheme_count(_REMOTE_MENTION.sub(_local_part, "".join(pieces)))


def _local_part(match: re.Match[str]) -> str:
    domain = match[2]
    fits = len(domain) <= _LONGEST_DOMAIN and max(map(len, domain.split("."))) <= _LONGEST_LABEL
    return match[1] if fits else match[0]


def threads_length(text: str) -> int:
    """Characters, an emoji counting as many as it has UTF-8 bytes."""
    extra = sum(utf8_length(text[start:end]) - (end - start) for start, end in find_emoji(text))
    return len(text) + extra


_COUNTERS: Mapping[str, Callable[[str], int]] = MappingProxyType(
    {
        "characters": len,
        "graphemes": grapheme_count,
        "weighted characters": weighted_length,
        "UTF-8 bytes": utf8_length,
        "UTF-16 code units": utf16_length,
        "characters with emoji in bytes": threads_length,
        "characters with Mastodon's discounts": mastodon_length,
    }
)
_UNIT_OF: Mapping[Platform, str] = MappingProxyType(
    {
        "x": "weighted characters",
        "bluesky": "graphemes",
        "mastodon": "characters with Mastodon's discounts",
        "threads": "characters with emoji in bytes",
        "tiktok": "UTF-16 code units",
        "youtube": "UTF-8 bytes",
    }
)
