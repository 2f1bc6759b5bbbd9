"""Profile: how often an account's posts have each feature; older posts count for less, and none is kept.

Counts halve before every HALF_LIFE-th post, so that a profile that is written and read after every post is the same as
one that never was.
"""

from __future__ import annotations

import itertools
import math
import struct
import zlib
from collections.abc import Iterable
from typing import Self

import numpy as np
from numpy.typing import NDArray

from app.errors import PrepostError
from app.voice import GROUPS
from app.voice.features import OFFSETS, SIZE, Features

HALF_LIFE = 60
"""posts after which an old post counts half: of 30, 60, 100 and none the best where there are 200 past posts"""
LARGEST = 64 * 1024
"""bytes that a profile may take; the rarest counts go first"""
UNLIKENESSES = 100
"""of its own newest posts whose unlikeness is kept, to know how far the account strays from itself"""
UNIT = 8
"""what a post counts, so that it can be halved three times"""
_HEAD = struct.Struct("<4sIH")
_MAGIC = b"VP01"


class Outdated(PrepostError):
    """A profile of another version, or bytes that are none: it is to be built again from the posts."""


class Profile:
    """One account's voice."""

    __slots__ = ("counts", "mark", "posts", "strayed", "totals")

    def __init__(self) -> None:
        self.counts: NDArray[np.uint16] = np.zeros(SIZE, dtype=np.uint16)
        self.totals: NDArray[np.int64] = np.zeros(len(GROUPS), dtype=np.int64)
        self.posts = 0
        self.strayed: list[float] = []
        """how unlike itself each of its newest posts was, read before it was learnt; oldest first"""
        self.mark = 0
        """of the bytes it was read from; 0 for one that was built"""

    def add(self, post: Features, unlike: float | None = None) -> None:
        """Learn a post. `unlike`: what `Voices.unlike` said of it before."""
        if self.posts and self.posts % HALF_LIFE == 0:
            self.counts >>= 1
            self._sum()
        self.counts[post.at] += UNIT
        self.totals += UNIT * post.sizes
        self.posts += 1
        if unlike is not None and math.isfinite(unlike):
            self.strayed = [*self.strayed[1 - UNLIKENESSES :], unlike]

    def forget(self, post: Features) -> None:
        """Undo `add`, of one of the last HALF_LIFE posts: before they count half."""
        self.counts[post.at] -= UNIT
        self.totals -= UNIT * post.sizes
        self.posts -= 1

    def to_bytes(self) -> bytes:
        """At most LARGEST."""
        counts, floor = self.counts, 0
        head = _HEAD.pack(_MAGIC, self.posts, len(self.strayed)) + np.array(self.strayed, dtype="<f4").tobytes()
        while True:
            planes = counts.astype("<u2").view(np.uint8).reshape(-1, 2).T.tobytes()
            data = head + zlib.compress(planes, 1)
            if len(data) <= LARGEST:
                return data
            floor += UNIT // 2
            counts = np.where(self.counts > floor, self.counts, 0).astype(np.uint16)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Raises Outdated for what this version did not write."""
        try:
            magic, posts, several = _HEAD.unpack_from(data)
            start = _HEAD.size + 4 * several
            strayed = np.frombuffer(data[_HEAD.size : start], dtype="<f4")
            planes = zlib.decompressobj().decompress(data[start:], 2 * SIZE + 1)
            counts = np.frombuffer(planes, dtype=np.uint8).reshape(2, -1).T.copy().view("<u2")[:, 0]
        except (struct.error, zlib.error, ValueError) as error:
            raise Outdated("the bytes are no voice profile") from error
        if magic != _MAGIC or len(counts) != SIZE or len(strayed) != several:
            raise Outdated("the voice profile is of another version")
        found = cls()
        found.counts = counts.astype(np.uint16)
        found.posts, found.strayed, found.mark = posts, [float(each) for each in strayed], zlib.crc32(data)
        found._sum()
        return found

    def _sum(self) -> None:
        self.totals = np.add.reduceat(self.counts, OFFSETS[:-1], dtype=np.int64)


def background(posts: Iterable[Features], *, smoothing: float = 0.3) -> NDArray[np.float32]:
    """The share that each place of the table has in its group among many people's posts, shape (SIZE,)."""
    counts = np.zeros(SIZE)
    for post in posts:
        counts[post.at] += 1
    parts = [counts[start:end] + smoothing for start, end in itertools.pairwise(OFFSETS)]
    return np.concatenate([part / part.sum() for part in parts]).astype(np.float32)
