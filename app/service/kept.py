"""What is kept of a draft that waits: what was asked, and what the classifier said of it, as JSON and back."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from app.domain import Prepared, Scores
from app.service.check import Scored, Scorer
from app.service.query import Query

_QUERY: TypeAdapter[Query] = TypeAdapter(Query)


def query_to_json(query: Query) -> str:
    return _QUERY.dump_json(query, exclude_defaults=True).decode()


def query_from_json(text: str) -> Query:
    """Raises ValueError for what an older release wrote otherwise."""
    return _QUERY.validate_json(text)


def scores_to_json(prepared: Prepared) -> str | None:
    """With the language they were read in. None where scoring failed: it is tried again."""
    scores = prepared.scores
    if scores is None:
        return None
    said = [_plain(each) for each in (scores, prepared.reply_scores)]
    kept = {"model": scores.model, "language": prepared.text.language, "of": said}
    return json.dumps(kept, separators=(",", ":"))


def language_of(text: str | None) -> str | None:
    """The language that was detected, which reading the same text again needs not detect; None where none was."""
    found = json.loads(text)["language"] if text else None
    return None if found in (None, "und") else str(found)


def scores_from_json(text: str | None, model: Scorer) -> Scored | None:
    """None where they are another model's."""
    kept = json.loads(text) if text else None
    if kept is None or kept["model"] != model.version:
        return None
    first, second = (_scores(each, model) for each in kept["of"])
    return first, second


def _plain(scores: Scores | None) -> Any:
    return (
        None if scores is None else [dict(scores.strengths), {label: list(at) for label, at in scores.because.items()}]
    )


def _scores(kept: Any, model: Scorer) -> Scores | None:
    if kept is None:
        return None
    because = {label: tuple((start, end) for start, end in places) for label, places in kept[1].items()}
    return model.recall(kept[0], because)
