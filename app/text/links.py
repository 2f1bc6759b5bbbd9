"""Finding links the way X does (twitter-text): with a scheme, or a bare domain under a top-level domain that exists.

Procedural where the reference uses one very large expression, so that the time stays linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

_PSL = "public_suffix_list.dat"
_LONGEST_URL = 4096
_LONGEST_LABEL = 63
_ACCENTED = (
    "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0253"
    "\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f\u0272\u0289\u028b\u02bb\u1e00-\u1eff"
)
_CYRILLIC = "\u0400-\u04ff"
_NOT_BEFORE = frozenset("@＠$#＃\ufffe\ufeff\uffff")
_NOT_AFTER = frozenset("@+")
_NOT_BEFORE_BARE = _NOT_BEFORE | frozenset("-_./")

_SCHEME = re.compile("https?://", re.IGNORECASE)
_HOST_RUN = re.compile(
    r"[^\s!-,/:-@\[-^`{-~\u0080-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u061c\u2000-\u206f\u3000-\u303f\uff00-\uff0f\ufffe\uffff\ufeff]+"
)
_BARE_RUN = re.compile(rf"(?<![a-zA-Z0-9\-{_ACCENTED}])[a-zA-Z0-9\-{_ACCENTED}]++(?:\.[a-zA-Z0-9\-{_ACCENTED}]++)+")
_ASCII_LABEL = re.compile(r"[a-zA-Z0-9\-]+")
_PORT = re.compile(r":[0-9]+")
_PATH_CHAR = rf"[a-zA-Z0-9!*';:=+,.$/%#\[\]\-\u2013_~@|&{_ACCENTED}{_CYRILLIC}]"
_BALANCED = rf"\((?:{_PATH_CHAR}++|\({_PATH_CHAR}++\))++\)"
_PATH = re.compile(rf"/(?:{_PATH_CHAR}++|{_BALANCED})*+")
_NOT_LAST_IN_PATH = "!*';:,.$%[]\u2013~@|&"
_QUERY = re.compile(r"\?[a-zA-Z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*+")
_NOT_LAST_IN_QUERY = "!?*'@();:+$%[].,~|"
_TCO = re.compile(r"/[a-zA-Z0-9]{1,40}(?![a-zA-Z0-9])", re.ASCII)


class Link(NamedTuple):
    """A link in a text, end exclusive, in code points."""

    start: int
    end: int
    has_scheme: bool
    host: str
    tld: str


def _read_tlds() -> frozenset[str]:
    """The top-level domains of the Public Suffix List, in Unicode and in Punycode."""
    icann = files("publicsuffixlist").joinpath(_PSL).read_text("utf-8").partition("===END ICANN DOMAINS===")[0]
    names = {line.strip().rpartition(".")[2] for line in icann.splitlines() if line and line[0] != "/"}
    return frozenset(names | {_punycode(name) for name in names})


def _punycode(label: str) -> str:
    return label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")


TLDS = _read_tlds()


def find_links(text: str) -> Iterator[Link]:
    """Links in order of their start, none overlapping."""
    if "." not in text:
        return
    at = 0
    for start, scheme_end in _candidates(text):
        if start < at:
            continue
        link = _link(text, start, scheme_end)
        if link:
            at = link.end
            yield link


def _candidates(text: str) -> Iterator[tuple[int, int]]:
    """Places where a link may start, with the end of the scheme (the start again where there is none)."""
    if "://" not in text:
        yield from ((match.start(), match.start()) for match in _BARE_RUN.finditer(text))
        return
    starts = {match.start(): match.start() for match in _BARE_RUN.finditer(text)}
    starts |= {match.start(): match.end() for match in _SCHEME.finditer(text)}
    yield from sorted(starts.items())


def _link(text: str, start: int, scheme_end: int) -> Link | None:
    has_scheme = scheme_end > start
    before = text[start - 1 : start]
    if before in (_NOT_BEFORE if has_scheme else _NOT_BEFORE_BARE) or (before.isascii() and before.isalnum()):
        return None
    run = (_HOST_RUN if has_scheme else _BARE_RUN).match(text, scheme_end)
    host = _host(run[0], followed_by=text[run.end() : run.end() + 1]) if run else None
    if host is None:
        return None
    length, tld = host
    end = _tail(
        text, scheme_end + length, is_tco=has_scheme and text[scheme_end : scheme_end + length].lower() == "t.co"
    )
    if end is None or end - start + (0 if has_scheme else 8) > _LONGEST_URL:
        return None
    return Link(start, end, has_scheme, text[scheme_end : scheme_end + length], tld)


def _host(run: str, *, followed_by: str) -> tuple[int, str] | None:
    """The length of the longest valid host at the start of `run`, and its top-level domain."""
    best: tuple[int, str] | None = None
    at = 0
    labels = run.split(".")
    for index, label in enumerate(labels):
        if index:
            name = _top_level(label)
            cut_short = name == label and index == len(labels) - 1 and followed_by in _NOT_AFTER
            if name and not cut_short and "_" not in labels[index - 1]:
                best = (at + len(name), name.lower())
        if not _is_label(label):
            break
        at += len(label) + 1
    return best


def _top_level(label: str) -> str | None:
    """The top-level domain that `label` begins with: what follows it may only be letters of another script."""
    ascii_part = _ASCII_LABEL.match(label)
    if ascii_part:
        name = ascii_part[0]
        return name if name.lower() in TLDS else None
    for length in range(min(len(label), 24), 0, -1):
        if label[:length].lower() in TLDS:
            return label[:length]
    return None


def _is_label(label: str) -> bool:
    """A label that may stand before others: underscores and hyphens inside only, not too long for DNS."""
    if not label or label[0] in "-_" or label[-1] in "-_" or len(label) > _LONGEST_LABEL:
        return False
    return label.isascii() or (not label.startswith("xn--") and len(_encoded(label)) <= _LONGEST_LABEL)


@lru_cache(maxsize=256)
def _encoded(label: str) -> str:
    return _punycode(label.encode("utf-8", "replace").decode("utf-8"))


def _tail(text: str, at: int, *, is_tco: bool) -> int | None:
    """The end of port, path and query from `at` on; None for a t.co link whose slug is too long to be one."""
    if is_tco and text[at : at + 1] == "/":
        slug = _TCO.match(text, at)
        return _query_end(text, slug.end()) if slug else None
    if port := _PORT.match(text, at):
        at = port.end()
    if path := _PATH.match(text, at):
        at += max(1, len(path[0].rstrip(_NOT_LAST_IN_PATH)))
    return _query_end(text, at)


def _query_end(text: str, at: int) -> int:
    query = _QUERY.match(text, at)
    kept = query[0].rstrip(_NOT_LAST_IN_QUERY) if query else ""
    return at + len(kept)
