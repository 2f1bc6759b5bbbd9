"""Scheduled drafts that wait to go out, each with its last verdict and what it was judged against.

`revision` rises with each edit and each judgement that says something new: who judged an older one changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, cast

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, bindparam, func, insert, or_, select, update
from sqlalchemy import delete as delete_from

from app.domain import EventKind, Platform, VerdictName, WaitingPost
from app.store import plain, tables
from app.store.audits import Release

_QUEUE = tables.queue
_RELEASES = tables.releases
_COLUMNS = tuple(column.name for column in _QUEUE.columns)
Keep = Literal["text", "features"]
State = Literal["waiting", "due"]
OUTDATED = -1
"""in `events_seen`: must be judged anew, whatever else has changed"""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    account: str | None
    """its id, or the handle of one that came along"""
    account_id: str | None
    """of a stored one: the item is erased with it"""
    scheduled_for: datetime
    tags: tuple[str, ...]
    marks: frozenset[str]
    """what it is found and paused by: `r:` and a region its audience touches, `t:` and a tag in lower case"""
    keep: Keep
    sent: str
    """digest of what was registered"""
    same_words: str | None
    """digest of its text's words, for drafts that say the same; None where it was registered before this was kept"""
    platforms: tuple[Platform, ...]
    """where it goes out; empty where it was registered before this was kept"""
    request: str
    """what is judged, as JSON; of an item without text only what names the account"""
    features: str | None
    scores: str | None
    """what the classifier said of the text, and which model it was"""
    words: str
    """hashes of its words, to tell whether an event's may be among them"""
    stirred: str
    """digest of what the rules that look at events found"""
    stirs: frozenset[EventKind] | None
    """the kinds of which a near event changes what they find, though the draft doesn't name it; None: any may"""
    touched: bool
    """whether an event that counts at its moment is named in it or of such a kind"""
    verdict: VerdictName
    recheck: str | None
    """why it must be sent again to be judged"""
    check_id: str
    warnings: tuple[dict[str, str], ...]
    warned: str
    """digest of all that its warnings said"""
    events_seen: int
    judged_by: str
    """digest of the rules, policies and model"""
    judged_at: datetime
    revision: int = 1


def get(connection: Connection, item_id: str, *, hold: bool = False) -> Item | None:
    """`hold`: nobody else changes it until the transaction ends (SQLite: where that has begun to write)."""
    query = select(_QUEUE).where(_QUEUE.c.id == item_id)
    row = connection.execute(query.with_for_update() if hold else query).first()
    return _item(row) if row else None


def add(connection: Connection, item: Item) -> None:
    connection.execute(insert(_QUEUE), _values(item))


def replace(connection: Connection, item: Item, *, of: int) -> bool:
    """Put the item in place of its revision `of`. False where that isn't the stored one any more."""
    known = {"of_id": item.id, "of_revision": of}
    return bool(connection.execute(_REPLACED, known | _values(item)).rowcount)


_REPLACED = (
    update(_QUEUE)
    .where(_QUEUE.c.id == bindparam("of_id"), _QUEUE.c.revision == bindparam("of_revision"))
    .values({column.name: bindparam(column.name) for column in _QUEUE.columns})
)
_STANDS = (
    update(_QUEUE)
    .where(_QUEUE.c.id == bindparam("of_id"), _QUEUE.c.revision == bindparam("of_revision"))
    .values(
        {
            name: bindparam(name)
            for name in (
                "scores",
                "stirred",
                "stirs",
                "touched",
                "features",
                "marks",
                "events_seen",
                "judged_by",
                "judged_at",
            )
        }
    )
)


def stand(connection: Connection, items: Sequence[Item]) -> None:
    """Note what these were judged against; their verdicts stand. One that was changed meanwhile is passed over."""
    if items:
        connection.execute(
            _STANDS,
            [
                {
                    "of_id": item.id,
                    "of_revision": item.revision,
                    "scores": item.scores,
                    "stirred": item.stirred,
                    "stirs": _words(item.stirs),
                    "touched": item.touched,
                    "features": item.features,
                    "marks": _joined(item.marks),
                    "events_seen": item.events_seen,
                    "judged_by": item.judged_by,
                    "judged_at": item.judged_at,
                }
                for item in items
            ],
        )


def stale(connection: Connection, *, events: int, judged_by: str, most: int) -> list[Item]:
    """Items that were not judged against these, those that go out next first."""
    query = select(_QUEUE).where(or_(_QUEUE.c.events_seen != events, _QUEUE.c.judged_by != judged_by))
    return [_item(row) for row in connection.execute(query.order_by(_QUEUE.c.scheduled_for).limit(most))]


def outdate(connection: Connection, account_id: str) -> None:
    """After a change of the account: its items must be judged anew."""
    changed = {"events_seen": OUTDATED, "revision": _QUEUE.c.revision + 1}
    connection.execute(update(_QUEUE).where(_QUEUE.c.account_id == account_id).values(**changed))


