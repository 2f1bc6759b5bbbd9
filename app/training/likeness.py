"""Drafts that say the same: to the letter, with other labels, or nearly so in another family."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer

from app.classifier import LABELS
from app.training.drafts import Draft

NEAR = 0.4
"""Jaccard likeness from which two drafts are one with a few words changed"""
_GRAM = 5
_BLOCK = 500


class Contradiction(NamedTuple):
    """One text whose drafts have a label 0 here and 1 there."""

    drafts: Sequence[Draft]
    labels: tuple[str, ...]


class Near(NamedTuple):
    likeness: float
    first: Draft
    second: Draft


def same(drafts: Sequence[Draft]) -> list[list[Draft]]:
    """Groups of drafts with the same words, whatever their case and spacing."""
    groups: dict[str, list[Draft]] = {}
    for draft in drafts:
        groups.setdefault(draft.words, []).append(draft)
    return [group for group in groups.values() if len(group) > 1]


def contradictions(groups: Sequence[Sequence[Draft]]) -> list[Contradiction]:
    """The groups of the same words in which a label is both 0 and 1."""
    found = (Contradiction(group, tuple(label for label in LABELS if is_both(label, group))) for group in groups)
    return [contradiction for contradiction in found if contradiction.labels]


def is_both(label: str, drafts: Sequence[Draft]) -> bool:
    """Whether the label is 0 in one draft and 1 in another."""
    return {0, 1} <= {draft.labels.get(label) for draft in drafts}


def near(drafts: Sequence[Draft], *, least: float = NEAR) -> list[Near]:
    """Pairs of different families whose sets of character 5-grams have a Jaccard likeness of `least`, likest first.

    Exact: intersections are counted by a sparse product over the inverted index, 500 drafts at a time. The same words
    in two families are here too: a split would have one on each side.
    """
    texts = [draft.words for draft in drafts]
    pairs = (pair for pair in _like(texts, least) if drafts[pair[1]].family != drafts[pair[2]].family)
    return sorted(
        (Near(likeness, drafts[first], drafts[second]) for likeness, first, second in pairs),
        key=lambda pair: (-pair.likeness, pair.first.where, pair.second.where),
    )


def _like(texts: Sequence[str], least: float) -> Iterator[tuple[float, int, int]]:
    vectorizer = CountVectorizer(binary=True, analyzer=_grams_of, dtype=np.int32)
    grams = vectorizer.fit_transform(texts)
    index, sizes = grams.T.tocsr(), np.asarray(grams.sum(axis=1)).ravel()
    for start in range(0, len(texts), _BLOCK):
        shared = (grams[start : start + _BLOCK] @ index).tocoo()
        first = shared.row + start
        likeness = shared.data / (sizes[first] + sizes[shared.col] - shared.data)
        kept = (first < shared.col) & (likeness >= least)
        yield from zip(likeness[kept].tolist(), first[kept].tolist(), shared.col[kept].tolist(), strict=True)


def _grams_of(text: str) -> list[str]:
    """Runs of five characters; a shorter text is one by itself."""
    return [text[at : at + _GRAM] for at in range(max(1, len(text) - _GRAM + 1))]
