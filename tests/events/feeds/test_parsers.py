"""What the parsers make of documents in the shape that each feed sends; the events in them are invented."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.events.feeds import parse
from app.events.feeds.config import Feed, FeedKind
from app.events.feeds.report import MOST_ITEMS, FeedRefused, Parsed, Report

SHAPES = Path(__file__).parent / "shapes"
FILES: dict[FeedKind, str] = {"gdacs": "gdacs.xml", "usgs": "usgs.json", "nws": "nws.json", "rss": "atom.xml"}
BOMB = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><rss version="2.0"><channel><title>&c;</title></channel></rss>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<rss version="2.0"><channel><item><title>&a;</title></item></channel></rss>"""
PAGE = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body>earthquake<br></body></html>"


def _feed(kind: FeedKind) -> Feed:
    return Feed("f", kind, "https://f.example/", 10, terms=("earthquake", "Erdbeben", "地震"), regions=("TR",),
                event_kind="natural_disaster")  # fmt: skip


def _parsed(kind: FeedKind, name: str | None = None) -> Parsed:
    return parse((SHAPES / (name or FILES[kind])).read_bytes(), _feed(kind))


def _told(reports: tuple[Report, ...]) -> list[tuple[str, tuple[str, ...], int, str | None]]:
    return [(report.name, report.regions, report.severity, report.sub_kind) for report in reports]


def _at(*when: int) -> datetime:
    return datetime(2026, 11, *when, tzinfo=UTC)


def test_gdacs_gives_orange_and_red_alerts_with_their_countries() -> None:
    """A green alert is no event; its title, which changes with each figure, is no name."""
    parsed = _parsed("gdacs")
    assert _told(parsed.reports) == [
        ("Earthquake in Turkey, Syria", ("TR", "SY"), 3, "earthquake"),
        ("Tropical cyclone EXAMPLA-26 in Mozambique", ("MZ",), 2, "tropical cyclone"),
    ]
    quake, cyclone = parsed.reports
    assert (quake.external_id, quake.starts_at, quake.ends_at) == ("EQ1900001", _at(10, 4, 10, 11), None)
    assert cyclone.ends_at == _at(14)
    assert quake.point == (37.2, 37.0)


def test_usgs_gives_quakes_by_their_impact_and_place() -> None:
    """The blast in a quarry and the quake that hurts nobody are no events; one mid-ocean is for a person to judge."""
    parsed = _parsed("usgs")
    assert _told(parsed.reports) == [
        ("Earthquake, magnitude 7.2, 10 km N of Riverton, Turkey", ("TR",), 2, "earthquake"),
        ("Earthquake, magnitude 6.1, 12 km SSW of Sampleville, CA", ("US-CA",), 1, "earthquake"),
        ("Earthquake, magnitude 7.0, central Mid-Atlantic Ridge", ("WORLD",), 1, "earthquake"),
    ]
    assert "at00zz01" in parsed.reports[0].replaces


def test_nws_gives_actual_extreme_alerts_by_state() -> None:
    """A test message, a routine storm and a warning for ships stop nobody's posts."""
    parsed = _parsed("nws")
    assert _told(parsed.reports) == [
        ("Tornado Warning: Sample, TX; Example, OK", ("US-TX", "US-OK"), 3, "tornado"),
        ("Tornado Warning: Sample, TX", ("US-TX",), 2, "tornado"),
    ]
    warning, cancelled = parsed.reports
    assert (warning.starts_at, warning.ends_at) == (_at(10, 9, 52), _at(10, 11))
    assert (cancelled.ends_at, cancelled.replaces) == (_at(10, 10, 20), (warning.external_id,))


def test_an_rss_item_is_an_event_where_its_title_has_a_term() -> None:
    """As a whole word, and not in the summary; in a script without spaces anywhere in a word."""
    [quake] = _parsed("rss").reports
    assert (quake.name, quake.starts_at) == ("Powerful earthquake near Riverton, dozens trapped", _at(10, 6))
    assert [report.name for report in _parsed("rss", "rss.xml").reports] == [
        "Erdbeben: 20 Tote in Riverton",
        "地震 in the north",
    ]


