"""Where a slip is told of instead of made: quoted in a text about a mailing that went wrong."""

from __future__ import annotations

import re

from app.domain import Span, Text

_MISHAP = re.compile(
    r"\b(?:newsletters?|e-?mails?|mailings?|inbox(?:es)?|subject lines?|letters?|messages?|greeted|addressed|called (?:you|me|us|them)|wrote to|written to"
    r"|(?:began|begins|opened|opens|started|starts|arrived|went out|signed off) (?:with|as)|oops|typos?)\b",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"(?:[\"“„«]|(?<!\w)['‘])[^\"“”„«»\n]{1,200}?(?:[\"”“»]|['’](?!\w))")

_GREETED = re.compile(
    r"(?:dear|hi|hello|hey|hallo|liebe[rs]?(?:/r)?|bonjour|hola|ciao|ol[aá]|thanks|thank you|welcome),? ?\Z",
    re.IGNORECASE,
)
_FEWEST_AROUND = 6
"""words of a text that speaks of the words it quotes"""


def around(span: Span, raw: str) -> tuple[int, int] | None:
    """Start and end of the quotation that the span stands in."""
    quotes = (quote.span() for quote in _QUOTE.finditer(raw))
    return next(((start, end) for start, end in quotes if start < span.start and span.end < end), None)


def tells_of_a_mailing(gap: Span, text: Text) -> bool:
    """The gap stands in quotation marks, in a text that tells of a mailing in which it stood."""
    within = around(gap, text.raw)
    return within is not None and _MISHAP.search(text.raw[: within[0]] + text.raw[within[1] :]) is not None


def is_told(span: Span, text: Text) -> bool:
    """The words stand in quotation marks within a text that speaks of them; not behind a greeting."""
    within = around(span, text.raw)
    if within is None or _GREETED.search(text.raw[: within[0]]) is not None:
        return False
    outside = text.raw[: within[0]] + " " + text.raw[within[1] :]
    return len(re.findall(r"\w+", outside)) >= _FEWEST_AROUND
