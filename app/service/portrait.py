"""A readable picture of an account's voice, and of how far two accounts are apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from app.checks.wrong_account._habits import in_words
from app.domain import PastPost
from app.errors import Invalid, NotFound
from app.service import profiles
from app.service.voice import rate_of, voices
from app.store import accounts
from app.store.session import Database, Transaction
from app.voice.portrait import noticed, telling
from app.voice.profile import Profile

NEWEST = 50
"""posts of each account that are compared"""
THRESHOLD = 0.998
"""the default policy's for `wrong_account/other_voice`"""
_MOST = 12
_FREQUENT, _HABITUAL = 0.02, 0.3
"""the share of posts that must have a word or mark, and a habit"""

Shares = Sequence[tuple[str, float]]
"""names with the share of the posts that have them"""


@dataclass(frozen=True, slots=True)
class Portrait:
    name: str
    posts: int
    """past posts of every kind"""
    since: datetime | None
    learnt: int
    """posts that the profile has learnt; 0 where too few are known"""
    outdated: bool
    """the stored profile is of another version: this one was built from the newest posts"""
    words: Shares = ()
    habits: tuple[str, ...] = ()
    hashtags: Shares = ()
    sites: Shares = ()
    mentions: Shares = ()
    hours: Shares = ()
    """in UTC"""


def portrait(database: Database, account_id: str) -> Portrait:
    """What marks the account's voice beside people in general. Raises NotFound."""
    with database.transaction() as connection:
        account = accounts.get(connection, account_id)
        if account is None:
            raise NotFound(f"there is no account {account_id!r}")
        posts, since = accounts.extent(connection, account_id)
        outdated = profiles.is_outdated(connection, account_id)
        profile = profiles.of(connection, account_id)
        recent = profiles.recent(connection, account_id)
    known = Portrait(account.shown_name or account_id, posts, since, profile.posts if profile else 0, outdated)
    return _marked(known, profile, recent) if profile and recent else known


def rebuild(database: Database, account_id: str) -> None:
    """Learn the voice anew from the stored posts. Raises NotFound."""
    with database.transaction() as connection:
        accounts.hold(connection, account_id)
        profiles.rebuild(connection, account_id)


def apart(database: Database, account_id: str, other_id: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """For each account: how many of its newest posts would be noticed on the other, and of how many.

    As the check would by the default policy, were the two all of the author's accounts.
    Raises NotFound, and Invalid where one has too few posts.
    """
    with database.transaction() as connection:
        one, other = (profiles.features(_newest(connection, each)) for each in (account_id, other_id))
    the = voices()
    return (noticed(the, one, other, _alarms), len(one)), (noticed(the, other, one, _alarms), len(other))


def _alarms(odds: float, target: Profile, other: Profile) -> bool:
    return odds > 0 and 1 - rate_of(odds, target, other) / 1000 >= THRESHOLD


def _newest(connection: Transaction, account_id: str) -> Sequence[PastPost]:
    if accounts.get(connection, account_id) is None:
        raise NotFound(f"there is no account {account_id!r}")
    posts = profiles.recent(connection, account_id)[:NEWEST]
    if len(posts) <= profiles.FEWEST:
        needed = profiles.FEWEST + 1  # each is compared with a voice that the others make up
        raise Invalid(f"{account_id!r} has {len(posts)} posts in its own words: {needed} are needed to compare")
    return posts


def _marked(known: Portrait, profile: Profile, recent: Sequence[PastPost]) -> Portrait:
    the, posts = voices(), profiles.features(recent)
    marks = telling(the, profile, posts, "marks", least=_FREQUENT)
    habits = telling(the, profile, posts, "habits", least=_HABITUAL)
    return replace(
        known,
        words=tuple(telling(the, profile, posts, "words", least=_FREQUENT)[:_MOST]),
        habits=in_words((name for name, _ in habits), most=_MOST),
        hashtags=_named(marks, "#"),
        sites=_named(marks, "site "),
        mentions=_named(marks, "@"),
        hours=_hours(telling(the, profile, posts, "clock", least=_FREQUENT), recent),
    )


def _hours(clock: Shares, recent: Sequence[PastPost]) -> Shares:
    """With the share of the posts that went out in that very hour: a profile counts the hours beside it too."""
    times = [post.posted_at.astimezone(UTC).hour for post in recent if post.posted_at]
    exact = [(hour, times.count(int(hour)) / len(recent)) for hour, _ in _named(clock, "hour ", most=24)]
    return tuple(sorted((each for each in exact if each[1] >= _FREQUENT), key=lambda each: -each[1])[: _MOST // 2])


def _named(found: Shares, start: str, *, most: int = _MOST // 2) -> Shares:
    """Those of one kind; hashtags and mentions keep their sign."""
    cut = len(start) if start.endswith(" ") else 0
    return tuple((name[cut:], share) for name, share in found if name.startswith(start))[:most]
