"""News that nobody in the draft can know, told with or without a hedge, and nothing behind it.

The classifier reads the whole text, and the threshold follows from the false-alarm budget. A named source, a link that
shows where it leads, a denial, words about the past, or a matter in which nobody comes to harm speak against it. Where
another rule on claims already warns, this one says nothing.

Why: the false report that went round was seldom marked as one; it was told as fact, by somebody who had read a snippet.
Flag: "Apparently the bridge is about to collapse and the council has known for weeks"; "a nurse says there are six dead and
they keep it quiet".
Allow: "Police have closed Mill Lane, details at police.uk"; a club about its own signing; an opinion; a question.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.checks import scored
from app.checks.base import Check
from app.checks.unverified_claim import _asserted, _evidence, _settling
from app.domain import Finding, Prepared

_JOKING = 0.4
"""strength of levity from which the rumour is the joke: “rumour has it there is cake”"""


def judge(prepared: Prepared) -> Iterable[Finding]:
    prepared = _asserted.view(prepared)
    if not scored.strength(prepared, "hearsay") or scored.strength(prepared, "levity") > _JOKING:
        return
    if _evidence.says(prepared, "denial") or _evidence.is_past(prepared):
        return
    backing = _evidence.backing(prepared)
    if (backing.sourced and not backing.anonymous) or not _matters(prepared):
        return
    yield scored.finding(
        prepared,
        "hearsay",
        message="This tells as news what nobody named stands behind.",
        reads="the text passes on what its author can't know at first hand",
        suggestion="Name and link who confirmed it, say that it is not confirmed, or wait.",
        **_settling.record(prepared, "hearsay"),
    )


def _matters(prepared: Prepared) -> bool:
    """Whether an error would do harm: to people, safety or somebody's name, or on a day when all are listening."""
    return bool(_evidence.spans(prepared, "consequence")) or _evidence.event(prepared) is not None


CHECK = Check(
    id="unverified_claim/rumour",
    title="News without a source",
    judge=judge,
    languages=scored.LANGUAGES,
    needs_scores=True,
    label="hearsay",
)
