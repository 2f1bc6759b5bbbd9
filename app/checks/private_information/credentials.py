"""Passwords, access codes, keys and tokens in a draft: pasted by accident, or typed into the wrong box.

Why: a post is copied within seconds; a credential that was public for a minute has to be replaced.
Flag: "wifi at the venue: Guest / password: h4rb0ur-77", "Türcode: 4711#", "your one-time code is 482 913", "password of the shop
has changed, now Gull77-tide", "the code is 6120" where a door or an alarm is spoken of, an access key in a
format that its vendor documents (some sixty), a password within an address ("postgres://app:...@db"), "Authorization: Bearer ...",
a private key, a wallet's recovery phrase, a lone random token.
Allow: "Never share your password with anyone", a discount code, a product number, a hashtag with a year in it, "text GIVE to
70070", "Wi-Fi password: ask at the bar", 'is your password "..."?', manuals that write "user:password".
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Iterator

from app.checks.base import Check
from app.checks.private_information._keys import find_keys
from app.checks.private_information._meeting import is_about_a_meeting
from app.checks.private_information._stated import find_stated
from app.domain import Finding, Prepared, Span, Text

_LONE = re.compile(r"\s*(?P<secret>[^\s@#/]{7,32})\s*\Z")
_POSTAL = re.compile(r"[1-9]\d{2} ?\d{3}")
"""in India, six digits behind "PIN code" are a place"""


def judge(prepared: Prepared) -> Iterable[Finding]:
    for text in prepared.written:
        shown = 0
        for start, end, grade, because in sorted(_find(text, prepared.account.regions)):
            if start >= shown:
                shown = end
                yield _finding(Span(start, end, text.field), grade, because)
    lone = _LONE.match(prepared.text.raw)
    if lone and _random(lone.group("secret")):
        span = Span(lone.start("secret"), lone.end("secret"))
        yield _finding(span, "lone", "the whole draft is one random-looking string")


def _find(text: Text, regions: tuple[str, ...]) -> Iterator[tuple[int, int, str, str]]:
    for kind, start, end in find_keys(text.raw):
        yield start, end, "key", f"it has the format of a {kind}"
    for kind, start, end in find_stated(text):
        if kind in ("pin", "lock") and _is_elsewhere(text, text.raw[start:end], regions):
            continue
        yield start, end, "stated", "it follows a word that announces a secret"


def _is_elsewhere(text: Text, pin: str, regions: tuple[str, ...]) -> bool:
    """Whether a PIN is the meeting rule's matter, or an Indian postal code."""
    postal = _POSTAL.fullmatch(pin) is not None and any(region.startswith("IN") for region in regions)
    return postal or is_about_a_meeting(text)


def _finding(span: Span, grade: str, because: str) -> Finding:
    return Finding(
        message="This looks like a password, an access code or a key.",
        why=f"The marked characters are probably a secret: {because}.",
        suggestion="Take it out, check that you are typing into the right window, and replace the credential.",
        spans=(span,),
        confidence={"key": 0.98, "stated": 0.9, "lone": 0.85}[grade],
        grade=grade,
    )


def _random(token: str) -> bool:
    """Letters and digits mixed several times, spread evenly: `k4Tz81wq`, not `covid19`, `WEEKEND20` or `4thofJuly`."""
    if not (any(c.isalpha() for c in token) and any(c.isdigit() for c in token)) or "." in token[1:-1]:
        return False
    classes = "".join("d" if c.isdigit() else "a" if c.isalpha() else "s" for c in token)
    changes = sum(left != right for left, right in itertools.pairwise(classes))
    counts = [token.count(c) for c in set(token)]
    entropy = -sum(n / len(token) * math.log2(n / len(token)) for n in counts)
    return changes >= 3 and entropy >= 2.5


CHECK = Check(
    id="private_information/credentials",
    title="Password, access code or key",
    judge=judge,
    default_grades=("key", "stated", "lone"),
    sources=(
        "GitHub, supported secret scanning patterns: https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns",
        "RFC 7519, JSON Web Token",
        "RFC 7617 and RFC 6750, the Basic and Bearer schemes of HTTP",
        "RFC 7468, textual encodings of keys",
    ),
)
