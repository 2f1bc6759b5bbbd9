"""Bluesky rich text: which parts of a post become mentions, links and tags, by UTF-8 byte offsets.

Follows the behaviour of `RichText.detectFacets` in the AT Protocol's own client.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

import regex

from app.text.links import TLDS

_UNSEEN = r"\s\u00ad\u2060\u200a\u200b\u200c\u200d\u20e2"
_BEFORE = r"(?<![^\s(])"
_MENTION = re.compile(_BEFORE + r"@([a-zA-Z0-9.-]+)\b")
_LINK = re.compile(_BEFORE + r"(?:https?://\S+|([a-z][a-z0-9]*+(?:\.[a-z0-9]++)+)\S*)", re.IGNORECASE)
_TAG = regex.compile(rf"(?<!\S)[#＃]((?!\ufe0f)[^{_UNSEEN}]*[^\d\p{{P}}{_UNSEEN}][^{_UNSEEN}]*)")
_PUNCTUATION_AT_END = regex.compile(r"\p{P}+$")
_CASHTAG = re.compile(_BEFORE + r"\$([A-Za-z][A-Za-z0-9]{0,4})(?=[\s.,;:!?)\"'\u2019]|\Z)")
_LONGEST_TAG = 64
_HANDLE_ENDS = TLDS | {"test"}


class Facet(NamedTuple):
    """A part of a post that Bluesky annotates."""

    kind: Literal["mention", "link", "tag"]
    value: str
    """the handle, the full URL, or the tag (a cashtag with its $, in capitals)"""
    byte_start: int
    byte_end: int


def find_facets(text: str) -> tuple[Facet, ...]:
    """Facets in order; offsets are UTF-8 bytes, end exclusive."""
    found = [*_mentions(text), *_links(text), *_tags(text), *_cashtags(text)]
    found.sort(key=lambda facet: facet.byte_start)
    return tuple(_in_bytes(text, found))


def _in_bytes(text: str, facets: Iterable[Facet]) -> Iterator[Facet]:
    """The same facets (in order, by code points) by bytes."""
    at = bytes_so_far = 0
    for facet in facets:
        start = bytes_so_far + _byte_count(text[at : facet.byte_start])
        end = start + _byte_count(text[facet.byte_start : facet.byte_end])
        at, bytes_so_far = facet.byte_start, start
        yield facet._replace(byte_start=start, byte_end=end)


def _byte_count(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _mentions(text: str) -> Iterator[Facet]:
    for match in _MENTION.finditer(text):
        if match[1].rpartition(".")[2].lower() in _HANDLE_ENDS and "." in match[1]:
            yield Facet("mention", match[1], *match.span())


def _links(text: str) -> Iterator[Facet]:
    for match in _LINK.finditer(text):
        if match[1] and match[1].rpartition(".")[2].lower() not in TLDS:
            continue
        url = match[0]
        if url[-1] in ".,;:!?":
            url = url[:-1]
        if url.endswith(")") and "(" not in url:
            url = url[:-1]
        full = f"https://{url}" if match[1] else url
        yield Facet("link", full, match.start(), match.start() + len(url))


def _tags(text: str) -> Iterator[Facet]:
    for match in _TAG.finditer(text):
        tag = _PUNCTUATION_AT_END.sub("", match[1])
        if 0 < len(tag) <= _LONGEST_TAG:
            yield Facet("tag", tag, match.start(), match.start() + 1 + len(tag))


def _cashtags(text: str) -> Iterator[Facet]:
    for match in _CASHTAG.finditer(text):
        yield Facet("tag", match[0].upper(), *match.span())
