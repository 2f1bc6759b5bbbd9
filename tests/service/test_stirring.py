"""What stirs a draft: each step of the argument that no event is overlooked, held against the rules as they are."""

from __future__ import annotations

import ast
import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.checks.sombre_context.violent_wording import kinds_named
from app.domain import CALENDAR, Account, AccountKind, Draft, Event, EventMatch, Finding, Nearness, Span
from app.events.index import EventSet
from app.main import load_live
from app.service.check import OF_THE_MOMENT, Assessed, Checker
from app.service.query import Case, Options
from app.service.stirring import KINDS, is_touched, stirs
from app.settings import Settings

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 12, 12, 0, tzinfo=UTC)
FIGURES = (
    "We're gunning for the title, a killer line-up and drop-dead gorgeous shoes 🎯",
    "Our new single went viral: infectious beats, the fever is spreading 🤒🦠 party time!",
    "A tsunami of offers! Come and get soaked, the storm of the century, 20 % off, shop now 🌊🌪",
    "Crash our party! Fear of flying? This sale will take off 💥💀 haha",
    "BREAKING: police say shots fired, several dead, sources say. Share this!",
    "I heard from a friend that the minister took bribes. Coincidence? Follow the money.",
    "Just heard that he died in the crash, people say. RIP 😂",
    "We killed it! Dying of laughter 😂😂 riot on the dance floor ✊🔥 we declare war on prices 💣",
    "The verdict is in: guilty of being delicious ⚖🔨 lol",
    "¡Una bomba de oferta! Compra ya 💣 jaja",
    "Explosive Angebote! Jetzt kaufen 🧨 haha",
)
TEXTS = FIGURES + tuple(
    json.loads(line)["text"]
    for name in ("grief", "grief_2", "claims", "offence")
    for line in (ROOT / "data" / "labels" / f"{name}.jsonl").read_text("utf-8").splitlines()
)


@cache
def _checker() -> Checker:
    return load_live(Settings()).serving.checker


@cache
def _assessed(text: str, kind: AccountKind, events: tuple[Event, ...] = ()) -> tuple[Assessed, Case]:
    account = Account(handle="@acme", kind=kind, regions=("ES",), description="Shoes, music and flights.")
    case = Case(Draft(text, ("x",)), account, None, NOW, (), Options(), EventSet(events))
    return _checker().assess(case), case


def _found(assessed: Assessed, events: tuple[EventMatch, ...]) -> dict[str, tuple[Finding, ...]]:
    """By rule, what policy lets it say."""
    policy, kind = assessed.policy, assessed.prepared.account.kind
    results = _checker().beside(assessed, events)
    assert not any(result.status == "failed" for result in results)
    return {
        each.rule: tuple(one for one in each.findings if one.confidence >= policy.rule(each.rule, kind).threshold)
        for each in results
    }


def _events(**fixed: Any) -> st.SearchStrategy[Event]:
    return st.builds(
        Event,
        name=st.sampled_from(("Unheard of", "Explosion", "Flooding and fire", "A crash", "A shooting")),
        kind=st.sampled_from(KINDS),
        severity=st.integers(1, 3),
        source=st.sampled_from((None, CALENDAR, "usgs")),
        confirmed=st.booleans(),
        years=st.integers(0, 2),
        starts_at=st.sampled_from((None, NOW - timedelta(days=1), NOW - timedelta(days=4))),
    )


DRAFTS = st.tuples(st.sampled_from(TEXTS) | st.sampled_from(FIGURES), st.sampled_from(get_args(AccountKind)))
NEAR = st.builds(EventMatch, _events(), st.just(Nearness(True, ())))


@settings(max_examples=400, deadline=None)
@given(DRAFTS, st.lists(st.tuples(NEAR, st.booleans(), st.booleans()), min_size=2, max_size=8), st.randoms())
def test_beside_several_events_a_rule_finds_what_it_finds_beside_one_or_none(
    draft: tuple[str, AccountKind], drawn: list[tuple[EventMatch, bool, bool]], rng: random.Random
) -> None:
    """A rule that added events up would be deaf to a second one that changes nothing by itself."""
    assessed, _ = _assessed(*draft)
    places = [Span(token.start, token.end) for token in assessed.prepared.text.tokens]
    events = tuple(
        replace(match, nearness=Nearness(near, (rng.choice(places),))) if named and places else match
        for match, named, near in drawn
    )
    together = _found(assessed, events)
    apart = [_found(assessed, ()), *(_found(assessed, (each,)) for each in events)]
    for rule, findings in together.items():
        assert any(alone[rule] == findings for alone in apart), rule


