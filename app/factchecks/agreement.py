"""What makes a text another claim, however like the words are: another number, name, place or day, or the contrary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from app.factchecks.numbers import Number
from app.factchecks.said import Place, Said
from app.factchecks.words import akin, opposites

_CONTRARY = ("un", "in", "im", "il", "ir", "dis", "non", "re")
"""what makes a word its contrary; also what is done again, which was undone"""
_SAME_NAME = 0.75
"""share of letters from which a name is another spelling: Zelensky, Zelenskyy"""


def is_another(place: Place, claim: Said) -> bool:
    """Whether the place says something else of what the claim is about."""
    said = place.said
    return bool(
        _numbers_differ(said.numbers, claim.numbers)
        or _names_differ(place, claim)
        or _places_differ(place, claim)
        or (said.denies(claim) != claim.denies(said) and not said.rights.keys() - claim.rights.keys())
        or (claim.rights.keys() - said.rights.keys() and not said.denials)
        or _is_contrary(said.weights, claim.weights)
        or _is_swapped(list(said.weights), list(claim.weights))
    )


def _numbers_differ(said: Sequence[Number], claim: Sequence[Number]) -> bool:
    """Whether a number of the claim is missing where the draft has another; years are held against years."""
    missing = {each.kind == "year" for each in claim if not any(each.is_same(other) for other in said)}
    others = {each.kind == "year" for each in said if not any(each.is_same(mine) for mine in claim)}
    return bool(missing & others)


def _names_differ(place: Place, claim: Said) -> bool:
    """Whether a name of the claim is missing where the draft has another. Short forms of a name are that name."""
    missing = any(_unshared(claim.names, place.near))
    if missing and any(_unshared(place.near.names, claim)):
        return True
    return any(_are_rivals(one, two) for one in claim.names for two in place.said.names)


def _unshared(names: Iterable[tuple[str, ...]], text: Said) -> Iterator[tuple[str, ...]]:
    """Names of which the text has no part."""
    for name in names:
        if not any(
            form in text.weights or any(akin(form, each) >= _SAME_NAME for each in text.weights) for form in name
        ):
            yield name


def _are_rivals(one: Sequence[str], two: Sequence[str]) -> bool:
    """Whether two names share a part and differ in another: Michelle and Barack Obama.

    What stands before two shared words is what somebody is: Singer and Mother Odalys Brant.
    """
    shared = set(one) & set(two)
    if not shared or not set(one) - shared or not set(two) - shared:
        return False
    return len(shared) < 2 or one[-1] != two[-1]


def _places_differ(place: Place, claim: Said) -> bool:
    """Whether a place, day or measure of the claim is missing where the draft has another.

    Places and days may be given in the sentence before or after; measures go with their number.
    """
    near, said = place.near, place.said
    missing: set[str] = {role for form, role in claim.fixed.items() if form not in near.weights}
    others: set[str] = {role for form, role in near.fixed.items() if form not in claim.weights and role != "unit"}
    others |= {role for form, role in said.fixed.items() if form not in claim.weights}
    return bool(missing & others)


def _is_contrary(said: dict[str, float], claim: dict[str, float]) -> bool:
    """Whether one says up where the other says down, or safe where the other says unsafe."""
    table = opposites()
    more = said.keys() - claim.keys()
    for form in claim.keys() - said.keys():
        if form in table and not table[form].isdisjoint(more):
            return True
        if any(f"{prefix}{form}" in more or form == f"{prefix}{other}" for prefix in _CONTRARY for other in more):
            return True
    return False


def _is_swapped(said: list[str], claim: list[str]) -> bool:
    """Whether one word stands in another's place, its neighbours the same: a name, it may be, where none is capital."""
    places = {form: at for at, form in enumerate(said)}
    for at, form in enumerate(claim):
        if form in places or form.upper() != form.lower() or form.isascii():
            continue
        left = places.get(claim[at - 1], -2) if at else -1
        right = places.get(claim[at + 1], -2) if at + 1 < len(claim) else len(said)
        if right - left == 2 and left + 1 < len(said) and said[left + 1] not in claim:
            return True
    return False
