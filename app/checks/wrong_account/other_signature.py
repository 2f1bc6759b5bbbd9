"""Traces of another of the author's accounts: its signature, its name, its links or its hashtags.

Grades: `signature` (signed by, or speaking as, the other account), `client` (names an account of another client, where each
account says whose it is and the draft names its own nowhere), `traces` (its links, or the hashtags that stand in a quarter
of its posts). A trace says nothing where the draft, by the words and habits of both accounts' past posts, is more likely
this one's. The other's way of writing is for `other_voice` to know.

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

GRADES = ("traces", "client", "signature")
_OFTEN = 0.25
"""share of an account's posts from which a hashtag is its own"""
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
        elif spans := _client(prepared, other):
            yield _finding("client", other, spans, 0.75)
        elif not _sounds_like_its_own(prepared, other) and (spans := tuple(_traces(prepared, other))):
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


def _client(prepared: Prepared, other: Account) -> tuple[Span, ...]:
    """Where the draft names another client's account, and not its own, in the hands of somebody who works for both."""
    account = prepared.account
    if not account.client or not other.client or account.client.casefold() == other.client.casefold():
        return ()
    return () if _named(prepared, account) else _named(prepared, other)


def _named(prepared: Prepared, account: Account) -> tuple[Span, ...]:
    """The account's handle, name or client as they are written, as whole words or run together in a hashtag.

    As they are written, since clients are called Target, Next and Orange.
    """
    names = {name for name in (account.display_name or "", account.client or "") if len(name) > 3}
    handle = _name(account.handle)
    joined = {re.sub(r"\W", "", name).casefold() for name in names} | ({handle} if len(handle) > 3 else set())
    tags = prepared.text.entities_of("hashtag")
    found = [Span(tag.start, tag.end) for tag in tags if tag.text.lstrip("#").casefold() in joined]
    found += [Span(e.start, e.end) for e in prepared.text.entities_of("mention") if _name(e.text) == handle != ""]
    if names:
        pattern = re.compile(rf"(?<![\w#@])(?:{'|'.join(map(re.escape, sorted(names)))})(?!\w)")
        found += [Span(*match.span()) for match in pattern.finditer(prepared.text.raw)]
    return tuple(sorted(found))


def _sounds_like_its_own(prepared: Prepared, other: Account) -> bool:
    """Whether both voices are known and this account's fits better."""
    known = prepared.voice.others if prepared.voice else ()
    return any(each.odds <= 0 for each in known if each.name == other.shown_name)


def _traces(prepared: Prepared, other: Account) -> Iterator[Span]:
    """Links and hashtags that the other account uses, the latter often, and this one has never used."""
    tags, theirs = _used(other)
    theirs |= {tag for tag, count in tags.items() if count > max(1, _OFTEN * len(other.recent_posts))}
    own_tags, ours = _used(prepared.account)
    for entity in (*prepared.text.entities_of("link"), *prepared.text.entities_of("hashtag")):
        key = _domain(entity.text) if entity.kind == "link" else entity.text.casefold()
        if key in theirs and key not in ours and key not in own_tags and not _SHARED_SITES.search(key):
            yield Span(entity.start, entity.end)


def _used(account: Account) -> tuple[Counter[str], set[str]]:
    """In how many of its posts each hashtag stands, and the domains of its links."""
    posts = [post.text.casefold() for post in account.recent_posts]
    tags = Counter(tag for post in posts for tag in set(_TAG.findall(post)))
    texts = (*posts, (account.description or "").casefold())
    return tags, {_domain(match[0]) for text in texts for match in _DOMAIN.finditer(text)}


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
    "client": "The marked name is that of an account you keep for another client, and the draft does not name this one.",
    "traces": "The marked link or hashtag is one of the other account's and has not been used here.",
}

CHECK = Check(
    id="wrong_account/other_signature", title="Another account's signature", judge=judge, default_grades=GRADES
)
