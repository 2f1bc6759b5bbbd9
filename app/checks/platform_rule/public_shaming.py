"""Pointing the public at a private person: a customer, guest or critic named for others to find.

Why: the platforms treat it as harassment, in many places it breaks data protection law, and the crowd turns round.
Flag: "WANTED: Dana K. left without paying. If you see her, tell her ...", "here is the number of the man who complained".
Allow: police appeals, missing persons, naming public figures for public acts, thanking a customer by name.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks.base import ENGLISH, Check
from app.checks.matching import find, words
from app.domain import Finding, Prepared

_CALL = words(
    r"(?:if|when) (?:you|anyone|any of you)(?: \w+)? (?:see|spot|know|recogni[sz]e|meet|run into|bump into)s? (?:her|him|them|this (?:\w+ )?(?:woman|man|guy|girl|lady|person|customer|clown|idiot))",
    r"(?:not wanted|wanted|banned|barred|wall of shame|hall of shame|name and shame|naming and shaming|named? and shamed?|shame on (?:you|this))",
    r"(?:find|yelp|review|message|dm|call|e-?mail|tell|flood|spam) (?:her|him|them|that|this) ?(?:\w+ )?(?:up|boss|employer|page|account|inbox|bitch|woman|guy|clown|idiot|work)",
    r"(?:make|let(?:'|’)?s make) (?:her|him|them|this (?:\w+ )?(?:woman|man|guy|customer)) (?:famous|viral|pay|regret)",
    r"(?:spread the word|share) (?:about|so (?:that )?)(?: \w+){0,6}? (?:her|him|them|this (?:woman|man|customer))",
)
_COMPLAINT = words(
    r"(?:left|walked out|dined|ran off|ran)(?: \w+){0,4}? without (?:paying|a tip|tipping)|(?:no|zero|0|\$0|0\.00|£0|bad|lousy|cheap) (?:tip|tips|review)|tip(?:ped|per)?|didn(?:'|’)?t (?:pay|tip|show)|no-?show|"
    r"(?:1|one|bad|fake|nasty)[- ]?(?:star)? reviews?|complain(?:ed|ing|er|t)s?|refund|chargeback|shoplift\w*|stole|(?:abus|insult|shout|scream|swore)\w* (?:at )?(?:our|my|the) \w+|unpaid"
)
_POLICE = words(
    r"police|appeal|detectives?|officers?|witness(?:es)?|missing|concern(?:ed)? for|call 101|crimestoppers|do not approach"
)


def judge(prepared: Prepared) -> Iterable[Finding]:
    calls = find(_CALL, prepared.texts)
    if not calls or _POLICE.search(prepared.text.folded.text):
        return
    complaint = find(_COMPLAINT, prepared.texts)
    if complaint or len(calls) > 1:
        yield Finding(
            message="This points the public at a private person.",
            why="The marked words single somebody out and ask readers to look for, judge or contact them.",
            suggestion="Take the person out; settle it with them directly, or with the police if it is a crime.",
            spans=calls,
            confidence=0.85 if complaint and len(calls) > 1 else 0.7,
        )


CHECK = Check(
    id="platform_rule/public_shaming",
    title="Pointing the public at a private person",
    judge=judge,
    languages=ENGLISH,
    sources=("Meta, bullying and harassment policy", "X, abusive behaviour policy", "GDPR article 6"),
)
