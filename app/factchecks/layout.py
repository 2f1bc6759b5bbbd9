"""How an index lies in its file: a header that names its sections, the reviews' texts, then arrays."""

from __future__ import annotations

import json
from functools import cache
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any, NamedTuple

from app.errors import BadClaims

MAGIC = b"prepost claims 1\n"
HEADER = 4096
"""bytes of the header, the magic included; padded with spaces"""
DTYPES = {
    "at": "<u8", "standings": "|u1", "terms": "<u8", "starts": "<u8", "owners": "<u4", "rarity": "<f4", "whole": "<f4",
}  # fmt: skip


class Section(NamedTuple):
    """An array in the file."""

    start: int
    """byte"""
    length: int
    """values"""
    dtype: str


class Header(NamedTuple):
    reviews: int
    sections: dict[str, Section]


def header(reviews: int, size: int, sections: dict[str, Section]) -> bytes:
    """The header of a file of `size` bytes."""
    told = {"reviews": reviews, "size": size, "words": words_digest(), "sections": sections}
    return (MAGIC + json.dumps(told).encode()).ljust(HEADER)


def read_header(path: Path, first: bytes, size: int) -> Header:
    """Raises BadClaims where the file is no index, broken, or made with other word lists."""
    if not first.startswith(MAGIC):
        raise BadClaims(f"{path}: no index of fact checks; `prepost claims index FILE --out INDEX` makes one")
    try:
        told = json.loads(first[len(MAGIC) :])
        sections = {name: Section(*_section(told["sections"][name])) for name in DTYPES}
        reviews, whole, words = int(told["reviews"]), int(told["size"]), told["words"]
    except (ValueError, KeyError, TypeError) as error:
        raise BadClaims(f"{path}: the header is broken; build the index again") from error
    if whole != size or not _fit(sections, reviews, size):
        raise BadClaims(f"{path}: {size:,} bytes where {whole:,} are expected; build the index again")
    if words != words_digest():
        raise BadClaims(f"{path}: made by another version of Prepost; build the index again")
    return Header(reviews, sections)


def is_index(path: Path) -> bool:
    """Whether the file begins like an index, of whatever version."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def _section(told: Any) -> tuple[int, int, str]:
    start, count, dtype = told
    return int(start), int(count), str(dtype)


def _fit(sections: dict[str, Section], reviews: int, size: int) -> bool:
    """Whether the sections lie in the file and belong together."""
    inside = all(
        section.dtype == DTYPES[name]
        and section.start >= HEADER
        and section.length >= 0
        and section.start + section.length * int(section.dtype[-1]) <= size
        for name, section in sections.items()
    )
    terms = sections["terms"].length
    counts = {"at": reviews + 1, "standings": reviews, "whole": reviews, "starts": terms + 1, "rarity": terms}
    return inside and all(sections[name].length == count for name, count in counts.items())


def term_number(form: str) -> int:
    """By which a form is filed."""
    return int.from_bytes(blake2b(form.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


@cache
def words_digest() -> str:
    """Stands for the word lists: an index and its reader must agree on them."""
    digest = sha256()
    for path in sorted((Path(__file__).parent / "lists").glob("*.txt")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
