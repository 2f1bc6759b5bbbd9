"""Passwords, access keys and tokens in a draft: pasted by accident, or typed into the wrong box.

Why: a post is copied within seconds; a credential that was public for a minute has to be replaced.
Flag: "wifi at the venue: Guest / password: h4rb0ur-77", an access key with a vendor's prefix, a lone random token.
Allow: "Never share your password with anyone", a discount code, a product number, a hashtag with a year in it.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable

from app.checks.base import Check
from app.checks.matching import find_raw
from app.domain import Finding, Prepared, Span

# Formats that their vendors document as prefixes of secrets.
_KEY = re.compile(
    r"(?<![\w/-])(?:(?:AKIA|ASIA)[0-9A-Z]{16}|gh[pousr]_\w{30,}|github_pat_\w{30,}|glpat-[\w-]{20,}|xox[abprs]-[\w-]{10,}"
    r"|sk-[\w-]{20,}|sk_live_\w{16,}|rk_live_\w{16,}|AIza[\w-]{35}|SG\.[\w-]{16,}\.[\w-]{16,}|npm_\w{36}|pypi-[\w-]{40,}"
    r"|eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}|-----BEGIN [A-Z ]*PRIVATE KEY-----)"
)
_STATED = re.compile(
    r"\b(?:pass(?:word|code|wd)?|pwd|pw|pin|login|log-in|contraseña|mot de passe|passwort|senha)\b"
    r"(?:\s+(?:for|to|of|on|at)(?:\s+[\w'’]+){1,4})?(?:\s+(?:is|=)|\s*[:=])\s*[\"'“]?(?P<secret>[^\s\"'”]{4,64})",
    re.IGNORECASE,
)
_ANNOUNCE = frozenset(
    [
        "pas",
        "pwd",
        "pw",
        "pin",
        "log",
        "con",
        "mot",
        "sen",
        "api",
        "sec",
        "acc",
        "cli",
        "aut",
        "bea",
        "tok",
        "wif",
        "wi",
        "wla",
        "ssi",
        "gue",
        "net",
        "ken",
    ]
)
"""how the words that announce a secret begin"""
_ASSIGNED = re.compile(
    r"\b(?:api[_ -]?key|secret(?:[_ -]?key)?|access[_ -]?(?:key|token)|client[_ -]?secret|auth[_ -]?token|bearer|token)\b\s*[=:]\s*"
    r"[\"'“]?(?P<secret>[\w./+~-]{8,})",
    re.IGNORECASE,
)
_NETWORK = re.compile(
    r"\b(?:wi-?fi|wlan|ssid|guest network|network)\b[^.\n]{0,40}?(?: / |: |\bpw\b |\bpass\w* )\s*[\"'“]?(?P<secret>[^\s\"'”,;/]{6,})",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:password|passwort|kennwort|mot de passe|contraseña|senha)\s+[\"'“«]?(?P<secret>[^\s\"'”»,;)]{6,})",
    re.IGNORECASE,
)
_LONE = re.compile(r"\s*(?P<secret>[^\s@#/]{7,32})\s*\Z")


def judge(prepared: Prepared) -> Iterable[Finding]:
    for span, match in find_raw(_KEY, prepared.texts):
        yield _finding(span, 0.98, "it has the format of an access key or token", "key", match.group(0)[:4])
    announced = [text for text in prepared.texts if text.openings is None or not _ANNOUNCE.isdisjoint(text.openings)]
    for span, match in find_raw(_STATED, announced):
        if _looks_secret(match.group("secret").rstrip(".,;!?)")):
            secret = Span(match.start("secret"), match.end("secret"), span.field)
            yield _finding(secret, 0.9, "it follows a word that announces a password", "stated", None)
    for pattern in (_ASSIGNED, _NETWORK, _NAMED):
        for span, match in find_raw(pattern, announced):
            if _mixed(match.group("secret")):
                secret = Span(match.start("secret"), match.end("secret"), span.field)
                yield _finding(secret, 0.9, "it follows a word that announces a secret", "stated", None)
    lone = _LONE.match(prepared.text.raw)
    if lone and _random(lone.group("secret")):
        span = Span(lone.start("secret"), lone.end("secret"))
        yield _finding(span, 0.85, "the whole draft is one random-looking string", "lone", None)


def _finding(span: Span, confidence: float, because: str, grade: str, prefix: str | None) -> Finding:
    return Finding(
        message="This looks like a password or an access key.",
        why=f"The marked characters are probably a secret: {because}.",
        suggestion="Take it out, check that you are typing into the right window, and replace the credential.",
        spans=(span,),
        confidence=confidence,
        grade=grade,
        evidence={"prefix": prefix} if prefix else {},
    )


def _mixed(value: str) -> bool:
    """Letters and digits together, or letters and signs: no word, no time, no price."""
    letters, digits = any(c.isalpha() for c in value), any(c.isdigit() for c in value)
    return letters and digits and not value.startswith(("http", "www")) and "://" not in value


def _looks_secret(value: str) -> bool:
    """A stated password is taken for one only where it isn't a plain lower-case word ("password: required")."""
    return len(value) >= 4 and (any(c.isdigit() for c in value) or not value.isalpha()) and not value.startswith("http")


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
    title="Password or access key",
    judge=judge,
    default_grades=("key", "stated", "lone"),
)
