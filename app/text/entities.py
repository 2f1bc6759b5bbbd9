"""Words and entities of one field, with their places in the raw text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Literal

import regex

from app.domain import Entity, Folded, Token
from app.text.graphemes import find_emoji
from app.text.hashtags import segmentations, split_hashtag
from app.text.links import TLDS, find_links

__all__ = ["entities", "segmentations", "tokens"]

Kind = Literal["mention", "hashtag", "link", "cashtag", "emoji", "phone", "email"]

_ASCII_WORD = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:'[\p{L}\p{M}\p{N}]+)*+")
_EMAIL = re.compile(r"(?<![\w.+%@-])[\w.+%-]++@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_MENTION = re.compile(r"(?<![\w@＠/])[@＠][A-Za-z0-9_]+(?:[.-][A-Za-z0-9_]+)*+(?:@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)?")
_HASHTAG = regex.compile(r"(?<![\p{L}\p{M}\p{N}_&/])[#＃](?!\ufe0f|\u20e3)([\p{L}\p{M}\p{N}_]++)")
_CASHTAG = re.compile(r"(?<![\w$])\$[A-Za-z]{1,6}(?:[._][A-Za-z]{1,2})?(?![\w$])")
_PHONE = re.compile(r"(?<![\w.,/$€£-])(?:\+|\()?\d(?:[ ().\-/\u00a0\u2010-\u2013]{0,3}\d){6,15}(?![\w€£%])", re.ASCII)
_HAS_LETTER = regex.compile(r"[\p{L}\p{M}]")


def entities(raw: str) -> tuple[Entity, ...]:
    """Entities in order of their place; none overlap (an e-mail or a link takes the place of what lies in it)."""
    taken = bytearray(len(raw))
    found: list[Entity] = []
    for kind, start, end in _candidates(raw):
        if any(taken[start:end]):
            continue
        taken[start:end] = b"\x01" * (end - start)
        words = split_hashtag(raw[start + 1 : end]) if kind == "hashtag" else ()
        found.append(Entity(kind, raw[start:end], start, end, words))
    found.sort(key=lambda entity: entity.start)
    return tuple(found)


def _candidates(raw: str) -> Iterator[tuple[Kind, int, int]]:
    """Candidates, the stronger kind first. Each search is made only where its sign occurs."""
    has_at = "@" in raw or "＠" in raw
    if has_at:
        yield from (("email", *match.span()) for match in _EMAIL.finditer(raw))
    if "." in raw:
        yield from (
            ("link", link.start, link.end)
            for link in find_links(raw)
            if not _is_sentence_end(link.tld, raw[link.start : link.end])
        )
    if has_at:
        yield from (("mention", match.start(), _mention_end(match)) for match in _MENTION.finditer(raw))
    if "#" in raw or "＃" in raw:
        yield from (("hashtag", *match.span()) for match in _HASHTAG.finditer(raw) if _HAS_LETTER.search(match[1]))
    if "$" in raw:
        yield from (("cashtag", *match.span()) for match in _CASHTAG.finditer(raw))
    yield from (("phone", *match.span()) for match in _PHONE.finditer(raw))
    if not raw.isascii():
        yield from (("emoji", *span) for span in find_emoji(raw))


def _is_sentence_end(tld: str, text: str) -> bool:
    """`closed today.So is` names no site: a capital behind the dot starts a sentence someone forgot to part."""
    last = text.rpartition(".")[2]
    return last[:1].isupper() and last.lower() == tld and last != last.upper() and "//" not in text


def _mention_end(match: re.Match[str]) -> int:
    """Handles with a hyphen are domain names (Bluesky); elsewhere a hyphen ends the handle."""
    handle = match[0]
    if "-" in handle and handle.count("@") == 1 and handle.rpartition(".")[2].lower() not in TLDS:
        return match.start() + handle.index("-")
    return match.end()


def tokens(folded: Folded, found: tuple[Entity, ...] = ()) -> tuple[Token, ...]:
    """Words in order, apostrophes inside kept; not those of links and e-mail addresses."""
    starts, ends, text = folded.starts, folded.ends, folded.text
    matches = (_ASCII_WORD if text.isascii() else _WORD).finditer(text)
    words = [Token(match[0], starts[match.start()], ends[match.end() - 1]) for match in matches]
    addresses = [entity for entity in found if entity.kind in ("link", "email")]
    return tuple(_outside(words, addresses) if addresses else words)


def _outside(words: list[Token], addresses: list[Entity]) -> Iterator[Token]:
    """The words that begin in no address; both lists are in order."""
    starts = [word.start for word in words]
    at = 0
    for address in addresses:
        yield from words[at : bisect_left(starts, address.start)]
        at = bisect_left(starts, address.end)
    yield from words[at:]
