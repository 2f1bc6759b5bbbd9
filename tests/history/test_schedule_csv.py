"""CSVs out of scheduling tools."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest

from app.domain import PastPost
from app.errors import Invalid
from app.history import schedule_csv
from app.history.post import Item, Skipped

AT = datetime(2026, 11, 25, 9, 5, tzinfo=UTC)


def _read(text: str, only: str | None = None) -> list[Item]:
    return list(schedule_csv.posts(lambda: io.StringIO(text, newline=""), only=only))


@pytest.mark.parametrize(
    "text",
    [
        "Text,Sent At\nhello,2026-11-25 09:05\n",
        "DATE;MESSAGE;LINK\r\n25.11.2026 09:05;hello;\r\n",
        "Post ID\tPost Text\tPublished_At (UTC)\n1\thello\t2026-11-25 09:05\n",
        'Date,Time,Caption,Profile\n11/25/2026,9:05 AM,"hello",@acme',
        "\n".join(["text,date", "hello,2026-11-25 09:05", "", ",", ""]),
    ],
)
def test_columns_are_found_by_their_usual_names(text: str) -> None:
    """Prevents a user from having to rename columns; separators are those of Excel in any country."""
    assert [item for item in _read(text) if isinstance(item, PastPost)] == [PastPost("hello", AT)]


def test_cells_hold_lines_markup_and_kinds() -> None:
    """Prevents a post on three lines from becoming three posts."""
    text = 'text,type\n"one\ntwo, ""three""",Post\n<p>a &amp; b</p>,Retweet\nR&amp;D,Reply\nx,Carousel\n'
    assert _read(text) == [
        PastPost('one\ntwo, "three"'), PastPost("a & b", None, "repost"), PastPost("R&D", None, "reply"), PastPost("x"),
    ]  # fmt: skip


def test_a_date_that_can_be_read_two_ways_is_refused_with_its_row() -> None:
    """Prevents posts on the wrong day; the rest is taken, and one clear row clears all."""
    assert _read("text,date\na,03/04/2026\nb,2026-11-25 09:05\n") == [
        Skipped("line 2 (03/04/2026)", "day and month could be either way round"), PastPost("b", AT),
    ]  # fmt: skip
    clear = _read("text,date\na,03/04/2026\nb,25/04/2026\n")
    assert [item.posted_at.month for item in clear] == [4, 4]


def test_rows_that_are_no_posts_are_left_out_by_name() -> None:
    """Prevents a text that an unquoted comma cut from standing for the whole, and a silent loss."""
    text = 'text,date\n"a\n",\nyes, we are open,2026-11-25\n,2026-11-25\nhi,soon\na\x00b,2026-11-25\n'
    assert _read(text) == [
        PastPost("a"),
        Skipped("line 4", "more cells than columns"),
        Skipped("line 5", "no words"),
        Skipped("line 6 (soon)", "no date that can be read"),
        Skipped("line 7", "holds NUL"),
    ]


def test_several_accounts_are_told_apart() -> None:
    """Prevents two voices in one history, where each would then sound right."""
    text = "text,profile\na,@Acme\nb,acme\nc,@other\n"
    with pytest.raises(Invalid, match=r"several accounts \(acme, other\): --me"):
        _read(text)
    assert _read(text, only="@ACME") == [PastPost("a"), PastPost("b"), Skipped("line 4", "another account's")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "line 1: no column"),
        ("link,date\na,b\n", "line 1: no column"),
        ('text,date\na,2026-11-25\n"b, 2026', "line 3: broken off"),
        ("text,date\na,2026-11-25\nb", "line 3: the file breaks off"),
        ('text\n"a" b\n', "line 2: broken off, or no CSV"),
        ("text\n" + "a" * 5_000_000, "line 2: longer than"),
    ],
    ids=lambda value: value[:40],
)
def test_a_file_that_is_no_whole_csv_is_refused(text: str, reason: str) -> None:
    """Prevents half a file from passing for a whole one, as far as a CSV can tell."""
    with pytest.raises(Invalid, match=reason):
        _read(text)
