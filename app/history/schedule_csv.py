"""A CSV out of a scheduling tool (Buffer, Hootsuite, Sprout, a spreadsheet): text, date and account columns by name."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from typing import NamedTuple, TextIO

from app.errors import Invalid
from app.history import dates, html_text
from app.history.columns import Columns, columns_of, kind_of
from app.history.lines import Lines
from app.history.post import Item, Skipped, item

Opening = Callable[[], AbstractContextManager[TextIO]]
"""opens the text from its beginning, line ends as they are"""


_SEVERAL = 1_000
AMBIGUOUS = "day and month could be either way round"
"""why a row is left out"""


class _Row(NamedTuple):
    line: int
    """counted from 1; where it begins"""
    cells: list[str]


def accounts_in(opening: Opening) -> set[str]:
    """Whose posts the rows are, as the account column spells it; a few of them where there are many."""
    found: set[str] = set()
    with opening() as source:
        columns, rows = _table(source)
        for row in rows:
            if columns.account is not None and columns.account < len(row.cells) and len(found) < _SEVERAL:
                found.add(row.cells[columns.account].strip().casefold())
    return found - {""}


def posts(
    opening: Opening, *, only: str | None = None, mine: str | None = None, day_first: bool | None = None
) -> Iterator[Item]:
    """Each row's post. Read twice: whether 3/4 is in March or in April is known when the whole column was seen.

    `only`: rows of other accounts are left out; where nobody is named, so are those beside `mine`, where it is among
    several. `day_first`: how 3/4 is to be read where the column doesn't show it.
    Raises Invalid, also where there are several accounts and none of these is among them.
    """
    if only is None and mine is not None:
        several = {_handle(each) for each in accounts_in(opening)}
        only = mine if len(several) > 1 and _handle(mine) in several else None
    with opening() as source:
        columns, rows = _table(source)
        at = columns.date
        shown = dates.day_comes_first(row.cells[at] for row in rows if at is not None and at < len(row.cells))
        day_first = shown if shown is not None else day_first
    with opening() as source:
        columns, rows = _table(source)
        accounts: set[str] = set()
        for row in rows:
            cells = row.cells + [""] * (columns.width - len(row.cells))
            account = "" if columns.account is None else _handle(cells[columns.account])
            if only is None:
                _assert_one(accounts, account)
            elif columns.account is not None and account != _handle(only):
                yield Skipped(f"line {row.line:,}", "another account's")
                continue
            yield _item(f"line {row.line:,}", cells, columns, day_first)


def _table(source: TextIO) -> tuple[Columns, Iterator[_Row]]:
    lines = Lines(source)
    found = columns_of(next(lines, ""))
    if found is None:
        raise Invalid("line 1: no column is called text, message, post, content, caption or the like")
    delimiter, columns = found
    return columns, _rows(lines, delimiter, columns.width)


def _rows(lines: Lines, delimiter: str, width: int) -> Iterator[_Row]:
    """Rows with anything in them. Raises Invalid for a file that breaks off, as far as it can be told."""
    reader, begins, cells = csv.reader(lines, delimiter=delimiter, strict=True), lines.number + 1, [""] * width
    try:
        for cells in reader:
            if any(cells):
                yield _Row(begins, cells)
            begins = lines.number + 1
    except csv.Error as error:
        raise Invalid(f"line {begins}: broken off, or no CSV: {error}") from error
    if cells and len(cells) < width and not lines.last.endswith(("\n", "\r")):
        raise Invalid(f"line {lines.number}: the file breaks off in the middle of a row")


def _item(place: str, cells: list[str], columns: Columns, day_first: bool | None) -> Item:
    if len(cells) > columns.width:
        return Skipped(place, "more cells than columns")
    given = "" if columns.date is None else cells[columns.date].strip()
    if given and columns.time is not None:
        given = f"{given} {cells[columns.time]}".strip()
    try:
        when = _when(given, day_first)
    except dates.Ambiguous:
        return Skipped(f"{place} ({given})", AMBIGUOUS)
    except (ValueError, OverflowError):
        return Skipped(f"{place} ({given[:40]})", "no date that can be read")
    kind = "post" if columns.kind is None else kind_of(cells[columns.kind])
    return item(place, _words(cells[columns.text]), when, kind)


def _when(given: str, day_first: bool | None) -> datetime | None:
    return dates.instant(given, day_first=day_first) if given else None


def _words(given: str) -> str:
    return html_text.text_of(given) if html_text.looks_like_html(given) else html_text.unescape(given).strip()


def _handle(given: str) -> str:
    return given.strip().removeprefix("@").casefold()


def _assert_one(accounts: set[str], account: str) -> None:
    """Two voices in one history would make each of them sound right. Raises Invalid."""
    if account:
        accounts.add(account)
    if len(accounts) > 1:
        raise Invalid(f"posts of several accounts ({', '.join(sorted(accounts))}): --me HANDLE says which to take")
