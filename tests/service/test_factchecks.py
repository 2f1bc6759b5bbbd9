"""The parts of the look-ups by themselves: memory, quota, settings, and what holds them together."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from app.domain import Account, Draft, FactCheck, Message, Span
from app.errors import BadClaims
from app.factchecks.build import build
from app.factchecks.claimreview import Review, Tally
from app.factchecks.google import Question
from app.main import WrongSetting, build_services, load_fact_checks
from app.policy import FactCheckScope, stricter
from app.service import factchecks
from app.service.canonical import digest
from app.service.factchecks_cache import Aging, Quota
from app.service.factchecks_google import Asking, Google
from app.service.factchecks_index import LocalIndex, Passage
from app.service.query import LookedUp, Query
from app.settings import Settings
from tests.fact_check_server import CLAIM, KEY, right, serving, slow


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_what_is_remembered_ages_and_is_bounded() -> None:
    """A review of yesterday may have been taken back, and memory has an end."""
    clock = Clock()
    memory: Aging[int, str] = Aging(2, clock)
    memory.put(1, "one", 10)
    clock.now += 9.9
    assert memory.get(1) == "one"
    clock.now += 0.1
    assert memory.get(1) is None
    for number in range(5):
        memory.put(number, "x", 10)
    assert [memory.get(number) for number in range(5)] == [None, None, None, "x", "x"]


def test_a_quota_is_for_any_24_hours_and_any_minute() -> None:
    """Counting from midnight would allow twice as many around it."""
    clock = Clock()
    quota = Quota(per_day=5, per_minute=2, clock=clock)
    taken = []
    for _ in range(6):
        taken.append([quota.take() is None for _ in range(3)])
        clock.now += 60
    assert taken == [[True, True, False], [True, True, False], [True, False, False], *([[False] * 3] * 3)]
    assert "PREPOST_FACT_CHECK_PER_DAY" in str(quota.take())
    clock.now += 86_400 - 6 * 60
    assert [quota.take() is None for _ in range(3)] == [True, True, False]


def test_a_quota_holds_between_threads() -> None:
    quota = Quota(per_day=100, per_minute=1_000)
    with ThreadPoolExecutor(16) as many:
        assert sum(each is None for each in many.map(lambda _: quota.take(), range(500))) == 100


def test_no_quota_at_all_asks_nobody() -> None:
    assert Quota(0, 60).take() is not None


@pytest.mark.parametrize(
    ("one", "other", "wins"),
    [("all", "all", "all"), ("all", "local", "local"), ("local", "off", "off"), ("off", "all", "off")],
)
def test_the_stricter_of_two_wins(one: FactCheckScope, other: FactCheckScope, wins: FactCheckScope) -> None:
    assert stricter(one, other) == stricter(other, one) == wins


def test_the_key_is_in_no_representation() -> None:
    """A traceback or a log line that shows a value must not show this one."""
    asking = Asking(KEY)
    assert KEY not in repr(asking)
    assert KEY not in repr(Google(asking))
    assert KEY not in repr(Settings(google_fact_check_key=SecretStr(KEY)))


@pytest.mark.parametrize(
    "url",
    [
        "http://factchecktools.example.org/search", "ftp://127.0.0.1/", "https://", "https://user:word@example.org/",
        "https://example.org/?key=1", "https://example.org/#a", "http://[::1", "x", "http://10.0.0.1.example.org/",
    ],
)  # fmt: skip
def test_a_url_that_would_show_the_key_is_refused_at_start(url: str) -> None:
    """In the clear, the key belongs to whoever listens."""
    with pytest.raises(WrongSetting, match="PREPOST_GOOGLE_FACT_CHECK_URL"):
        load_fact_checks(Settings(google_fact_check_key=SecretStr(KEY), google_fact_check_url=url))


@pytest.mark.parametrize("key", ["a b", "a\nb", "ключ"])
def test_a_key_that_is_none_is_refused_at_start_and_not_repeated(key: str) -> None:
    with pytest.raises(WrongSetting) as refused:
        load_fact_checks(Settings(google_fact_check_key=SecretStr(key)))
    assert key not in refused.value.detail


def test_without_a_source_there_is_nothing() -> None:
    """Also where the variables are set to nothing, as in a compose file."""
    assert load_fact_checks(Settings(google_fact_check_key="", claims_index="")) is None  # type: ignore[arg-type]


def test_a_name_that_leads_inside_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only an address that the operator wrote down may lie in the house."""
    with serving() as server:
        url = server.url.replace("127.0.0.1", "localhost.localdomain")
        monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("127.0.0.1", 80))])

        async def look() -> str | None:
            return (await _asked(Google(Asking(KEY, url)))).reason

        assert "not public" in str(asyncio.run(look()))
        assert server.asked == []


async def _asked(google: Google, *, stop: bool = True):  # -> Answer
    """What one question is answered with, once it is."""
    ended = asyncio.Event()
    running = asyncio.create_task(google.run(ended, lambda *_: None))
    await asyncio.sleep(0)
    answer = google.ask(Question(CLAIM, "en"))
    if answer.pending is not None:
        await asyncio.wait([answer.pending])
    ended.set()
    await running
    return answer.by_now()


def test_an_answer_is_remembered_for_a_day_and_a_failure_for_a_minute() -> None:
    clock = Clock()
    with serving() as server:
        google = Google(Asking(KEY, server.url, allow_private=True), clock)
        server.behave = lambda asked: asked.answer(b"", 500)
        for after, expected in ((0, 1), (59, 1), (2, 2)):
            clock.now += after
            assert asyncio.run(_asked(google)).outcome == "failed"
            assert len(server.asked) == expected
        clock.now += 61
        server.behave = right()
        for after, expected in ((0, 3), (86_000, 3), (401, 4)):
            clock.now += after
            assert asyncio.run(_asked(google)).outcome == "found"
            assert len(server.asked) == expected


