"""What is said back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.names import EMPTY, AccountKind, Category, SentAs, VerdictWas


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a person says of a check once they have seen its verdict, and what is known of the check by itself."""

    check_id: str
    verdict_was: VerdictWas
    why: str
    by: str
    outcome: SentAs
    category: Category | None = None
    rule: str | None = None
    labels: Mapping[str, int] = field(default_factory=lambda: EMPTY)
    """classifier labels that the person says are 1 or 0; a label that is absent is unknown"""
    text: str | None = None
    """the draft's text, where the person gave it"""
    id: str | None = None
    at: datetime | None = None
    warned: tuple[str, ...] = ()
    """the rules that the check warned of"""
    model: str = ""
    """the version of the model that scored the check"""
    platform: str | None = None
    account_id: str | None = None
    """the account of the check, where it is a stored one: the feedback is erased with it"""
    account_kind: AccountKind | None = None
    country: str | None = None
