"""A draft in another language than the account's own and than all its recent posts.

Grades: `default`, and `consistent` where at least five recent posts all keep to the account's language.

Why: who runs accounts in several languages picks the wrong one sooner or later.
Flag: a whole sentence in Portuguese on an account that has only ever written English.
Allow: a foreign title or quotation inside a sentence, an account that has posted in that language, a very short draft.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.base import Check
from app.domain import Finding, Prepared, Span
from app.text.language import UNKNOWN, detect

_FEWEST_WORDS = 6
_MOST_READ = 20
"""recent posts that are looked at"""
_CONSISTENT = 5
# Close relatives that an identifier confuses, and the same language under two codes.
_CLOSE = ({"no", "nb", "nn", "da", "sv"}, {"id", "ms"}, {"hr", "bs", "sr", "sh"}, {"pt", "gl"}, {"es", "ca", "gl"}, {"cs", "sk"}, {"zh", "yue", "wuu"}, {"af", "nl"}, {"tl", "fil"})  # fmt: skip


def judge(prepared: Prepared) -> Iterable[Finding]:
    text = prepared.text
    own = (prepared.account.language or "").partition("-")[0].lower()
    if not own or text.language in (UNKNOWN, own) or _related(text.language, own):
        return
    plain = [token for token in text.tokens if len(token.folded) > 1]
    if len(plain) < _FEWEST_WORDS or _read_alone(text.raw) != text.language:
        return
    posted = [detect(post.text) for post in prepared.account.recent_posts[:_MOST_READ]]
    if text.language in posted:
        return
    consistent = posted.count(own) >= _CONSISTENT
    yield Finding(
        message=f"This is written in another language ({text.language}) than the account's ({own}).",
        why="None of the account's recent posts is in this language."
        if posted
        else "The account's language is another.",
        suggestion="Check whether it was meant for the sister account in that language.",
        spans=(Span(plain[0].start, plain[-1].end),),
        confidence=0.9 if consistent else 0.7,
        grade="consistent" if consistent else "default",
        evidence={"draft": text.language, "account": own},
    )


def _read_alone(raw: str) -> str:
    """The language that is detected without the request's own hint."""
    return detect(raw)


def _related(one: str, other: str) -> bool:
    return any(one in family and other in family for family in _CLOSE)


CHECK = Check(
    id="wrong_account/language_mismatch",
    title="Another language than the account's",
    judge=judge,
    default_grades=("default", "consistent"),
)