def test_stopping_breaks_off_what_is_under_way() -> None:
    """A source that hangs must not keep the service from ending."""
    with serving() as server:
        server.behave = slow

        async def run() -> str:
            google, stop = Google(Asking(KEY, server.url, allow_private=True, timeout=30)), asyncio.Event()
            running = asyncio.create_task(google.run(stop, lambda *_: None))
            await asyncio.sleep(0)
            answer = google.ask(Question(CLAIM, "en"))
            await asyncio.to_thread(server.wait, 1)
            stop.set()
            await asyncio.wait_for(running, 5)
            assert google.ask(Question("another one", "en")).reason is not None
            return answer.by_now().reason or ""

        assert asyncio.run(run()) == "the look-up was broken off"
        assert not server.released.is_set()


def test_only_so_many_are_under_way_at_once() -> None:
    """A server that hangs would gather connections."""
    with serving() as server:
        server.behave = slow

        async def run() -> list[str | None]:
            google, stop = Google(Asking(KEY, server.url, allow_private=True, timeout=30)), asyncio.Event()
            running = asyncio.create_task(google.run(stop, lambda *_: None))
            await asyncio.sleep(0)
            reasons = [google.ask(Question(f"claim number {number}", None)).reason for number in range(10)]
            stop.set()
            await running
            return reasons

        assert [reason is not None and "under way already" in reason for reason in asyncio.run(run())] == [
            False
        ] * 8 + [True] * 2


def test_a_slow_index_is_told_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file on a disk that sleeps must not hold up the check."""
    path = tmp_path / "claims.idx"
    build([Review(CLAIM, "Check Ltd", "https://check.example/1", "False", "wrong", None, "en")], path, Tally())
    index, released = LocalIndex(path), threading.Event()
    search = LocalIndex._search
    monkeypatch.setattr(LocalIndex, "_search", lambda self, texts: released.wait(20) and search(self, texts))

    async def run() -> None:
        answer = await index.ask(Passage("text", CLAIM))
        assert (answer.outcome, answer.result.status) == ("pending", "skipped")
        assert "50 ms" in (answer.reason or "")
        released.set()
        assert answer.pending is not None
        await asyncio.wait([answer.pending])
        assert [each.publisher for each in answer.by_now().found] == ["Check Ltd"]

    asyncio.run(run())
    index.close()


def test_a_broken_search_is_a_failure_and_not_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "claims.idx"
    build([Review(CLAIM, "Check Ltd", "https://check.example/1", "False", "wrong", None, "en")], path, Tally())
    index = LocalIndex(path)
    monkeypatch.setattr(LocalIndex, "_index", lambda self: None)
    answer = index.search(CLAIM)
    assert (answer.outcome, answer.result.status, answer.found) == ("failed", "failed", ())


@pytest.mark.parametrize("content", [None, b"", b"not ours", b"\0" * 10_000])
def test_the_service_does_not_start_with_an_index_that_is_none(tmp_path: Path, content: bytes | None) -> None:
    """An operator who set one up believes that it is read."""
    path = tmp_path / "claims.idx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadClaims):
        build_services(Settings(data_dir=tmp_path, claims_index=path))


def test_what_was_found_is_part_of_what_was_judged() -> None:
    """Two checks that knew different things must not look like the same one."""
    found = FactCheck(CLAIM, "Check Ltd", "False", "https://check.example/1", "wrong", 0.9, None, "en", (Span(0, 9),))
    query = Query(Draft(CLAIM), Account())
    looked = [LookedUp(), LookedUp(()), LookedUp((found,)), LookedUp((replace(found, rating="True"),))]
    assert len({digest((query, each)) for each in looked}) == 4


def test_the_command_line_asks_nobody_elsewhere(tmp_path: Path) -> None:
    """A command is over before an answer comes; the local index it may read."""
    path = tmp_path / "claims.idx"
    build([Review(CLAIM, "Check Ltd", "https://check.example/1", "False", "wrong", None, "en")], path, Tally())
    with serving() as server:
        done = subprocess.run(
            [sys.executable, "-c", "from app.cli import main; main()", "check", CLAIM, "--json"],
            env={
                "PATH": "", "PYTHONPATH": str(Path(__file__).parents[2]), "PREPOST_DATA_DIR": str(tmp_path),
                "PREPOST_CLAIMS_INDEX": str(path), "PREPOST_GOOGLE_FACT_CHECK_KEY": KEY,
                "PREPOST_GOOGLE_FACT_CHECK_URL": server.url,
            },
            capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        reply = json.loads(done.stdout)
        assert done.returncode == 2
        assert "unverified_claim/fact_checked" in {warning["rule"] for warning in reply["warnings"]}
        assert server.asked == []
        assert KEY not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (Draft("Wow.", kind="quote", quoted=Message(CLAIM)), "quoted.text"),
        (Draft("", kind="repost", quoted=Message(CLAIM)), "quoted.text"),
        (Draft("Read this.", title=CLAIM), "title"),
        (Draft(CLAIM), "text"),
    ],
)
def test_a_match_points_at_the_field_that_makes_the_claim(tmp_path: Path, draft: Draft, field: str) -> None:
    """A tool that underlines what is not there breaks; a title is said as well."""
    path = tmp_path / "claims.idx"
    build([Review(CLAIM, "Check Ltd", "https://check.example/1", "False", "wrong", None, "en")], path, Tally())
    answer = LocalIndex(path).search(*factchecks._texts(draft))
    assert [span.field for each in answer.found for span in each.spans] == [field]
