"""A draft that is not at all like the account's past posts, with another sign of a private post beside it.

For authors whose other accounts are not known, or have too few posts. The account needs 20 past posts, and of a
thousand of its own posts no more than one may be so unlike it: expected from other accounts, and corrected by its own past. That alone is no alarm: at one false
alarm in a hundred it catches a quarter to a half of what was meant for another account. So it takes a second sign: private
words, a private voice to the classifier, or another account that was used last. The curve was measured on posts in English.

Why: people forget to name their private account, and that is where most slips were meant to go.
Flag: "omg my head, never again with the tequila 😂 why did i do that to myself", on an account that has only ever given sailing times.
Allow: the account's first post about a new subject; slang on an account that always writes so.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks import scored
from app.checks.base import Check, NotApplicable
from app.checks.wrong_account._habits import in_words
from app.checks.wrong_account._past import ENOUGH
from app.checks.wrong_account._private import cues
from app.domain import Finding, Prepared, Voice

_LEAST = 0.99
_CUE = 1.0
"""points from which a private cue is a second sign"""
_STRONG = 0.7
"""strength of `personal_voice` from which it is one"""
_WRITTEN = 2.0
"""log-odds of a person's way of writing from which it is one: of brands' posts one in twenty has it, of celebrities' one in four"""


def judge(prepared: Prepared) -> Iterable[Finding]:
    voice = prepared.voice
    if voice is None or voice.posts < ENOUGH:
        raise NotApplicable(
            f"fewer than {ENOUGH} past posts of the account are known, or the draft is no post of its own"
        )
    sure = 1 - voice.per_1000 / 1000
    if voice.others or sure < _LEAST:
        return
    if signs := _signs(prepared, voice):
        yield Finding(
            message=f"This is not how {prepared.account.shown_name or 'the account selected'} writes.",
            why=f"It is unlike all but a few of the account's {voice.posts} known posts, and {signs[0]}.",
            suggestion="Check which account is selected.",
            spans=voice.spans,
            confidence=round(sure, 5),
            evidence={"posts": voice.posts, "signs": signs, "habits": in_words(voice.habits)},
        )


def _signs(prepared: Prepared, voice: Voice) -> list[str]:
    """What else speaks for another account, as the end of a sentence."""
    private = any(cue.points >= _CUE and cue.group not in ("lower", "politics") for cue in cues(prepared))
    last = prepared.author.last_account if prepared.author else None
    signs = ["has words of private posts"] if private else []
    if scored.strength(prepared, "personal_voice") >= _STRONG or voice.person >= _WRITTEN:
        signs.append("reads like a private person")
    if last and not prepared.account.is_named(last):
        signs.append(f"you last posted from {last}")
    return signs


CHECK = Check(id="wrong_account/unlike_account", title="Unlike the account", judge=judge)
