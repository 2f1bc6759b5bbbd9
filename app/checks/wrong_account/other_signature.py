"""Traces of another of the author's accounts: its signature, its name, its links or its hashtags.

Grades: `signature` (signed by, or speaking as, the other account), `traces` (its links or hashtags). Its way of writing is
for `other_voice` to know.

Why: whoever runs several accounts prepares posts for one and has another selected.
Flag: for Acme: "See you on Saturday, your team at Northgate Bakery", where the author also runs Northgate Bakery.
Allow: a greeting to the other account ("well played @northgate"), a hashtag that both accounts use.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from app.checks.base import Check, NotApplicable
from app.domain import Account, Finding, Prepared, Span

GRADES = ("traces", "signature")
_TAG = re.compile(r"#\w{3,}")
_DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?=/|\b)", re.IGNORECASE)
_SHARED_SITES = re.compile(r"(?:^|\.)(?:bit\.ly|t\.co|youtu\.be|youtube\.com|instagram\.com|facebook\.com|x\.com|twitter\.com|linkedin\.com|tiktok\.com|google\.com|ow\.ly|buff\.ly|lnkd\.in|linktr\.ee)$")  # fmt: skip


def judge(prepared: Prepared) -> Iterable[Finding]:
    others = [account for account in _others(prepared) if account.handle or account.display_name]
    if not others:
        raise NotApplicable("no other accounts of the author are known")
    for other in others:
        if spans := tuple(_signatures(prepared, other)):
            yield _finding("signature", other, spans, 0.85)
        elif spans := tuple(_traces(prepared, other)):
            yield _finding("traces", other, spans, 0.7)


def _others(prepared: Prepared) -> list[Account]:
    target = prepared.account
    known = prepared.author.accounts if prepared.author else ()
    return [other for other in known if not other.is_same(target)]


def _name(handle: str | None) -> str:
    return (handle or "").lstrip("@").casefold()


def _signatures(prepared: Prepared, other: Account) -> Iterator[Span]:
    """The other account's name where one signs, or where one says who speaks."""
    text = prepared.text.folded.text
    names = [re.escape(name) for name in ((other.display_name or "").casefold(), _name(other.handle)) if len(name) > 2]
    if other.display_name and other.kind in ("personal", "professional"):
        names.append(re.escape(other.display_name.split()[0].casefold()))
    if not names or not any(re.search(name, text) for name in names):
        return
    name = rf"@?(?:{'|'.join(names)})"
    as_signed = rf"(?:[-–—~^/]|\b(?:love|cheers|yours|regards|best|thanks|x+|your team at|all of us at|from)\b,?)\s*(?P<a>{name})\W*$"
    as_speaker = rf"\b(?:we at|here at|us at|our team at|all of us at|follow (?:us|me)(?: at| on \w+:?)?|i'm|i am|this is|official)\s+(?P<b>{name})(?!\w)"
    for match in re.finditer(f"{as_signed}|{as_speaker}", text):
        group = "a" if match["a"] else "b"
        yield prepared.text.span(*match.span(group))


def _traces(prepared: Prepared, other: Account) -> Iterator[Span]:
    """Links and hashtags that the other account uses and this one doesn't."""
    theirs, ours = _usual(other), _usual(prepared.account)
    for entity in (*prepared.text.entities_of("link"), *prepared.text.entities_of("hashtag")):
        key = _domain(entity.text) if entity.kind == "link" else entity.text.casefold()
        if key in theirs and key not in ours and not _SHARED_SITES.search(key):
            yield Span(entity.start, entity.end)


def _usual(account: Account) -> set[str]:
    """Domains and repeated hashtags of an account's posts, and its own tag."""
    posts = [post.text.casefold() for post in account.recent_posts]
    tags = Counter(tag for post in posts for tag in set(_TAG.findall(post)))
    domains = {
        _domain(match[0])
        for post in (*posts, (account.description or "").casefold())
        for match in _DOMAIN.finditer(post)
    }
    return {tag for tag, count in tags.items() if count > 1} | domains


def _domain(link: str) -> str:
    match = _DOMAIN.match(link.casefold())
    return match[1] if match else link.casefold()


def _finding(grade: str, other: Account, spans: tuple[Span, ...], confidence: float) -> Finding:
    name = other.handle or other.display_name or "another account"
    return Finding(
        message=f"This looks meant for {name}, another account you post from.",
        why=_WHY[grade],
        suggestion="Check which account is selected.",
        spans=spans,
        confidence=confidence,
        grade=grade,
        evidence={"other": name},
    )


_WHY = {
    "signature": "The marked words sign or speak as the other account.",
    "traces": "The marked link or hashtag is one of the other account's and has not been used here.",
}

CHECK = Check(
    id="wrong_account/other_signature", title="Another account's signature", judge=judge, default_grades=GRADES
)
