"""Where a slip is told of instead of made: quoted in a text about a mailing that went wrong."""

from __future__ import annotations

import re

from app.domain import Span, Text

_MISHAP = re.compile(
    r"\b(?:newsletters?|e-?mails?|mailings?|inbox(?:es)?|subject lines?|letters?|messages?|greeted|addressed|called (?:you|me|us|them)|wrote to|written to"
    r"|(?:began|begins|opened|opens|started|starts|arrived|went out|signed off) (?:with|as)|oops|typos?)\b",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"(?:[\"“„«]|(?<!\w)['‘])[^\"“”„«»\n]{1,80}?(?:[\"”“»]|['’](?!\w))")


def around(span: Span, raw: str) -> tuple[int, int] | None:
    """Start and end of the quotation that the span stands in."""
    quotes = (quote.span() for quote in _QUOTE.finditer(raw))
    return next(((start, end) for start, end in quotes if start < span.start and span.end < end), None)


def tells_of_a_mailing(gap: Span, text: Text) -> bool:
    """The gap stands in quotation marks, in a text that tells of a mailing in which it stood."""
    within = around(gap, text.raw)
    return within is not None and _MISHAP.search(text.raw[: within[0]] + text.raw[within[1] :]) is not None
