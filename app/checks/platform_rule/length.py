"""A text, title, alt text, poll option, hashtag, tag or link that is longer than the platform takes, as that platform
counts.

Why: the platform refuses the post, or cuts it in the middle of the sentence, often hours after it was scheduled.
Flag: 281 weighted characters on X, 301 graphemes or 3,001 bytes on Bluesky, a 101-character title on YouTube, a poll
option of 26 characters on X, an alt text of 1,001.
Allow: the same length on an account with a higher limit (a Premium tier, a server's own maximum in `limits`); the names that X puts before a reply. On X links
at the very end, two at most, that alone make the text too long are only noted: they may be the attached picture's or
quoted post's own, which X does not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.checks.base import Check
from app.checks.limits import exceeded, limits_for, undercut
from app.domain import Finding, Limit, Platform, Prepared, Span, Text
from app.text.length import measure

_FIELD_OF = {"tags": "tag", "poll.options": "poll_option", "media": "alt_text"}
"""the limits' name of a field that a draft may have several of"""
_NAMES = {"poll_option": "poll option", "alt_text": "alt text", "tags_total": "list of tags"}
_TAG_LIST = "characters of a tag list"
_MOST_PER_CHARACTER = 4
"""no unit counts more for one character, but for links and sequences of emoji"""
_FINELY = 6_000
"""characters of a text whose overshoot is marked exactly"""
_PLAIN = ("characters", "graphemes", "UTF-16 code units", "UTF-8 bytes", "characters with emoji in bytes")
"""units that count one for an ASCII character, or less"""


def judge(prepared: Prepared) -> Iterable[Finding]:
    for platform in prepared.draft.platforms:
        for text in prepared.texts:
            yield from _of_text(prepared, platform, text)
        yield from _of_parts(prepared, platform)
        yield from _of_tags(prepared, platform)


def _of_text(prepared: Prepared, platform: Platform, text: Text) -> Iterator[Finding]:
    field = _FIELD_OF.get(text.field.partition("[")[0], text.field)
    limits = limits_for(prepared, platform, field)
    if not limits:
        return
    raw = _counted_text(prepared, text, platform)
    limit, counted = _too_long(limits, raw, links=len(text.entities))
    if limit is not None:
        attached = platform == "x" and field == "text" and measure(_without_last_links(raw), limit.unit) <= _most(limit)
        where = Span(_overshoot(text.raw, limit, len(raw), counted), len(text.raw), text.field)
        yield _finding(_name(field), limit, counted, (where,), grade="attached_link" if attached else None)
    elif field == "text" and not raw.strip() and prepared.draft.kind != "repost" and undercut(limits, 0):
        yield _empty(platform)


def _of_parts(prepared: Prepared, platform: Platform) -> Iterator[Finding]:
    """Hashtags and links, each on its own."""
    for field, kind in (("hashtag", "hashtag"), ("link", "link")):
        limits = limits_for(prepared, platform, field)
        if not limits:
            continue
        for text in prepared.texts:
            for entity in text.entities_of(kind):
                limit, counted = _too_long(limits, entity.text.lstrip("#＃"))
                if limit is not None:
                    yield _finding(_name(field), limit, counted, (Span(entity.start, entity.end, text.field),))
        for link in prepared.draft.links if field == "link" else ():
            limit, counted = _too_long(limits, link)
            if limit is not None:
                yield _finding("attached link", limit, counted, ())


def _of_tags(prepared: Prepared, platform: Platform) -> Iterator[Finding]:
    """All tags together: commas count, and two quotes for each tag with a space."""
    tags = prepared.draft.tags
    limits = limits_for(prepared, platform, "tags_total") if tags else ()
    counted = sum(len(tag) + 2 * (" " in tag) for tag in tags) + max(len(tags) - 1, 0)
    if limit := exceeded(limits, counted):
        last = Span(0, len(tags[-1]), f"tags[{len(tags) - 1}]")
        yield _finding(_name("tags_total"), limit, counted, (last,) if tags[-1] else ())


