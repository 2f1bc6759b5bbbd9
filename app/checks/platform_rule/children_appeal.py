"""Children urged directly to buy something or to make their parents buy it.

Why: it is on the EU's and Britain's lists of practices that are always unfair, and parents complain loudly.
Flag: "kids, get yours today", "ask your mum to buy the new set".
Allow: "ask your parents for permission", free events, words to the parents.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.base import Check
from app.checks.platform_rule._rows import GRADES, judge_rows
from app.domain import Finding, Prepared

_ID = "platform_rule/children_appeal"


def judge(prepared: Prepared) -> Iterable[Finding]:
    return judge_rows(prepared, _ID)


CHECK = Check(
    id=_ID,
    title="Children urged to buy",
    judge=judge,
    languages=frozenset({"en"}),
    default_grades=GRADES,
    sources=("data/platforms/rules.csv, per row",),
)
