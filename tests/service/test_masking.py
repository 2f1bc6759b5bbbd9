"""What must not be repeated, and what must not be kept."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.domain import Account, CheckResult, Draft, Finding, Moment, Prepared, Span
from app.service.masking import Masked, without_words
from app.text import read


def _prepared(text: str) -> Prepared:
    moment = Moment(datetime(2026, 11, 11, tzinfo=UTC))
    return Prepared(Draft(text), Account(), moment, (read(text, language="en"),))


def _private(*spans: Span) -> tuple[CheckResult, ...]:
    finding = Finding("m", "w", "s", spans)
    return (CheckResult("private_information/phone", "ok", findings=(finding,)),)


def _warning(**parts: object) -> dict:
    plain = {"message": "", "why": "", "suggestion": "", "spans": [], "evidence": {}}
    return {"warnings": [plain | parts]}


def test_a_secret_is_masked_character_for_character() -> None:
    """Offsets into the masked field stay right."""
    masked = Masked(_prepared("Call 0123 now").texts, _private(Span(5, 9)))
    assert masked.words(Span(0, 13)) == "Call 0••• now"


def test_overlapping_secrets_are_all_masked() -> None:
    """Two rules may find the same number, one of them more of it."""
    masked = Masked(_prepared("Call 01234567 now").texts, _private(Span(5, 9), Span(7, 13)))
    assert masked.words(Span(5, 13)) == "0•••••••"
    assert "234567" not in masked.hide("it is 234567")


def test_a_secret_is_hidden_wherever_a_rule_repeats_it() -> None:
    """Sentences and nested evidence alike."""
    masked = Masked(_prepared("Call 0123 now").texts, _private(Span(5, 9)))
    assert masked.hide({"a": ["0123"], "b": "it is 0123", "c": 4}) == {"a": ["0•••"], "b": "it is 0•••", "c": 4}


def test_findings_of_other_rules_mask_nothing() -> None:
    """A swear word may be named."""
    results = (CheckResult("offensive/x", "ok", findings=(Finding("m", "w", "s", (Span(0, 4),)),)),)
    assert Masked(_prepared("damn it").texts, results).words(Span(0, 4)) == "damn"


def test_a_record_keeps_offsets_and_no_words() -> None:
    """The words go from the span, the sentences and the evidence."""
    span = {"start": 0, "end": 4, "text": "damn", "field": "text"}
    reply = _warning(why="It says damn, and “strike tonight”.", spans=[span], evidence={"words": ["damn"], "n": 1})
    kept = without_words(reply, _prepared("damn, we strike tonight"))["warnings"][0]
    assert kept["spans"] == [{"start": 0, "end": 4, "text": None, "field": "text"}]
    assert kept["why"] == "It says […], and […]."
    assert kept["evidence"] == {"words": ["[…]"], "n": 1}


def test_a_record_keeps_the_rules_own_words() -> None:
    """Quoted words that are not the draft's tell nothing about it."""
    reply = _warning(message="Say “we are sorry” instead.", evidence={"platform": "x"})
    kept = without_words(reply, _prepared("exit"))["warnings"][0]
    assert (kept["message"], kept["evidence"]) == ("Say “we are sorry” instead.", {"platform": "x"})


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("See you at #susanalbumparty", "susan album party"),
        ("See you at #susanalbumparty", {"readings": ["susanal bum party", "album"]}),
        ("f.r.e.e c.a.s.h for all", "free cash"),
        ("You id10t", "idiot"),
        ("Die STRAẞE brennt", "strasse"),
        ("We resign at noon", "somebody will resign"),
        ("We resign at noon", {"counted": {"resign": 1}}),
        ("我们今天辞职", "辞职"),
        ("Enough 💣", "💣"),
    ],
)
def test_a_record_keeps_the_drafts_words_in_no_other_spelling(text: str, evidence: object) -> None:
    """A hashtag that a rule split, a disguise that it undid, a word within a sentence or as a key."""
    kept = str(without_words(_warning(evidence={"e": evidence}), _prepared(text))["warnings"][0]["evidence"])
    said = ("susan", "bum", "party", "free", "cash", "idiot", "strasse", "resign", "辞职", "💣")
    assert [word for word in said if word in kept] == []


def test_a_record_keeps_codes_and_the_rules_own_terms() -> None:
    """Two letters that stand somewhere in a word are not that word."""
    evidence = {
        "draft": "de",
        "account": ["en", "GB"],
        "near": True,
        "kind": "accident",
        "source": "https://help.x.com/",
    }
    reply = _warning(evidence=evidence)
    assert without_words(reply, _prepared("Our bigger big boots, made in Leeds"))["warnings"][0]["evidence"] == evidence