def same(
    connection: Connection, same_words: str, *, at: datetime, within: timedelta, but: Collection[str], most: int
) -> list[WaitingPost]:
    """Up to `most` items with just these words whose moment is at most so far from `at`; not those of these ids."""
    query = select(_QUEUE.c.id, _QUEUE.c.account, _QUEUE.c.scheduled_for, _QUEUE.c.platforms)
    query = query.where(*_says(same_words, at=at, within=within)).order_by(_QUEUE.c.scheduled_for, _QUEUE.c.id)
    rows = connection.execute(query.limit(most + len(but)))
    found = [WaitingPost(row.id, row.account, row.scheduled_for, _platforms(row.platforms)) for row in rows]
    return [post for post in found if post.id not in but][:most]


def outdate_same(connection: Connection, same_words: str, *, at: datetime, within: timedelta, but: str) -> None:
    """After one that says the same came, changed or went: those whose text is kept must be judged anew."""
    changed = {"events_seen": OUTDATED, "revision": _QUEUE.c.revision + 1}
    told = (*_says(same_words, at=at, within=within), _QUEUE.c.id != but, _QUEUE.c.keep == "text")
    connection.execute(update(_QUEUE).where(*told).values(**changed))


def _says(same_words: str, *, at: datetime, within: timedelta) -> tuple[ColumnElement[bool], ...]:
    return _QUEUE.c.same_words == same_words, _QUEUE.c.scheduled_for.between(at - within, at + within)


def list_page(
    connection: Connection,
    *,
    after: str | None,
    limit: int,
    now: datetime,
    verdict: str | None = None,
    account: str | None = None,
    marks: Sequence[Collection[str]] = (),
    state: State | None = None,
) -> list[tuple[Item, Release | None]]:
    """Items with the release of their check, those that go out next first; each of `marks` must be met by one mark."""
    query = _with_release().order_by(_QUEUE.c.scheduled_for, _QUEUE.c.id).limit(limit)
    if after is not None:
        query = query.where(_after(after))
    if verdict is not None:
        query = query.where(_QUEUE.c.verdict == verdict)
    if account is not None:
        query = query.where(_QUEUE.c.account == account)
    if state is not None:
        query = query.where(_QUEUE.c.scheduled_for > now if state == "waiting" else _QUEUE.c.scheduled_for <= now)
    for either in marks:
        query = query.where(or_(*(_QUEUE.c.marks.contains(f"\n{mark}\n", autoescape=True) for mark in sorted(either))))
    return [(_item(row), _release(row)) for row in connection.execute(query)]


def _with_release() -> Select[Any]:
    return select(_QUEUE, _RELEASES.c.released_by, _RELEASES.c.why, _RELEASES.c.released_at).join(
        _RELEASES, _RELEASES.c.check_id == _QUEUE.c.check_id, isouter=True
    )


def cursor(item: Item) -> str:
    """Where a page ended: the microsecond and the id."""
    return f"{(item.scheduled_for - _EPOCH) // timedelta(microseconds=1)}:{item.id}"


def _after(cursor: str) -> Any:
    micros, _, item_id = cursor.partition(":")
    at = _EPOCH + timedelta(microseconds=int(micros))
    return or_(_QUEUE.c.scheduled_for > at, and_(_QUEUE.c.scheduled_for == at, _QUEUE.c.id > item_id))


def delete(connection: Connection, item_id: str) -> bool:
    return bool(connection.execute(delete_from(_QUEUE).where(_QUEUE.c.id == item_id)).rowcount)


def purge(connection: Connection, before: datetime, *, most: int = 1_000) -> int:
    """Erase up to `most` items whose moment is before this; how many there were."""
    over = select(_QUEUE.c.id).where(_QUEUE.c.scheduled_for < before).limit(most)
    ids = list(connection.execute(over).scalars())
    if ids:
        connection.execute(delete_from(_QUEUE).where(_QUEUE.c.id.in_(ids)))
    return len(ids)


def counts(connection: Connection) -> dict[str, int]:
    """How many items have each verdict."""
    query = select(_QUEUE.c.verdict, func.count()).group_by(_QUEUE.c.verdict)
    return {row[0]: row[1] for row in connection.execute(query)}


def _joined(marks: Collection[str]) -> str:
    return "\n" + "".join(f"{mark}\n" for mark in sorted(marks))


def _words(kinds: Collection[str] | None) -> str | None:
    return None if kinds is None else " ".join(sorted(kinds))


def _values(item: Item) -> dict[str, Any]:
    for words in (item.id, item.account or "", item.request):
        plain.check_text(words)
    values = {column.name: getattr(item, column.name) for column in _QUEUE.columns}
    return values | {
        "tags": plain.dumps(item.tags),
        "marks": plain.check_json(_joined(item.marks)),
        "stirs": _words(item.stirs),
        "warnings": plain.dumps(item.warnings),
        "platforms": " ".join(item.platforms),
    }


def _item(row: Row[Any]) -> Item:
    values = dict(row._mapping)
    return Item(
        **{
            **{name: values[name] for name in _COLUMNS},
            "tags": tuple(json.loads(row.tags)),
            "marks": frozenset(filter(None, row.marks.split("\n"))),
            "stirs": None if row.stirs is None else frozenset(row.stirs.split()),
            "warnings": tuple(json.loads(row.warnings)),
            "platforms": _platforms(row.platforms),
        }
    )


def _platforms(words: str | None) -> tuple[Platform, ...]:
    return cast(tuple[Platform, ...], tuple((words or "").split()))


def _release(row: Row[Any]) -> Release | None:
    return Release(row.check_id, row.released_by, row.why, row.released_at) if row.released_by is not None else None
