"""Characters as people see them: extended grapheme clusters and emoji (Unicode UAX #29, UTS #51)."""

from __future__ import annotations

from collections.abc import Iterator

import regex

_CLUSTER = regex.compile(r"\X")
_EMOJI = regex.compile(
    r"\p{Regional_Indicator}{2}"
    r"|[0-9#*]\ufe0f?\u20e3"
    # © ® ™ ♟ are signs unless the emoji form is asked for; any other is an emoji unless the text form is
    r"|(?:[\u00a9\u00ae\u2122\u265f]\ufe0f|(?![\u00a9\u00ae\u2122\u265f])\p{Extended_Pictographic}(?:\ufe0f|(?!\ufe0e)))"
    r"\p{Emoji_Modifier}?(?:[\U000e0020-\U000e007e]+\U000e007f)?"
    r"(?:\u200d\p{Extended_Pictographic}\ufe0f?\p{Emoji_Modifier}?)*"
)


def grapheme_count(text: str) -> int:
    """How many characters a reader would count."""
    if text.isascii():
        return len(text) - text.count("\r\n")
    return sum(1 for _ in _CLUSTER.finditer(text))


def find_emoji(text: str) -> Iterator[tuple[int, int]]:
    """Spans (code points) of emoji, a joined or modified sequence counting as one."""
    return (match.span() for match in _EMOJI.finditer(text))
