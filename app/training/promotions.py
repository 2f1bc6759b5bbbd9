"""Promotions: which model serves, who changed it, when and why, in models/PROMOTIONS.jsonl."""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from app.classifier.model import current, is_model_name
from app.errors import BadModel, Invalid
from app.training.gate import broken, worse
from app.training.promote import make_current

try:
    import fcntl
except ImportError:  # Windows: two who promote in the same second there are not kept apart
    fcntl = None  # type: ignore[assignment]

LOG = "PROMOTIONS.jsonl"


class Refused(Invalid):
    """A model that must not be promoted."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = tuple(reasons)


def promote(models: Path, name: str, *, because: str | None = None) -> str | None:
    """Make a model the current one; gives the one before it. `because` overrides a comparison, never a broken model.

    Raises Refused with each reason, and then nothing has changed.
    """
    if not is_model_name(name) or not (models / name).is_dir():
        raise Refused([f"there is no model {name!r} in {models}"])
    with _log(models) as log:
        if reasons := broken(models / name):
            raise Refused(reasons)
        before = _current(models)
        if before == name:
            raise Refused([f"{name} is the current model already"])
        reasons = worse(models / name, models / before) if before else []
        if reasons and not because:
            raise Refused([*reasons, "if it should serve all the same, say why with --because"])
        _change(models, log, _entry("promote", before, name, because, reasons))
    return before


def rollback(models: Path, *, because: str | None = None) -> tuple[str | None, str]:
    """Go back to the model before the current one, whole and able to run. Gives both names. Raises Refused."""
    with _log(models) as log:
        now = _current(models)
        served = _served(_read(log), now)
        if len(served) < 2:
            raise Refused([f"{LOG} knows no model before {now or 'the first'}: promote the one you want"])
        if reasons := broken(models / served[-2]):
            raise Refused(reasons)
        _change(models, log, _entry("rollback", now, served[-2], because, []))
    return now, served[-2]


def _served(entries: Sequence[dict[str, Any]], now: str | None) -> list[str]:
    """The models in the order one would go back through them, the last of them current.

    CURRENT has the last word: it may have been written by hand.
    """
    served: list[str] = []
    for entry in entries:
        _reach(served, entry["from"])
        if entry["action"] == "rollback":
            _reach(served, entry["to"])
        else:
            served.append(entry["to"])
    _reach(served, now)
    return served


def _reach(served: list[str], name: str | None) -> None:
    """Go back to the model where it has served; else it is the newest."""
    if name is None:
        return
    if name not in served:
        served.append(name)
    while served[-1] != name:
        served.pop()


def _current(models: Path) -> str | None:
    """The current model's name, None where there is none yet or CURRENT is broken: nothing to compare with then."""
    try:
        return current(models)
    except BadModel:
        return None


def _entry(action: str, before: str | None, after: str, because: str | None, refused: Sequence[str]) -> dict[str, Any]:
    return {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "action": action,
        "from": before,
        "to": after,
        "by": _user(),
        "because": because,
        "refused": list(refused),
    }


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have a number only
        return f"uid {os.getuid()}" if hasattr(os, "getuid") else "unknown"


@contextmanager
def _log(models: Path) -> Iterator[IO[str]]:
    """The log, held by one at a time. Who can't write it changes nothing."""
    with (models / LOG).open("a+", encoding="utf-8") as log:
        if fcntl is not None:
            fcntl.flock(log, fcntl.LOCK_EX)
        yield log


def _change(models: Path, log: IO[str], entry: dict[str, Any]) -> None:
    """Record it, then do it: what is not on record does not happen, and what fails leaves no record."""
    end = log.seek(0, os.SEEK_END)
    try:
        log.write(json.dumps(entry, ensure_ascii=False) + "\n")
        log.flush()
        os.fsync(log.fileno())
        make_current(models, entry["to"])
    except OSError:
        log.truncate(end)
        raise


def _read(log: IO[str]) -> list[dict[str, Any]]:
    log.seek(0)
    found = []
    for number, line in enumerate(log, 1):
        try:
            entry = json.loads(line)
            whole = entry["action"] in ("promote", "rollback") and is_model_name(entry["to"])
            whole = whole and (entry["from"] is None or is_model_name(entry["from"]))
        except (ValueError, KeyError, TypeError) as error:
            raise Invalid(f"{LOG}:{number}: no entry that can be read: {type(error).__name__}") from error
        if not whole:
            raise Invalid(f"{LOG}:{number}: no entry that can be read")
        found.append(entry)
    return found
