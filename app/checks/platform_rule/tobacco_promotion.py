"""Tobacco, vapes and nicotine offered on platforms that bar it.

Why: the platforms take the post and in the end the page down; in the EU and Britain the law forbids it as well.
Flag: a vape shop's "new flavours in stock, 3 for £20" on Instagram.
Allow: help to stop smoking, news of a ban, litter picks, coffee pods, a shop's opening hours.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.base import Check
from app.checks.platform_rule._rows import GRADES, judge_rows
from app.domain import Finding, Prepared

_ID = "platform_rule/tobacco_promotion"


def judge(prepared: Prepared) -> Iterable[Finding]:
    return judge_rows(prepared, _ID)


CHECK = Check(
    id=_ID,
    title="Tobacco or vapes promoted",
    judge=judge,
    languages=frozenset({"en"}),
    default_grades=GRADES,
    sources=("data/platforms/rules.csv, per row",),
)
