"""Writing an index: one file, from reviews as they are read, put in place in one step."""

from __future__ import annotations

import json
import os
import tempfile
from array import array
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import IO, get_args

import numpy as np
from numpy.typing import NDArray

from app.domain import Standing
from app.errors import Invalid
from app.factchecks.claimreview import CONTRADICTION, DUPLICATE, Review, Tally
from app.factchecks.layout import HEADER, Section, header, term_number
from app.factchecks.said import whole

WORDLESS = "claim without words that tell"
_STANDINGS: tuple[Standing, ...] = get_args(Standing)
_KEY = 8
"""bytes of the digest by which a review is known again"""


@dataclass(slots=True)
class Built:
    """What an index was made of."""

    reviews: int = 0
    languages: Counter[str] = field(default_factory=Counter)
    first: date | None = None
    last: date | None = None


def build(reviews: Iterable[Review], path: Path, tally: Tally) -> Built:
    """Writes the index beside `path` and moves it there: who has the old one open goes on reading it.

    Holds numbers in memory, about a hundred bytes a review; texts are written as they come. What is left out is
    counted in `tally`. Raises Invalid where nothing is left to index, OSError where the file can't be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(bytes(HEADER))
            writer = _Writer(file, tally)
            for review in reviews:
                writer.add(review)
            writer.finish()
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise
    return writer.built


class _Writer:
    def __init__(self, file: IO[bytes], tally: Tally) -> None:
        self.built = Built()
        self._file = file
        self._tally = tally
        self._at = array("Q", [0])
        self._standings = bytearray()
        self._seen: dict[bytes, int] = {}
        self._numbers: dict[str, int] = {}
        self._terms = array("I")
        self._owners = array("I")

    def add(self, review: Review) -> None:
        key = blake2b(f"{review.url}\n{review.claim}".encode(), digest_size=_KEY).digest()
        standing = _STANDINGS.index(review.standing)
        earlier = self._seen.get(key)
        if earlier is not None:
            self._merge(earlier, standing)
            return
        said = whole(review.claim)
        forms = (said.weights | said.rights) if said else {}
        if not forms:
            self._tally.left_out[WORDLESS] += 1
            return
        number = self._seen[key] = len(self._standings)
        for form in forms:
            self._terms.append(self._numbers.setdefault(form, len(self._numbers)))
            self._owners.append(number)
        self._standings.append(standing)
        self._at.append(self._at[-1] + self._file.write(_record(review)))
        self._count(review)

    def finish(self) -> None:
        """Writes what is searched, and the header last."""
        count = len(self._standings)
        if not count:
            left = ", ".join(f"{count:,} {reason}" for reason, count in self._tally.left_out.most_common())
            raise Invalid(f"no review is left to index{f': {left}' if left else ', and none was left out'}")
        sections: dict[str, Section] = {}
        for name, values in self._arrays(count).items():
            start = -(-self._file.tell() // 8) * 8
            self._file.write(bytes(start - self._file.tell()))
            sections[name] = Section(start, len(values), values.dtype.str)
            self._file.write(values.tobytes())
        written = header(count, self._file.tell(), sections)
        self._file.seek(0)
        self._file.write(written)

    def _arrays(self, count: int) -> dict[str, NDArray[np.generic]]:
        owners = np.frombuffer(self._owners, dtype=np.uint32)
        terms = np.frombuffer(self._terms, dtype=np.uint32)
        hashes = np.array([term_number(form) for form in self._numbers], dtype=np.uint64)
        order = np.argsort(hashes, kind="stable")
        rank = np.empty(len(order), dtype=np.uint32)
        rank[order] = np.arange(len(order), dtype=np.uint32)
        ranked = rank[terms]
        sizes = np.bincount(ranked, minlength=len(order))
        rarity = np.log1p(count / sizes).astype(np.float32)
        return {
            "at": np.frombuffer(self._at, dtype=np.uint64),
            "standings": np.frombuffer(self._standings, dtype=np.uint8),
            "terms": hashes[order],
            "starts": np.concatenate([[0], np.cumsum(sizes)]).astype(np.uint64),
            "owners": owners[np.argsort(ranked, kind="stable")],
            "rarity": rarity,
            "whole": np.bincount(owners, weights=rarity[ranked], minlength=count).astype(np.float32),
        }

    def _merge(self, earlier: int, standing: int) -> None:
        """A review that is there already; where it is rated otherwise, nobody can say which rating holds."""
        if self._standings[earlier] == standing:
            self._tally.left_out[DUPLICATE] += 1
            return
        self._tally.left_out[CONTRADICTION] += 1
        self._standings[earlier] = _STANDINGS.index("unclear")

    def _count(self, review: Review) -> None:
        built, day = self.built, review.reviewed_on
        built.reviews += 1
        built.languages[review.language or "und"] += 1
        if day:
            built.first, built.last = min(built.first or day, day), max(built.last or day, day)


def _record(review: Review) -> bytes:
    day = review.reviewed_on.isoformat() if review.reviewed_on else None
    fields = [review.claim, review.publisher, review.rating, review.url, day, review.language]
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
