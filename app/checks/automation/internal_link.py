"""A link that only works, or should only be seen, inside the house.

Grades: `unreachable` (this machine, a private network, a host without a public name, a file on somebody's disk),
`backstage` (a staging or preview host, a page of the editing system, a mailbox, a scheduler's or a ticket's page, an address
that carries somebody's own session or token),
`shared_file` (a document, board or folder in its editing view).

Why: readers get an error page or a login, strangers learn what the inside is called, and an editing link may let them in.
Flag: "Read more: http://localhost:3000/spring", "https://staging.acme.com/sale", "https://acme.com/?p=12&preview=true",
"https://docs.google.com/document/d/1aB/edit", "https://acme.atlassian.net/browse/WEB-12", "C:\\Users\\sam\\poster.png".
Allow: code and prose about code ("run it on localhost:8080"), "your router's page at 192.168.1.1", "shop.local is our slogan",
a published form ("/viewform"), a site that is in the open ("dev.to", "preview of the new hall").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ahocorasick_rs import AhoCorasick

from app.checks.base import Check
from app.domain import Finding, Prepared, Span, Text

_LIST = Path(__file__).with_name("lists") / "internal_hosts.tsv"
_ROWS = [
    line.split("\t") for line in _LIST.read_text(encoding="utf-8").splitlines() if line and not line.startswith("# ")
]
_PLACES = [(grade, re.compile(pattern, re.IGNORECASE)) for grade, _, pattern in _ROWS]
_SIGNS = (
    ":\\",
    "\\\\",
    "/users/",
    "/home/",
    "/volumes/",
    *sorted({sign for _, signs, _ in _ROWS for sign in signs.split()}),
)
"""a link that counts holds one of these"""
_ANY_SIGN = AhoCorasick(_SIGNS)
_ONE_LABEL = re.compile(r"https?://[a-z][a-z0-9-]{1,30}(?::\d{2,5})?/", re.IGNORECASE)
"""a host without a dot: a name that only the own network knows"""
_ADDRESS = re.compile(
    r"(?:(?:https?|ftp|smb|file)://|(?<![\w@/.:-])(?=[\w-]{1,63}(?:\.[\w-]{1,63}){0,6}(?::\d{2,5}|/|\.)))[^\s<>\"“”«»{}|`]{3,2000}",
    re.IGNORECASE,
)
_DISK = re.compile(
    r"(?<![A-Za-z])[A-Z]:\\(?:[\w .()-]{1,80}\\)*[\w .()-]{1,80}|(?<![\w\\])\\\\[\w.-]{2,60}\\[\w$ .-]{1,60}|(?<![\w./:-])/(?:Users|home|Volumes|mnt)/[\w.-]{1,40}/[^\s]{1,200}"
)
_CODE = re.compile(r"`[^`\n]{1,400}`|```.{1,4000}?```", re.DOTALL)
_ABOUT = re.compile(
    r"(?<!\w)(?:dev(?:eloper)?s?|web ?dev|coding|code|programmers?|docker|kubernetes|npm|yarn|node(?:\.?js)?|python|django|flask|rails|laravel|php|react|vite|next\.?js|webpack|git|github|gitlab|ci/cd|devops|terminal"
    r"|command line|cli|curl|api|sdk|endpoint|server|servers|port \d+|ports?|debug\w*|proxy|nginx|apache|tls|cors|dns|ssh|vpn|firewall|router|modem|wi-?fi|admin panel|network|homelab|self-?host\w*|raspberry pi|nas|hosts file|loopback"
    r"|tutorial|quickstart|there(?:'|’)?s no place like|run (?:it|the app)|spin up|install(?:ed|er|ation)?|registry|windows|linux|mod(?:ding|s)?|save ?files?|malware|phishing|regex|wordpress (?:tip|plugin|security)\w*|hackers?|pentest\w*|cve)(?!\w)"
)
_CLOSERS = ".,;:!?)]}'’*_"


def judge(prepared: Prepared) -> Iterable[Finding]:
    found: dict[str, list[Span]] = {}
    for text in prepared.written:
        for grade, span in _in_text(text):
            found.setdefault(grade, []).append(span)
    for grade, spans in found.items():
        yield _finding(grade, spans)


def _in_text(text: Text) -> Iterator[tuple[str, Span]]:
    folded = text.folded.text
    if not _may_hold(folded):
        return
    codes = [code.span() for code in _CODE.finditer(text.raw)] if "`" in text.raw else []
    about = bool(codes) or _ABOUT.search(folded) is not None
    for match in (*_ADDRESS.finditer(text.raw), *_DISK.finditer(text.raw)):
        words = match[0].rstrip(_CLOSERS)
        grade = _grade(words)
        if grade is None or any(start <= match.start() < end for start, end in codes):
            continue
        if grade == "unreachable" and about and _is_shown(match.start(), text.raw):
            continue
        yield grade, Span(match.start(), match.start() + len(words), text.field)


def _may_hold(folded: str) -> bool:
    return bool(_ANY_SIGN.find_matches_as_indexes(folded)) or (
        "://" in folded and _ONE_LABEL.search(folded) is not None
    )


def _grade(link: str) -> str | None:
    if _ONE_LABEL.match(link) or _DISK.match(link):
        return "unreachable"
    return next((grade for grade, pattern in _PLACES if pattern.match(link)), None)


def _is_shown(start: int, raw: str) -> bool:
    """In a text about code or networks an address is what it speaks of, unless readers are sent there to read on."""
    before = raw[max(0, start - 30) : start].casefold()
    return (
        re.search(
            r"(?:read (?:more|it|on|the)|more (?:here|at|info)|full (?:story|post|details)|book|buy|sign up|register|shop|details|link|👉|➡️?)\W*(?:here|at|now)?\W*$",
            before,
        )
        is None
    )


def _finding(grade: str, spans: list[Span]) -> Finding:
    """The link itself is only pointed at: it may hold a token, which no sentence may repeat in part."""
    message, why = _WORDING[grade]
    return Finding(
        message=message,
        why=f"{why}.",
        suggestion="Put in the public address, and open it in a private window before you post.",
        spans=tuple(spans),
        confidence=0.9,
        grade=grade,
    )


_WORDING = {
    "unreachable": (
        "This link works on your own machine or network only.",
        "It names this machine, a private network or a file on a disk",
    ),
    "backstage": (
        "This link leads behind the scenes.",
        "It names a test site, an editing page, a mailbox or a tool that readers have no account for",
    ),
    "shared_file": (
        "This link opens a working document or board.",
        "It is the address under which it is edited, not one that was published",
    ),
}  # fmt: skip

CHECK = Check(
    id="automation/internal_link",
    title="Internal link",
    judge=judge,
    default_grades=("unreachable", "backstage", "shared_file"),
)
