"""A draft that is written as another of the author's accounts writes, and not as the one it is for.

Both voices are learnt from past posts: words and their spelling, punctuation, emoji, hashtags, links, how posts open and
close. The confidence is one less the false alarms to be expected: the share of an account's own posts that look so much
like another's, by a measured curve, times the number of the author's other accounts. A threshold of 0.998 is two in a
thousand. Five past posts on both sides are the least, and 5 to 19 must clear the same mark as 20, which with so few posts
fewer drafts do: of brands' drafts sent to another brand, 1 % false alarms allowed, 70 % were caught with 5 past posts, 87 %
with 20 and 93 % with 50. A draft within what the account itself has written draws nothing unless the other's log-odds reach
6, nor do replies, comments, reposts and texts under 15 characters. The curve was measured on posts in English.

Grades: `default`, and `clear` from log-odds of 4.

Why: whoever runs several accounts has the wrong one selected sooner or later, and sees it at once when told whose it is.
Flag: "cant believe i fell asleep on the bus again lol", on the ferry line's account, where the author also posts as @sam.
Allow: news of the ferry line in its usual words; the same draft where the ferry line has always written like that.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.base import Check, NotApplicable
from app.checks.wrong_account._habits import in_words
from app.checks.wrong_account._past import STRAYS
from app.domain import Finding, OtherVoice, Prepared, Voice

_LEAST = 0.9
_CLEAR = 4.0
_CERTAIN = 6.0
"""log-odds from which it is no excuse that the account has strayed as far: of brands' misdirected drafts, five accounts to
choose from, this caught 66 % where 56 % were caught without, and of 1,974 own drafts of all corpora alarmed on the same three"""
_MOST_WORDS = 4


def judge(prepared: Prepared) -> Iterable[Finding]:
    voice = prepared.voice
    if voice is None or not voice.others:
        raise NotApplicable("this account's voice, or that of another account of the author, is not known")
    best = voice.others[0]
    rate = best.per_1000 * len(voice.others)
    unusual = voice.strays <= STRAYS or best.odds >= _CERTAIN
    if best.odds > 0 and unusual and 1 - rate / 1000 >= _LEAST:
        yield _finding(prepared, voice, best, rate)


def _finding(prepared: Prepared, voice: Voice, best: OtherVoice, rate: float) -> Finding:
    raw = prepared.text.raw
    words = tuple(dict.fromkeys(raw[span.start : span.end] for span in voice.spans))[:_MOST_WORDS]
    habits = in_words(voice.habits)
    return Finding(
        message=f"This sounds like {best.name}, not like {prepared.account.shown_name or 'the account selected'}.",
        why=f"{_signs(words, habits, best)} {_how_rare(rate)}",
        suggestion=f"Check which account is selected; if it is meant for {best.name}, post it from there.",
        spans=voice.spans,
        confidence=round(1 - rate / 1000, 5),
        grade="clear" if best.odds >= _CLEAR else "default",
        evidence={
            "account": best.name,
            "share": round(best.share, 4),
            "odds": round(best.odds, 2),
            "posts": {"selected": voice.posts, "other": best.posts},
            "habits": habits,
            "words": words,
        },
    )


def _signs(words: tuple[str, ...], habits: tuple[str, ...], best: OtherVoice) -> str:
    signs = [f"“{word}”" for word in words] + list(habits)
    if not signs:
        return f"Its turns of phrase are those of {best.name}'s {best.posts} known posts."
    listed = ", ".join(signs[:-1]) + (" and " if signs[1:] else "") + signs[-1]
    return f"It has what {best.name}'s {best.posts} known posts have more of: {listed}."


def _how_rare(rate: float) -> str:
    several = "fewer than one" if rate < 1 else f"about {rate:.0f}"
    return f"Of a thousand of an account's own posts {several} would seem another's like this."


CHECK = Check(
    id="wrong_account/other_voice",
    title="Another account's voice",
    judge=judge,
    default_grades=("default", "clear"),
    sources=(
        "P. Juola, “Authorship Attribution”, Foundations and Trends in Information Retrieval 1(3), 2006",
        "S. Ishihara, “Strength of forensic text comparison evidence from stylometric features: a multivariate likelihood "
        "ratio-based analysis”, International Journal of Speech, Language and the Law 24(1), 2017",
    ),
)
