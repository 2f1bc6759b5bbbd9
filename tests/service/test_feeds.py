"""Feeds against a server of our own that is slow, broken, huge and hostile in turn."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from app.domain import Event
from app.events.feeds import fetch
from app.events.feeds.config import Feed, FeedKind
from app.service import events, feeds
from app.service.feeds import Polled
from app.service.reports import MOST_NEW, OVER, TOO_MANY
from app.store.feeds import State
from app.store.session import Database

NO_URL = "an http or https URL with a host and without a user's name is needed"
NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)
CONTACT = "mailto:ops@example.org"
SHAPES = Path(__file__).parents[1] / "events" / "feeds" / "shapes"
Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers a path as the test says, and notes what it was asked."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        try:
            self.server.answers[self.path](self)
        except OSError:  # the client has had enough
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass

    def speak(self, raw: bytes) -> None:
        self.wfile.write(raw)
        self.close_connection = True

    def send(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    thread = threading.Thread(target=running.serve_forever, args=(0.01,))
    thread.start()
    yield running
    running.shutdown()
    thread.join()
    running.server_close()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    found = Database(f"sqlite:///{tmp_path / 'store.db'}")
    found.migrate()
    yield found
    found.close()


class Desk:
    """Polls feeds of the server."""

    def __init__(self, server: Server, database: Database) -> None:
        self.server, self.database = server, database

    def feed(self, kind: FeedKind = "usgs", **given: Any) -> Feed:
        made = Feed(kind, kind, self.server.url(f"/{kind}"), 10, allow_private=True, terms=("earthquake",),
                    event_kind="natural_disaster", regions=("TR",))  # fmt: skip
        return replace(made, **given)

    def serve(self, body: bytes, kind: FeedKind = "usgs", status: int = 200, **headers: str) -> None:
        self.server.answers[f"/{kind}"] = lambda handler: handler.send(status, body, **headers)

    def poll(self, feed: Feed | None = None, *, now: datetime = NOW, longest: float = fetch.LONGEST) -> Polled:
        return feeds.poll(self.database, feed or self.feed(), CONTACT, now, longest=longest)

    def state(self, feed: Feed | None = None) -> State:
        with self.database.transaction() as connection:
            found = feeds.feeds.get(connection, (feed or self.feed()).name)
        assert found is not None
        return found

    def events(self) -> list[Event]:
        return events.page(self.database, after=None, limit=2_000)


@pytest.fixture
def desk(server: Server, database: Database) -> Desk:
    return Desk(server, database)


def _quake(number: int = 1, **told: Any) -> dict[str, Any]:
    at = told.pop("at", [37.1, 37.4, 10])
    properties = {"mag": 7.2, "place": "10 km N of Riverton, Turkey", "time": _ms(NOW - timedelta(hours=5)),
                  "updated": _ms(NOW), "alert": "orange", "sig": 900, "type": "earthquake"}  # fmt: skip
    return {"id": f"us{number}", "properties": properties | told, "geometry": {"type": "Point", "coordinates": at}}


def _ms(when: datetime) -> int:
    return int(when.timestamp() * 1000)


def _quakes(*features: dict[str, Any]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


# --- asking ----------------------------------------------------------------------------------------------------------


def test_what_a_feed_reports_is_proposed(desk: Desk) -> None:
    """It weighs on nothing until somebody accepts it."""
    desk.serve(_quakes(_quake()))
    assert desk.poll() == Polled("read", new=1)
    [event] = desk.events()
    assert (event.status, event.source, event.regions, event.severity) == ("proposed", "usgs", ("TR",), 2)
    with desk.database.transaction() as connection:
        assert events.active(connection, NOW) == ()


def test_a_policy_line_opens_what_is_grave_enough(desk: Desk) -> None:
    """And that alone; what becomes graver later is opened then."""
    feed = desk.feed(accept=3)
    desk.serve(_quakes(_quake(1), _quake(2, alert="red", place="5 km S of Otherville, Chile", at=[-70, -30])))
    desk.poll(feed)
    assert sorted((event.severity, event.status) for event in desk.events()) == [(2, "proposed"), (3, "open")]
    desk.serve(_quakes(_quake(1, alert="red")))
    assert desk.poll(feed).changed == 1
    assert [event.status for event in desk.events()] == ["open", "open"]


def test_a_feed_is_asked_by_name_and_only_for_what_is_new(desk: Desk) -> None:
    """A keeper must be able to reach us, and need not send the same document all day."""
    desk.serve(_quakes(_quake()), ETag='"one"', Last_Modified="Tue, 10 Nov 2026 08:00:00 GMT")
    desk.poll()
    desk.serve(b"", status=304)
    assert desk.poll() == Polled("unchanged")
    (_, first), (_, second) = desk.server.asked
    assert first["User-Agent"].startswith("Prepost/")
    assert first["User-Agent"].endswith(f" (+{CONTACT})")
    assert "If-None-Match" not in first
    assert (second["If-None-Match"], second["If-Modified-Since"]) == ('"one"', "Tue, 10 Nov 2026 08:00:00 GMT")


def test_a_feed_that_is_read_in_another_way_is_read_anew(desk: Desk) -> None:
    """New terms would else wait until the publisher changes the document."""
    desk.serve((SHAPES / "atom.xml").read_bytes(), "rss", ETag='"one"')
    desk.poll(desk.feed("rss", terms=("avalanche",)))
    desk.poll(desk.feed("rss"))
    assert "If-None-Match" not in desk.server.asked[1][1]
    assert len(desk.events()) == 1


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (lambda h: h.send(500), "answered 500"),
        (lambda h: h.send(403, b"no"), "answered 403"),
        (lambda h: h.send(200, b"<html><body>Sign in</body></html>"), "its answer is not JSON, or half a document"),
        (lambda h: h.send(200, _quakes(_quake())[:-40]), "its answer is not JSON, or half a document"),
        (lambda h: h.send(200, b"{}", Content_Encoding="br"), "answered in the encoding 'br', which was not asked for"),
        (lambda h: h.send(200, b"{}", Content_Encoding="gzip"), "its gzip is broken"),
        (
            lambda h: h.send(200, gzip.compress(_quakes(_quake()))[:-9], Content_Encoding="gzip"),
            "the answer broke off",
        ),
        (lambda h: h.speak(b"SSH-2.0-OpenSSH_9\r\n"), "the answer broke off, or is no HTTP"),
        (lambda h: h.send(302), "more than 3 redirects"),
        (lambda h: h.send(302, Location="ftp://example.org/"), NO_URL),
        (lambda h: h.send(302, Location="http://127.0.0.1:x/"), "the answer broke off, or is no HTTP"),
    ],
)  # fmt: skip
def test_a_broken_answer_is_a_failure_with_its_reason(desk: Desk, answer: Answer, why: str) -> None:
    """Never an exception, and never taken for a day without events."""
    desk.server.answers["/usgs"] = answer
    assert desk.poll() == Polled("failed", error=why)
    state = desk.state()
    assert (state.failures, state.last_error, state.succeeded_at) == (1, why, None)
    assert desk.events() == []


def test_a_body_that_is_cut_off_is_a_failure(desk: Desk) -> None:
    """The server promised more than it sent."""

    def half(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        handler.wfile.write(_quakes(_quake()))
        handler.close_connection = True

    desk.server.answers["/usgs"] = half
    assert desk.poll().error == "the answer broke off, or is no HTTP"


def test_nobody_there_is_a_failure(desk: Desk) -> None:
    """A port on which nothing listens."""
    assert desk.poll(desk.feed(url="http://127.0.0.1:1/")).error == "no connection: ConnectError"


def test_an_entity_bomb_is_refused(desk: Desk) -> None:
    """A kilobyte that would unfold to gigabytes."""
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE r [<!ENTITY e0 "ha">{lines}]><rss><channel><title>&e11;</title></channel></rss>'
    for kind in ("gdacs", "rss"):
        desk.serve(bomb.encode(), kind)
        assert "entities, which no feed needs" in (desk.poll(desk.feed(kind)).error or "")


# --- limits ----------------------------------------------------------------------------------------------------------


def test_an_endless_answer_is_left_at_the_limit(desk: Desk) -> None:
    """Two gigabytes would fill the memory; the server sees the connection close instead."""
    sent = [0]
    closed = threading.Event()

    def endless(handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while sent[0] < 2 * 1024**3:
                sent[0] += handler.wfile.write(b" " * 65_536)
        finally:
            closed.set()

    desk.server.answers["/usgs"] = endless
    assert desk.poll().error == "larger than 5 MiB"
    assert closed.wait(10)
    assert sent[0] < 64 * 1024**2


def test_a_gzip_bomb_is_left_at_the_limit(desk: Desk) -> None:
    """Half a megabyte that unpacks to half a gigabyte."""
    packer = gzip.zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(b" " * 1024**2) for _ in range(512)) + packer.flush()
    desk.serve(bomb, Content_Encoding="gzip")
    assert len(bomb) < 1024**2
    assert desk.poll().error == "larger than 5 MiB"


def test_a_packed_document_is_read(desk: Desk) -> None:
    """The limits must not cost the ordinary case."""
    desk.serve(gzip.compress(_quakes(_quake())), Content_Encoding="gzip")
    assert desk.poll().new == 1


@pytest.mark.parametrize("part", ["head", "body"])
def test_a_slow_drip_is_left_at_the_time_limit(desk: Desk, part: str) -> None:
    """A byte now and then keeps each single wait short, and would hold the feeds for days."""

    def drip(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + (b"\r\n" if part == "body" else b""))
        for _ in range(100):
            handler.wfile.write(b" " if part == "body" else b"X")
            handler.wfile.flush()
            time.sleep(0.05)

    desk.server.answers["/usgs"] = drip
    started = time.monotonic()
    assert desk.poll(longest=0.5).error == "no whole answer in 0.5 seconds"
    assert time.monotonic() - started < 3


# --- redirects -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "inside",
    ["http://127.0.0.1:{port}/secret", "http://localhost:{port}/secret", "http://[::1]:{port}/secret",
     "http://2130706433:{port}/secret", "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/",
     "//127.0.0.1:{port}/secret"],
)  # fmt: skip
def test_a_redirect_into_the_house_is_not_followed(desk: Desk, inside: str) -> None:
    """Also where the feed itself may be inside: that counts for its own host and port alone."""
    other = Server()
    thread = threading.Thread(target=other.serve_forever, args=(0.01,))
    thread.start()
    other.answers["/secret"] = lambda handler: handler.send(200, _quakes(_quake()))
    place = inside.format(port=other.server_port)
    desk.server.answers["/usgs"] = lambda handler: handler.send(302, Location=place)
    polled = desk.poll()
    other.shutdown()
    thread.join()
    other.server_close()
    assert (polled.outcome, other.asked) == ("failed", [])
    assert "not public" in (polled.error or "")


def test_a_feed_inside_the_house_must_be_allowed(desk: Desk) -> None:
    """Nothing is sent without `allow_private`."""
    desk.serve(_quakes(_quake()))
    assert desk.poll(desk.feed(allow_private=False)).error == "127.0.0.1 leads to an address that is not public"
    assert desk.server.asked == []


def test_a_redirect_on_the_same_host_is_followed(desk: Desk) -> None:
    """Feeds do move; three times at most."""
    desk.server.answers["/usgs"] = lambda handler: handler.send(301, Location="/moved")
    desk.server.answers["/moved"] = lambda handler: handler.send(307, Location="/again")
    desk.server.answers["/again"] = lambda handler: handler.send(200, _quakes(_quake()))
    assert desk.poll().new == 1


# --- back-off --------------------------------------------------------------------------------------------------------


def test_a_feed_that_fails_is_asked_again_later_and_later(desk: Desk) -> None:
    """Up to six hours; one success ends it."""
    desk.serve(b"", status=503)
    waits = []
    for _ in range(8):
        desk.poll()
        waits.append((desk.state().next_at - NOW) / timedelta(minutes=1))
    for wait, least in zip(waits, [20, 40, 80, 160, 320, 360, 360, 360], strict=True):
        assert least <= wait <= least * 1.1
    desk.serve(_quakes())
    desk.poll()
    assert (desk.state().failures, desk.state().last_error) == (0, None)
    assert (desk.state().next_at - NOW) / timedelta(minutes=1) <= 11


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [
        ("7200", timedelta(hours=2), timedelta(hours=2)),
        ("99999999999999", timedelta(days=1), timedelta(days=1)),
        ("soon", timedelta(minutes=20), timedelta(minutes=22)),
        (format_datetime(datetime.now(UTC) + timedelta(hours=3)), timedelta(hours=2, minutes=55), timedelta(hours=3)),
    ],
    ids=["seconds", "for ever", "no time", "a date"],  # a date of now as an id would differ between workers
)
def test_a_server_that_names_a_time_is_left_alone_until_then(desk: Desk, said: str, least: timedelta, most: timedelta):
    """A day at most: one odd header must not silence a feed for good."""
    desk.serve(b"", status=429, Retry_After=said)
    desk.poll()
    assert least <= desk.state().next_at - NOW <= most


def test_only_one_of_two_processes_asks(desk: Desk) -> None:
    """And neither before the feed is due."""
    desk.serve(_quakes())
    feed = desk.feed()
    assert [feeds.poll_if_due(desk.database, feed, CONTACT, NOW) is None for _ in range(2)] == [False, True]
    later = NOW + timedelta(minutes=12)
    assert [feeds.poll_if_due(desk.database, feed, CONTACT, later) is None for _ in range(2)] == [False, True]


# --- one event per real event ----------------------------------------------------------------------------------------


def test_three_feeds_that_report_one_quake_make_one_event(desk: Desk) -> None:
    """Each names it in its own way; the gravest of what they say counts."""
    desk.serve((SHAPES / "usgs.json").read_bytes(), "usgs")
    desk.serve((SHAPES / "gdacs.xml").read_bytes(), "gdacs")
    desk.serve((SHAPES / "atom.xml").read_bytes(), "rss")
    new = [desk.poll(desk.feed(kind)).new for kind in ("usgs", "gdacs", "rss")]
    assert new == [3, 1, 0]
    [quake] = [event for event in desk.events() if "Riverton" in event.name]
    assert (quake.severity, quake.source, quake.status) == (3, "usgs", "proposed")


def test_a_quake_that_was_opened_by_hand_is_not_proposed(desk: Desk) -> None:
    """And no feed touches what a person wrote."""
    by_hand = events.open_event(
        desk.database, Event("Riverton earthquake", "natural_disaster", ("TR",), NOW - timedelta(hours=4), severity=1)
    )
    desk.serve(_quakes(_quake()))
    assert desk.poll() == Polled("read", joined=1)
    assert desk.events() == [by_hand]


@pytest.mark.parametrize(
    "other",
    [
        {"at": [44, 40, 10], "place": "8 km E of Farville, Turkey"},
        {"time": _ms(NOW - timedelta(hours=20))},
    ],
)
def test_two_quakes_are_two_events(desk: Desk, other: dict[str, Any]) -> None:
    """Far apart in place or time, two feeds tell of two events."""
    desk.serve(_quakes(_quake(1)))
    desk.poll()
    desk.serve(_quakes(_quake(2, **other)))
    assert desk.poll(desk.feed(name="elsewhere")).new == 1


def test_two_numbers_of_one_seismologist_are_two_quakes(desk: Desk) -> None:
    """Whoever numbers events knows an aftershock from its quake."""
    desk.serve(_quakes(_quake(1), _quake(2)))
    assert desk.poll().new == 2


def test_a_flood_is_not_the_quake_of_that_day(desk: Desk) -> None:
    """Though both are disasters in one place."""
    events.open_event(
        desk.database,
        Event("Floods near Riverton", "natural_disaster", ("TR",), NOW - timedelta(hours=4), sub_kind="flood"),
    )
    desk.serve(_quakes(_quake()))
    assert desk.poll().new == 1


def test_an_update_of_an_alert_is_the_same_event_and_a_cancel_ends_it(desk: Desk) -> None:
    """Else each quarter of an hour of a storm would be proposed anew, and none would end."""
    alerts = json.loads((SHAPES / "nws.json").read_text())
    alert, cancel = alerts["features"][:2]
    feed, now = desk.feed("nws"), datetime(2026, 11, 10, 10, tzinfo=UTC)
    desk.serve(json.dumps({"features": [alert]}).encode(), "nws")
    assert desk.poll(feed, now=now).new == 1
    for listed in ([alert, cancel], [cancel, alert], [cancel]):
        desk.serve(json.dumps({"features": listed}).encode(), "nws")
        assert desk.poll(feed, now=now).new == 0
        [event] = desk.events()
        assert event.ends_at == datetime(2026, 11, 10, 10, 20, tzinfo=UTC)


def test_yesterdays_events_are_no_news(desk: Desk) -> None:
    """The same document again changes nothing, and what is over is not opened."""
    desk.serve(_quakes(_quake(1), _quake(2, time=_ms(NOW - timedelta(days=20)))))
    assert desk.poll() == Polled("read", new=1, left_out={OVER: 1})
    assert desk.poll(now=NOW + timedelta(days=1)) == Polled("read", left_out={OVER: 1})
    assert len(desk.events()) == 1


def test_a_thousand_events_at_once_are_taken_in_portions(desk: Desk) -> None:
    """The gravest first; the rest is said, and follows, though the document has not changed."""
    many = [_quake(n, at=[n % 180, n % 90], alert="red" if n >= 900 else "orange") for n in range(1_000)]
    desk.serve(_quakes(*many), ETag='"one"')
    started = time.monotonic()
    assert desk.poll() == Polled("read", new=MOST_NEW, left_out={TOO_MANY: 1_000 - MOST_NEW})
    assert time.monotonic() - started < 5
    assert sum(event.severity == 3 for event in desk.events()) == 100
    assert desk.state().left_out == {TOO_MANY: 1_000 - MOST_NEW}
    desk.poll()
    assert "If-None-Match" not in desk.server.asked[1][1]
    assert len(desk.events()) == 2 * MOST_NEW


# --- a person's word -------------------------------------------------------------------------------------------------


def test_what_a_person_changed_stays_and_the_rest_follows_the_feed(desk: Desk) -> None:
    """A corrected name must not be undone by the next poll; a graver impact must still arrive."""
    desk.serve(_quakes(_quake()))
    desk.poll()
    [event] = desk.events()
    events.change(desk.database, event.id or "", {"name": "The Riverton earthquake", "regions": ("TR", "SY")})
    desk.serve(_quakes(_quake(alert="red")))
    assert desk.poll().changed == 1
    [after] = desk.events()
    assert (after.name, after.regions, after.severity) == ("The Riverton earthquake", ("TR", "SY"), 3)


def test_what_a_person_ended_stays_ended(desk: Desk) -> None:
    """Though the feed lists it on."""
    desk.serve(_quakes(_quake()))
    desk.poll()
    [event] = desk.events()
    closed = events.close(desk.database, event.id or "")
    desk.poll()
    assert [found.ends_at for found in desk.events()] == [closed.ends_at]


def test_what_a_person_dismissed_stays_dismissed(desk: Desk) -> None:
    """For the feed that proposed it, whatever it says later, and for another that tells of the same."""
    desk.serve(_quakes(_quake()))
    desk.poll()
    [event] = desk.events()
    dismissed = events.settle(desk.database, event.id or "", "dismissed")
    desk.serve(_quakes(_quake(alert="red")))
    desk.poll(desk.feed(accept=1))
    desk.poll(desk.feed(name="elsewhere", accept=1))
    assert desk.events() == [dismissed]


def test_what_a_person_erased_does_not_come_back(desk: Desk) -> None:
    """Five minutes later, from the same list."""
    desk.serve(_quakes(_quake()))
    desk.poll()
    events.erase(desk.database, desk.events()[0].id or "")
    assert desk.poll() == Polled("read")
    assert desk.events() == []


def test_a_place_that_could_not_be_told_gives_way_to_one_that_can(desk: Desk) -> None:
    """A quake at sea that turns out to have struck a coast."""
    desk.serve(_quakes(_quake(place="Exampla Ridge")))
    desk.poll()
    assert [(event.regions, event.severity) for event in desk.events()] == [(("WORLD",), 1)]
    desk.serve((SHAPES / "gdacs.xml").read_bytes(), "gdacs")
    desk.poll(desk.feed("gdacs"))
    assert (desk.events()[0].regions, desk.events()[0].severity) == (("TR", "SY"), 3)
