"""How a file's bytes are to be read: by its mark, as UTF-8, or, where Excel may have written it, as Windows text."""

from __future__ import annotations

import codecs
from typing import IO

from app.errors import Invalid

_CHUNK = 2**20
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def marked(head: bytes) -> str | None:
    """The encoding that the file's first bytes name; None where they name none."""
    return next((encoding for mark, encoding in _MARKS if head.startswith(mark)), None)


def encoding_of(source: IO[bytes], *, excel: bool) -> str:
    """Reads to the end. Raises Invalid with the first byte that is no text.

    `excel`: a file without a mark may be cp1252. It is taken for it only where nothing before its first byte that
    isn't UTF-8 is a UTF-8 character: a UTF-8 file with a broken byte would be read as nonsense otherwise.
    """
    head = source.read(4)
    encoding = marked(head)
    if encoding is None and b"\x00" in head[:2]:
        raise Invalid("looks like UTF-16 without its mark at byte 0: save it as UTF-8")
    # Read as plain UTF-8, the mark is a character like others and shifts no place.
    fault, foreign = _first_fault(head, source, "utf-16" if encoding == "utf-16" else "utf-8")
    if fault is None:
        return encoding or "utf-8"
    if excel and encoding is None and not foreign:
        source.seek(0)
        if _first_fault(b"", source, "cp1252")[0] is None:
            return "cp1252"
    raise Invalid(f"byte {fault:,}: not {'UTF-16' if encoding == 'utf-16' else 'UTF-8'}")


def _first_fault(head: bytes, rest: IO[bytes], encoding: str) -> tuple[int | None, bool]:
    """Where the first byte stands that can't be read, None where all can; and whether anything before isn't ASCII."""
    decoder = codecs.getincrementaldecoder(encoding)()
    read, foreign, chunk = 0, False, head or rest.read(_CHUNK)
    while True:
        pending = len(decoder.getstate()[0])
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            return read - pending + error.start, foreign or not error.object[: error.start].isascii()
        foreign = foreign or not text.isascii()
        read += len(chunk)
        if not chunk:
            return None, foreign
        chunk = rest.read(_CHUNK)
