"""A text or title longer than the platform takes, counted as that platform counts.

Why: the platform refuses the post, or cuts it in the middle of the sentence, often hours after it was scheduled.
Flag: 281 weighted characters on X, 301 graphemes on Bluesky, a 101-character title on YouTube.
Allow: the same length on an account with a higher limit (a Premium tier, a server's own maximum in `limits`). On X a link
at the very end that alone makes the text too long is only noted: it may be the attached picture's or quoted post's own
link, which X does not count.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.base import Check
from app.checks.platform_rule._limits import Limit, limit_for
from app.domain import Finding, Platform, Prepared, Span, Text
from app.text.length import length


def judge(prepared: Prepared) -> Iterable[Finding]:
    for text in prepared.texts:
        if text.field not in ("text", "title"):
            continue
        for platform in prepared.draft.platforms:
            known = limit_for(platform, text.field, prepared.account)
            if known is None or _at_most(text, known[1]) <= known[0]:
                continue
            counted = length(_counted_text(prepared, text, platform), platform)
            if counted > known[0]:
                fits_without = platform == "x" and length(_without_last_link(text.raw), platform) <= known[0]
                yield _finding(text, platform, counted, *known, attached=fits_without)


def _without_last_link(raw: str) -> str:
    """The text without a link at its very end, if there is one."""
    *before, last = raw.rsplit(maxsplit=1) or [raw]
    return before[0] if before and last.startswith(("http://", "https://")) else raw


def _at_most(text: Text, known: Limit) -> int:
    """No platform counts more than this; counting itself is dear, and most texts are far from the limit."""
    per_character = 1 if known.unit in ("characters", "graphemes") and text.raw.isascii() else 4
    return len(text.raw) * per_character + 23 * len(text.entities)


def _counted_text(prepared: Prepared, text: Text, platform: Platform) -> str:
    """Mastodon counts the content warning together with the text."""
    if platform == "mastodon" and text.field == "text" and prepared.draft.content_warning:
        return prepared.draft.content_warning + text.raw
    return text.raw


def _finding(text: Text, platform: Platform, counted: int, limit: int, known: Limit, *, attached: bool) -> Finding:
    """`attached`: it fits without the link at its end."""
    over = counted - limit
    return Finding(
        message=f"The {text.field} is {over} {known.unit} too long for {platform}.",
        why=f"{platform} counts {counted} {known.unit} here and takes {limit}.",
        suggestion="Shorten it, split it into a thread, or set the account's tier or limits if it may be longer."
        if not attached
        else "If the link at the end is the attached picture's or quoted post's own, leave it; if not, shorten the text.",
        spans=(Span(max(0, len(text.raw) - over), len(text.raw), text.field),),
        grade="attached_link" if attached else "hard" if known.hard and known.confidence == "sourced" else "soft",
        evidence={"platform": platform, "counted": counted, "limit": limit, "unit": known.unit, "source": known.source},
    )


CHECK = Check(
    id="platform_rule/length",
    title="Too long for the platform",
    judge=judge,
    default_grades=("hard", "soft", "attached_link"),
    sources=("the platforms' API pages, per row of lists/limits.toml",),
)
