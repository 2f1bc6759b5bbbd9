"""Who stands behind a claim: a named source, a link worth following, or the account's own standing.

After the claim-verification practice of asking first for attribution (Zubiaga et al. 2018, "Detection and Resolution
of Rumours in Social Media"): a hedge, an unnamed official and a shortened link are not evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from app.checks.taken_back import takes_back
from app.checks.unverified_claim import _standing
from app.checks.wordlists import load_sections
from app.domain import EventMatch, Prepared, Span

LISTS = Path(__file__).with_name("lists")
CLAIMS = load_sections(LISTS / "claims.txt")
_OTHER_CLAIMS = load_sections(LISTS / "claims_other.txt")
LANGUAGES: frozenset[str] = frozenset({"en", "es", "fr", "de", "it", "pt"})
"""languages that some claims are known in"""
EVIDENCE = load_sections(LISTS / "evidence.txt")

_SHORTENER = re.compile(
    r"(?:^|//|www\.)(?:bit\.ly|bit\.do|t\.ly|shorturl\.fm|shorturl\.gg|v\.gd|s\.id|ow\.ly|tinyurl\.com|goo\.gl|buff\.ly|dlvr\.it|is\.gd|fb\.me|lnkd\.in|tiny\.cc|"
    r"trib\.al|shorturl\.at|rb\.gy|cutt\.ly|youtu\.be|twitpic\.com|pic\.twitter\.com|pic\.x\.com|wa\.me|t\.me|vm\.tiktok\.com)",
    re.IGNORECASE,
)
_PRIMARY = re.compile(
    r"(?:^|\.)(?:[\w-]+\.(?:gov|mil|int|edu)|(?:gov|gob|gouv|govt|ac|police|nhs|mil|edu)\.[a-z]{2,3}|europa\.eu|bund\.de|"
    r"reuters\.com|apnews\.com|afp\.com|bbc\.(?:co\.uk|com)|nytimes\.com|washingtonpost\.com|theguardian\.com|"
    r"npr\.org|cnn\.com|who\.int|un\.org|nature\.com|thelancet\.com|bmj\.com|nejm\.org|science\.org)$"
)
"""of a host's name: what stands in a path or in front of another host says nothing"""
_RETWEET = re.compile(r"^\s*RT @(\w{1,30})")
_NOW = re.compile(
    r"\b(?:tonight|right now|last night|just now|this (?:morning|afternoon|evening)|(?:has|have) (?:sadly |just )?(?:died|passed away|been (?:killed|shot|arrested)))\b"
)
_WE = re.compile(
    r"\b(?:we|we're|we've|we'll|our|ours|us|unsere?\w*|wir|nuestr[oa]s?|notre|nos|nous|nostr[oaie]|noss[oa]s?)\b"
)
_WARNING = re.compile(
    r"\b(?:scams?|scammers?|beware|fraud|warn(?:s|ing|ed)?|too good to be true|red flags?|avoid|don't fall|do not fall|never invest)\b"
)


class Backing(NamedTuple):
    """What a draft offers for its claims."""

    named: bool
    """somebody who can be asked is named as the source"""
    link: bool
    """a link that shows where it leads (no shortener)"""
    shortened: bool
    """a link that hides where it leads, by the writer's own choice: X wraps every link as t.co"""
    primary: bool
    """a link to an authority, a journal or a news agency"""
    office: bool
    """its words are those of somebody with an office, reposted or quoted by their handle"""
    anonymous: tuple[Span, ...]
    """places that call on unnamed sources"""

    @property
    def sourced(self) -> bool:
        return self.named or self.link

    @property
    def strong(self) -> bool:
        return self.primary or (self.named and not self.anonymous)


def backing(prepared: Prepared) -> Backing:
    """What stands behind the claims of this draft."""
    links = [e.text for text in prepared.texts for e in text.entities_of("link")] + list(prepared.draft.links)
    open_links = [link for link in links if not _SHORTENER.search(link)]
    office = _passes_on_authority(prepared)
    return Backing(
        named=says(prepared, "named_source") or office,
        link=bool(open_links),
        shortened=len(open_links) < len(links),
        primary=any(_PRIMARY.search(_host(link)) for link in open_links),
        office=office,
        anonymous=anonymous(prepared),
    )


