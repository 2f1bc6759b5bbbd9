"""What is kept of a draft that waits: what was asked, and what the classifier said of it, as JSON and back."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from app.domain import Scores
from app.service.check import Scored, Scorer
from app.service.query import Query

_QUERY: TypeAdapter[Query] = TypeAdapter(Query)


def query_to_json(query: Query) -> str:
    return _QUERY.dump_json(query, exclude_defaults=True).decode()


def query_from_json(text: str) -> Query:
    """Raises ValueError for what an older release wrote otherwise."""
    return _QUERY.validate_json(text)


def scores_to_json(scored: Scored, model: str) -> str | None:
    """None where scoring failed: it is tried again."""
    scores, reply_scores = scored
    if scores is None:
        return None
    return json.dumps({"model": model, "of": [_plain(each) for each in (scores, reply_scores)]}, separators=(",", ":"))


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
