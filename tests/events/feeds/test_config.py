"""The feeds file: what it may say, and how it is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import BadFeeds
from app.events.feeds.config import USUAL, load_feeds

CONTACT = 'contact = "mailto:ops@example.org"\n'
NEWS = 'kind = "rss"\nurl = "https://n.example/"\nterms = ["crash"]\nevent_kind = "accident"\nregions = ["GB"]\n'


def _load(tmp_path: Path, text: str):
    path = tmp_path / "feeds.toml"
    path.write_text(text, encoding="utf-8")
    return load_feeds(path)


def test_without_a_file_there_is_no_feed() -> None:
    """Nothing leaves the machine unless somebody says so."""
    assert load_feeds(None).feeds == ()


def test_a_feed_has_what_is_usual_for_its_kind(tmp_path: Path) -> None:
    """And opens nothing by itself."""
    [feed] = _load(tmp_path, CONTACT + '[feeds.world]\nkind = "gdacs"\n').feeds
    assert (feed.url, feed.every_minutes, feed.accept) == (USUAL["gdacs"].url, 15, None)
    assert not feed.accepts(3)


def test_all_keys_are_read(tmp_path: Path) -> None:
    """A key that is taken and ignored would be worse than one that is refused."""
    more = 'severity = 3\nevery_minutes = 30\naccept = "severity >= 2"\nallow_private = true\n'
    [feed] = _load(tmp_path, f"{CONTACT}[feeds.news]\n{NEWS}{more}").feeds
    assert (feed.terms, feed.event_kind, feed.regions, feed.severity) == (("crash",), "accident", ("GB",), 3)
    assert (feed.every_minutes, feed.accept, feed.allow_private) == (30, 2, True)
    assert (feed.accepts(1), feed.accepts(2)) == (False, True)


def test_a_change_of_a_feed_changes_its_mark(tmp_path: Path) -> None:
    """Else new terms would wait until the publisher changes the document."""
    one = _load(tmp_path, f"{CONTACT}[feeds.news]\n{NEWS}").feeds[0]
    other = _load(tmp_path, f"{CONTACT}[feeds.news]\n{NEWS}severity = 3\n").feeds[0]
    assert one.mark != other.mark


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[feeds.a\n", "feeds.toml: "),
        ('[feeds.a]\nkind = "usgs"\n', "contact: mailto:"),
        ('contact = "mailto:a@b\\r\\nX: y"\n[feeds.a]\nkind = "usgs"\n', "contact: mailto:"),
        (CONTACT + "feeds = 1\n", "feeds: must hold a table"),
        (CONTACT + "colour = 1\n", "colour: not a key"),
        (CONTACT + "[feeds]\na = 1\n", "feeds.a: must be a table"),
        (CONTACT + '[feeds.calendar]\nkind = "usgs"\n', "feeds.calendar: a name"),
        (CONTACT + '[feeds."A b"]\nkind = "usgs"\n', "feeds.A b: a name"),
        (CONTACT + '[feeds.a]\nkind = "twitter"\n', "feeds.a.kind: must be one of"),
        (CONTACT + '[feeds.a]\nkind = ["usgs"]\n', "feeds.a.kind: must be one of"),
        (CONTACT + '[feeds.a]\nkind = "usgs"\nterms = ["x"]\n', "feeds.a.terms: not a key of a feed of kind usgs"),
        (CONTACT + '[feeds.a]\nkind = "usgs"\nurl = "ftp://x/"\n', "feeds.a.url: must be an http"),
        (CONTACT + '[feeds.a]\nkind = "usgs"\nurl = 7\n', "feeds.a.url: must be an http"),
        (CONTACT + '[feeds.a]\nkind = "usgs"\nevery_minutes = 0\n', "feeds.a.every_minutes: must be a whole"),
        (CONTACT + '[feeds.a]\nkind = "usgs"\nevery_minutes = true\n', "feeds.a.every_minutes: must be a whole"),
        (CONTACT + '[feeds.a]\nkind = "usgs"\naccept = "severity > 2"\n', "feeds.a.accept: must be never"),
        (CONTACT + '[feeds.a]\nkind = "usgs"\naccept = true\n', "feeds.a.accept: must be never"),
        (CONTACT + '[feeds.a]\nkind = "usgs"\nallow_private = 1\n', "feeds.a.allow_private: must be true"),
        (CONTACT + '[feeds.a]\nkind = "rss"\n', "feeds.a.url: is needed"),
        (CONTACT + "[feeds.a]\n" + NEWS.replace('["crash"]', "[]"), "feeds.a.terms: must be a list"),
        (CONTACT + "[feeds.a]\n" + NEWS.replace('"crash"', '"!"'), "feeds.a.terms: must be a list"),
        (CONTACT + "[feeds.a]\n" + NEWS.replace('"GB"', '"Britain"'), "feeds.a.regions: 'Britain' is neither"),
        (CONTACT + "[feeds.a]\n" + NEWS.replace('"accident"', '"crash"'), "feeds.a.event_kind: must be one of"),
        (CONTACT + "[feeds.a]\n" + NEWS + "severity = 4\n", "feeds.a.severity: must be 1, 2 or 3"),
    ],
)
def test_a_wrong_file_is_refused_with_the_key_and_why(tmp_path: Path, text: str, why: str) -> None:
    """An operator who mistyped a key must not believe that a feed is on, or opens nothing."""
    with pytest.raises(BadFeeds) as refused:
        _load(tmp_path, text)
    assert why in refused.value.detail


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """A mistyped PREPOST_FEEDS would be a service without feeds that looks like one with."""
    with pytest.raises(BadFeeds):
        load_feeds(tmp_path / "none.toml")
