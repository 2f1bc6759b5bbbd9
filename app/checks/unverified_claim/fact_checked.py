"""What a publisher of fact checks has reviewed already, by the review that matches the draft best.

The rating is its publisher's and told in their words; Prepost judges nothing. Reviews come from the local index and from
Google Fact Check Tools, where an operator has set them up. The confidence is how sure it is that the draft makes the
claim that was reviewed.

Grades: `clearly_wrong` where the rating says wrong and the draft says nearly the claim's own words, `wrong` where it is less
like them, `doubtful` for misleading, missing context and the like, `disputed` where publishers contradict each other (all are
named), `note` for a claim rated right or in words that are not known.

Why: whoever repeats a claim that has a published review is shown it within the hour, by everybody else.
Flag: "Vaccines cause autism", where AFP Fact Check has rated that claim “False”.
Allow: "It is not true that vaccines cause autism", or the claim beside a link to that very review; a claim of another number,
name or place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from app.checks.base import Check, NotApplicable
from app.checks.unverified_claim import _asserted, _evidence
from app.domain import FactCheck, Finding, Prepared, Standing

_CLEAR = 0.8
"""likeness from which a draft says nearly the claim's own words"""
_GRAVEST: tuple[Standing, ...] = ("wrong", "doubtful", "unclear", "right")
_AGAINST: frozenset[Standing] = frozenset({"wrong", "doubtful"})
_MOST_NAMED = 4
_LONGEST_RATING = 80
"""characters in a sentence; the evidence has the whole of it"""


def judge(prepared: Prepared) -> Iterable[Finding]:
    prepared = _asserted.view(prepared)
    if prepared.fact_checks is None:
        raise NotApplicable("there is nothing to compare with: where a source is set up, `fact_checks` says why")
    linked = {_bare(link) for link in _links(prepared)}
    if any(_bare(each.url) in linked for each in prepared.fact_checks) or _evidence.says(prepared, "denial"):
        return
    found = sorted(prepared.fact_checks, key=lambda each: (_GRAVEST.index(each.standing), -each.likeness))
    if found:
        yield _disputed(found) if _disagree(found) else _finding(found)


def _links(prepared: Prepared) -> list[str]:
    return [entity.text for text in prepared.texts for entity in text.entities_of("link")] + list(prepared.draft.links)


def _bare(url: str) -> str:
    """A link as it is compared: without its scheme, www, query and last slash."""
    try:
        parts = urlsplit(url if "//" in url else f"//{url}")
    except ValueError:
        return url
    return f"{parts.netloc.casefold().removeprefix('www.')}{parts.path.rstrip('/')}"


def _disagree(found: Sequence[FactCheck]) -> bool:
    standings = {each.standing for each in found}
    return "right" in standings and not standings.isdisjoint(_AGAINST)


def _finding(found: Sequence[FactCheck]) -> Finding:
    best = found[0]
    against = best.standing in _AGAINST
    grade = "clearly_wrong" if best.standing == "wrong" and best.likeness >= _CLEAR else best.standing
    return Finding(
        message=f"{best.publisher} has reviewed a claim like this and rated it {_rated(best)}.",
        why=f"The marked words come close to the claim that was reviewed{_others(found)}. The rating is the publisher's.",
        suggestion="Read the review, then link to it or drop the claim."
        if against
        else "Link to the review if readers may ask.",
        spans=best.spans,
        confidence=best.likeness,
        grade=grade if against else "note",
        evidence=_evidence_of(found, disagree=False),
    )


def _disputed(found: Sequence[FactCheck]) -> Finding:
    named = ", ".join(f"{each.publisher} {_rated(each)}" for each in _of_each_standing(found))
    return Finding(
        message=f"Publishers who reviewed a claim like this contradict each other: {named}.",
        why="The marked words come close to the claims that were reviewed. The ratings are the publishers'.",
        suggestion="Read the reviews and say which one you follow, or drop the claim.",
        spans=found[0].spans,
        confidence=max(each.likeness for each in found),
        grade="disputed",
        evidence=_evidence_of(found, disagree=True),
    )


def _of_each_standing(found: Sequence[FactCheck]) -> list[FactCheck]:
    """Up to four, so that none of the sides is left out."""
    firsts = {each.standing: each for each in reversed(found)}
    rest = [each for each in found if firsts[each.standing] is not each]
    chosen = [*firsts.values(), *rest][:_MOST_NAMED]
    return [each for each in found if each in chosen]


def _rated(each: FactCheck) -> str:
    rating = each.rating if len(each.rating) <= _LONGEST_RATING else each.rating[: _LONGEST_RATING - 1].rstrip() + "…"
    return f"“{rating}”" + (f" ({each.reviewed_on:%-d %B %Y})" if each.reviewed_on else "")


def _others(found: Sequence[FactCheck]) -> str:
    more = len(found) - 1
    return "" if not more else f", and {more} other {'review' if more == 1 else 'reviews'} matched"


def _evidence_of(found: Sequence[FactCheck], *, disagree: bool) -> dict[str, object]:
    best = found[0]
    told: dict[str, object] = {
        "publisher": best.publisher,
        "rating": best.rating,
        "standing": best.standing,
        "reviewed_on": best.reviewed_on.isoformat() if best.reviewed_on else None,
        "url": best.url,
        "claim": best.claim,
        "likeness": best.likeness,
        "source": best.source,
        "others": len(found) - 1,
        "disagree": disagree,
    }
    if disagree:
        told["all"] = [
            {"publisher": each.publisher, "rating": each.rating, "standing": each.standing, "url": each.url}
            for each in found
        ]
    return told


CHECK = Check(
    id="unverified_claim/fact_checked",
    title="Claim with a published fact check",
    judge=judge,
    default_grades=("clearly_wrong", "wrong", "doubtful", "disputed", "note"),
    sources=("schema.org ClaimReview; Google Fact Check Tools, claims:search",),
)
