"""How an account speaks: formal, warm or playful, by what it says of its voice, or else by what it is and posts."""

from __future__ import annotations

from app.domain import Account
from app.recovery.incident import Tone
from app.text import read

_STATED: dict[Tone, frozenset[str]] = {
    "formal": frozenset({"formal", "official", "serious", "sober", "corporate", "neutral", "factual"}),
    "playful": frozenset({"playful", "funny", "witty", "cheeky", "humorous", "irreverent", "quirky", "silly", "sassy"}),
    "warm": frozenset(
        {"warm", "friendly", "casual", "informal", "kind", "human", "personal", "caring", "conversational"}
    ),
}
_FORMAL_KINDS = frozenset({"government", "politician", "media"})
_LIVELY = 0.4
"""share of past posts with an emoji or an exclamation mark from which an account isn't formal"""
_ENOUGH = 5
_READ = 50


def tone_of(account: Account) -> Tone:
    stated = " ".join(value for value in account.voice.values() if isinstance(value, str)).casefold()
    words = {word.strip(",.;:()") for word in stated.replace("/", " ").replace("-", " ").split()}
    for tone, names in _STATED.items():
        if words & names:
            return tone
    posts = [post.text for post in account.recent_posts[-_READ:] if post.text.strip()]
    if len(posts) >= _ENOUGH:
        lively = sum("!" in post or bool(read(post, "text").entities_of("emoji")) for post in posts)
        return "warm" if lively >= _LIVELY * len(posts) else "formal"
    return "formal" if account.kind in _FORMAL_KINDS else "warm"
