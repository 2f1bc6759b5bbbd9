"""Pictures without a description, for accounts whose law or platform's custom asks for one.

Why: people who don't see the picture get nothing of it; for public bodies in the US and the EU it is the law (ADA title II,
European Accessibility Act), and on Mastodon it is what replies ask for first.
Flag: an image without alt text on a council's account in the US or the EU, or on Mastodon: a note, and no alarm.
Allow: described images; video and sound; other accounts.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.base import Check, NotApplicable
from app.checks.limits import kind_of
from app.domain import Finding, Prepared

_ID = "platform_rule/alt_text"


def judge(prepared: Prepared) -> Iterable[Finding]:
    images = [number for number, item in enumerate(prepared.draft.media, 1) if kind_of(item.type) in ("image", "gif")]
    if not images:
        raise NotApplicable("no pictures go with the draft")
    bare = [number for number in images if not (prepared.draft.media[number - 1].alt_text or "").strip()]
    by_law = _ID in prepared.platform_rules and prepared.account.kind == "government"
    if bare and (by_law or "mastodon" in prepared.draft.platforms):
        yield Finding(
            message="A picture has no description for those who can't see it.",
            why=f"Attachment {', '.join(map(str, bare))} has no alt text"
            + (", and the law asks public bodies for one." if by_law else "."),
            suggestion="Say in a sentence what the picture shows.",
            grade="by_law" if by_law else "custom",
            evidence={"attachments": bare, "row": "R099"},
        )


CHECK = Check(
    id=_ID,
    title="Picture without alt text",
    judge=judge,
    default_grades=("by_law", "custom"),
    sources=(
        "Directive (EU) 2019/882",
        "28 CFR 35.200 (ADA title II, from 2027 and 2028)",
        "WCAG 2.1, criterion 1.1.1",
    ),
)
