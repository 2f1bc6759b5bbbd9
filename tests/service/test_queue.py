"""Judging the queue again: exactly what a fresh check would say, all or nothing, and never open in doubt."""

from __future__ import annotations

import ast
import json
import random
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain import Account, Draft, Event
from app.errors import PrepostError, StoreUnavailable
from app.events.matching import match
from app.main import build_services
from app.service import accounts, events, features, stirring, waiting
from app.service import queue as service
from app.service.check import OF_THE_MOMENT, read_fields
from app.service.directory import Directory
from app.service.query import AuthorRef, Query
from app.service.queue import Filter
from app.service.services import Services
from app.service.waiting import Entry
from app.settings import Settings
from app.store import audits, queue, webhooks
from app.store.webhooks import Webhook

ROOT = Path(__file__).parents[2]
NOW = datetime.now(UTC).replace(microsecond=0)
FLOOD = Event("Flooding in Valencia", "natural_disaster", ("ES",), None, NOW + timedelta(days=300), ("#dana",), 3)
TEXTS = [
    json.loads(line)["text"]
    for name in ("grief", "grief_2", "claims", "offence")
    for line in (ROOT / "data" / "labels" / f"{name}.jsonl").read_text("utf-8").splitlines()
]


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    """The parts of a service that isn't running: the test does what its tasks would."""
    found, _ = build_services(Settings(data_dir=tmp_path))
    yield found
    found.database.close()


def _entry(item_id: str, text: str, regions: tuple[str, ...] = ("ES",), **more: Any) -> Entry:
    draft = Draft(text, ("x",), scheduled_for=NOW + timedelta(days=1))
    account = Account(handle="@acme", regions=regions)
    return Entry(item_id, Query(draft, account, AuthorRef("sam")), (), more.get("keep", "text"))


def _item(services: Services, item_id: str) -> queue.Item:
    with services.database.transaction() as connection:
        found = queue.get(connection, item_id)
    assert found is not None
    return found


def _judge_all(services: Services) -> None:
    while services.queue.judge_stale(200):
        pass


def test_a_draft_that_is_judged_again_gets_what_a_fresh_check_would_say(services: Services) -> None:
    """Kept scores, rules left out and drafts passed over must not change one verdict or warning."""
    texts = random.Random(1).sample(TEXTS, 120)
    entries = [
        _entry(f"post-{number}", text, random.Random(number).choice([("ES",), ("GB",), (), ("JP", "US-TX")]))
        for number, text in enumerate(texts)
    ]
    entries.append(_entry("named", "Floods? #DANA prices washed away! 20 % off, shop now", ("JP",)))
    services.queue.register(entries)
    opened = [events.open_event(services.database, FLOOD)]
    _judge_all(services)
    changes = (
        lambda: events.change(services.database, opened[0].id or "", {"severity": 1}),
        lambda: opened.append(
            events.open_event(
                services.database, replace(FLOOD, name="Texas shooting", kind="shooting", regions=("US-TX",))
            )
        ),
        lambda: events.close(services.database, opened[0].id or ""),
        lambda: events.erase(services.database, opened[1].id or ""),
    )
    for change in changes:
        change()
        _judge_all(services)
        _expect_fresh(services, entries)


