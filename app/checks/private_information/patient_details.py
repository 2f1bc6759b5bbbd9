"""A named private person's illness, treatment or case, told by the organisation that looks after them.

Why: health and social data are the most protected there are (GDPR article 9, HIPAA); a kind post about a patient has cost
hospitals their staff's jobs and fines.
Flag: "Here is our nurse with Mr Alder, 81, back on Ward 7 for his second round of chemo", "Well done Mrs Ode, discharged
from our unit after her overdose".
Allow: the same "with his kind permission" or in the person's own words, news media, public figures about themselves,
statistics, awareness days.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from app.checks.base import ENGLISH, Check
from app.checks.matching import find, find_raw
from app.checks.wordlists import load_patterns
from app.domain import Finding, Prepared

_PHRASES = load_patterns(Path(__file__).with_name("lists") / "patient_details.txt")
_NAME = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Master|little|young|patient)\.? [A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?")
_SILENT = frozenset({"media", "personal", "public_figure"})
"""accounts that report or that speak for themselves"""


def judge(prepared: Prepared) -> Iterable[Finding]:
    if prepared.account.kind in _SILENT:
        return
    treatment = find(_PHRASES["treatment"], prepared.texts)
    if not treatment or not find(_PHRASES["care"], prepared.texts) or find(_PHRASES["consent"], prepared.texts):
        return
    if names := tuple(span for span, _ in find_raw(_NAME, prepared.texts)):
        yield Finding(
            message="This tells everybody about a named person's illness or treatment.",
            why="The marked words name somebody in your care and say what they are treated for.",
            suggestion="Leave name and illness out, or get written consent and say in the post that they agreed.",
            spans=names + treatment,
            confidence=0.85,
        )


CHECK = Check(
    id="private_information/patient_details",
    title="Somebody's illness or case",
    judge=judge,
    languages=ENGLISH,
    sources=("GDPR article 9", "HIPAA Privacy Rule, 45 CFR 164.502"),
)
