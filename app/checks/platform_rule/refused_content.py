"""Characters, numbers and links that a platform's API takes in no text.

Why: the post is refused when it is due, and often nobody is told.
Flag: an invisible U+FEFF in a text for X, < or > in a YouTube title, a phone number in a Google Business post, a link to
facebook.com in a Facebook post.
Allow: the same elsewhere; a year, price or date on Google Business.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.base import Check
from app.checks.platform_rule._rows import GRADES, judge_rows
from app.domain import Finding, Prepared

_ID = "platform_rule/refused_content"


def judge(prepared: Prepared) -> Iterable[Finding]:
    return judge_rows(prepared, _ID)


CHECK = Check(
    id=_ID,
    title="Content that the platform refuses",
    judge=judge,
    languages=None,
    default_grades=GRADES,
    sources=("data/platforms/rules.csv, per row",),
)
