"""What somebody else wrote, made fit to be shown: no tags, no control or bidi characters, no link that isn't one."""

from __future__ import annotations

import re
import unicodedata
from typing import Any
from urllib.parse import urlsplit

LONGEST_LINK = 2_000
_TAG = re.compile(r"<[^<>]*>")
_OPENS = re.compile(r"<(?=[A-Za-z/!?])")
_JOINERS = "\u200c\u200d"
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_NO_LINK = re.compile(r"[\s<>\"'\\^`{|}]")


def words(value: Any, longest: int) -> str:
    """A string on one line, at most `longest` characters; empty where it is no string."""
    if not isinstance(value, str):
        return ""
    text = _without_tags(value[: 4 * longest + 100])
    seen = "".join(" " if char.isspace() else char for char in text if not _is_hidden(char))
    text = " ".join(seen.split())
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _is_hidden(char: str) -> bool:
    """Joiners are part of how Persian, Hindi and emoji are written."""
    return not char.isspace() and char not in _JOINERS and unicodedata.category(char) in _HIDDEN


def _without_tags(text: str) -> str:
    """Also of `<<b>script>`, which is one only once the other is gone."""
    for _ in range(5):
        shorter = _TAG.sub(" ", text)
        if shorter == text:
            break
        text = shorter
    return _OPENS.sub("< ", text)


def link(value: Any) -> str | None:
    """An http or https URL with a host and nothing that a page could be tricked with; else None."""
    if not isinstance(value, str) or not value or len(value) > LONGEST_LINK:
        return None
    if not value.isprintable() or _NO_LINK.search(value):
        return None
    try:
        parts = urlsplit(value)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
        return value if sound and parts.port != 0 else None
    except ValueError:
        return None


def host(url: str) -> str:
    """Of a link that `link` let through."""
    return (urlsplit(url).hostname or "").removeprefix("www.")
