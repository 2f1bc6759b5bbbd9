"""What X takes for a user name, a list, a hashtag and a URL (twitter-text's validation, which is stricter on URLs
than its extraction and knows addresses that extraction ignores)."""

from __future__ import annotations

import re

from app.text.entities import entities

_USERNAME = re.compile(r"[@＠][A-Za-z0-9_]{1,20}")
_LIST = re.compile(r"[@＠][A-Za-z0-9_]{1,20}/[A-Za-z][A-Za-z0-9_-]{0,24}")

_LETTER = r"(?:[a-zA-Z0-9]|[^\x00-\x7f])"
_SUBDOMAIN = rf"{_LETTER}(?:(?:[_-]|{_LETTER})*{_LETTER})?"
_DOMAIN = rf"{_LETTER}(?:(?:-|{_LETTER})*{_LETTER})?"
_TOP = rf"(?:[a-zA-Z]|[^\x00-\x7f])(?:(?:-|{_LETTER})*{_LETTER})?"
_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_HOST = rf"(?:{_OCTET}(?:\.{_OCTET}){{3}}|\[[0-9A-Fa-f:.]+\]|(?:{_SUBDOMAIN}\.)*{_DOMAIN}\.{_TOP})"
_PCHAR = r"(?:[\w.~!$&'()*+,;=:|@-]|%[0-9A-Fa-f]{2})"
_USERINFO = r"(?:(?:[\w.~!$&'()*+,;=:|-]|%[0-9A-Fa-f]{2})*@)?"
_AFTER_SCHEME = rf"{_USERINFO}{_HOST}(?::\d{{1,5}})?(?:/{_PCHAR}*)*(?:\?(?:{_PCHAR}|[/?])*)?(?:\#(?:{_PCHAR}|[/?#!])*)?"
_URL = re.compile(_AFTER_SCHEME)
_LONGEST_URL = 4096


def is_username(text: str) -> bool:
    return _USERNAME.fullmatch(text) is not None


def is_list(text: str) -> bool:
    """`@user/list`."""
    return _LIST.fullmatch(text) is not None


def is_hashtag(text: str) -> bool:
    """One hashtag and nothing else: letters, digits and underscores, not digits only."""
    found = entities(text)
    return len(found) == 1 and found[0].kind == "hashtag" and found[0].text == text


def is_url(text: str, *, needs_scheme: bool = True) -> bool:
    """A whole http(s) URL (RFC 3986, with Unicode in host and path as X allows), at most 4,096 characters."""
    scheme, separator, rest = text.partition("://")
    if separator and scheme.lower() not in ("http", "https"):
        return False
    if len(text) > _LONGEST_URL or (needs_scheme and not separator):
        return False
    return _URL.fullmatch(rest if separator else text) is not None
