"""Alcohol with excess, courage, therapy, driving or the young; without France's health warning; in countries that ban its
advertising.

Why: the ASA and the Portman Group publish their rulings by name, and French courts take posts down.
Flag: a British bar's "bottomless until you drop", a French wine merchant's post without "abus d'alcool", a brewery's
post for Norway.
Allow: alcohol-free drinks, "please drink responsibly", jobs and opening hours, a bakery's bottomless coffee.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.base import Check
from app.checks.platform_rule._rows import GRADES, judge_rows
from app.domain import Finding, Prepared

_ID = "platform_rule/alcohol_promotion"


def judge(prepared: Prepared) -> Iterable[Finding]:
    return judge_rows(prepared, _ID)


CHECK = Check(
    id=_ID,
    title="Alcohol promotion against the rules",
    judge=judge,
    languages=frozenset({"en", "fr", "de", "it", "es"}),
    default_grades=GRADES,
    sources=("data/platforms/rules.csv, per row",),
)
