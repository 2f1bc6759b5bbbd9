"""Formats by what a file begins with, and how its bytes are read."""

from __future__ import annotations

import io

import pytest

from app.errors import Invalid
from app.history.detect import detect
from app.text.encoding import encoding_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("window.YTD.tweets.part0 = [", "x"),
        ('[ {\n "tweet" : {', "x"),
        ('{"@context": 1, "orderedItems": [', "mastodon"),
        ('{\n "id": "outbox.json",\n "type": "OrderedCollection"', "mastodon"),
        ('{"text": "an OrderedCollection and orderedItems"}\n', "jsonl"),
        ('{"text": "\\"orderedItems\\""}', "jsonl"),
        ('\n"hello"\n"you"', "jsonl"),
        ('"text","date"\n"a","b"', "csv"),
        ('"text"\n"a"', "csv"),
        ("Datum;Message\n", "csv"),
    ],
)
def test_the_content_tells_the_format(text: str, found: str) -> None:
    """Prevents a wrong guess by a name that somebody changed."""
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert detect(text.encode(encoding)) == found


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        (b" \n", "there is nothing in it"),
        (b"%PDF-1.7", "a PDF"),
        (b"<!DOCTYPE html>", "a web page"),
        (b"[1, 2]", "a JSON list"),
        (b"Dear diary", "none of the formats"),
        (b"\x89PNG\r\n", "none of the formats"),
    ],
)
def test_another_format_is_refused_by_name(head: bytes, reason: str) -> None:
    """Prevents a baffling refusal of line 1."""
    with pytest.raises(Invalid, match=reason):
        detect(head)


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        ("caf\u00e9".encode(), "utf-8"), ("caf\u00e9".encode("utf-8-sig"), "utf-8-sig"), (b"", "utf-8"),
        ("caf\u00e9".encode("utf-16"), "utf-16"), ("café – “a”".encode("cp1252"), "cp1252"), (b"caf\xe9", "cp1252"),
    ],
)  # fmt: skip
def test_text_is_read_as_what_it_is(raw: bytes, encoding: str) -> None:
    """Prevents mojibake in a history."""
    assert encoding_of(io.BytesIO(raw), excel=True) == encoding


@pytest.mark.parametrize(
    ("raw", "excel", "reason"),
    [
        (b"abc caf\xe9 x", False, "byte 7: not UTF-8"),
        ("é caf".encode() + b"\xe9 x", True, "byte 6: not UTF-8"),
        (b"abc\x81d", True, "byte 3: not UTF-8"),
        (b"\xef\xbb\xbfab\xff", True, "byte 5: not UTF-8"),
        (b"\xff\xfea\x00b", True, "byte 4: not UTF-16"),
        ("hi".encode("utf-16-le"), True, "UTF-16 without its mark"),
        (b"a" * 2**20 + b"\xc3", False, f"byte {2**20:,}: not UTF-8"),
    ],
)
def test_what_is_no_text_is_refused_with_its_byte(raw: bytes, excel: bool, reason: str) -> None:
    """Prevents a guess at a damaged file."""
    with pytest.raises(Invalid, match=reason):
        encoding_of(io.BytesIO(raw), excel=excel)
