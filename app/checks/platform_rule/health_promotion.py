"""Claims by those who sell food, supplements, cosmetics or treatments that the law keeps for medicines, and adverts for
prescription-only medicines.

Why: a disease claim makes a supplement an unapproved drug (FDA), and British clinics may not name a prescription-only
medicine to the public at all.
Flag: "our gummies treat anxiety", "bin your statins", a clinic's "wegovy pens from £149, book now", "boosts your immune
system" of a juice, "clinically proven" without the study.
Allow: "contributes to the normal function of the immune system", advice to see a doctor, charities, hospitals, warnings of
fake medicines, a study that is linked.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.base import Check
from app.checks.platform_rule._rows import GRADES, judge_rows
from app.domain import Finding, Prepared

_ID = "platform_rule/health_promotion"


def judge(prepared: Prepared) -> Iterable[Finding]:
    return judge_rows(prepared, _ID)


CHECK = Check(
    id=_ID,
    title="Health claim or medicine against the rules",
    judge=judge,
    languages=frozenset({"en", "de", "fr", "es"}),
    default_grades=GRADES,
    sources=("data/platforms/rules.csv, per row",),
)
