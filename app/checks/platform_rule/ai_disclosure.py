"""Machine-made media or news that nothing in the draft calls so, and replies that a machine writes on X.

Why: in the EU article 50 of the AI Act applies since 2 August 2026: deep fakes must be labelled, and so must text on
matters of public interest unless a person has reviewed it and answers for it. A made-up picture of a real place that
wasn't called one has cost councils and newsrooms their credit.
Flag: `made_with_ai` with media, or on an account of government, media or politics, and no word of it in the text; an
automatic reply on X that a machine wrote.
Allow: "AI-generated image", "mit KI erstellt, von der Redaktion geprüft"; a brand's text on its wares; drafts that say
nothing of `made_with_ai`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from app.checks.base import Check, NotApplicable
from app.checks.platform_rule._rows import GRADES, finding, held
from app.checks.wordlists import load_patterns
from app.domain import Finding, Prepared, Span

_LABEL = load_patterns(Path(__file__).with_name("lists") / "ai_disclosure.txt")["label"]
_ID = "platform_rule/ai_disclosure"
_OF_PUBLIC_INTEREST = frozenset({"government", "media", "politician"})


def judge(prepared: Prepared) -> Iterable[Finding]:
    if not prepared.draft.made_with_ai:
        raise NotApplicable("the draft isn't marked as made with AI")
    whole = (Span(0, len(prepared.text.raw)),) if prepared.text.raw else ()
    for rule in held(prepared, _ID):
        says, suggestion, breaks = _BREAKS[rule.id]
        if breaks(prepared):
            yield finding(replace(rule, says=says, suggestion=suggestion), whole, confidence=0.9)


def _is_unlabelled(prepared: Prepared) -> bool:
    return not any(_LABEL.is_in(text) for text in prepared.texts)


def _misleads(prepared: Prepared) -> bool:
    told = prepared.draft.media or prepared.account.kind in _OF_PUBLIC_INTEREST
    return bool(told) and _is_unlabelled(prepared)


def _is_media(prepared: Prepared) -> bool:
    return bool(prepared.draft.media) and _is_unlabelled(prepared)


def _is_automatic_reply(prepared: Prepared) -> bool:
    return prepared.is_reply and prepared.is_organisation


_BREAKS: dict[str, tuple[str, str, Callable[[Prepared], bool]]] = {
    "R029": (
        "X wants replies that a machine writes to be approved by it first.",
        "Have a person write or at least send this reply, or get X's approval.",
        _is_automatic_reply,
    ),
    "R058": (
        "In the EU machine-made pictures, video, sound and news have to be called so.",
        "Say in the post that it was made with AI, or that a person has reviewed it and answers for it.",
        _misleads,
    ),
    "R059": (
        "The platform wants its AI label on realistic machine-made media.",
        "Set the platform's AI label, and say it in the text.",
        _is_media,
    ),
}
"""by row of data/platforms/rules.csv: what to say, what to do, and whether the draft breaks it"""

CHECK = Check(
    id=_ID,
    title="Machine-made and not called so",
    judge=judge,
    languages=frozenset({"en", "de", "fr", "es", "it", "pt", "nl"}),
    default_grades=GRADES,
    sources=("Regulation (EU) 2024/1689, article 50", "docs.x.com, developer guidelines", "the platforms' AI policies"),
)
