"""Sexual words and innuendo where they don't belong: an organisation's or an office-holder's account.

Grades: `explicit` (acts, organs, pornography), `suggestive` (innuendo, bodies). Words of health, education and protection are no sexual content.

Why: a slip of this kind comes from a private account or a wrong clipboard, and nobody forgets it.
Flag: "anyone else horny on a monday", "send nudes", "🍆💦 see you tonight".
Allow: "check your breasts once a month", "sexual health clinic, walk in", "blue tit at the feeder", "cock-a-leekie soup".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from app.checks.base import Check
from app.checks.lexicon import Lexicon
from app.checks.offensive._birds import is_animal
from app.domain import Finding, Prepared

GRADES = ("suggestive", "explicit")
_LIST = Lexicon.load(Path(__file__).parent / "lists" / "sexual.tsv")
_PROPER = re.compile(
    r"\b(?:health|clinic|nhs|gp|doctors?|midwi(?:fe|ves)|screening|smear|cancer|check your|symptoms?|sti|stis|hiv|contracepti\w*|condoms?|pregnan\w*|breast\w*|fertility|testicular|prostate|medical"
    r"|education|teach\w*|consent|assault\w*|abuse\w*|violence|harass\w*|victims?|survivors?|traffick\w*|revenge porn|police|court|jailed|sentenced|charged|convicted|law|bill|legislation|helpline|report"
    r"|birds?|fledg\w*|nest(?:s|ing)?|marsh|wildlife|museum|gallery|painting|sculpture|art|exhibition|study|research\w*|food porn|earth ?porn|stormzy|documentary)\b"
)


def judge(prepared: Prepared) -> Iterable[Finding]:
    found = _LIST.find(prepared.texts, language=prepared.text.language)
    hits = [hit for hit in found if not is_animal(hit, prepared)]
    if hits:
        explicit = any(hit.entry.grade == "explicit" for hit in hits)
        proper = _PROPER.search(prepared.text.folded.text) is not None
        sure = (0.85 if explicit else 0.6) - (0.5 if proper else 0.0)
        message, why = _WORDS["explicit" if explicit else "suggestive"]
        spans = tuple(hit.span for hit in hits)
        grade = "explicit" if explicit else "suggestive"
        yield Finding(message, why, _SUGGESTION, spans=spans, confidence=max(0.0, sure), grade=grade)


_SUGGESTION = "Check that this is the account you meant, and leave the double meaning out."
_WORDS = {
    "explicit": ("This is sexually explicit.", "The marked words name sexual acts, organs or pornography."),
    "suggestive": ("This may be read as sexual.", "The marked words are often meant suggestively."),
}  # fmt: skip

CHECK = Check(
    id="offensive/sexual",
    title="Sexual content",
    judge=judge,
    default_grades=GRADES,
    sources=("surge-ai/profanity (MIT)", "dsojevic/profanity-list (MIT)", "LDNOOBW (CC BY 4.0)"),
)
