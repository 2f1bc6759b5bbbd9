"""Which limits hold for a draft: of the platform, of the account's tier, and the account's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.domain import OTHERS_TONE, Account, Draft, Limit, Platform, Prepared

OWN = "the account's own limits"
_COUNTED = ("hashtags", "mentions", "links", "cashtags", "tags", "images", "gifs", "videos", "audios")
_UNITS = {name: name for name in _COUNTED} | {
    "media": "items",
    "media_kinds": "kinds of media",
    "poll_options": "options",
}
"""what is counted where only the account states a limit; lengths are in characters, sizes in bytes"""
NAMES = {"text": ("characters", "max_characters")}
"""other names by which an account may state its own limit of a field"""


def limits_for(prepared: Prepared, platform: Platform, field: str) -> tuple[Limit, ...]:
    """The limits of a field there: one that holds for such a draft alone takes the place of the general one.

    An account's own limit takes the place of all that are stated in the field's first unit.
    """
    rows = prepared.limits.get((platform, field), ())
    own = _own(prepared.account, platform, field)
    if not rows and own is None:
        return ()
    held = [row for row in rows if not row.when or _holds(row.when, prepared.draft, prepared.account)]
    special = {(row.unit, row.at_most is None) for row in held if row.when}
    chosen = [row for row in held if row.when or (row.unit, row.at_most is None) not in special]
    return tuple(chosen) if own is None else _with_own(chosen, own, platform, field)


def exceeded(limits: Iterable[Limit], counted: int) -> Limit | None:
    """The highest limit that so many are over."""
    over = [limit for limit in limits if limit.at_most is not None and counted > limit.at_most]
    return max(over, key=lambda limit: (limit.is_hard, limit.at_most), default=None)


def undercut(limits: Iterable[Limit], counted: int) -> Limit | None:
    """A limit that so few are under."""
    return next((limit for limit in limits if limit.at_least is not None and counted < limit.at_least), None)


def how_many(most: int, unit: str) -> str:
    """`1 cashtag`, `4 images`, `no videos`."""
    return f"no {unit}" if most == 0 else f"1 {unit.removesuffix('s')}" if most == 1 else f"{most} {unit}"


def kind_of(media_type: str) -> str:
    """`image`, `gif`, `video`, `audio` or, for what is none of them, `file`."""
    name = media_type.casefold()
    if "gif" in name:
        return "gif"
    first = name.partition("/")[0]
    if first in ("photo", "picture", "png", "jpg", "jpeg", "webp"):
        return "image"
    return first if first in ("image", "video", "audio") else "file"


def _holds(when: str, draft: Draft, account: Account) -> bool:
    if when.startswith("tier:"):
        return (account.tier or "").casefold().strip().replace(" ", "_") in when.removeprefix("tier:").split()
    if when == "image":
        return {kind_of(item.type) for item in draft.media} == {"image"}
    if when == "comment":
        return draft.kind in ("comment", "reply")
    if when == "post":
        return draft.kind not in OTHERS_TONE
    return bool(draft.media) == (when == "media")


def _own(account: Account, platform: Platform, field: str) -> int | None:
    if not account.limits:
        return None
    names = (field, *NAMES.get(field, ()))
    known = (account.limits.get(name) for name in (*(f"{platform}_{name}" for name in names), *names))
    return next((limit for limit in known if limit is not None), None)


def _with_own(chosen: list[Limit], own: int, platform: Platform, field: str) -> tuple[Limit, ...]:
    first = next((row for row in chosen if row.at_most is not None), None)
    if first is None:
        return (*chosen, Limit(platform, field, _UNITS.get(field, "characters"), at_most=own, source=OWN))
    kept = [row for row in chosen if row.unit != first.unit or row.at_most is None]
    return (replace(first, at_most=own, refused=True, confidence="sourced", source=OWN), *kept)
