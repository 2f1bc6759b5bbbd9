"""Google Fact Check Tools: what is asked (`claims:search`), and what its answer says. Nothing here opens a connection.

Its answer is somebody else's text. Fields of the wrong type are as good as missing, all lengths are bounded, and a
review counts only where the claim it is of is the one that was asked for.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from app.domain import FactCheck
from app.factchecks import shown
from app.factchecks.matching import compare
from app.factchecks.ratings import standing_of
from app.text.entities import entities

ENDPOINT = "https://factchecktools.googleapis.com/v1alpha1/claims:search"
LARGEST = 1024 * 1024
"""bytes of an answer; ten claims take some twenty thousand"""
_PAGE = 10
_LONGEST_QUERY = 250
_SHORTEST, _FEWEST_WORDS = 5, 3
"""characters, and words where words are set apart"""
_MOST_CLAIMS, _MOST_REVIEWS = 20, 10
_MOST_FOUND = 5
_LONGEST_CLAIM, _LONGEST_PUBLISHER, _LONGEST_RATING = 600, 100, 200
_YEARS = range(1990, 2101)
_PRIVATE = frozenset({"mention", "email", "phone", "link", "emoji"})
_ADDRESS = re.compile(r"\S*(?:[@＠]|://|\bwww\.)\S*")
_ACCOUNT_NUMBER = re.compile(r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{3,4}){3,8}\b")
_LONG_NUMBER = re.compile(r"(?:\d[ ().\-/]{0,3}){7,}")
_GAP, _LEFT_OVER = re.compile(r" (?=[,.;:!?])"), " ,.;:!?–—-"
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:-[A-Za-z0-9-]{0,30})?")


class Question(NamedTuple):
    """What leaves the house, and all that does."""

    query: str
    language: str | None
    """ISO 639-1 code"""

    @property
    def parameters(self) -> dict[str, str]:
        """Of the request's URL; the key is none of them."""
        given = {"query": self.query, "pageSize": str(_PAGE)}
        return given | ({"languageCode": self.language} if self.language else {})


class BadAnswer(Exception):
    """Why an answer can't be read."""


def question(sentence: str, language: str | None = None) -> Question | None:
    """The sentence without what tells of persons; None where too little is left to ask for.

    Mentions, e-mail addresses, phone and account numbers and links are taken out, hashtags are left as words.
    """
    visible = "".join(" " if char.isspace() else char for char in sentence if char.isspace() or char.isprintable())
    text = _ACCOUNT_NUMBER.sub(" ", unicodedata.normalize("NFKC", visible))
    kept, at = [], 0
    for entity in entities(text):
        kept.append(text[at : entity.start])
        if entity.kind == "hashtag":
            kept.append(" ".join(entity.words) or entity.text[1:])
        elif entity.kind not in _PRIVATE:
            kept.append(entity.text)
        at = entity.end
    bare = "".join([*kept, text[at:]])
    for pattern in (_ADDRESS, _LONG_NUMBER):
        bare = pattern.sub(" ", bare)
    query = _cut(_GAP.sub("", " ".join(bare.split())).lstrip(_LEFT_OVER))
    if len(query) < _SHORTEST or (len(re.findall(r"\w+", query)) < _FEWEST_WORDS and query.isascii()):
        return None
    known = _LANGUAGE.fullmatch(language or "")
    return Question(query, known[1].lower() if known and known[1].lower() != "und" else None)


def _cut(text: str) -> str:
    if len(text) <= _LONGEST_QUERY:
        return text
    head, _, _ = text[: _LONGEST_QUERY + 1].rpartition(" ")
    return head or text[:_LONGEST_QUERY]


def parse(answer: bytes) -> tuple[FactCheck, ...]:
    """The reviews of an answer, of whatever claims: `likeness` 0 until they are vetted. Raises BadAnswer."""
    try:
        told = json.loads(answer.decode("utf-8"))
    except UnicodeDecodeError:
        raise BadAnswer("its answer is not UTF-8") from None
    except (ValueError, RecursionError):
        raise BadAnswer("its answer is not JSON") from None
    claims = told.get("claims", []) if isinstance(told, Mapping) else None
    if not isinstance(claims, list) or not all(isinstance(claim, Mapping) for claim in claims):
        raise BadAnswer("its answer is not a list of claims")
    found = {(review.claim, review.url): review for claim in claims[:_MOST_CLAIMS] for review in _reviews(claim)}
    return tuple(found.values())


def _reviews(claim: Mapping[str, Any]) -> Iterator[FactCheck]:
    text, reviews = shown.words(claim.get("text"), _LONGEST_CLAIM), claim.get("claimReview")
    if not text or not isinstance(reviews, list):
        return
    for review in reviews[:_MOST_REVIEWS]:
        found = _review(text, review) if isinstance(review, Mapping) else None
        if found is not None:
            yield found


def _review(claim: str, given: Mapping[str, Any]) -> FactCheck | None:
    """None without a link to it or without a rating: then there is nothing to tell, or no way to read it."""
    url = shown.link(given.get("url"))
    rating = shown.words(given.get("textualRating"), _LONGEST_RATING)
    if url is None or not rating:
        return None
    known = _LANGUAGE.fullmatch(shown.words(given.get("languageCode"), 40))
    return FactCheck(
        claim=claim,
        publisher=_publisher(given.get("publisher")) or shown.host(url),
        rating=rating,
        url=url,
        standing=standing_of(rating),
        likeness=0.0,
        reviewed_on=_day(given.get("reviewDate")),
        language=known[1].lower() if known else None,
        source="google",
    )


def _publisher(given: Any) -> str:
    if not isinstance(given, Mapping):
        return ""
    return shown.words(given.get("name"), _LONGEST_PUBLISHER) or shown.words(given.get("site"), _LONGEST_PUBLISHER)


def _day(given: Any) -> date | None:
    """Of an RFC 3339 date and time; None for what is none, or a placeholder."""
    try:
        day = date.fromisoformat(given[:10]) if isinstance(given, str) else None
    except ValueError:
        return None
    return day if day is not None and day.year in _YEARS else None


def vetted(candidates: Iterable[FactCheck], asked: Question) -> tuple[FactCheck, ...]:
    """Those whose claim is the one that was asked for, the likeliest first: a search also finds what is only near."""
    found: list[FactCheck] = []
    for candidate in candidates:
        match = compare(asked.query, candidate.claim, asked.language)
        if match is not None:
            found.append(replace(candidate, likeness=match.likeness))
    return best(found)


def best(found: Sequence[FactCheck], most: int = _MOST_FOUND) -> tuple[FactCheck, ...]:
    """The likeliest, each link once."""
    ranked: dict[str, FactCheck] = {}
    for each in sorted(found, key=lambda each: -each.likeness):
        ranked.setdefault(each.url, each)
    return tuple(ranked.values())[:most]
