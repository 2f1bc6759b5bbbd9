"""Markup that was never turned into signs: HTML entities and tags, emoji codes, Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.checks.matching import find_raw
from app.domain import Platform, Span, Text

_ENTITY = re.compile(
    r"&(?:amp|nbsp|lt|gt|quot|apos|hellip|mdash|ndash|rsquo|lsquo|rdquo|ldquo|euro|pound|copy|reg|trade|bull|middot|[aeiouncAEIOUNC](?:acute|grave|uml|circ|tilde|cedil)|szlig"
    r"|#\d{2,6}|#x[0-9a-fA-F]{2,6});"
)
_TAG = re.compile(
    r"</?(?:br|p|b|i|u|em|strong|span|div|a|ul|ol|li|h[1-6]|img|table|tr|td|font|blockquote|iframe|script|center|hr)(?:\s[^<>\n]{0,200})?\s?/?>",
    re.I,
)
_BBCODE = re.compile(
    r"\[/?(?:b|i|u|url|img|quote)(?:=[^\]\n]{1,200})?\][^\[\n]{1,200}\[/(?:b|i|u|url|img|quote)\]", re.I
)
_SHORTCODE = re.compile(r"(?<![\w:/])(?::([a-z0-9_+-]{2,32}):)(?![\w:/])")
_CODES = frozenset((Path(__file__).parent / "lists" / "emoji_codes.txt").read_text(encoding="utf-8").split())
_ESCAPE = re.compile(
    r"\\u[0-9a-fA-F]{4}|\\U000[0-9a-fA-F]{5}|(?<![:\\/])\\n(?=\\n|[A-Z#@])|â€[™œ“”\u009d¦]|Ã[©¨¼¶¤±³¡]"
)
_MARKDOWN = re.compile(
    r"(?<![\w*])\*\*(?=[\w\"“])[^*\n]{1,120}\*\*(?![\w*])|(?:\A|\n)#{1,4} (?=\w)[^\n]{1,120}|(?<!!)\[[^\[\]\n]{1,120}\]\(https?://[^\s()]{3,300}\)"
)
_SHOWS_MARKS: frozenset[Platform] = frozenset(
    {"x", "bluesky", "threads", "facebook", "instagram", "linkedin", "tiktok", "pinterest", "google_business"}
)
"""platforms that show Markdown as it stands"""
_OWN_CODES: frozenset[Platform] = frozenset({"mastodon"})
"""platforms whose servers turn codes of their own into pictures"""


def found(text: Text, platforms: Sequence[Platform]) -> Iterator[tuple[str, Span, float]]:
    """Grade, place and confidence of what is left; each search is made only where its sign occurs."""
    raw = text.raw
    if "&" in raw and ";" in raw:
        yield from (("markup", span, 0.9) for span, _ in find_raw(_ENTITY, [text]))
    if "<" in raw and ">" in raw:
        yield from (("markup", span, 0.9) for span, _ in find_raw(_TAG, [text]))
    if "[/" in raw:
        yield from (("markup", span, 0.9) for span, _ in find_raw(_BBCODE, [text]))
    if "\\" in raw or "â€" in raw or "Ã" in raw:
        yield from (("markup", span, 0.9) for span, _ in find_raw(_ESCAPE, [text]))
    if raw.count(":") > 1 and not (platforms and _OWN_CODES.issuperset(platforms)):
        codes = find_raw(_SHORTCODE, [text])
        yield from (("markup", span, 0.9) for span, match in codes if match[1] in _CODES)
    if ("**" in raw or "](" in raw or "# " in raw) and not _SHOWS_MARKS.isdisjoint(platforms):
        yield from (("markdown", span, 0.8) for span, _ in find_raw(_MARKDOWN, [text]))
