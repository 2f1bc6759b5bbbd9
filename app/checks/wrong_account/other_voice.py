"""A draft that is written as another of the author's accounts writes, and not as the one it is for.

Both voices are learnt from past posts: words and their spelling, punctuation, emoji, hashtags, links, how posts open and
close; and a classifier tells the fifty newest posts of the two accounts apart. The confidence is one less the false alarms to be expected: the share of an account's own posts that look so much
like another's, by a measured curve, times the number of the author's other accounts. A threshold of 0.998 is two in a
thousand. Five past posts on both sides are the least, and 5 to 19 must clear the same mark as 20, which with so few posts
fewer drafts do: of brands' drafts sent to another brand, 1 % false alarms allowed, 70 % were caught with 5 past posts, 89 %
with 20 and 94 % with 50. A draft within what the account itself has written draws nothing unless the other's log-odds reach
5.5, nor do replies, comments, reposts and texts under 15 characters. The curve was measured on posts in English.

Grades: `default`, `clear` from log-odds of 4, and `neither` where the draft is unlike the other account too.

Why: whoever runs several accounts has the wrong one selected sooner or later, and sees it at once when told whose it is.
Flag: "cant believe i fell asleep on the bus again lol", on the ferry line's account, where the author also posts as @sam.
Allow: news of the ferry line in its usual words; the same draft where the ferry line has always written like that.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.base import Check, NotApplicable
from app.checks.wrong_account._habits import in_words
from app.checks.wrong_account._past import STRAYS
from app.domain import OTHERS_TONE, Account, Finding, OtherVoice, Prepared, Voice

_LEAST = 0.9
_CLEAR = 4.0
_CERTAIN = 5.5
"""log-odds from which it is no excuse that the account has strayed as far: of brands' misdirected drafts, five accounts to
choose from, this caught 65 % where 57 % were caught without, and of 3,400 own drafts of all corpora alarmed on 5 where 4 were"""
_MOST_WORDS = 4
_NAMED = 3
_NEITHER = 5.0
"""in a thousand: where fewer of the other's own posts are so unlike it, the draft is not its either"""


def judge(prepared: Prepared) -> Iterable[Finding]:
    voice = prepared.voice
    if voice is None or not voice.others:
        raise NotApplicable(_why_not(prepared))
    best = voice.others[0]
    rate = best.per_1000 * len(voice.others)
    unusual = voice.strays <= STRAYS or best.odds >= _CERTAIN
    if best.odds > 0 and unusual and 1 - rate / 1000 >= _LEAST:
        yield _finding(prepared, voice, best, rate)


def _why_not(prepared: Prepared) -> str:
    """What would have to be known, for whoever integrates: a wrong id of an account would else go unnoticed."""
    owned = prepared.author.accounts if prepared.author else ()
    others = [other.shown_name or "an account without a name" for other in owned if not _is_target(other, prepared)]
    if prepared.is_reply or prepared.draft.kind in OTHERS_TONE:
        return "a reply, comment or repost takes its tone from somebody else"
    if not others:
        return "no other account of the author is given"
    if prepared.voice is None:
        return "fewer than 5 past posts of this account are known, or the draft is too short to show a voice"
    return f"fewer than 5 past posts are known of {', '.join(others[:_NAMED])}"


def _is_target(other: Account, prepared: Prepared) -> bool:
    target = prepared.account
    return other.id == target.id if other.id and target.id else other.is_same(target)


def _finding(prepared: Prepared, voice: Voice, best: OtherVoice, rate: float) -> Finding:
    raw = prepared.text.raw
    words = tuple(dict.fromkeys(raw[span.start : span.end] for span in voice.spans))[:_MOST_WORDS]
    own = (prepared.account.handle or "").casefold()
    habits = tuple(habit for habit in in_words(voice.habits) if habit != own)
    selected = prepared.account.shown_name or "the account selected"
    neither = best.unlike_per_1000 <= _NEITHER
    return Finding(
        message=f"This doesn't sound like {selected}; of your other accounts {best.name} is nearest, but not near."
        if neither
        else f"This sounds like {best.name}, not like {selected}.",
        why=f"{_signs(words, habits, best)} {_how_rare(rate)}",
        suggestion="Check which account is selected."
        if neither
        else f"Check which account is selected; if it is meant for {best.name}, post it from there.",
        spans=voice.spans,
        confidence=round(1 - rate / 1000, 5),
        grade="neither" if neither else "clear" if best.odds >= _CLEAR else "default",
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
    default_grades=("neither", "default", "clear"),
    sources=(
        "P. Juola, “Authorship Attribution”, Foundations and Trends in Information Retrieval 1(3), 2006",
        "S. Ishihara, “Strength of forensic text comparison evidence from stylometric features: a multivariate likelihood "
        "ratio-based analysis”, International Journal of Speech, Language and the Law 24(1), 2017",
        "S. Wang and C. Manning, “Baselines and Bigrams: Simple, Good Sentiment and Topic Classification”, ACL, 2012",
    ),
)
