"""How private a draft sounds: points for what private posts say, less what speaks for the organisation.

An additive log-odds score (Fellegi and Sunter's match weights, 1969): each cue's points are the logarithm of how much
likelier it is in private posts than in official ones; the classifier's own log-odds are one cue among them, and whether
the account has always written like this another.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path

from app.checks.phrases import Phrases
from app.checks.wrong_account import _past
from app.domain import Prepared, Span

PRIOR = -3.5
"""log-odds that a draft is private before anything is read"""
_SCORE_WEIGHT = 0.6
_SCORE_LIMITS = (-1.5, 3.0)
"""log-odds of the classifier beyond which it says no more; it knows private posts better than official ones"""
_LISTS = Path(__file__).parent / "lists"
_SIGNED = re.compile(r"(?:\^|[-–—/*] ?)[A-Z]{1,3}[a-z]{0,8}\s*$")
_DEMAND = re.compile(
    r"\W*(?i:fire|sack|bench|axe|dump|trade) (?!Deadline|Alert|Sale|News|Rumou?rs|Talk|Week|Show|Press|Away|Department)(?:[A-Z][\w'’.-]+ ?){1,2}(?:(?i:now|already|please))?\W*$|\W*[A-Z][\w'’-]+ (?i:out)\W*$"
)
"""a fan's shout at a club: dismiss this one, change that one"""
_STACCATO = re.compile(r"(?:\b[\w'’]+\. ){3,}[\w'’]+\.")
"""One. Word. At. A. Time."""
_SHOUT = re.compile(
    r"\b(?:REF(?:EREE)?|UMP(?:IRE)?|LINO|LINESMAN|ÁRBITRO|ARBITRO|SCHIRI|ARBITRE|JUIZ)\b(?=.*\b(?:YOU|WHAT|HOW|BLIND|NEVER|THAT|CIEGO|BLIND|AVEUGLE|CEGO|CIECO)\b)"
    r"|ARE YOU (?:BLIND|KIDDING|SERIOUS|JOKING|HAVING A LAUGH)|THAT(?:'S| IS| WAS) (?:NEVER )?(?:A )?(?:PEN|PENALTY|FOUL|RED|OFFSIDE|HANDBALL)\b"
    r"|HOW (?:WAS|IS) THAT NOT|NEVER A (?:PEN|PENALTY|FOUL|RED)\b|(?:PASS|CATCH|CLEAR) THE (?:\w+ )?BALL|GET (?:HIM|THEM) OFF|MARK (?:HIM|YOUR MAN)|WAKE UP (?:LADS|BOYS|REF)"
)
"""what is shouted at a screen, in capitals"""
_QUOTED = re.compile(r"[\"“«][^\"”»]{12,}[\"”»]")
_LYRIC = re.compile(r"🎶|🎵|♪|\blyrics?\b|^['\"“]")


@dataclass(frozen=True, slots=True)
class Cue:
    group: str
    points: float
    spans: tuple[Span, ...]


_MOST_SPANS = 12
"""places of one cue that are shown; a post that repeats it a thousand times must not cost a million steps"""
_PRIVATE = Phrases.load(_LISTS / "private_voice.tsv")
_OFFICIAL = Phrases.load(_LISTS / "official_voice.tsv")


def cues(prepared: Prepared) -> list[Cue]:
    """The strongest private cue of each group that the draft's text shows."""
    text = prepared.text
    first = len(text.raw) - len(text.raw.lstrip())
    best: dict[str, Cue] = {}
    for group, points, span in _PRIVATE.find(text):
        if group == "start" and span.start > first:
            continue
        known = best.get(group)
        spans = (*known.spans, span)[:_MOST_SPANS] if known else (span,)
        best[group] = Cue(group, max(points, known.points if known else 0.0), spans)
    if prepared.account.kind == "sports" and len(text.tokens) <= 5 and _DEMAND.match(text.raw):
        best["demand"] = Cue("demand", 5.0, (Span(0, len(text.raw)),))
    if text.raw.isupper() and len(text.tokens) > 2 and (shout := _SHOUT.search(text.raw)):
        best["shout"] = Cue("shout", 5.0, (Span(*shout.span()),))
    if text.raw.count(". ") > 2 and (staccato := _STACCATO.search(text.raw)):
        best["temper"] = Cue("temper", 2.5, (Span(*staccato.span()),))
    if text.raw[:1].islower() and len(text.tokens) > 3:
        best["lower"] = Cue("lower", 1.0, ())
    return list(best.values())


def official_points(prepared: Prepared) -> float:
    """What in the draft speaks for the organisation: its own name, links, offers, we, a signed reply."""
    text = prepared.text
    points = sum({match.grade: match.weight for match in _OFFICIAL.find(text)}.values())
    points += 2.0 if text.entities_of("link") or prepared.draft.links else 0.0
    points += 1.0 if prepared.draft.media else 0.0
    points += 2.0 if _names_itself(prepared) else 0.0
    points += 2.0 if _SIGNED.search(text.raw.rstrip()) else 0.0
    points += 2.0 if _QUOTED.search(text.raw) or _LYRIC.search(text.raw) else 0.0
    points += 1.0 if prepared.account.kind == "politician" else 0.0
    points += 0.5 if text.entities_of("hashtag") else 0.0
    points += 1.0 if prepared.draft.kind in ("reply", "repost", "quote") or prepared.reply_to else 0.0
    return points


def _names_itself(prepared: Prepared) -> bool:
    """True where a word of the account's handle or name, or its hashtag, stands in the draft."""
    account = prepared.account
    own = set(re.findall(r"[a-z]{4,}", (account.display_name or "").casefold()))
    own |= {(account.handle or "").lstrip("@").casefold()} - {""}
    said = {token.folded for token in prepared.text.tokens}
    tags = " ".join(tag.text.casefold() for tag in prepared.text.entities_of("hashtag"))
    return not own.isdisjoint(said) or any(len(word) > 4 and word in tags for word in own)


def log_odds(prepared: Prepared, found: list[Cue]) -> float:
    """Log-odds that the draft was meant for a private account."""
    score = 0.0
    if prepared.scores:
        probability = min(0.999, max(0.001, prepared.scores.strengths["personal_voice"]))
        lowest, highest = _SCORE_LIMITS
        score = max(lowest, min(highest, math.log(probability / (1 - probability))))
    # Staff who vent about the job say "we" and name customers too; a private sale has its price and its hours.
    share = 0.25 if any(cue.group in ("work", "sale") for cue in found) else 1.0
    own_past = _past.points(prepared)
    return (
        PRIOR + own_past + sum(cue.points for cue in found) + _SCORE_WEIGHT * score - share * official_points(prepared)
    )


def probability(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