@settings(max_examples=600, deadline=None)
@given(DRAFTS, st.lists(NEAR, min_size=1, max_size=6))
def test_near_events_of_kinds_that_do_not_stir_change_nothing(
    draft: tuple[str, AccountKind], events: list[EventMatch]
) -> None:
    """Whatever else is said of them: one that is passed over in silence would be a pass on the one bad day."""
    assessed, _ = _assessed(*draft)
    kinds = stirs(_checker(), assessed)
    assert kinds is not None
    calm = tuple(each for each in events if each.event.kind not in kinds and not kinds_named(each.event))
    assert _found(assessed, calm) == _found(assessed, ())


TOLD = (
    (1, "Unheard of", True),
    (2, "Unheard of", True),
    (2, "Unheard of", False),
    (3, "Unheard of", False),
    (3, "What nobody has a word for", True),
)


def test_no_kind_is_overlooked_in_any_of_our_drafts() -> None:
    """Each kind by itself, at each degree: the made-up events stand for all of them."""
    for number, text in enumerate((*FIGURES, *random.Random(3).sample(TEXTS, 250))):
        assessed, _ = _assessed(text, get_args(AccountKind)[number % len(get_args(AccountKind))])
        quiet, kinds = _found(assessed, ()), stirs(_checker(), assessed)
        assert kinds is not None
        for kind in set(KINDS) - kinds:
            for severity, name, confirmed in TOLD:
                event = Event(name, kind, severity=severity, confirmed=confirmed)
                assert _found(assessed, (EventMatch(event, Nearness(True, ())),)) == quiet, (text, event)


def test_kinds_are_told_apart_where_it_matters() -> None:
    """Else every draft would be judged again for every event, or none."""
    assert "shooting" in (stirs(_checker(), _assessed(FIGURES[0], "brand")[0]) or ())
    plain = stirs(_checker(), _assessed("Doors open at ten.", "brand")[0])
    assert plain == frozenset()
    found = [stirs(_checker(), _assessed(text, "brand")[0]) for text in random.Random(3).sample(TEXTS, 250)]
    assert any(kinds and len(kinds) < len(KINDS) for kinds in found)
    assert sum(not kinds for kinds in found) > len(found) / 2


def test_without_scores_it_can_not_be_told() -> None:
    """A classifier that failed may say anything when it is asked again."""
    assessed, _ = _assessed("Doors open at ten.", "brand")
    assert stirs(_checker(), assessed._replace(prepared=replace(assessed.prepared, scores=None))) is None


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((), False),
        ((Event("Nothing known", "court_case", ("ES",)),), False),
        ((Event("Nothing known", "shooting", ("ES",), severity=1),), True),
        ((Event("Nothing known", "shooting", ("JP",), severity=1),), False),
        ((Event("Fair of Sevilla", "court_case", ("ES",)),), True),
        (tuple(Event(f"Court {number}", "court_case", ("ES",), severity=3) for number in range(11)), False),
        # More are near than are told: one that is left out may have a name that speaks of shootings.
        (tuple(Event(f"Court {number}", "court_case", ("ES",), severity=3) for number in range(12)), True),
        (
            (
                *(Event(f"Court {number}", "court_case", ("ES",), severity=3) for number in range(40)),
                Event("Nothing known", "shooting", ("ES",), severity=1),
            ),
            True,
        ),
    ],
)
def test_what_is_on_already_counts_too(events: tuple[Event, ...], expected: bool) -> None:
    """A named or stirring event may say nothing only because a graver one stands before it, which may close."""
    assessed, case = _assessed("We're off to Sevilla.", "brand", events)
    assert is_touched(frozenset({"shooting"}), assessed, case) is expected
    assert is_touched(None, assessed, case)


def test_only_known_rules_ask_what_kind_an_event_is() -> None:
    """One more would have to be tried with each kind (`BY_KIND`), or to ask for days of remembrance alone."""
    asking = {
        path.relative_to(ROOT / "app" / "checks").as_posix()
        for path in (ROOT / "app" / "checks").rglob("*.py")
        if path.parent.name in OF_THE_MOMENT and any(_kinds(ast.parse(path.read_text())))
    }
    assert asking == {
        "sombre_context/_reading.py",  # for the record
        "sombre_context/disrespect.py",  # of an event that is named
        "sombre_context/levity.py",
        "sombre_context/promotion.py",
        "sombre_context/violent_wording.py",
        "unverified_claim/_evidence.py",
        "unverified_claim/_party.py",  # of mentions
    }


def _kinds(tree: ast.AST) -> Iterator[ast.Attribute]:
    """Places that read `kind` of what may be an event."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "kind":
            owner = node.value
            name = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
            if name not in ("account", "draft"):
                yield node


def test_no_rule_of_the_moment_reads_the_clock() -> None:
    """What it finds must not change while nothing but time goes by."""
    for path in (ROOT / "app" / "checks").rglob("*.py"):
        if path.parent.name in OF_THE_MOMENT:
            assert not [
                n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Attribute) and n.attr == "now"
            ]
