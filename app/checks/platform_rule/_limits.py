"""The platforms' limits, loaded once from lists/limits.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from app.domain import Account, Platform


@dataclass(frozen=True, slots=True)
class Limit:
    limit: int
    hard: bool
    confidence: str
    source: str
    date: str
    unit: str = ""
    advised: int | None = None


def _load() -> tuple[dict[tuple[str, str], Limit], dict[tuple[str, str], int]]:
    raw = resources.files(__package__).joinpath("lists/limits.toml").read_text("utf-8")
    limits: dict[tuple[str, str], Limit] = {}
    tiers: dict[tuple[str, str], int] = {}
    table: Mapping[str, Mapping[str, Any]] = tomllib.loads(raw)
    for platform, fields in table.items():
        for name, entry in fields.items():
            if name == "tiers":
                tiers |= {(platform, tier): limit for tier, limit in entry.items()}
            else:
                limits[platform, name] = Limit(**entry)
    return limits, tiers


_LIMITS, _TIERS = _load()


def limit_for(platform: Platform, name: str, account: Account) -> tuple[int, Limit] | None:
    """The number that applies to this account (its own `limits` first, then its tier), and where it comes from."""
    known = _LIMITS.get((platform, name))
    if known is None:
        return None
    own = account.limits.get(f"{platform}.{name}", account.limits.get(name))
    tier = _TIERS.get((platform, (account.tier or "").casefold())) if name == "text" else None
    return (own or tier or known.limit), known
