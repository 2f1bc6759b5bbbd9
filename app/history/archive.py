"""The parts of a file that hold posts: the file itself, or those in a platform's zip archive."""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TextIO

from app.errors import Invalid

LARGEST = 4 * 2**30
"""bytes unpacked that are read of a zip: a hundred kilobytes can unpack to more than a disk holds"""
_POSTS = re.compile(r"(?:.*/)?(?:data/tweets?(?:-part(?P<part>\d{1,4}))?\.js|outbox\.json)")
_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Part:
    """One text with posts."""

    file: Path
    member: str | None = None

    @property
    def label(self) -> str:
        return f"{self.member}: " if self.member else ""

    @contextmanager
    def raw(self) -> Iterator[IO[bytes]]:
        """Its bytes. Raises Invalid for a zip that can't be read."""
        if self.member is None:
            with self.file.open("rb") as source:
                yield source
            return
        try:
            with zipfile.ZipFile(self.file) as archive, archive.open(self.member) as source:
                yield source
        except _DAMAGED as error:
            raise Invalid(f"{self.label}the zip is damaged: {error}") from error

    @contextmanager
    def text(self, encoding: str, newline: str) -> Iterator[TextIO]:
        with self.raw() as source:
            yield io.TextIOWrapper(source, encoding=encoding, newline=newline)


def parts(file: Path) -> list[Part]:
    """What is to be read, in order. Raises Invalid."""
    if not file.is_file():
        raise Invalid("no regular file: it is read more than once")
    with file.open("rb") as source:
        head = source.read(4)
    if head.startswith(b"\x1f\x8b"):
        raise Invalid("packed with gzip: unpack it first")
    if head.startswith(b"Rar!") or head.startswith(b"7z\xbc\xaf"):
        raise Invalid("packed as RAR or 7z: unpack it first")
    return _members(file) if head.startswith(b"PK") else [Part(file)]


def _members(file: Path) -> list[Part]:
    try:
        with zipfile.ZipFile(file) as archive:
            found = [(match, info) for info in archive.infolist() if (match := _POSTS.fullmatch(info.filename))]
    except _DAMAGED as error:
        raise Invalid(f"broken off, or no zip: {error}") from error
    if not found:
        raise Invalid("a zip without data/tweets.js or outbox.json")
    if any(info.flag_bits & 1 for _, info in found):
        raise Invalid("a zip with a password: unpack it first")
    size = sum(info.file_size for _, info in found)
    if size > LARGEST:
        raise Invalid(f"its posts unpack to {size:,} bytes, more than the {LARGEST:,} that are read")
    return [Part(file, info.filename) for _, info in sorted(found, key=lambda pair: int(pair[0]["part"] or 0))]
