"""The account's own past as a witness: whether the draft is what it usually writes, or hardly ever.

Measured with 20 and 50 past posts on 46 accounts: of their own posts nine in ten are usual and two to six in a thousand
unlike; of private persons' posts sent to them three in a hundred are usual and four in ten unlike.
"""

from __future__ import annotations

from app.domain import Prepared, Voice

ENOUGH = 20
"""past posts from which an account's own past is a full witness"""
STRAYS = 0.02
"""the share of its own posts that may be as unlike it: above, the draft is within what the account writes"""
_USUAL_RATE, _USUAL_SHARE = 200.0, 0.1
_UNLIKE_RATE = 5.0
_USUAL, _UNLIKE = -3.0, 1.0
"""log-odds of a private voice; the rise is far below its ratio of 80 to 1, as the other cues have said most of it before"""


def points(prepared: Prepared) -> float:
    """Log-odds that the account's past adds to a private voice; little where few past posts are known."""
    voice = prepared.voice
    if voice is None:
        return 0.0
    if _is_usual(voice):
        # Beside a few posts nearly every draft is usual: at five, seven private drafts in ten on a brand's account.
        return _USUAL * min(1.0, voice.posts / ENOUGH) ** 2
    unlike = voice.posts >= ENOUGH and voice.per_1000 <= _UNLIKE_RATE and voice.strays <= STRAYS
    return _UNLIKE if unlike else 0.0


def _is_usual(voice: Voice) -> bool:
    return voice.per_1000 >= _USUAL_RATE or voice.strays >= _USUAL_SHARE
