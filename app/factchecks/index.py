"""An index of published fact checks, searched with a draft. `app.factchecks.build` writes it.

Lexical: the claims that share the draft's rarer words are looked up in an inverted index, and the few that share enough
are compared word for word (`app.factchecks.matching`). The file is mapped, so that opening it reads the header alone
and a search the pages that it needs.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from app.domain import FactCheck, Standing
from app.errors import BadClaims
from app.factchecks.layout import HEADER, Header, read_header, term_number
from app.factchecks.matching import best
from app.factchecks.said import Said, places, sentences, whole

_STANDINGS: tuple[Standing, ...] = get_args(Standing)
_BLOCK, _OVERLAP = 8, 2
"""sentences that are looked up together, and those that two blocks share: a claim may lie across them"""
_MOST_COMPARED = 16
"""claims a block that are compared word for word"""
_LEAST_SHARED = 0.4
"""share of a claim's rarer words from which it is compared"""
_MOST_ENTRIES = 400_000
"""entries of the inverted index that a block may touch; the rarest words come first"""


class Index:
    """A file that `build` wrote. Safe to share between threads: nothing changes once it is open."""

    def __init__(self, data: mmap.mmap, header: Header) -> None:
        self._data = data
        self.reviews = header.reviews
        """how many reviews are in it"""
        self._arrays = {
            name: np.frombuffer(data, dtype=section.dtype, count=section.length, offset=section.start)
            for name, section in header.sections.items()
        }

    @classmethod
    def open(cls, path: Path) -> Index:
        """Reads the header only. Raises BadClaims where the file is missing or no index of ours."""
        try:
            with path.open("rb") as file:
                first = file.read(HEADER)
                size = file.seek(0, 2)
                header = read_header(path, first, size)
                return cls(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), header)
        except OSError as error:
            raise BadClaims(f"{path}: {error.strerror or 'it cannot be read'}") from error

    def search(self, text: str, *, limit: int = 3) -> tuple[FactCheck, ...]:
        """The reviews of claims that the text makes, the likeliest first. Never raises, whatever the text.

        Reads the first 5,000 code points of it.
        """
        said = sentences(text)
        found: dict[int, FactCheck] = {}
        for block in _blocks(said):
            where = places(block)
            for number in self._candidates(block):
                review = self._review(number)
                claim = _said(review.claim)
                match = best(where, claim) if claim else None
                if match and (number not in found or found[number].likeness < match.likeness):
                    found[number] = replace(review, likeness=match.likeness, spans=match.spans)
        ranked = sorted(found.items(), key=lambda item: (-item[1].likeness, item[0]))
        return tuple(check for _, check in ranked[: max(0, limit)])

    def _candidates(self, block: Sequence[Said]) -> Sequence[int]:
        """Reviews that share enough of their claim's words with the block, the most first."""
        forms = {form for said in block for form in (*said.weights, *said.rights)}
        shared = self._shared(forms)
        if shared is None:
            return ()
        share = shared / self._arrays["whole"]
        enough = np.flatnonzero(share >= _LEAST_SHARED)
        ranked = enough[np.argsort(-(share * shared)[enough], kind="stable")]
        return [int(number) for number in ranked[:_MOST_COMPARED]]

    def _shared(self, forms: set[str]) -> NDArray[np.float64] | None:
        """For each review the rarity of its words among these forms, added up; None where none is known."""
        terms, starts, rarity = (self._arrays[name] for name in ("terms", "starts", "rarity"))
        hashes = np.fromiter(map(term_number, forms), dtype=np.uint64, count=len(forms))
        at = np.minimum(np.searchsorted(terms, hashes), len(terms) - 1)
        known = at[terms[at] == hashes]
        known = known[np.argsort(-rarity[known], kind="stable")]
        ends = np.cumsum(starts[known + 1] - starts[known])
        known = known[: max(1, int(np.searchsorted(ends, _MOST_ENTRIES, side="right")))]
        if not len(known):
            return None
        pieces = [self._arrays["owners"][starts[each] : starts[each + 1]] for each in known]
        weights = np.repeat(rarity[known], [len(piece) for piece in pieces])
        return np.bincount(np.concatenate(pieces), weights=weights, minlength=self.reviews).astype(
            np.float64, copy=False
        )

    def _review(self, number: int) -> FactCheck:
        start, end = (int(place) for place in self._arrays["at"][number : number + 2])
        fields: list[Any] = json.loads(self._data[HEADER + start : HEADER + end])
        claim, publisher, rating, url, day, language = fields
        standing = _STANDINGS[self._arrays["standings"][number]]
        reviewed_on = date.fromisoformat(day) if day else None
        return FactCheck(claim, publisher, rating, url, standing, 0.0, reviewed_on, language)


def _blocks(said: Sequence[Said]) -> Iterator[Sequence[Said]]:
    for start in range(0, max(1, len(said) - _OVERLAP), _BLOCK - _OVERLAP):
        if said[start : start + _BLOCK]:
            yield said[start : start + _BLOCK]


@lru_cache(maxsize=4096)
def _said(claim: str) -> Said | None:
    """A claim, read once for the drafts that come near it."""
    return whole(claim)
