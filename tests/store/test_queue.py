"""The queue, its pauses and its messages, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.domain import Account
from app.store import accounts, pauses, queue, webhooks
from app.store.pauses import Pause
from app.store.queue import Item
from app.store.webhooks import Message, Webhook

NOW = datetime(2026, 11, 11, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ITEM = Item(
    id="post-1",
    account="@acme",
    account_id=None,
    scheduled_for=NOW + HOUR,
    tags=("Spring",),
    marks=frozenset({"r:GB", "t:spring 100%"}),
    keep="text",
    sent="sha256:1",
    same_words="5a1e",
    platforms=("x", "linkedin"),
    request="{}",
    features=None,
    scores=None,
    words="",
    stirred="",
    stirs=frozenset({"shooting"}),
    touched=False,
    verdict="pass",
    recheck=None,
    check_id="chk_1",
    warnings=({"rule": "a/b", "message": "“é”"},),
    warned="",
    events_seen=3,
    judged_by="x",
    judged_at=NOW,
)
HOOK = Webhook("https://tool.example/", "whsec_x", ("queue.paused",), NOW)


def test_an_item_comes_back_as_it_was(database) -> None:
    """All of it, times aware."""
    with database.transaction() as connection:
        queue.add(connection, ITEM)
    with database.transaction() as connection:
        assert queue.get(connection, "post-1") == ITEM
        assert queue.get(connection, "post-2") is None


@pytest.mark.parametrize("kinds", [None, frozenset(), frozenset({"war", "death"})])
def test_what_stirs_an_item_comes_back_as_it_was(database, kinds) -> None:
    """Nothing may stir it, or anything may: the one must never be read for the other."""
    with database.transaction() as connection:
        queue.add(connection, ITEM)
        queue.stand(connection, [replace(ITEM, stirs=kinds, touched=True)])
    with database.transaction() as connection:
        assert queue.get(connection, "post-1") == replace(ITEM, stirs=kinds, touched=True)


def test_who_judged_an_older_revision_changes_nothing(database) -> None:
    """A draft that is edited while it is judged must not get the verdict of its old text."""
    edited = replace(ITEM, revision=2, request='{"new": 1}', verdict="hold")
    with database.transaction() as connection:
        queue.add(connection, ITEM)
        assert queue.replace(connection, edited, of=1)
        assert not queue.replace(connection, replace(ITEM, revision=2), of=1)
        queue.stand(connection, [replace(ITEM, events_seen=9)])
        assert queue.get(connection, "post-1") == edited
        queue.stand(connection, [replace(edited, events_seen=9, stirred="m")])
        assert queue.get(connection, "post-1") == replace(edited, events_seen=9, stirred="m")


def test_stale_are_those_judged_against_anything_else_nearest_first(database) -> None:
    """Of ten thousand, those that go out in a minute can't wait for those of next week."""
    with database.transaction() as connection:
        for number, (seen, by) in enumerate([(3, "x"), (2, "x"), (3, "w"), (queue.OUTDATED, "x")]):
            at = NOW - number * HOUR
            queue.add(connection, replace(ITEM, id=str(number), events_seen=seen, judged_by=by, scheduled_for=at))
        assert [item.id for item in queue.stale(connection, events=3, judged_by="x", most=9)] == ["3", "2", "1"]
        assert [item.id for item in queue.stale(connection, events=3, judged_by="x", most=1)] == ["3"]


def test_marks_are_found_whole(database) -> None:
    """A tag with a sign that means something to SQL finds itself and nothing else."""
    with database.transaction() as connection:
        queue.add(connection, ITEM)
        for mark, count in (("t:spring 100%", 1), ("t:spring%", 0), ("t:spring", 0), ("r:GB", 1), ("r:G_", 0)):
            assert len(queue.list_page(connection, after=None, limit=9, now=NOW, marks=[{mark}])) == count, mark


def test_an_erased_account_takes_its_queue_and_its_messages_along(database) -> None:
    """Nothing that names it stays, nor is sent any more."""
    with database.transaction() as connection:
        accounts.put(connection, Account(id="acme"))
        queue.add(connection, replace(ITEM, account_id="acme"))
        queue.add(connection, replace(ITEM, id="other"))
        webhooks.add(connection, HOOK)
        assert webhooks.enqueue(connection, [Message("queue.paused", "{}", "acme")], NOW) == 1
        accounts.delete(connection, "acme")
        assert queue.get(connection, "post-1") is None
        assert queue.get(connection, "other") is not None
        assert webhooks.list_deliveries(connection, after=None, limit=9) == []


