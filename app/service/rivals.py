"""Rivals of a running service: a classifier of each two accounts that are compared, fitted where they are looked up.

Never in a check: six milliseconds a pair, and ten to read an account's posts, are not for the event loop. The same
posts always give the same rival, whether it was remembered, turned round or fitted anew: a verdict can be replayed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain import Account, PastPost
from app.service import profiles
from app.service.memory import Recent
from app.store import accounts
from app.store.session import Transaction
from app.voice.features import Features
from app.voice.rival import MOST, Places, Rival, learnt, read

_PAIRS, _ACCOUNTS = 128, 64
"""rivals of 66 KB, which are all pairs of sixteen accounts, and accounts' posts as they were read, of 60 KB"""


@dataclass(frozen=True, slots=True)
class Newest:
    """An account's newest posts in its own words, oldest first; stored ones and the same ones inline are one."""

    mark: str
    """of their texts in their order, which are all that a rival sees"""
    posts: tuple[PastPost, ...] = field(compare=False)


def newest(posts: Sequence[PastPost]) -> Newest:
    """Of posts of any kind, those without a time oldest first."""
    own = profiles.in_own_words(posts)[-MOST:]
    mark = hashlib.blake2b(digest_size=16)
    for post in own:
        text = post.text.encode("utf-8", "surrogatepass")
        mark.update(b"%d " % len(text) + text)
    return Newest(mark.hexdigest(), own)


def stored(connection: Transaction, account_id: str, account: Account) -> Newest:
    """Of a stored account, which has its posts newest first; where most of them are replies, older ones are read."""
    found = newest(account.recent_posts[::-1])
    if len(found.posts) == MOST or len(account.recent_posts) < accounts.RECENT:
        return found
    return newest(profiles.recent(connection, account_id)[::-1])


_pairs: Recent[tuple[str, str], Rival] = Recent(_PAIRS)
_accounts: Recent[str, list[Places]] = Recent(_ACCOUNTS)


def between(target: Newest, other: Newest) -> Rival | None:
    """The other against the target; None where one has too few posts, or both have the same."""
    if not _is_fitted(target, other):
        return None
    first, second = _in_order(target, other)
    found = _pairs.get((first.mark, second.mark), lambda: learnt(_read(first), _read(second)))
    return found if first is target else found.turned()


def is_remembered(target: Newest, other: Newest) -> bool:
    """Whether `between` would answer at once."""
    first, second = _in_order(target, other)
    return (first.mark, second.mark) in _pairs or not _is_fitted(target, other)


def _is_fitted(target: Newest, other: Newest) -> bool:
    return min(len(target.posts), len(other.posts)) >= profiles.FEWEST and target.mark != other.mark


def _in_order(target: Newest, other: Newest) -> tuple[Newest, Newest]:
    """One rival serves both ways, and is the same whichever way was asked for first."""
    return (target, other) if target.mark < other.mark else (other, target)


def _read(known: Newest) -> list[Places]:
    return _accounts.get(known.mark, lambda: [read(Features(post.text)) for post in known.posts])
