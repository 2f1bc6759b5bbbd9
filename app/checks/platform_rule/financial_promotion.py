"""Promises, predictions and incentives of those who sell investments, and riches for nothing on platforms that remove them.

Why: regulators fine single posts (FINRA 850,000 dollars in 2024 for influencers' posts), and the platforms remove them.
Flag: a US broker's "guaranteed 12 % returns", "past performance shows where we are going"; a British trading app's "start
investing today" without a risk warning; a referral bonus for crypto; "double your money" on Facebook.
Allow: "returns are not guaranteed", warnings of scams, deposit insurance, a bakery's "guaranteed fresh", news media; the
same invitation with its risk warning.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.base import Check
from app.checks.platform_rule._rows import GRADES, judge_rows
from app.domain import Finding, Prepared

_ID = "platform_rule/financial_promotion"


def judge(prepared: Prepared) -> Iterable[Finding]:
    return judge_rows(prepared, _ID)


CHECK = Check(
    id=_ID,
    title="Financial promotion against the rules",
    judge=judge,
    languages=frozenset({"en", "de", "fr", "es", "it"}),
    default_grades=GRADES,
    sources=("data/platforms/rules.csv, per row",),
)
