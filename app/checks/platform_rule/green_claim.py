"""General environmental claims, neutral impact by offsets and promises without a plan.

Why: in the EU they are on the list of unfair practices since 27 September 2026 (Directive 2024/825), and fines follow
turnover.
Flag: "our eco-friendly boots", "carbon-neutral delivery", "net zero by 2030" of a brand that answers to an EU country.
Allow: "40 % less water than our old dye", certified labels, reports and conferences, councils, charities, news media.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.base import Check
from app.checks.platform_rule._rows import GRADES, judge_rows
from app.domain import Finding, Prepared

_ID = "platform_rule/green_claim"


def judge(prepared: Prepared) -> Iterable[Finding]:
    return judge_rows(prepared, _ID)


CHECK = Check(
    id=_ID,
    title="Environmental claim against the rules",
    judge=judge,
    languages=frozenset({"en", "de", "fr", "es", "it", "nl"}),
    default_grades=GRADES,
    sources=("data/platforms/rules.csv, per row",),
)
