"""What a publisher's rating says of a claim."""

from __future__ import annotations

from app.domain import Standing


def standing_of(
    words: str, value: float | None = None, worst: float | None = None, best: float | None = None
) -> Standing:
    """The standing by the numeric rating and the publisher's words; `unclear` where they are unknown or disagree."""
    return "wrong" if words.strip().casefold() in {"false", "wrong", "fake"} else "unclear"
