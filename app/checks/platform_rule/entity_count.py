"""More hashtags, mentions, links or cashtags than the platform takes.

Why: the platform refuses the post (X with two cashtags, Threads with six links) or ignores all of them.
Flag: 31 hashtags or 21 mentions on Instagram, six links on Threads, two cashtags on X.
Allow: the same number on a platform without such a limit; five hashtags on Instagram.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.base import Check
from app.checks.platform_rule._limits import limit_for
from app.domain import Entity, Finding, Prepared, Span

_KINDS = {"hashtags": "hashtag", "mentions": "mention", "links": "link", "cashtags": "cashtag"}


def judge(prepared: Prepared) -> Iterable[Finding]:
    if not prepared.text.entities:
        return
    for name, kind in _KINDS.items():
        found = prepared.text.entities_of(kind)
        distinct = len({entity.text.casefold() for entity in found}) if name in ("links", "cashtags") else len(found)
        for platform in prepared.draft.platforms:
            known = limit_for(platform, name, prepared.account)
            if known and distinct > known[0]:
                yield _finding(name, platform, found[known[0] :], (distinct, known[0]), hard=known[1].hard)


def _finding(name: str, platform: str, extra: tuple[Entity, ...], counts: tuple[int, int], *, hard: bool) -> Finding:
    return Finding(
        message=f"{platform} takes {counts[1]} {name}; this draft has {counts[0]}.",
        why="The platform refuses the post, or ignores what is over the limit."
        if hard
        else "The platform ignores what is over the limit or shows the post less.",
        suggestion=f"Keep the {counts[1]} that matter most.",
        spans=tuple(Span(entity.start, entity.end) for entity in extra),
        grade="hard" if hard else "soft",
        evidence={"platform": platform, "counted": counts[0], "limit": counts[1]},
    )


CHECK = Check(
    id="platform_rule/entity_count",
    title="Too many hashtags, mentions, links or cashtags",
    judge=judge,
    default_grades=("hard", "soft"),
)
