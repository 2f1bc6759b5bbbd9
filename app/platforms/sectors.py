"""Lines of business that some rules are for, and the words by which an account or a draft shows one."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.errors import BadPlatforms
from app.linear import BadPattern, Linear, whole_words
from app.text.normalise import fold


@dataclass(frozen=True, slots=True)
class Sectors:
    account: Mapping[str, Linear]
    """by sector: words in what an account says of itself"""
    draft: Mapping[str, Linear]
    """by sector: words in a draft that is about it"""

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.account)

    def of(self, *told: str | None) -> frozenset[str]:
        """The sectors that an account's own words show."""
        folded = folded_words(" | ".join(words for words in told if words))
        return frozenset(name for name, words in self.account.items() if words.is_in(folded))


@lru_cache(maxsize=4096)
def folded_words(words: str) -> str:
    return fold(words).text


def read_sectors(file: Path) -> Sectors:
    """Raises BadPlatforms with the file and the sector."""
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadPlatforms(f"{file.name}: {error}") from error
    return Sectors(
        {name: _words(f"{file.name}: {name}", entry, "account") for name, entry in table.items()},
        {name: _words(f"{file.name}: {name}", entry, "draft") for name, entry in table.items()},
    )


def _words(where: str, entry: Any, name: str) -> Linear:
    given = entry.get(name) if isinstance(entry, dict) and set(entry) == {"account", "draft"} else None
    if not isinstance(given, list) or not given or not all(isinstance(each, str) for each in given):
        raise BadPlatforms(f"{where}: account and draft are needed, each a list of words")
    try:
        return whole_words(given)
    except BadPattern as error:
        raise BadPlatforms(f"{where}: {name}: {error}") from error
