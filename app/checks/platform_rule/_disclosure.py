"""Who recommends something, what speaks of a deal behind it, and what labels say so."""

from __future__ import annotations

import re
from pathlib import Path

from app.checks.matching import find, find_raw
from app.checks.wordlists import load_patterns
from app.domain import Prepared, Span

PHRASES = load_patterns(Path(__file__).with_name("lists") / "missing_disclosure.txt")
_PERSONS = frozenset({"public_figure", "politician", "professional", "personal"})
_WORTH = r"(?:\d ?% ?off|money off|[$£€]\d+ off|free (?:shipping|delivery|\w+)|at (?:the )?check-?out|(?:for|get|gets you) (?:a|your) discount|-? ?\d+ ?%)"
_NAMED_CODE = r"(?<![\w#@$])[A-Z]{3,14}\d{1,3}(?!\w)"
_CODE = re.compile(
    rf"{_NAMED_CODE}(?i:[^.!?\n]{{0,40}}?{_WORTH})|(?i:{_WORTH}\b[^.!?\n]{{0,40}}?){_NAMED_CODE}"
    r"|(?i:\b(?:code|coupon|voucher|rabattcode):? )[A-Z]{3,14}\d{0,3}(?!\w)"
    r"|(?:\b[Mm]it|\b[Aa]vec|\b[Cc]on|\b[Uu]se|\b[Ww]ith|\b[Uu]sa) [A-Z]{3,14}\d{1,3}(?!\w)"
)
"""a code with somebody's name and a number, beside what it is worth"""


def is_person(prepared: Prepared) -> bool:
    """A person's account; a `sports` account counts where it tells what the athlete does, or names no club or league."""
    account = prepared.account
    about = f"{account.display_name} {account.description} {account.handle}".casefold()
    plays = PHRASES["athlete"].search(about) is not None or not PHRASES["club"].search(about)
    return account.kind in _PERSONS or (account.kind == "sports" and plays)


def has_label(prepared: Prepared) -> bool:
    """Whether anything says that it is an advert, in whatever language and place."""
    return any(PHRASES["label"].is_in(text) for text in prepared.texts)


def deal(prepared: Prepared) -> tuple[Span, ...]:
    """Words that speak of pay, a gift, a code or an office for a brand; none where the writer says there is none."""
    text = prepared.text
    if PHRASES["unpaid"].is_in(text):
        return ()
    return find(PHRASES["relation"], text) + tuple(span for span, _ in find_raw(_CODE, [text]))