FIGURES = (
    "We're gunning for the title, a killer line-up 🎯",
    "Our new single went viral: infectious beats 🤒 party time!",
    "A tsunami of offers! Come and get soaked, 20 % off, shop now 🌊",
    "Fear of flying? Our crash course takes off 💥",
    "BREAKING: police say shots fired, several dead, sources say.",
    "Just heard that he died in the crash, people say. RIP 😂",
    "War on prices! Buy now, 20 % off, use code WAR 💣",
    "Sevilla, are you ready to party? 🎉",
    "Doors open at ten.",
)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_comes_and_goes_nothing_is_overlooked(
    services: Services, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Events of every kind and degree, several at once, near and far, named, changed, closed, beside others."""
    rng = random.Random(seed)
    texts = [*FIGURES, *rng.sample(TEXTS, 25)]
    entries = [
        _entry(f"post-{number}", text, rng.choice([("ES",), ("GB",), ("ES", "US-TX"), ()]))
        for number, text in enumerate(texts)
    ]
    services.queue.register(entries)
    looked_at = []
    judged = waiting._with_text
    monkeypatch.setattr(waiting, "_with_text", lambda *args: looked_at.append(args[0].id) or judged(*args))
    opened: list[Event] = []
    for _ in range(14):
        _something_happens(services, opened, rng)
        _judge_all(services)
        _expect_fresh(services, entries)
    assert 0 < len(looked_at) < 14 * len(entries) * 0.7


def _something_happens(services: Services, opened: list[Event], rng: random.Random) -> None:
    what = rng.choice(("open", "open", "open", "change", "close", "erase")) if opened else "open"
    anything = {
        "name": rng.choice(("Nothing known", "Feria de Sevilla", "The title")),
        "kind": rng.choice(stirring.KINDS),
        "regions": rng.choice((("WORLD",), ("WORLD",), ("ES",), ("US-TX", "GB"), ("JP",))),
        "severity": rng.choice((1, 2, 3, 3)),
    }
    if what == "open":
        begun = NOW - rng.choice((timedelta(0), timedelta(days=4)))
        event = Event(**anything, starts_at=begun, ends_at=rng.choice((None, NOW + timedelta(days=9))))
        opened.append(events.open_event(services.database, event))
        return
    event = opened[rng.randrange(len(opened))]
    if what == "change":
        changed = rng.sample(sorted(anything), rng.randrange(1, 4))
        events.change(services.database, event.id or "", {name: anything[name] for name in changed})
        return
    opened.remove(event)
    (events.close if what == "close" else events.erase)(services.database, event.id or "")


def test_one_of_many_events_that_closes_lets_another_be_seen(services: Services) -> None:
    """A rule looks at the five gravest: five trials stood before the shooting, one of them is over."""
    entry = _entry("a", "We're gunning for the title.")
    services.queue.register([entry])
    assert _item(services, "a").stirs is not None
    assert "court_case" not in (_item(services, "a").stirs or ())
    trials = [
        events.open_event(services.database, replace(FLOOD, name=f"Trial {number}", kind="court_case", keywords=()))
        for number in range(5)
    ]
    events.open_event(services.database, replace(FLOOD, name="Elsewhere", kind="shooting", keywords=(), severity=2))
    _judge_all(services)
    assert _item(services, "a").verdict == "pass"
    events.close(services.database, trials[2].id or "")
    _judge_all(services)
    assert _item(services, "a").verdict != "pass"
    _expect_fresh(services, [entry])


def test_an_account_of_another_kind_is_stirred_by_other_events(services: Services) -> None:
    """What was told of its drafts was told of a newsroom's."""
    accounts.put(services.database, Account(id="acme", kind="media", regions=("ES",)))
    entry = _entry("a", "We're gunning for the title.")
    services.queue.register([entry._replace(query=replace(entry.query, account="acme"))])
    before = _item(services, "a").stirs
    accounts.put(services.database, Account(id="acme", kind="brand", regions=("ES",)))
    _judge_all(services)
    after = _item(services, "a").stirs
    assert after == stirring.stirs(
        services.checker,
        services.checker.assess(Directory(services.database).case(replace(entry.query, account="acme"))),
    )
    assert before != after


def test_a_draft_whose_judgement_failed_is_passed_over_for_nothing(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither where a rule raised nor where the classifier did: what would stir it is not known."""

    def raises(*_: object) -> None:
        raise ValueError

    with monkeypatch.context() as patch:
        patch.setattr(services.checker.model, "score", raises)
        services.queue.register([_entry("a", "Doors open at ten.")])
    assert _item(services, "a").stirs is None
    events.open_event(services.database, replace(FLOOD, keywords=()))
    _judge_all(services)
    item = _item(services, "a")
    assert (item.verdict, item.stirs) == ("pass", frozenset())


def _expect_fresh(services: Services, entries: list[Entry]) -> None:
    directory = Directory(services.database)
    for entry in entries:
        outcome, item = services.checker.judge(directory.case(entry.query)), _item(services, entry.id)
        assert item.warned == waiting._fingerprint(outcome.verdict), entry
        assert item.verdict == outcome.verdict.name, entry
        assert [w["rule"] for w in item.warnings] == [w["rule"] for w in outcome.reply["warnings"]], entry
        assert [w["severity"] for w in item.warnings] == [w["severity"] for w in outcome.reply["warnings"]], entry


def test_only_rules_of_two_categories_look_at_events_and_they_look_at_no_voice() -> None:
    """The others are not run again when an event opens: one that looked at events would be deaf to them.

    The hour is no event: they may read `moment.now`, which changes with the draft alone.
    """
    for path in (ROOT / "app" / "checks").rglob("*.py"):
        read = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute)]
        names = [node.attr for node in read]
        hours = [node for node in read if node.attr == "now" and getattr(node.value, "attr", None) == "moment"]
        if path.parent.name in OF_THE_MOMENT:
            assert "voice" not in names, path
        else:
            assert names.count("moment") == len(hours), path


def test_an_agenda_gives_what_the_store_would(services: Services) -> None:
    """Ten thousand drafts are judged against it instead."""
    years_ago = NOW.replace(year=NOW.year - 3, day=min(NOW.day, 28))
    for event in (
        FLOOD,
        replace(FLOOD, ends_at=NOW - timedelta(days=2)),
        replace(FLOOD, starts_at=NOW + timedelta(days=2), ends_at=None),
        replace(FLOOD, status="proposed"),
        Event("Crash", "accident", ("GB",), years_ago, years_ago + timedelta(days=3), severity=3, anniversary=True),
    ):
        events.open_event(services.database, event)
    with services.database.transaction() as connection:
        agenda = events.Agenda.read(connection, 1)
        for hours in range(0, 24 * 800, 7):
            at = NOW + timedelta(hours=hours)
            assert sorted(agenda.at(at), key=repr) == sorted(events.active(connection, at), key=repr)


def test_an_event_that_may_be_named_is_never_overlooked(services: Services) -> None:
    """Hashed words may name too many events, never too few."""
    named = [
        replace(FLOOD, name="Texas mourns", keywords=("#PrayForTexas", "new york city")),
        replace(FLOOD, name="Überschwemmung in Köln", keywords=("O'Hare",)),
        FLOOD,
    ]
    account = Account(regions=("NZ",))
    for text in (
        *random.Random(2).sample(TEXTS, 200),
        "#PrayForTexas",
        "New York City!",
        "Köln's O’Hare",
        "#dana sale",
    ):
        texts = read_fields(Draft(text), None)
        words = features.words_of(features.hashed(texts, "salt"))
        for found in match(named, account, NOW, texts):
            assert features.may_name(words, "salt", found.event), text


def test_a_batch_is_written_as_a_whole_or_not_at_all(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed between two writes, the next start does both: no verdict without its record, none told of twice."""
    services.queue.register([_entry(str(number), f"Party time! 20 % off, shop now 🎉 {number}") for number in range(5)])
    with services.database.transaction() as connection:
        webhooks.add(connection, Webhook("https://tool.example/", "whsec_x", ("queue.verdict_changed",), NOW))
    before = [_item(services, str(number)) for number in range(5)]
    events.open_event(services.database, FLOOD)

    def killed(*_: object) -> None:
        raise StoreUnavailable("killed")

    with monkeypatch.context() as patch:
        patch.setattr(service.queue, "stand", killed)
        with pytest.raises(StoreUnavailable):
            services.queue.judge_stale(200)
    assert [_item(services, str(number)) for number in range(5)] == before
    _judge_all(services)
    with services.database.transaction() as connection:
        told = webhooks.list_deliveries(connection, after=None, limit=99)
        for number in range(5):
            item = _item(services, str(number))
            record = audits.get(connection, item.check_id)
            assert record is not None
            assert record.verdict == item.verdict != "pass"
    assert sorted(json.loads(each.body)["data"]["id"] for each in told) == ["0", "1", "2", "3", "4"]


def test_a_release_does_not_cover_another_event_behind_the_same_rule(services: Services) -> None:
    """Somebody let the joke go in spite of the flood; nobody has asked them about the shooting."""
    services.queue.register([_entry("a", "Party time in Valencia and Madrid! 20 % off, shop now 🎉")])
    events.open_event(services.database, FLOOD)
    _judge_all(services)
    held = _item(services, "a")
    assert held.verdict == "hold"
    with services.database.transaction() as connection:
        audits.release(connection, held.check_id, by="dana", why="Nobody was hurt.", at=NOW)
    assert services.queue.find("a").may_go

    events.open_event(services.database, replace(FLOOD, name="A shooting in Madrid", kind="shooting", starts_at=NOW))
    assert not services.queue.find("a").may_go


def test_a_draft_that_cannot_be_judged_again_is_held(services: Services) -> None:
    """Its policy was removed since: the old verdict must not stand."""
    services.queue.register([_entry("a", "Doors open at ten.")])
    with services.database.transaction() as connection:
        item = queue.get(connection, "a")
        assert item is not None
        request = item.request.replace('"author"', '"options":{"policy":"gone"},"author"')
        assert queue.replace(connection, replace(item, request=request, events_seen=queue.OUTDATED), of=1)
    seen = services.queue.find("a")
    assert (seen.item.verdict, seen.may_go) == ("hold", False)
    assert seen.item.recheck == "could not be judged: there is no policy 'gone'"


def test_a_draft_without_text_is_asked_for_when_the_rules_change(services: Services) -> None:
    """Its verdict stands, for it was given; the tool is told that it is old."""
    services.queue.register([_entry("a", "Doors open at ten.", keep="features")])
    with services.database.transaction() as connection:
        item = queue.get(connection, "a")
        assert item is not None
        queue.stand(connection, [replace(item, judged_by="an older model")])
    seen = services.queue.find("a")
    assert seen.item.recheck is not None
    assert seen.item.recheck.startswith("should be checked again")
    assert (seen.item.verdict, seen.may_go) == ("pass", True)


def test_a_release_of_a_draft_without_text_covers_only_the_events_of_then(services: Services) -> None:
    """Somebody read it after the flood; nobody has after the shooting."""
    services.queue.register([_entry("a", "Party time! 20 % off, shop now 🎉", keep="features")])
    events.open_event(services.database, FLOOD)
    with services.database.transaction() as connection:
        audits.release(connection, services.queue.find("a").item.check_id, by="dana", why="I have read it.", at=NOW)
    assert services.queue.find("a").may_go
    events.open_event(services.database, replace(FLOOD, name="Elsewhere", regions=("JP",)))
    assert services.queue.find("a").may_go
    events.open_event(services.database, replace(FLOOD, name="Shooting", kind="shooting"))
    assert not services.queue.find("a").may_go


def test_a_draft_without_text_is_asked_for_whatever_kind_of_event_it_clashes_with(services: Services) -> None:
    """A figure of speech that hurts in an epidemic alone: nobody would have read it again."""
    services.queue.register([_entry("a", "Our new single went viral: catch the fever!", keep="features")])
    events.open_event(services.database, replace(FLOOD, name="Fever", kind="pandemic", keywords=()))
    assert services.queue.find("a").item.recheck == features.ASK


def test_what_policy_forbids_is_not_softened_to_a_hold(services: Services) -> None:
    """A hold for want of text could be released; the block could not."""
    services.queue.register([_entry("a", "Party time! 20 % off, shop now 🎉", keep="features")])
    with services.database.transaction() as connection:
        item = queue.get(connection, "a")
        assert item is not None
        assert queue.replace(connection, replace(item, verdict="block"), of=1)
    events.open_event(services.database, FLOOD)
    seen = services.queue.find("a")
    assert (seen.item.verdict, seen.item.recheck) == ("block", features.ASK)


def test_a_store_that_fails_holds_nothing(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock of two seconds must not send every draft of the queue to a second person."""
    services.queue.register([_entry("a", "Party time! 20 % off, shop now 🎉")])
    before = _item(services, "a")
    events.open_event(services.database, FLOOD)

    def locked(*_: object) -> None:
        raise StoreUnavailable("locked")

    with monkeypatch.context() as patch:
        patch.setattr(Directory, "case", locked)
        with pytest.raises(StoreUnavailable):
            services.queue.judge_stale(200)
    assert _item(services, "a") == before


def test_the_same_draft_sent_again_after_an_event_keeps_its_check_where_nothing_is_said(services: Services) -> None:
    """A tool that syncs each minute, and an event on the other side of the world."""
    entry = _entry("a", "What a fucking mess.")
    [first] = services.queue.register([entry])
    events.open_event(services.database, replace(FLOOD, regions=("JP",)))
    [again] = services.queue.register([entry])
    assert not isinstance(first, PrepostError)
    assert not isinstance(again, PrepostError)
    assert (again.seen.item.check_id, again.seen.up_to_date) == (first.seen.item.check_id, True)


def test_nothing_of_the_author_or_the_words_is_kept_without_text(services: Services) -> None:
    """Neither past posts that came along nor who writes."""
    entry = _entry("a", "Zanzibar sale", keep="features")
    services.queue.register([entry])
    assert not {"Zanzibar", "sam"} & set(_item(services, "a").request.replace('"', " ").split())


def test_a_secret_stored_by_an_earlier_version_goes_when_it_is_judged_again(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though the warnings stay as they were, and nothing is told."""
    with monkeypatch.context() as before:
        before.setattr(waiting, "holds_secret", lambda verdict: False)
        services.queue.register([_entry("a", "Our card is 4111 1111 1111 1111, exp 09/29, cvc 123. Enjoy!")])
    stored = _item(services, "a")
    assert "4111" in stored.request
    assert stored.warnings
    with services.database.transaction() as connection:
        queue.stand(connection, [replace(stored, judged_by="an older model")])
    _judge_all(services)
    item = _item(services, "a")
    assert (item.keep, item.warnings) == ("features", stored.warnings)
    assert "4111" not in item.request


def test_an_account_that_moves_is_known_at_once(services: Services) -> None:
    """Its items are judged by the audience it has now."""
    accounts.put(services.database, Account(id="acme", regions=("JP",)))
    entry = _entry("a", "Party time! 20 % off, shop now 🎉")
    services.queue.register([entry._replace(query=replace(entry.query, account="acme"))])
    events.open_event(services.database, FLOOD)
    _judge_all(services)
    assert _item(services, "a").verdict == "pass"
    accounts.put(services.database, Account(id="acme", regions=("ES",)))
    _judge_all(services)
    assert _item(services, "a").verdict == "warn"


COURTS = tuple(Event(f"Zzz{number}", "court_case", ("ES",), severity=3) for number in range(13))
SHOOTING = Event("Mmm", "shooting", ("ES",), severity=3)
ARMISTICE = datetime(NOW.year + 1, 11, 11, 12, tzinfo=UTC)
DAY = Event("Remembrance Day", "other", ("GB",))
CALM = datetime(NOW.year + 1, 5, 20, 12, tzinfo=UTC)
"""no day of mourning in Spain"""


@pytest.mark.parametrize("keep", ["text", "features"])
@pytest.mark.parametrize(
    ("text", "account", "on", "gone", "new"),
    [
        pytest.param(
            "We're gunning for the title",
            Account(handle="@acme", kind="brand", regions=("ES",)),
            (*COURTS, Event("Gunman in the mall", "other", ("ES",))),
            13,
            (),
            id="a name that tells of another kind, behind more events than a rule looks at",
        ),
        pytest.param(
            "We're gunning for the title",
            Account(handle="@acme", kind="brand", regions=("ES",)),
            (*COURTS[:6], replace(SHOOTING, severity=2)),
            6,
            (),
            id="a shooting behind six graver events",
        ),
        pytest.param(
            "20 % off everything, shop now, use code SUN. Deal of the day! Buy now",
            Account(handle="@acme", kind="brand", regions=("GB",)),
            (DAY,),
            1,
            (),
            id="a day of the calendar behind an event of its name",
        ),
        pytest.param(
            "Our Halvorsen collection is here! 20 % off, shop now 🎉",
            Account(handle="@acme", kind="brand", regions=("ES",)),
            (),
            0,
            (replace(SHOOTING, regions=("JP",), keywords=("Halvorsen Ridge",)),),
            id="far away, one word of the two of its name",
        ),
        pytest.param(
            "Sevilla had me hit snooze twice this morning",
            Account(handle="@acme", kind="personal", regions=("ES",)),
            (),
            0,
            (replace(SHOOTING, keywords=("Sevilla",)),),
            id="only one of the draft's words is the event's, and another hurts",
        ),
    ],
)
def test_what_was_hidden_or_hardly_named_is_seen(
    services: Services,
    keep: Any,
    text: str,
    account: Account,
    on: tuple[Event, ...],
    gone: int,
    new: tuple[Event, ...],
) -> None:
    at = ARMISTICE if on == (DAY,) else CALM

    def during(event: Event) -> Event:
        return replace(event, starts_at=at - timedelta(hours=13), ends_at=at + timedelta(hours=13))

    opened = [events.open_event(services.database, during(event)) for event in on]
    draft = Draft(text, ("x",), scheduled_for=at)
    query = Query(draft, account, AuthorRef("sam"))
    services.queue.register([Entry("a", query, (), keep)])
    assert _item(services, "a").verdict == "pass"
    for event in opened[:gone]:
        events.erase(services.database, event.id)
    for event in new:
        events.open_event(services.database, during(event))
    _judge_all(services)
    case = Directory(services.database, services.calendar).case(query)
    fresh = services.live.serving.checker.judge(case).verdict.name
    assert fresh != "pass"
    assert _item(services, "a").verdict == (fresh if keep == "text" else "hold")


@pytest.mark.parametrize("asked", ["find", "page"])
@pytest.mark.parametrize("keep", ["text", "features"])
def test_what_is_due_is_judged_for_what_began_after_its_moment(services: Services, keep: Any, asked: str) -> None:
    """Nothing has changed since, and yet the shooting has happened when the tool asks whether to send it."""
    at = datetime.now(UTC) + timedelta(seconds=0.5)
    query = Query(Draft("We're gunning for the title", ("x",), scheduled_for=at), Account(handle="@a", regions=("AQ",)))
    services.queue.register([Entry("a", query, (), keep)])
    began = datetime.now(UTC) + timedelta(seconds=1.5)
    events.open_event(services.database, replace(SHOOTING, regions=("AQ",), starts_at=began))
    _judge_all(services)
    assert _item(services, "a").verdict == "pass"
    time.sleep(max(0, (began - datetime.now(UTC)).total_seconds()) + 0.1)
    ask = {
        "find": lambda: services.queue.find("a"),
        "page": lambda: services.queue.page(Filter(), after=None, limit=9)[0],
    }
    seen = ask[asked]()
    assert seen.item.verdict == ("warn" if keep == "text" else "hold")
    revision = seen.item.revision
    assert ask[asked]().item.revision == revision, "asked once, not each time"


BOOTS = "Our new winter boots are in the shop in Leeds from today."


def _rules(services: Services, item_id: str) -> list[str]:
    return [warning["rule"] for warning in _item(services, item_id).warnings]


def test_the_same_post_twice_in_the_queue_is_told_of_both(services: Services) -> None:
    """Two colleagues scheduled it; whichever they look at, they see it, until one of the two is gone."""
    services.queue.register([_entry("a", BOOTS)])
    services.queue.register([_entry("b", BOOTS.upper() + "!!")])
    assert _rules(services, "b") == ["automation/duplicate_post"]
    _judge_all(services)
    assert _rules(services, "a") == ["automation/duplicate_post"]

    services.queue.erase("b")
    assert not services.queue.find("a").item.warnings


def test_an_edit_ends_a_double(services: Services) -> None:
    """The other one is judged again: nobody would send it anew."""
    services.queue.register([_entry("a", BOOTS)])
    services.queue.register([_entry("b", BOOTS)])
    services.queue.register([_entry("b", "Our ferry sails at nine on Sunday, with breakfast.")])
    _judge_all(services)
    assert _rules(services, "a") == _rules(services, "b") == []


def test_one_batch_with_the_same_post_twice_tells_so(services: Services) -> None:
    """An import that ran over the same rows is the usual way to get doubles, and none is stored yet."""
    services.queue.register([_entry("a", BOOTS), _entry("b", BOOTS)])
    assert _rules(services, "b") == ["automation/duplicate_post"]
    _judge_all(services)
    assert _rules(services, "a") == ["automation/duplicate_post"]


def test_a_double_is_found_though_no_text_is_kept(services: Services) -> None:
    """By a digest of its words."""
    services.queue.register([_entry("a", BOOTS, keep="features")])
    services.queue.register([_entry("b", BOOTS, keep="features")])
    assert _rules(services, "b") == ["automation/duplicate_post"]
    assert _item(services, "a").recheck is None


def test_what_went_out_still_makes_the_other_a_double(services: Services) -> None:
    """Tools delete a draft once it is posted: that must not clear the one that says it again in an hour."""
    soon = _entry("a", BOOTS)
    draft = replace(soon.query.draft, scheduled_for=NOW - timedelta(minutes=1))
    services.queue.register([soon._replace(query=replace(soon.query, draft=draft)), _entry_at("b", timedelta(hours=1))])
    services.queue.erase("a")
    _judge_all(services)
    assert _rules(services, "b") == ["automation/duplicate_post"]


def _entry_at(item_id: str, later: timedelta, *, handle: str = "@acme", platform: str = "x") -> Entry:
    draft = Draft(BOOTS, (platform,), scheduled_for=NOW + later)  # type: ignore[arg-type]
    return Entry(item_id, Query(draft, Account(handle=handle, regions=("ES",))), (), "text")


def test_the_same_text_elsewhere_or_next_week_is_no_double(services: Services) -> None:
    """One text for X and LinkedIn, and an evergreen one, are what queues are for."""
    others = [
        _entry_at("linkedin", timedelta(hours=9), platform="linkedin"),
        _entry_at("later", timedelta(days=7)),
        _entry_at("sister", timedelta(hours=9), handle="@acme_es", platform="facebook"),
    ]
    services.queue.register([_entry_at("a", timedelta(hours=9)), *others])
    _judge_all(services)
    assert [_rules(services, each) for each in ("a", "linkedin", "later", "sister")] == [[], [], [], []]


def test_one_text_for_several_accounts_on_x_is_told(services: Services) -> None:
    """X's developer guidelines forbid it."""
    services.queue.register([_entry_at("a", timedelta(hours=9)), _entry_at("b", timedelta(hours=9), handle="@acme_es")])
    _judge_all(services)
    for each in ("a", "b"):
        [warning] = _item(services, each).warnings
        assert (warning["rule"], warning["severity"]) == ("automation/duplicate_post", "medium")
        assert "several accounts" in warning["message"]


def test_a_check_outside_of_the_queue_is_not_held_against_it(services: Services) -> None:
    """It may be the very draft that waits there, looked at once more before it goes out."""
    services.queue.register([_entry("a", BOOTS)])
    outcome = services.checker.judge(Directory(services.database).case(_entry("a", BOOTS).query))
    assert outcome.verdict.name == "pass"
