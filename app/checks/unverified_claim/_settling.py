"""The machine-readable half of a finding: what is claimed, what it stands on, what is at stake, what would settle it."""

from __future__ import annotations

import tomllib
from typing import Any

from app.checks.unverified_claim import _evidence
from app.domain import Prepared

_WAYS = ("ask", "link", "qualify", "wait")
_KNOWN: dict[str, dict[str, str]] = tomllib.loads((_evidence.LISTS / "settling.toml").read_text(encoding="utf-8"))


def record(prepared: Prepared, claim: str) -> dict[str, Any]:
    """`claim`: a table of `lists/settling.toml`.

    {"claimed", "stands_on": {"source": "named | anonymous | none", "link": "primary | open | shortened | none",
    "passed_on": whether its words are of a post that the draft reposts or quotes}, "at_stake",
    "would_settle": [{"how": "ask | link | qualify | wait", "what": …}]}
    """
    known = _KNOWN[claim]
    return {
        "claimed": claim,
        "stands_on": _basis(prepared),
        "at_stake": known["at_stake"],
        "would_settle": [{"how": way, "what": known[way]} for way in _WAYS if way in known],
    }


def _basis(prepared: Prepared) -> dict[str, Any]:
    backing = _evidence.backing(prepared)
    link = "primary" if backing.primary else "open" if backing.link else "shortened" if backing.shortened else "none"
    return {
        "source": "anonymous" if backing.anonymous else "named" if backing.named else "none",
        "link": link,
        "passed_on": prepared.quoted is not None and prepared.quoted in prepared.texts,
    }
