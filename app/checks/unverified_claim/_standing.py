"""What an account may know by its own work: a police force of arrests, a weather service of storms, a club of itself."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from app.checks.wordlists import load_patterns
from app.domain import Account, Prepared
from app.text.normalise import fold

_FIELDS = load_patterns(Path(__file__).with_name("lists") / "fields.txt")
_ANSWERING = ("health", "safety", "weather_service", "elections", "office", "newsroom")
_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[_\W\d]+")


def works_in(account: Account, *fields: str) -> bool:
    """Whether its name, handle, sector or description says that one of these fields is its work."""
    about = _about(account.display_name, account.handle, account.sector, account.description)
    return any(_FIELDS[field].search(about) for field in fields)


def is_official(prepared: Prepared, *fields: str) -> bool:
    """Whether it is an authority on one of these: a public body that isn't known to work in something else."""
    account = prepared.account
    if account.kind != "government":
        return False
    if works_in(account, *fields, "office"):
        return True
    return not works_in(account, "leisure")


def is_newsroom(account: Account) -> bool:
    """By its kind, or because its name or handle is a broadcaster's or a paper's."""
    if account.kind == "media":
        return True
    return (
        account.kind == "brand" and _FIELDS["newsroom"].search(_about(account.display_name, account.handle)) is not None
    )


def can_be_asked(name: str) -> bool:
    """Whether a handle or name is a public body's, a service's that speaks of grave matters by its office, a newsroom's."""
    about = _about(name)
    return not _FIELDS["imitation"].search(about) and any(_FIELDS[field].search(about) for field in _ANSWERING)


@lru_cache(maxsize=256)
def _about(*said: str | None) -> str:
    """In one folded string, a handle's words apart."""
    return fold(" ".join(_HUMPS.sub(" ", words) for words in said if words)).text