def _host(link: str) -> str:
    """The name of the machine that a link leads to; empty where it is no link."""
    try:
        return urlsplit(link if "//" in link else f"//{link}").hostname or ""
    except ValueError:
        return ""


def _passes_on_authority(prepared: Prepared) -> bool:
    """Whether the words are those of somebody with an office, whom the draft reposts or quotes by their handle."""
    passed_on = prepared.draft.quoted if prepared.quoted in prepared.texts else None
    authors = [passed_on.author] if passed_on and passed_on.author else []
    authors += _RETWEET.findall(prepared.draft.text)
    return any(_standing.can_be_asked(author) for author in authors)


def anonymous(prepared: Prepared) -> tuple[Span, ...]:
    """Where the draft calls on sources without a name."""
    return EVIDENCE["anonymous_source"].find_in(prepared.texts)


def spans(prepared: Prepared, section: str) -> tuple[Span, ...]:
    """Where the draft uses the phrases of a section of the claim list, or of the shorter list in its language."""
    listed = (CLAIMS if prepared.text.language in ("en", "und") else _OTHER_CLAIMS).get(section)
    return listed.find_in(prepared.texts) if listed else ()


def says(prepared: Prepared, section: str) -> bool:
    """Whether the draft uses a phrase of a section of the evidence list."""
    if section == "denial" and takes_back(prepared):
        return True
    return any(EVIDENCE[section].find(text) for text in prepared.texts)


def is_past(prepared: Prepared) -> bool:
    """Whether it speaks of history or of a story: an anniversary, a series, a year where nothing is told as of now."""
    if spans(prepared, "alert"):  # who cries “breaking” speaks of now
        return False
    if says(prepared, "past") or says(prepared, "fiction"):
        return True
    return says(prepared, "dated") and not matches(prepared, _NOW)


def matches(prepared: Prepared, pattern: re.Pattern[str]) -> bool:
    """Whether a pattern stands in the folded words that the draft asserts."""
    return any(pattern.search(text.folded.text) for text in prepared.texts)


def is_settled(prepared: Prepared, *fields: str) -> bool:
    """Whether a claim needs nothing more: put right, long past, seen by the writer, their own work, or shown by a link.

    `fields`: those in which the account may know it by its own work (`_standing`).
    """
    if is_past(prepared) or any(says(prepared, section) for section in ("denial", "first_hand")):
        return True
    known = backing(prepared)
    if (known.strong or known.link) and not known.anonymous:
        return True
    return _standing.is_official(prepared, *fields) or (
        prepared.is_organisation and _standing.works_in(prepared.account, *fields)
    )


def speaks_for_itself(prepared: Prepared) -> bool:
    """Whether the draft is about the account's own house: its name, or an organisation's we."""
    name = (prepared.account.display_name or "").casefold()
    if len(name) > 3 and any(name in text.raw.casefold() for text in prepared.texts):
        return True
    return prepared.is_organisation and matches(prepared, _WE)


def warns(prepared: Prepared) -> bool:
    """Whether the draft warns of a fraud instead of selling it."""
    return matches(prepared, _WARNING)


def counts(prepared: Prepared) -> bool:
    """Whether its numbers are a running count, of cases, tests and deaths of a disease, and no news of a loss."""
    found = spans(prepared, "running_count")
    return len(found) > 1 and not spans(prepared, "hearsay")


def event(prepared: Prepared) -> EventMatch | None:
    """The event that the draft speaks of or its audience lives with, where it is grave enough to raise the bar."""
    return next(
        (m for m in prepared.moment.events[:3] if m.event.severity >= 2 and m.event.kind != "memorial_day"), None
    )


def score(prepared: Prepared, label: str) -> float:
    """How strongly the classifier reads it, 0 where scoring failed (the engine reports that failure itself)."""
    return prepared.scores.strengths.get(label, 0.0) if prepared.scores else 0.0


def quoted(found: Iterable[Span], prepared: Prepared, limit: int = 3) -> str:
    """The words at the spans, for a sentence: “a”, “b”."""
    raw = {text.field: text.raw for text in prepared.texts}
    words = dict.fromkeys(raw[span.field][span.start : span.end].strip() for span in found)
    return ", ".join(f"“{word}”" for word in list(words)[:limit])