def _too_long(limits: Iterable[Limit], raw: str, *, links: int = 0) -> tuple[Limit | None, int]:
    """The first limit that the text breaks, with its length; counting is dear, and most texts are far from the limit."""
    for limit in limits:
        if limit.at_most is None or _at_most(raw, limit.unit, links) <= limit.at_most:
            continue
        counted = measure(raw, limit.unit)
        if counted > limit.at_most:
            return limit, counted
    return None, 0


def _at_most(raw: str, unit: str, links: int) -> int:
    per_character = 1 if unit in _PLAIN and raw.isascii() else _MOST_PER_CHARACTER
    return len(raw) * per_character + 23 * links


def _overshoot(raw: str, limit: Limit, counted_in: int, counted: int) -> int:
    """Where what is too long begins: found by halving in texts that are counted whole and in little time."""
    if counted_in != len(raw) or len(raw) > _FINELY:
        return max(0, len(raw) - (counted - _most(limit)))
    fits, too_long = 0, len(raw)
    while too_long - fits > 1:
        middle = (fits + too_long) // 2
        if measure(raw[:middle], limit.unit) <= _most(limit):
            fits = middle
        else:
            too_long = middle
    return fits


def _most(limit: Limit) -> int:
    return limit.at_most or 0


def _without_last_links(raw: str) -> str:
    """The text without the links at its very end, at most two: an attached picture's and a quoted post's."""
    words = raw.rsplit(maxsplit=2)
    while len(words) > 1 and words[-1].startswith(("http://", "https://")):
        words.pop()
    return raw[: raw.rindex(words[-1]) + len(words[-1])] if words else raw


def _counted_text(prepared: Prepared, text: Text, platform: Platform) -> str:
    """Mastodon counts the content warning with the text; X doesn't count the names that it puts before a reply."""
    if platform == "x" and text.field == "text" and prepared.is_reply:
        return text.raw[_after_names(text) :]
    if platform == "mastodon" and text.field == "text" and prepared.draft.content_warning:
        return prepared.draft.content_warning + text.raw
    return text.raw


def _after_names(text: Text) -> int:
    """Where the mentions end that a text begins with."""
    end = 0
    for mention in text.entities_of("mention"):
        if text.raw[end : mention.start].strip():
            break
        end = mention.end
    return end


def _name(field: str) -> str:
    return _NAMES.get(field, field)


def _finding(name: str, limit: Limit, counted: int, spans: tuple[Span, ...], *, grade: str | None = None) -> Finding:
    most = _most(limit)
    return Finding(
        message=f"The {name} is {counted - most} {limit.unit} too long for {limit.platform}.",
        why=f"{limit.platform} counts {counted} {limit.unit} here and takes {most}.",
        suggestion="If the link at the end is the attached picture's or quoted post's own, leave it; if not, shorten the text."
        if grade
        else "Shorten it, split it into a thread, or set the account's tier or limits if it may be longer."
        if name == "text"
        else "Shorten it.",
        spans=spans,
        grade=grade or ("hard" if limit.is_hard else "soft"),
        platforms=(limit.platform,),
        evidence={
            "platform": limit.platform,
            "counted": counted,
            "limit": most,
            "unit": limit.unit,
            "source": limit.source,
        },
    )


def _empty(platform: Platform) -> Finding:
    return Finding(
        message=f"{platform} takes no post that has neither text nor media.",
        why="The text of this draft is empty, and no media go with it.",
        suggestion="Write a text, or attach the picture.",
        grade="hard",
        platforms=(platform,),
        evidence={"platform": platform},
    )


CHECK = Check(
    id="platform_rule/length",
    title="Too long for the platform",
    judge=judge,
    default_grades=("hard", "soft", "attached_link"),
    sources=("the platforms' API pages, per row of data/platforms/limits.csv",),
)
