"""Voice profiles of a running service: taught with the posts that are added, looked up with their account.

A profile is written in the transaction that adds its posts, so that it is never half updated. Replies, comments and
reposts teach nothing: a reply takes its tone from what it answers, and a repost has somebody else's words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from app.domain import OTHERS_TONE, PastPost
from app.service.memory import Recent
from app.service.voice import voices
from app.store import accounts
from app.store import voices as store
from app.store.session import Transaction
from app.voice.features import Features
from app.voice.profile import HALF_LIFE, Outdated, Profile

BUILT = 5 * HALF_LIFE
"""newest posts that a profile is built from: older ones would count a thirtieth"""
FEWEST = 5
"""past posts without which a voice says nothing"""
_INLINE = 100
"""newest posts of an account that a request brings along"""
_AHEAD = timedelta(days=1)
"""how far the clock of whoever gives a post's time may be ahead"""
_REMEMBERED = 64
"""profiles, of 250 KB each"""


def learn(connection: Transaction, account_id: str, new: Sequence[PastPost]) -> None:
    """Teach the account's profile posts that were just added; the caller's transaction holds the account.

    A profile that is missing or of another version is built even where they teach nothing: who adds to an account can
    write, and who looks it up can't. A post that comes late is learnt as if it were new, for a rebuild takes half a
    second, or not at all where newer ones are all that counts; many that come late are put in their place.
    """
    if not new:
        return
    row, own = store.get(connection, account_id), _taught(new)
    profile = _read(row[0]) if row else None
    if row is None or profile is None:
        rebuild(connection, account_id)
        return
    horizon = datetime.now(UTC) + _AHEAD
    latest = _latest((), row[1], horizon)
    late = {post for post in own if _is_late(post, latest)}
    if late:
        oldest = accounts.time_of_newest(connection, account_id, BUILT, without=OTHERS_TONE)
        own = [post for post in own if not _is_late(post, oldest)]
    if len(late.intersection(own)) > HALF_LIFE:
        rebuild(connection, account_id)
        return
    own = sorted(own, key=_place)[-BUILT:]
    if own:
        _teach(profile, own)
        store.put(connection, account_id, profile.to_bytes(), _latest(own, latest, horizon))


def rebuild(connection: Transaction, account_id: str) -> None:
    """Learn the account's newest posts anew."""
    profile, own = Profile(), recent(connection, account_id)[::-1]
    _teach(profile, own)
    store.put(connection, account_id, profile.to_bytes(), _latest(own, None, datetime.now(UTC) + _AHEAD))


def of(connection: Transaction, account_id: str) -> Profile | None:
    """The stored account's voice; built from its newest posts where none is stored or it is of another version."""
    row = store.get(connection, account_id)
    profile = _decoded(row[0]) if row else None
    if profile is None:
        return built(recent(connection, account_id)[::-1])
    return profile if profile.posts >= FEWEST else None


def is_outdated(connection: Transaction, account_id: str) -> bool:
    """Whether a profile is stored that this version can't read."""
    row = store.get(connection, account_id)
    return row is not None and _decoded(row[0]) is None


_memory: Recent[tuple[PastPost, ...], Profile] = Recent(_REMEMBERED)


def built(posts: Sequence[PastPost]) -> Profile | None:
    """A profile of posts that came along; the same posts are read once."""
    own = _brought(posts)
    return _memory.get(own, lambda: _of_posts(own)) if len(own) >= FEWEST else None


def _of_posts(own: Sequence[PastPost]) -> Profile:
    found = Profile()
    _teach(found, own)
    return found


def is_enough(posts: Sequence[PastPost]) -> bool:
    """Whether `built` would find a voice."""
    return len(_taught(posts)) >= FEWEST


def is_remembered(posts: Sequence[PastPost]) -> bool:
    """Whether `built` would answer at once."""
    own = _brought(posts)
    return len(own) < FEWEST or own in _memory


def _brought(posts: Sequence[PastPost]) -> tuple[PastPost, ...]:
    return in_own_words(posts)[-_INLINE:]


def in_own_words(posts: Iterable[PastPost]) -> tuple[PastPost, ...]:
    """The posts that teach something, oldest first, in whichever order those with a time were given."""
    return tuple(sorted(_taught(posts), key=_place))


def _teach(profile: Profile, posts: Iterable[PastPost]) -> None:
    """Oldest first. Each is read before it is learnt, so that the profile knows how the account strays from itself."""
    the = voices()
    for post in map(_features, posts):
        profile.add(post, the.unlike(post, profile) if profile.posts >= FEWEST else None)


def features(posts: Sequence[PastPost]) -> list[Features]:
    """Of posts newest first, oldest first."""
    return [_features(post) for post in posts[::-1]]


def _features(post: PastPost) -> Features:
    return Features(post.text, post.posted_at.astimezone(UTC) if post.posted_at else None)


def recent(connection: Transaction, account_id: str) -> list[PastPost]:
    """The posts that a profile is built from, newest first."""
    return _taught(accounts.newest(connection, account_id, BUILT, without=OTHERS_TONE))


def _taught(posts: Iterable[PastPost]) -> list[PastPost]:
    return [post for post in posts if post.kind not in OTHERS_TONE and post.text.strip()]


def _is_late(post: PastPost, latest: datetime | None) -> bool:
    """Whether the post belongs before one that was learnt. One without a time belongs before those that have one."""
    return latest is not None and (post.posted_at is None or post.posted_at < latest)


def _latest(posts: Iterable[PastPost], before: datetime | None, horizon: datetime) -> datetime | None:
    """When the newest went out; a time beyond the horizon is a mistake that would make all posts after it late."""
    times = [before, *(post.posted_at for post in posts)]
    return max((time for time in times if time and time <= horizon), default=None)


def _place(post: PastPost) -> tuple[bool, float]:
    """To sort from the oldest, as the store does: those without a time come first, in the order given."""
    return (True, post.posted_at.timestamp()) if post.posted_at else (False, 0.0)


def _read(data: bytes) -> Profile | None:
    try:
        return Profile.from_bytes(data)
    except Outdated:
        return None


_decoded = lru_cache(maxsize=_REMEMBERED)(_read)
"""for those who only read it: stored bytes that did not change are decoded once"""
