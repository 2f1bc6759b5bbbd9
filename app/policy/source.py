"""A policy file as it was read, and its entries: each asks for a type and refuses another by file, line and name."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any, cast

from app.errors import BadPolicy
from app.policy.lines import Path, line_of

LARGEST = 1_000_000
"""bytes of a file"""
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True, slots=True)
class Source:
    """One file, read once: what is said of it later is said of these words, whatever has been written since."""

    name: str
    text: str
    table: Mapping[str, Any]
    digest: str

    @classmethod
    def read(cls, path: FilePath) -> Source:
        """Raises BadPolicy with the line."""
        try:
            raw = path.read_bytes()
        except OSError as error:
            raise BadPolicy(f"{path.name}: can't be read: {error.strerror or type(error).__name__}") from error
        if len(raw) > LARGEST:
            raise BadPolicy(f"{path.name}: is longer than {LARGEST:,} bytes")
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            raise BadPolicy(f"{path.name}:{line}: is not UTF-8") from error
        return cls(path.name, text, _parsed(path.name, text), hashlib.sha256(raw).hexdigest())

    @property
    def entry(self) -> Entry:
        """All of it."""
        return Entry(self, (), self.table)

    def fail(self, path: Path, reason: str) -> BadPolicy:
        """The refusal of an entry, to be raised."""
        line = line_of(self.text, path)
        place = self.name if line is None else f"{self.name}:{line}"
        return BadPolicy(f"{place}: {_told(path)}: {reason}" if path else f"{place}: {reason}")


def _parsed(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        told = _AT_LINE.search(str(error))
        line = int(told[1]) if told else text.rstrip("\n").count("\n") + 1
        raise BadPolicy(f"{name}:{line}: {error}") from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, lists in lists in lists
        raise BadPolicy(f"{name}: can't be read: {type(error).__name__}") from error


def _told(path: Path) -> str:
    """`rules.offensive/threat.mode`; places in a list from 1, as people count."""
    return "".join(f" #{part + 1}" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


class Entry:
    """A value of the file and the way to it."""

    def __init__(self, source: Source, path: Path, value: Any) -> None:
        self._source, self.path, self._value = source, path, value

    def fail(self, reason: str) -> BadPolicy:
        return self._source.fail(self.path, reason)

    def _within(self, key: str | int, value: Any) -> Entry:
        return Entry(self._source, (*self.path, key), value)

    def table(self, known: Collection[str] | None = None) -> dict[str, Entry]:
        """Its entries by key; `known`: another key is refused."""
        if not isinstance(self._value, dict):
            raise self.fail("must be a table")
        entries = {key: self._within(key, value) for key, value in self._value.items()}
        for key, entry in entries.items():
            if known is not None and key not in known:
                raise entry.fail("unknown setting")
        return entries

    def is_text(self) -> bool:
        return isinstance(self._value, str)

    def text(self, longest: int = 200) -> str:
        value = self._value
        if not isinstance(value, str) or not value.strip():
            raise self.fail("must be words in quotation marks")
        if len(value) > longest:
            raise self.fail(f"is longer than {longest:,} characters")
        return value

    def texts(self, most: int, longest: int = 200) -> tuple[str, ...]:
        """A list of texts."""
        if not isinstance(self._value, list):
            raise self.fail("must be a list of words in quotation marks")
        if len(self._value) > most:
            raise self.fail(f"holds {len(self._value):,}: at most {most:,} are taken")
        return tuple(item.text(longest) for item in self._items())

    def choices(self, allowed: Collection[str]) -> frozenset[str]:
        """A list that names one of these or several."""
        if not isinstance(self._value, list) or not self._value:
            raise self.fail("must be a list that names one or several")
        return frozenset(item.choice(allowed) for item in self._items())

    def _items(self) -> Iterable[Entry]:
        return (self._within(index, item) for index, item in enumerate(self._value))

    def choice(self, allowed: Collection[str]) -> str:
        if self._value not in tuple(allowed):
            raise self.fail(f"{repr(self._value)[:80]} is not one of {', '.join(allowed)}")
        return cast(str, self._value)

    def flag(self) -> bool:
        if not isinstance(self._value, bool):
            raise self.fail("must be true or false")
        return self._value

    def integer(self) -> int:
        if not isinstance(self._value, int) or isinstance(self._value, bool) or self._value < 0:
            raise self.fail("must be a whole number of 0 or more")
        return self._value

    def number(self, highest: float, *, reason: str, above: bool = False) -> float:
        """From 0 to `highest`; `above`: and not 0 itself."""
        value = self._value
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= highest:
            raise self.fail(reason)
        if above and value == 0:
            raise self.fail(reason)
        return value
