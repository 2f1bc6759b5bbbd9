"""A draft that speaks to another country's audience than the account's: "proud to be …", "fellow …", "calling all …".

Why: a group of sister accounts shares its campaigns, and the one meant for the neighbours offends at home.
Flag: on an account for Ireland: "what do you love about being Welsh?"; for New Zealand: "calling all Aussies!".
Allow: the same on the neighbours' own account, "fellow Brits living in Ireland" is still asked about, "Irish butter" is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from app.checks.base import Check
from app.checks.phrases import Phrases
from app.domain import Finding, Prepared

_ADDRESSED = r"(?:proud(?:ly)? (?:to be |of being )?|proud,? |fellow |calling all |attention,? all |(?:hey|hello|dear|good morning|us|we|all you|to all(?: our)?|for all(?: our)?) )"
_SPOKEN_TO = r"(?=[.,!?:;…]|$| (?:for a|and (?:you|we)|who|out there|living|fans|customers|this|today|right))"
_PATH = Path(__file__).parent / "lists" / "audiences.tsv"


def _audiences() -> Phrases:
    """Each nationality as it is addressed ("proud to be …", "fellow …"); the grade holds its regions."""
    rows = (line.split("\t") for line in _PATH.read_text(encoding="utf-8").splitlines() if line[:2] != "# ")
    return Phrases((regions, 0.75, f"{_ADDRESSED}(?:{names}){_SPOKEN_TO}") for regions, names in rows)


_AUDIENCES = _audiences()


def judge(prepared: Prepared) -> Iterable[Finding]:
    countries = {region.partition("-")[0] for region in prepared.account.regions}
    if not countries or "WORLD" in countries:
        return
    for regions, confidence, span in _AUDIENCES.find(prepared.text):
        audience = regions.split(",")
        if countries.isdisjoint(audience):
            yield Finding(
                message="This speaks to an audience in another country than the account's.",
                why=f"The account is for {', '.join(sorted(countries))}; the marked words address {', '.join(audience)}.",
                suggestion="Check whether it was meant for a sister account, or adapt it.",
                spans=(span,),
                confidence=confidence,
                evidence={"account": sorted(countries), "audience": audience},
            )


CHECK = Check(id="wrong_account/other_audience", title="Another country's audience", judge=judge)
