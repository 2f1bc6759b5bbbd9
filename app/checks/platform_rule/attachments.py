"""Media or a poll that the platform doesn't take: too many, too large, of kinds that don't go together, or missing.

Why: the upload fails when the post is due, or the post goes out without its picture.
Flag: five images on X, a picture and a video in one Bluesky post, a 3 MB image on Bluesky, a poll of five options on X, a
video for Google Business.
Allow: ten images on Instagram; a platform without such a limit; an account with limits of its own. That media are missing
where the platform takes no post without them is only noted: many tools add them later.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from app.checks.base import Check
from app.checks.limits import exceeded, how_many, kind_of, limits_for, undercut
from app.domain import Finding, Limit, Platform, Prepared

_PLURAL = {"image": "images", "gif": "gifs", "video": "videos", "audio": "audios"}
_MEGABYTE = 1_000_000


def judge(prepared: Prepared) -> Iterable[Finding]:
    kinds = Counter(kind_of(item.type) for item in prepared.draft.media)
    for platform in prepared.draft.platforms:
        yield from _media(prepared, platform, kinds)
        if prepared.draft.media:
            yield from _sizes(prepared, platform)
        if prepared.draft.poll_options is not None:
            yield from _poll(prepared, platform, prepared.draft.poll_options)


def _media(prepared: Prepared, platform: Platform, kinds: Counter[str]) -> Iterator[Finding]:
    limits = limits_for(prepared, platform, "media")
    if limit := undercut(limits, kinds.total()):
        yield _missing(limit)
    if not kinds:
        return
    if limit := exceeded(limits, kinds.total()):
        yield _too_many(limit, kinds.total())
    for kind, count in kinds.items():
        if kind in _PLURAL and (limit := exceeded(limits_for(prepared, platform, _PLURAL[kind]), count)):
            yield _too_many(limit, count)
    if limit := exceeded(limits_for(prepared, platform, "media_kinds"), len(kinds)):
        yield _mixed(limit, sorted(kinds))


def _sizes(prepared: Prepared, platform: Platform) -> Iterator[Finding]:
    for number, item in enumerate(prepared.draft.media, 1):
        limit = exceeded(limits_for(prepared, platform, f"{kind_of(item.type)}_bytes"), item.bytes or 0)
        if limit is not None:
            yield _too_large(limit, number, item.bytes or 0)


def _poll(prepared: Prepared, platform: Platform, options: tuple[str, ...]) -> Iterator[Finding]:
    limits, count = limits_for(prepared, platform, "poll_options"), len(options)
    if limit := exceeded(limits, count):
        yield _too_many(limit, count)
    elif limit := undercut(limits, count):
        yield _finding(
            limit,
            count,
            message=f"A poll on {limit.platform} needs at least {limit.at_least} options; this one has {count}.",
            why="The platform refuses the poll.",
            least=True,
            suggestion="Add an option, or ask without a poll.",
        )
    if not all(map(str.strip, options)) and (limit := undercut(limits_for(prepared, platform, "poll_option"), 0)):
        yield _finding(
            limit,
            0,
            message=f"A poll on {limit.platform} takes no option without words.",
            why="One of the options is empty.",
            suggestion="Write the option, or leave it out.",
            least=True,
        )


def _too_many(limit: Limit, counted: int) -> Finding:
    return _finding(
        limit,
        counted,
        message=f"{limit.platform} takes {how_many(limit.at_most or 0, limit.unit)}; this draft has {counted}.",
        why="The platform refuses what is over its limit.",
        suggestion="Leave some out, or post them apart."
        if limit.at_most
        else "Leave it out for this platform, or take a picture.",
    )


def _mixed(limit: Limit, kinds: list[str]) -> Finding:
    return _finding(
        limit,
        len(kinds),
        message=f"{limit.platform} doesn't take {' and '.join(kinds)} in one post.",
        why="A post there holds one kind of media.",
        suggestion="Choose one kind, or post them apart.",
    )


def _too_large(limit: Limit, number: int, size: int) -> Finding:
    most = (limit.at_most or 0) / _MEGABYTE
    return _finding(
        limit,
        size,
        message=f"Attachment {number} is too large for {limit.platform}.",
        why=f"It has {size / _MEGABYTE:,.1f} MB, and {limit.platform} takes {most:,.1f} MB.",
        suggestion="Compress it, or choose a smaller version.",
    )


def _missing(limit: Limit) -> Finding:
    return _finding(
        limit,
        0,
        least=True,
        message=f"{limit.platform} takes no post without media, and none is attached here.",
        why="The platform has no posts of text alone.",
        suggestion="Attach a picture or a video; if your tool adds it later, this needs nothing.",
        grade="missing",
    )


def _finding(
    limit: Limit,
    counted: int,
    *,
    message: str,
    why: str,
    suggestion: str,
    grade: str | None = None,
    least: bool = False,
) -> Finding:
    """`least`: it is the least that is wanted, and not the most, that the draft misses."""
    return Finding(
        message=message,
        why=why,
        suggestion=suggestion,
        grade=grade or ("hard" if limit.is_hard else "soft"),
        platforms=(limit.platform,),
        evidence={
            "platform": limit.platform,
            "field": limit.field,
            "counted": counted,
            "limit": limit.at_least if least else limit.at_most,
            "source": limit.source,
        },
    )


CHECK = Check(
    id="platform_rule/attachments",
    title="Media or poll that the platform doesn't take",
    judge=judge,
    default_grades=("hard", "soft", "missing"),
    sources=("the platforms' API pages, per row of data/platforms/limits.csv",),
)
