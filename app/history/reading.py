"""A file as its posts, in whatever format: what is opened, how its bytes are read, who reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.errors import Invalid
from app.history import jsonl, mastodon, schedule_csv, x_archive
from app.history.archive import Part, parts
from app.history.detect import HEAD, Format, detect
from app.history.post import Item
from app.text.encoding import encoding_of


@dataclass(frozen=True, slots=True)
class History:
    """A file whose bytes are text in a known format. Its posts may be read any number of times."""

    format: Format
    handle: str | None
    """whose posts they are, as far as it is known: a reply to oneself is none"""
    only: str | None
    """the one account whose rows are taken of a file that holds several"""
    parts: tuple[tuple[Part, str], ...]
    """each with its encoding"""
    day_first: bool | None = None
    """how 3/4 is to be read where a table doesn't show it"""

    def items(self) -> Iterator[Item]:
        """Each entry in the order of the file. Raises Invalid with the place where it can't be read on."""
        for part, encoding in self.parts:
            try:
                yield from self._items(part, encoding)
            except UnicodeDecodeError as error:  # it was text when it was opened
                raise Invalid(f"{part.label}changed while it was read") from error

    def _items(self, part: Part, encoding: str) -> Iterator[Item]:
        if self.format == "csv":
            opening = partial(part.text, encoding, "")
            yield from schedule_csv.posts(opening, only=self.only, mine=self.handle, day_first=self.day_first)
            return
        with part.text(encoding, "\n") as source:
            if self.format == "x":
                yield from x_archive.posts(source, handle=self.handle, label=part.label)
            elif self.format == "mastodon":
                yield from mastodon.posts(source, label=part.label)
            else:
                yield from jsonl.posts(source)


def open_history(
    file: Path, given: Format | None, *, handle: str | None, only: str | None, day_first: bool | None = None
) -> History:
    """Raises Invalid for a file that is in no known format, or not text."""
    found = parts(file)
    formats = {given or _format_of(part) for part in found}
    if len(formats) > 1:
        raise Invalid("a zip with both an X and a Mastodon archive: unpack it and give one")
    chosen = formats.pop()
    return History(chosen, handle, only, tuple((part, _encoding_of(part, chosen)) for part in found), day_first)


def _format_of(part: Part) -> Format:
    with part.raw() as source:
        return detect(source.read(HEAD))


def _encoding_of(part: Part, chosen: Format) -> str:
    with part.raw() as source:
        return encoding_of(source, excel=chosen == "csv")
