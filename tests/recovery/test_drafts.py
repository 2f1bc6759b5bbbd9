"""What is drafted: three variants in the account's voice, nothing invented, within the platform's length."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain import Account, PastPost
from app.errors import BadRecovery
from app.recovery.drafts import SPEAKING, Asked, Drafts, Proposal
from app.recovery.incident import KINDS, Incident, Mistake, Outcome, Published
from app.recovery.tone import tone_of
from app.text.length import length

FILE = Path(__file__).parents[2] / "data" / "recovery" / "drafts.toml"
DRAFTS = Drafts.load(FILE)
NOW = datetime(2026, 11, 11, 10, 58, tzinfo=UTC)


def asked(outcome: Outcome = "apologise", tone: str = "warm", limit: int | None = 280, **mistake: object) -> Asked:
    kind = mistake.pop("account_kind", "brand")
    deleted = bool(mistake.pop("deleted", False))
    said = Mistake(**{"kind": "offensive", "hurt": ("group",), "harm": "offence", **mistake})  # type: ignore[arg-type]
    post = Published("What we posted.", "x", deleted=deleted)
    incident = Incident(post, Account(handle="@acme", kind=kind), said, NOW)  # type: ignore[arg-type]
    return Asked(incident, outcome, tone, "x", limit)  # type: ignore[arg-type]


def write(**changes: object) -> list[Proposal]:
    return DRAFTS.write(asked(**changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(("outcome", "kind"), list(itertools.product(SPEAKING, KINDS)))
def test_there_are_three_different_variants_for_each_outcome_and_mistake(outcome: Outcome, kind: str) -> None:
    """So that a person chooses and doesn't just take."""
    for tone, account_kind in itertools.product(("formal", "warm", "playful"), ("brand", "professional")):
        texts = [each.text for each in write(outcome=outcome, tone=tone, kind=kind, account_kind=account_kind)]
        assert len(set(texts)) == 3
        assert all("{" not in text and "  " not in text for text in texts)


def test_nothing_is_said_where_nothing_is_to_be_said() -> None:
    """A draft would invite somebody to post it."""
    assert write(outcome="let_it_go") == []


def test_an_organisation_says_we_and_a_person_says_i() -> None:
    """No person hides in a brand's “we”, and no brand in an “I”."""
    for draft in write(account_kind="brand"):
        assert " I " not in f" {draft.text} "
    for draft in write(account_kind="professional"):
        assert not {"We", "we", "our", "us"} & set(draft.text.replace("[", " ").split())


def test_a_person_s_drafts_leave_the_employer_out() -> None:
    """The remark is theirs, and the apology too."""
    for outcome, kind in itertools.product(SPEAKING, KINDS):
        for draft in write(outcome=outcome, kind=kind, account_kind="professional"):
            assert not {"employer", "company", "team", "colleagues"} & set(draft.text.casefold().split())


def test_what_only_a_person_knows_is_a_gap_with_its_place() -> None:
    """Nothing is invented."""
    for draft in write():
        assert draft.gaps
        for gap in draft.gaps:
            assert draft.text[gap.start : gap.end] == f"[insert {gap.ask}]"


def test_what_was_reported_is_a_hint_and_no_text() -> None:
    """A report's words are not a sentence of the apology's."""
    drafts = write(outcome="correct_in_public", kind="slip", right="Doors open at nine.")
    assert all("nine" not in draft.text for draft in drafts)
    assert all(any(gap.hint == "Doors open at nine." for gap in draft.gaps) for draft in drafts)


def test_a_deleted_post_is_said_to_be_deleted() -> None:
    """And one that still stands is for a person to say."""
    assert all("have deleted it" in draft.text for draft in write(deleted=True))
    assert all("[insert what you did with it" in draft.text for draft in write())


