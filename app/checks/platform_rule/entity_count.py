"""More hashtags, mentions, links, cashtags or tags than the platform takes.

Why: the platform refuses the post (X with two cashtags, Threads with six links) or ignores all of them.
Flag: 31 hashtags or 21 mentions on Instagram, six different links on Threads, attached ones included, two cashtags on X,
nine tags beside a Bluesky post.
Allow: the same number on a platform without such a limit; five hashtags on Instagram; one link twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from app.checks.base import Check
from app.checks.limits import OWN, exceeded, how_many, limits_for
from app.domain import Finding, Limit, Prepared, Span

_KINDS = {"hashtags": "hashtag", "mentions": "mention", "links": "link", "cashtags": "cashtag"}
_DISTINCT = ("links", "cashtags")
"""of which the same one counts once"""


class _Found(NamedTuple):
    name: str
    """what counts as the same one; a name that stands in no text has no span"""
    span: Span | None


def judge(prepared: Prepared) -> Iterable[Finding]:
    for field in (*_KINDS, "tags"):
        found = _found(prepared, field)
        for platform in prepared.draft.platforms if found else ():
            limit = exceeded(limits_for(prepared, platform, field), len(found))
            if limit is not None:
                yield _finding(field, found, limit)


def _found(prepared: Prepared, field: str) -> list[_Found]:
    if field == "tags":
        return [_Found(tag, Span(0, len(tag), f"tags[{at}]")) for at, tag in enumerate(prepared.draft.tags) if tag]
    kind = _KINDS[field]
    counted = prepared.texts if field == "hashtags" else prepared.texts[:1]
    found = [
        _Found(_name(entity.text), Span(entity.start, entity.end, text.field))
        for text in counted
        if text.field in ("text", "title") and text.entities
        for entity in text.entities_of(kind)
    ]
    if field == "links":
        found += [_Found(_name(link), None) for link in prepared.draft.links]
    return list({each.name: each for each in reversed(found)}.values())[::-1] if field in _DISTINCT else found


def _name(text: str) -> str:
    """Of a link only the host is the same in capitals."""
    scheme, mark, rest = text.rpartition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme.casefold()}{mark}{host.casefold()}{slash}{path}"


def _finding(field: str, found: list[_Found], limit: Limit) -> Finding:
    most = limit.at_most or 0
    return Finding(
        message=f"{limit.platform} takes {how_many(most, limit.unit)}; this draft has {len(found)}.",
        why="The account's own limit is lower than that."
        if limit.source == OWN
        else "The platform refuses the post."
        if limit.refused
        else "The platform ignores what is over the limit or shows the post less.",
        suggestion=f"Keep the {most} that matter most." if most else "Leave them out there.",
        spans=tuple(each.span for each in found[most:] if each.span is not None),
        grade="hard" if limit.is_hard else "soft",
        platforms=(limit.platform,),
        evidence={
            "platform": limit.platform,
            "field": field,
            "counted": len(found),
            "limit": most,
            "source": limit.source,
        },
    )


CHECK = Check(
    id="platform_rule/entity_count",
    title="Too many hashtags, mentions, links, cashtags or tags",
    judge=judge,
    default_grades=("hard", "soft"),
    sources=("the platforms' API pages, per row of data/platforms/limits.csv",),
)
