"""Claims that run ahead of everybody who could confirm them: a run on a bank, a deal, a picture that goes round."""

from __future__ import annotations

from typing import NamedTuple

from app.checks.unverified_claim import _evidence
from app.domain import Prepared, Span


class Claim(NamedTuple):
    grade: str
    spans: tuple[Span, ...]
    message: str
    suggestion: str


def find(prepared: Prepared) -> Claim | None:
    """The gravest of the three; None where the draft speaks of the account's own house or warns of a fraud."""
    found = _find(prepared)
    if found and (_evidence.speaks_for_itself(prepared) or _evidence.warns(prepared)):
        return None
    return found


def _find(prepared: Prepared) -> Claim | None:
    if panic := _evidence.spans(prepared, "panic"):
        return Claim(
            "panic",
            panic,
            "This can set off a run: it tells people to save their money or their stocks, and nobody named says why.",
            "Ask the bank or the authority and name it; without it, leave this out.",
        )
    return _deal(prepared) or _picture(prepared)


def _deal(prepared: Prepared) -> Claim | None:
    """Told as done, and not announced, by somebody who takes no part in it."""
    settled = _evidence.spans(prepared, "settled")
    coming = _evidence.spans(prepared, "unannounced") if settled else ()
    if not coming or prepared.account.kind == "government":
        return None
    return Claim(
        "deal",
        settled + coming,
        "This tells a deal as done that nobody has announced.",
        "Wait for the announcement, or say who confirms it.",
    )


def _picture(prepared: Prepared) -> Claim | None:
    """A wild animal where none can be, at this moment: the pictures that go round after every storm."""
    beast = _evidence.spans(prepared, "beast")
    astray = _evidence.spans(prepared, "astray") if beast else ()
    live = _evidence.spans(prepared, "live") if astray else ()
    if not live:
        return None
    return Claim(
        "picture",
        beast + astray + live,
        "This looks like one of the pictures that go round after every storm.",
        "Find out by a reverse image search when it was first shown, and name who took it.",
    )
