"""A prepared draft from a request body, without the service around it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.domain import Account, Draft, Moment, Prepared, Scores, Text


def prepared(body: dict[str, Any], text: Text, scores: Scores) -> Prepared:
    """`body` as in bench.drafts: an inline account, no author, no event."""
    account = body["account"]
    return Prepared(
        draft=Draft(text=text.raw, platforms=(body["draft"]["platform"],)),
        account=Account(
            handle=account["handle"],
            kind=account["kind"],
            display_name=account["display_name"],
            language="en",
            regions=("GB",),
        ),
        moment=Moment(datetime.fromisoformat(body["context"]["now"])),
        texts=(text,),
        scores=scores,
    )