def test_an_outdated_account_has_its_items_judged_anew(database) -> None:
    """And whoever is judging one right now comes too late."""
    with database.transaction() as connection:
        accounts.put(connection, Account(id="acme"))
        queue.add(connection, replace(ITEM, account_id="acme"))
        queue.outdate(connection, "acme")
        assert not queue.replace(connection, ITEM, of=1)
        assert [item.revision for item in queue.stale(connection, events=3, judged_by="x", most=9)] == [2]


def test_what_is_over_goes(database) -> None:
    """Drafts a day after their moment, pauses that ended; what is settled of messages, never what waits."""
    with database.transaction() as connection:
        queue.add(connection, ITEM)
        pauses.add(connection, Pause(NOW, "why", "dana", NOW, tag="a"))
        webhooks.add(connection, HOOK)
        webhooks.enqueue(connection, [Message("queue.paused", "{}"), Message("queue.paused", "[]")], NOW)
        first, _ = webhooks.list_deliveries(connection, after=None, limit=9)
        webhooks.settle(connection, first.id, state="delivered", at=NOW, status=200)
        assert [purge(connection, NOW) for purge in (queue.purge, pauses.purge, webhooks.purge)] == [0, 0, 0]
        later = NOW + 2 * HOUR
        assert [purge(connection, later) for purge in (queue.purge, pauses.purge, webhooks.purge)] == [1, 1, 1]
        assert [each.state for each in webhooks.list_deliveries(connection, after=None, limit=9)] == ["pending"]


def test_a_message_is_leased_to_one_sender_and_comes_back_if_that_dies(database) -> None:
    """Two processes must not send it at once, and a killed one must not take it along."""
    lease = timedelta(seconds=20)
    with database.transaction() as connection:
        webhook = webhooks.add(connection, HOOK)
        webhooks.enqueue(connection, [Message("queue.paused", "{}"), Message("queue.recheck", "{}")], NOW)
        [(delivery, to)] = webhooks.claim(connection, NOW, {}, each=8, lease=lease)
        assert (to, delivery.attempts) == (webhook, 0)
        assert webhooks.claim(connection, NOW, {}, each=8, lease=lease) == []
        [(again, _)] = webhooks.claim(connection, NOW + lease, {}, each=8, lease=lease)
        assert again.id == delivery.id
        assert webhooks.claim(connection, NOW + 2 * lease, {webhook.id: 8}, each=8, lease=lease) == []


def test_what_was_delivered_stays_so(database) -> None:
    """A late report of an attempt that had timed out must not have it sent once more."""
    with database.transaction() as connection:
        webhooks.add(connection, HOOK)
        webhooks.enqueue(connection, [Message("queue.paused", "{}")], NOW)
        [delivery] = webhooks.list_deliveries(connection, after=None, limit=9)
        webhooks.settle(connection, delivery.id, state="delivered", at=NOW, status=204)
        webhooks.settle(connection, delivery.id, state="pending", at=NOW, next_attempt_at=NOW, error="x" * 999)
        assert webhooks.get_delivery(connection, delivery.id).state == "delivered"


def test_those_that_say_the_same_are_found_about_a_moment(database) -> None:
    """Others' words, those too far away and those left out aren't; what is outdated is judged anew."""
    day = timedelta(days=1)
    same = [
        replace(ITEM, id="a"),
        replace(ITEM, id="b", account="@other", scheduled_for=NOW + 2 * HOUR, platforms=()),
        replace(ITEM, id="far", scheduled_for=NOW + 3 * day),
        replace(ITEM, id="other", same_words="0ff"),
        replace(ITEM, id="unknown", same_words=None),
        replace(ITEM, id="hidden", keep="features"),
    ]
    with database.transaction() as connection:
        for item in same:
            queue.add(connection, item)
        found = queue.same(connection, "5a1e", at=NOW, within=day, but={"a"}, most=5)
        assert [(post.id, post.account, post.platforms) for post in found] == [
            ("hidden", "@acme", ("x", "linkedin")),
            ("b", "@other", ()),
        ]
        assert len(queue.same(connection, "5a1e", at=NOW, within=day, but=set(), most=1)) == 1
        queue.outdate_same(connection, "5a1e", at=NOW, within=day, but="a")
    with database.transaction() as connection:
        seen = {
            item.id: (found.events_seen, found.revision) for item in same if (found := queue.get(connection, item.id))
        }
    outdated = (queue.OUTDATED, ITEM.revision + 1)
    assert {each for each, what in seen.items() if what == outdated} == {"b"}
