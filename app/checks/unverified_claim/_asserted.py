"""What a draft puts into the world as so: its own words, and those that it passes on. Satire asserts nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from app.checks.base import NotApplicable
from app.checks.unverified_claim import _evidence
from app.domain import Prepared

_PASSED_ON = ("repost", "quote")
_SATIRE = r"satir\w+|parod(?:y|ies|ie|ia)|spoof"
_STEMS = ("satir", "parod", "spoof")
_SATIRIST = re.compile(
    rf"\b(?<!no )(?<!not )(?<!against )(?<!hates )(?:{_SATIRE})\b(?! (?:please|welcome|is|are|book|festival|show|night|course|award)\b)"
)
_LABEL = re.compile(
    rf"(?:^|\n)\W*(?:{_SATIRE})\W*(?:\n|[:|–—-])|[\[(]\s*(?:this is |pure |100 ?% )?(?:{_SATIRE})\b[^\])]{{0,20}}[\])]|#(?:{_SATIRE})\b|"
    rf"(?:^|[.!]\s+)(?:this is |it's |it is |just )(?:a )?(?:{_SATIRE})\W*(?:$|\n)"
)


class _Same:
    """The very same draft: all rules of the category ask for its view, one after the other."""

    __slots__ = ("prepared",)

    def __init__(self, prepared: Prepared) -> None:
        self.prepared = prepared

    def __hash__(self) -> int:
        return id(self.prepared)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.prepared is other.prepared


def view(prepared: Prepared) -> Prepared:
    """The draft with the words of the post that it passes on, unless its own words put that right.

    Raises NotApplicable for satire that says so.
    """
    seen = _view(_Same(prepared))
    if seen is None:
        raise NotApplicable("the draft or its account says that it is satire")
    return seen


@lru_cache(maxsize=8)  # of two or three drafts: more would keep their texts in memory for nothing
def _view(same: _Same) -> Prepared | None:
    prepared = same.prepared
    if _is_satire(prepared):
        return None
    passed_on = prepared.quoted
    if passed_on is None or prepared.draft.kind not in _PASSED_ON or _evidence.says(prepared, "denial"):
        return prepared
    if not prepared.text.raw.strip():
        return replace(prepared, texts=(passed_on, *prepared.texts))
    return replace(prepared, texts=(*prepared.texts, passed_on))


def _is_satire(prepared: Prepared) -> bool:
    account = prepared.account
    if _is_satirist(account.display_name, account.handle, account.sector, account.description):
        return True
    return any(
        any(stem in text.folded.text for stem in _STEMS) and _LABEL.search(text.folded.text) is not None
        for text in prepared.texts
    )


@lru_cache(maxsize=256)
def _is_satirist(*said: str | None) -> bool:
    return _SATIRIST.search(" ".join(words for words in said if words).casefold()) is not None
