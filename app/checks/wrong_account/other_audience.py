"""A draft that speaks to another country's audience than the account's: "proud to be …", "fellow …", "calling all …".

Why: a group of sister accounts shares its campaigns, and the one meant for the neighbours offends at home.
Flag: on an account for Ireland: "what do you love about being Welsh?"; for New Zealand: "calling all Aussies!".
Allow: the same on the neighbours' own account, "fellow Brits living in Ireland" is still asked about, "Irish butter" is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from app.checks.base import Check
from app.checks.matching import whole
from app.checks.phrases import Phrases
from app.domain import Finding, Prepared
from app.text.normalise import fold

_ADDRESSED = r"(?:proud(?:ly)? (?:to be |of being )?|(?:about|enjoy|love) being |proud,? |fellow |calling all |attention,? all |(?:hey|hello|dear|good morning|us|we|all you|to all(?: our)?|for all(?: our)?) )"
_SPOKEN_TO = r"(?=[.,!?:;…]|$| (?:for a|and (?:you|we)|who|out there|living|fans|customers|this|today|right))"
_PATH = Path(__file__).parent / "lists" / "audiences.tsv"


_NAMES = [line.split("\t") for line in _PATH.read_text(encoding="utf-8").splitlines() if line[:2] != "# "]
_REGIONS = [(regions.split(","), whole([names])) for regions, names in _NAMES]
_ANY = "|".join(names for _, names in _NAMES)
_ADDRESSES = Phrases([("address", 0.75, f"{_ADDRESSED}(?:{_ANY}){_SPOKEN_TO}")])
"""a nationality as it is spoken to: an adjective before a noun is not"""


def judge(prepared: Prepared) -> Iterable[Finding]:
    countries = {region.partition("-")[0] for region in prepared.account.regions}
    if not countries or "WORLD" in countries:
        return
    for _, confidence, span in _ADDRESSES.find(prepared.text):
        audience = _audience(prepared.text.raw[span.start : span.end])
        if countries.isdisjoint(audience):
            yield Finding(
                message="This speaks to an audience in another country than the account's.",
                why=f"The account is for {', '.join(sorted(countries))}; the marked words address {', '.join(audience)}.",
                suggestion="Check whether it was meant for a sister account, or adapt it.",
                spans=(span,),
                confidence=confidence,
                evidence={"account": sorted(countries), "audience": audience},
            )


def _audience(said: str) -> list[str]:
    """The regions of every nationality that is named."""
    return [region for regions, names in _REGIONS if names.search(fold(said).text) for region in regions]


CHECK = Check(id="wrong_account/other_audience", title="Another country's audience", judge=judge)
