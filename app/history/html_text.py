"""HTML as the words that a reader sees, with the standard library."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MARKUP = re.compile(r"</(?:p|div|span|a|b|i|em|strong)>|<br\s*/?>", re.IGNORECASE)
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
    """The words; paragraphs apart by an empty line, breaks by a line. Links read as they are shown, joined."""
    reader = _Reader()
    try:
        reader.feed(markup)
        reader.close()
    except AssertionError:  # the library's word for `<![` and the like, which no HTML has
        return unescape(_TAG.sub("", markup)).strip()
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]*\n[ \t]*", "\n", "".join(reader.parts))).strip()


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
