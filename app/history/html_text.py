"""HTML as the words that a reader sees, with the standard library."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MARKUP = re.compile(r"</(?:p|div|span|a|b|i|em|strong)>|<br\s*/?>", re.IGNORECASE)
_LONGEST = 200_000
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_UNSEEN = frozenset({"script", "style", "template", "head"})
_BLOCKS = frozenset({"p", "div", "blockquote", "ul", "ol", "pre", "h1", "h2", "h3", "h4", "h5", "h6"})
_LINES = frozenset({"br", "li", "tr"})


def unescape(text: str) -> str:
    """`&amp;` and the like undone once. Only with their semicolon: `?a=1&copy=2` is an address, not a sign."""
    return _ENTITY.sub(lambda entity: html.unescape(entity.group()), text)


def looks_like_html(text: str) -> bool:
    """Whether somebody exported markup where words belong."""
    return _MARKUP.search(text) is not None


def text_of(markup: str) -> str:
    """The words; paragraphs apart by an empty line, breaks by a line. Links read as they are shown, joined.

    What is longer than any post's markup is given back as it is: too long for a post, and for the library, whose time
    grows with the square of odd input.
    """
    if len(markup) > _LONGEST:
        return markup
    reader = _Reader()
    try:
        tags, end, rest = _COMMENT.sub("", markup).rpartition(">")
        reader.feed(tags + end + rest.replace("<", "&lt;"))  # no tag ends there: it would be looked for again and again
        reader.close()
    except AssertionError:  # the library's word for `<![` and the like, which no HTML has
        return unescape(_TAG.sub("", markup)).strip()
    lines = "\n".join(line.strip(" \t") for line in "".join(reader.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        if tag in _LINES:
            self.parts.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _LINES:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))
        if tag in _BLOCKS:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data)
