"""Whose posts a file holds, where it says so: two voices in one history would make each of them sound right."""

from __future__ import annotations

import re
import zipfile
from functools import partial

from app.errors import Invalid
from app.history import schedule_csv
from app.history.archive import Part
from app.history.reading import History
from app.text.json_stream import JsonStream

_USERNAME = re.compile(rb'"username"\s*:\s*"(\w{1,50})"')
_ACCOUNT = re.compile(r"(?:.*/)?data/account\.js")
_HEAD = 2**16


def assert_owner(history: History, *, handle: str | None, given: bool) -> None:
    """Raises Invalid where the file names somebody else than `handle`; `given`: the caller said so with --me."""
    owner = owner_of(history)
    if owner is None or handle is None or _plain(owner) == _plain(handle):
        return
    more = "" if given else f": --me @{owner} takes them all the same"
    raise Invalid(f"these are the posts of @{owner}, not of @{handle.lstrip('@')}{more}")


def owner_of(history: History) -> str | None:
    """The handle that an outbox, an X zip or a CSV of one @account names; None where none does."""
    part, encoding = history.parts[0]
    if history.format == "mastodon":
        return _actor(part, encoding)
    if history.format == "x":
        return _username(part)
    if history.format == "csv" and history.only is None:
        named = {each for each in schedule_csv.accounts_in(partial(part.text, encoding, "")) if each.startswith("@")}
        return named.pop().lstrip("@") if len(named) == 1 else None
    return None


def _actor(part: Part, encoding: str) -> str | None:
    """The last part of the actor's address, of the first activity that has one."""
    with part.text(encoding, "\n") as source:
        stream = JsonStream(source)
        for name in stream.names():
            if name != "orderedItems":
                stream.value()
                continue
            for activity in stream.elements():
                actor = activity.get("actor") if isinstance(activity, dict) else None
                if isinstance(actor, str):
                    return actor.rstrip("/").rpartition("/")[2].lstrip("@") or None
    return None


def _username(part: Part) -> str | None:
    if part.member is None:
        return None
    with zipfile.ZipFile(part.file) as archive:
        member = next((each for each in archive.namelist() if _ACCOUNT.fullmatch(each)), None)
        if member is None:
            return None
        with archive.open(member) as source:
            found = _USERNAME.search(source.read(_HEAD))
    return found[1].decode() if found else None


def _plain(handle: str) -> str:
    """Without the sign, and of @robin@example.social the first part."""
    return handle.lstrip("@").partition("@")[0].casefold()