@pytest.mark.parametrize(("outcome", "kind"), list(itertools.product(SPEAKING, KINDS)))
def test_they_fit_the_platform_with_room_for_the_gaps(outcome: Outcome, kind: str) -> None:
    """By the platform's own count."""
    for tone, limit in itertools.product(("formal", "warm", "playful"), (280, 300, 500, 3000, None)):
        for draft in write(outcome=outcome, tone=tone, kind=kind, limit=limit):
            assert draft.length == length(draft.text, "x")
            if limit is None:
                assert draft.room is None
            else:
                assert draft.room is not None
                assert draft.room >= 20 * len(draft.gaps), draft


def test_with_too_little_room_what_may_be_left_out_is_left_out_and_the_rest_is_told() -> None:
    """A limit that nothing fits in is said to be short of room, and nothing is cut in the middle."""
    short, tiny = write(limit=140, deleted=True), write(limit=60, deleted=True)
    assert all("deleted" not in draft.text for draft in short)
    assert all("From today" in draft.text for draft in short)
    assert all(draft.room is not None and draft.room < 0 for draft in tiny)


def test_where_there_is_room_a_last_sentence_says_where_to_turn() -> None:
    """On LinkedIn or Facebook, not on X."""
    assert all("write to us here" in draft.text for draft in write(limit=3000))
    assert not any("write to us here" in draft.text for draft in write(limit=280))


def test_a_playful_account_is_playful_about_a_slip_and_warm_about_harm() -> None:
    """Where the harm allows it, and nowhere else."""
    slip = write(outcome="correct_in_public", tone="playful", kind="slip", hurt=("customers",), harm="annoyance")
    grief = write(outcome="correct_in_public", tone="playful", kind="slip", hurt=("grieving",), harm="annoyance")
    harm = write(outcome="apologise", tone="playful")
    assert {draft.tone for draft in slip} == {"playful"}
    assert {draft.tone for draft in grief} == {"warm"}
    assert {draft.tone for draft in harm} == {"warm"}


@pytest.mark.parametrize(
    ("account", "tone"),
    [
        (Account(voice={"tone": "playful"}), "playful"),
        (Account(voice={"formality": "formal"}), "formal"),
        (Account(voice={"style": "Cheeky, but kind"}), "playful"),
        (Account(voice={"personal": True}), "warm"),
        (Account(kind="government"), "formal"),
        (Account(kind="brand"), "warm"),
        (Account(recent_posts=tuple(PastPost(f"Report {n} is out.") for n in range(6))), "formal"),
        (Account(kind="government", recent_posts=tuple(PastPost(f"Hello {n}!") for n in range(6))), "warm"),
    ],
)
def test_the_voice_is_what_the_account_says_or_else_how_it_posts(account: Account, tone: str) -> None:
    """What is stated counts most, then past posts, then what sort of account it is."""
    assert tone_of(account) == tone


@pytest.mark.parametrize(
    ("find", "put", "says"),
    [
        ('deleted = "{We} have deleted it."', 'deleted = ""', "done.deleted: a text is needed"),
        ('deleted = "{We} have deleted it."', 'deleted = "{Boss} has deleted it."', "may stand in braces"),
        ('deleted = "{We} have deleted it."', 'deleted = "[TODO]"', "a gap is written [insert …]"),
        ('  "Take two. {wrong} {done} Sorry about that! {more}",\n', "", "3 texts are needed"),
        ("[done]", "[undone]", "done.deleted: a text is needed"),
        ("[done]", "[done", "drafts.toml: "),
    ],
)
def test_texts_with_a_fault_are_refused_by_name(tmp_path: Path, find: str, put: str, says: str) -> None:
    """Whoever edits the texts is told which."""
    text = FILE.read_text(encoding="utf-8")
    assert find in text
    (tmp_path / "drafts.toml").write_text(text.replace(find, put), encoding="utf-8")
    with pytest.raises(BadRecovery) as refusal:
        Drafts.load(tmp_path / "drafts.toml")
    assert says in refusal.value.detail
