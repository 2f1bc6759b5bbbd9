"""prepost queue and prepost webhooks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.domain import Account, Draft
from app.main import build_services
from app.service.query import Query
from app.service.waiting import Entry
from app.settings import Settings
from app.store import webhooks
from app.store.webhooks import Message, Webhook

NOW = datetime.now(UTC)


def test_a_queue_is_listed_paused_and_resumed(prepost, refused, tmp_path: Path) -> None:
    """At night, from a terminal, without knowing the API."""
    services, _ = build_services(Settings(data_dir=tmp_path / "data"))
    draft = Draft("What a fucking mess.", scheduled_for=NOW + timedelta(hours=9))
    services.queue.register(
        [Entry("post-1", Query(draft, Account(handle="@acme", regions=("GB",))), ("spring",), "text")]
    )
    services.database.close()
    listed = prepost("queue", "list", "--verdict", "hold", "--region", "GB").out
    assert listed.startswith("post-1\t")
    assert "@acme\thold\tstop\toffensive/profanity" in listed
    assert prepost("queue", "list", "--tag", "autumn").out == ""
    assert "a verdict is one of" in refused(65, "queue", "list", "--verdict", "held")

    who = ("--why", "The flood.", "--by", "dana", "--until", f"{NOW + timedelta(days=2):%Y-%m-%dT%H:%M:%S}")
    pause = prepost("queue", "pause", "--tag", "spring", *who).out
    assert "covers 1 drafts" in pause
    pause = pause.splitlines(keepends=True)[0]
    assert prepost("queue", "pauses").out == pause
    assert "covers 0 drafts" in prepost("queue", "pause", "--region", "FR", *who).err
    assert "'gb' is neither an ISO 3166 code (GB, US-TX) nor WORLD: GB?" in refused(
        65, "queue", "pause", "--region", "gb", *who
    )
    assert "What a fucking mess." in prepost("queue", "show", "post-1").out
    assert prepost("queue", "release", "post-1", "--by", "dana", "--why", "Quoted.").code == 0
    assert "\tpaused\t" in prepost("queue", "list").out
    assert prepost("queue", "resume", pause.split("\t")[0]).code == 0
    assert "there is no pause" in refused(65, "queue", "resume", pause.split("\t")[0])
    assert prepost("queue", "delete", "post-1").out == "post-1 is out of the queue\n"
    assert "there is no 'post-1'" in refused(65, "queue", "show", "post-1")


def test_what_was_not_delivered_is_shown_and_sent_again(prepost, refused, tmp_path: Path) -> None:
    """The operator's way out after a night with the receiver down."""
    services, _ = build_services(Settings(data_dir=tmp_path / "data"))
    with services.database.transaction() as connection:
        webhooks.add(connection, Webhook("https://tool.example/", "whsec_secret", ("queue.paused",), NOW))
        webhooks.enqueue(connection, [Message("queue.paused", "{}")], NOW)
        [delivery] = webhooks.list_deliveries(connection, after=None, limit=9)
        webhooks.settle(connection, delivery.id, state="dead", at=NOW, error="answered 500")
    services.database.close()
    listed = prepost("webhooks", "list").out
    assert "https://tool.example/" in listed
    assert "whsec" not in listed
    assert "dead after 1\tanswered 500" in prepost("webhooks", "deliveries", "--state", "dead").out
    assert "pending" in prepost("webhooks", "replay", delivery.id).out
    assert "a state is one of" in refused(65, "webhooks", "deliveries", "--state", "lost")
