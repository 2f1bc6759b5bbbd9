"""Gambling with stars of the young, as a way out of money trouble, as a sure gain; in countries that ban its advertising.

Why: the ASA rules against single posts, memes too, and Italy fines the platform and the brand.
Flag: a British bookmaker's "Haaland to score first" with his picture, "easy money, pay the rent"; an Italian casino's
bonus.
Allow: "when the fun stops", safer-gambling messages, jobs, news media, a horse's odds.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.base import Check
from app.checks.platform_rule._rows import GRADES, judge_rows
from app.domain import Finding, Prepared

_ID = "platform_rule/gambling_promotion"


def judge(prepared: Prepared) -> Iterable[Finding]:
    return judge_rows(prepared, _ID)


CHECK = Check(
    id=_ID,
    title="Gambling promotion against the rules",
    judge=judge,
    languages=frozenset({"en", "it", "es", "fr", "nl"}),
    default_grades=GRADES,
    sources=("data/platforms/rules.csv, per row",),
)
