"""Limits and rules of platforms, as rows of their tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from app.domain.names import Confidence, Platform


@dataclass(frozen=True, slots=True)
class Limit:
    """How much of something a platform takes (`data/platforms/limits.csv`)."""

    platform: Platform
    field: str
    """what is counted or measured: `text`, `title`, `hashtags`, `images`, `image_bytes` and so on"""
    unit: str
    at_least: int | None = None
    at_most: int | None = None
    when: str = ""
    """for what drafts or accounts alone it holds; it then replaces the general one of its unit"""
    refused: bool = True
    """whether the platform refuses what breaks it; False: it ignores, cuts or shows it less"""
    confidence: Confidence = "sourced"
    source: str = ""
    date: str = ""

    @property
    def is_hard(self) -> bool:
        """Whether a breach may hold a draft: the platform refuses it, and says so itself."""
        return self.refused and self.confidence == "sourced"


class Pattern(Protocol):
    """What a rule of a table needs of a compiled pattern: matches in folded text, in linear time."""

    def spans(self, text: str) -> list[tuple[int, int]]: ...
    def is_in(self, text: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class PlatformRule:
    """A rule of a platform or of the law, as a row of `data/platforms/rules.csv`."""

    id: str
    says: str
    """what it asks, in a sentence"""
    suggestion: str
    grade: str
    """`breach`, `unverified`, `advice` or `note`, by its severity and by how well it is known"""
    any: Pattern | None = None
    """what must stand in a text of the draft, and is what the warning marks; None: a rule reads it in its own way"""
    also: tuple[Pattern, ...] = ()
    """each of these must be somewhere in the draft, too"""
    unless: Pattern | None = None
    """what, anywhere in the draft, makes it harmless"""
    raw: bool = False
    """whether the patterns are for the text as it was typed, not folded"""
    platforms: tuple[Platform, ...] = ()
    """of the draft's platforms those that it is for; none: it is for any"""
    authority: str = ""
    reference: str = ""
    source: str = ""
    date: str = ""