@pytest.mark.parametrize(
    ("kind", "left_out"),
    [
        (
            "gdacs",
            {"ends before it starts": 1, "no area, or one that is not known": 1, "no date that can be read": 1},
        ),
        ("usgs", {"no date that can be read": 1}),
        ("nws", {"no area, or one that is not known": 1, "ends before it starts": 1}),
        ("rss", {"no date that can be read": 1}),
    ],
)
def test_a_broken_item_is_left_out_and_counted(kind: FeedKind, left_out: dict[str, int]) -> None:
    """One bad item must not cost the feed, nor vanish unseen."""
    assert _parsed(kind).left_out == left_out


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("data", [PAGE, BOMB, OUTSIDE, b"", b"null", b"[]", b"<rss/>", b"<html/>", b"\xff\xfe\x00"])
def test_what_is_no_feed_is_refused(kind: FeedKind, data: bytes) -> None:
    """A sign-in page, a bomb and a file of this machine in an entity: none is read as “no events”."""
    with pytest.raises(FeedRefused):
        parse(data, _feed(kind))


@pytest.mark.parametrize("kind", FILES)
def test_half_a_document_is_refused(kind: FeedKind) -> None:
    """The events of its first half would pass for all there are."""
    data = (SHAPES / FILES[kind]).read_bytes()
    with pytest.raises(FeedRefused):
        parse(data[: len(data) // 2], _feed(kind))


@pytest.mark.parametrize("kind", ["usgs", "nws"])
def test_deep_nesting_is_refused(kind: FeedKind) -> None:
    """It would exhaust the stack."""
    with pytest.raises(FeedRefused):
        parse(b'{"features":' + b"[" * 200_000, _feed(kind))


def test_deep_xml_is_no_crash() -> None:
    """Neither in the parser nor in writing it anew."""
    data = b"<rss version='2.0'><channel>" + b"<a>" * 20_000 + b"</a>" * 20_000 + b"</channel></rss>"
    with pytest.raises(FeedRefused):
        parse(data, _feed("rss"))


def test_items_beyond_counting_are_left_out_and_said() -> None:
    """A feed of half a million items must not hold a thread for minutes."""
    data = json.dumps({"features": [{}] * (MOST_ITEMS + 7)}).encode()
    assert parse(data, _feed("usgs")).left_out[f"beyond the first {MOST_ITEMS} items"] == 7


def test_text_that_no_store_takes_is_cleaned() -> None:
    """NUL and lone surrogates would break the whole poll at the last step."""
    told = {
        "mag": 7,
        "place": "a\x00b\ud800c\u202e, Chile",
        "time": 1794283805000,
        "alert": "red",
        "type": "earthquake",
    }
    data = json.dumps({"features": [{"id": "x\x00", "properties": told}]}).encode()
    [report] = parse(data, _feed("usgs")).reports
    assert (report.name, report.external_id) == ("Earthquake, magnitude 7.0, a b c , Chile", "x")


@pytest.mark.parametrize("kind", FILES)
@settings(deadline=None)
@given(data=st.binary(max_size=300))
def test_random_bytes_are_refused_at_worst(kind: FeedKind, data: bytes) -> None:
    """Whatever a server sends, the poll ends in an outcome."""
    _survives(kind, data)


@pytest.mark.parametrize("kind", FILES)
@settings(deadline=None)
@given(draw=st.data())
def test_damaged_documents_are_refused_at_worst(kind: FeedKind, draw: st.DataObject) -> None:
    """The same for real ones with bytes exchanged, cut and doubled."""
    data = bytearray((SHAPES / FILES[kind]).read_bytes())
    for _ in range(draw.draw(st.integers(1, 5))):
        at = draw.draw(st.integers(0, len(data) - 1))
        data[at : at + draw.draw(st.integers(0, 9))] = draw.draw(st.binary(max_size=9))
    _survives(kind, bytes(data))


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@pytest.mark.parametrize("kind", ["usgs", "nws"])
@settings(deadline=None)
@given(draw=st.data())
def test_any_value_in_any_field_is_left_out_at_worst(kind: FeedKind, draw: st.DataObject) -> None:
    """A list where a number should be, 10^400 for a time: one item's fault."""
    feature = json.loads((SHAPES / FILES[kind]).read_bytes())["features"][0]
    for part in (feature, feature["properties"]):
        for key in draw.draw(st.lists(st.sampled_from(sorted(part)), max_size=3)):
            part[key] = draw.draw(_JSON)
    _survives(kind, json.dumps({"features": [feature]}).encode())


def _survives(kind: FeedKind, data: bytes) -> None:
    try:
        parsed = parse(data, _feed(kind))
    except FeedRefused:
        return
    for report in parsed.reports:
        assert report.name
        assert report.regions
        assert report.ends_at is None or report.ends_at >= report.starts_at
