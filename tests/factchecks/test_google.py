"""What is asked of Google Fact Check Tools, and what is made of whatever it answers."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.factchecks import google, shown
from app.factchecks.claimlike import claim_sentence
from app.factchecks.google import BadAnswer, Question, parse, question, vetted
from tests.fact_check_server import CLAIM, claims, review


def _parsed(told: Any) -> tuple[google.FactCheck, ...]:
    return parse(json.dumps(told).encode())


def _only(**changes: Any) -> google.FactCheck:
    (found,) = _parsed(claims(review(**changes)))
    return found


@pytest.mark.parametrize(
    "draft",
    [
        "@mayor_jane says vaccines cause autism.",
        "Vaccines cause autism, writes jane.doe@example.org to all.",
        "Vaccines cause autism: call +44 20 7946 0958 or 0171-555 123 4",
        "Vaccines cause autism https://bit.ly/3xYz www.example.org/a?token=s3cret",
        "Vaccines cause autism ＠mayor_jane @joe@mastodon.example 😱",
        "Vaccines cause autism, pay GB29 NWBK 6016 1331 9268 19 or 4111 1111 1111 1111",
        "Vaccines cause autism ٠١٢٣٤٥٦٧٨٩ ja\u200bne@exam\u200bple.org @\u202emayor",
    ],
)
def test_nobodys_handle_address_or_number_leaves_the_house(draft: str) -> None:
    """What a draft says of persons is nobody's business before it is out, and no search needs it."""
    asked = question(draft, "en")
    assert asked is not None
    assert "vaccines cause autism" in asked.query.lower()
    for private in (
        "@",
        "＠",
        "jane",
        "mayor",
        "joe",
        "example",
        "7946",
        "555",
        "bit.ly",
        "s3cret",
        "NWBK",
        "4111",
        "٠١٢",
    ):
        assert private not in asked.query


def test_a_hashtag_is_asked_for_as_its_words() -> None:
    assert question("The mayor banned #SchoolBuses in Leeds") == Question(
        "The mayor banned school buses in Leeds", None
    )


def test_a_long_sentence_is_cut_between_words() -> None:
    """The search takes no article."""
    asked = question("vaccine " * 100)
    assert asked is not None
    assert len(asked.query) <= 250
    assert set(asked.query.split()) == {"vaccine"}


def test_too_little_is_not_asked_for() -> None:
    """What is left of a sentence of handles and links is no claim."""
    assert question("@a @b https://example.org won") is None
    assert question("") is None


@pytest.mark.parametrize(
    ("language", "sent"), [("en", "en"), ("pt-BR", "pt"), (None, None), ("und", None), ("x y", None)]
)
def test_the_language_goes_along_where_it_is_known(language: str | None, sent: str | None) -> None:
    asked = question("Vaccines cause autism", language)
    assert asked is not None
    assert asked.parameters == {"query": "Vaccines cause autism", "pageSize": "10"} | (
        {"languageCode": sent} if sent else {}
    )


@pytest.mark.parametrize(
    ("draft", "chosen"),
    [
        ("Good morning! Vaccines cause autism. Have a nice day.", "Vaccines cause autism."),
        ("It rained. Germany closed all 17 nuclear plants in 2011.", "Germany closed all 17 nuclear plants in 2011."),
        ("Did Barack Obama ban 3 books in 2011?", None),
        ("Our new CEO Jane Doe starts on 3 March.", None),
        ("Harbour Ferries bought 3 ships in Hamburg.", None),
        ("Join the party on Saturday at ten!", None),
        ("Unsere Firma hat 300 Leute in Hamburg entlassen.", None),
        ("In Hamburg sind 300 Menschen gestorben.", "In Hamburg sind 300 Menschen gestorben."),
        ("", None),
        ("?!?" * 900, None),
    ],
)
def test_the_most_claim_like_sentence_is_chosen_and_none_of_the_house_itself(draft: str, chosen: str | None) -> None:
    """News of one's own house is not sent elsewhere before it is out."""
    found = claim_sentence(draft, own=["Harbour Ferries"])
    assert (found.text if found else None) == chosen
    if found:
        assert draft[found.start : found.end] == found.text


def test_an_answer_gives_publisher_rating_date_and_link() -> None:
    found = _only()
    assert (found.claim, found.publisher, found.rating, found.standing) == (CLAIM, "AFP Fact Check", "False", "wrong")
    assert (found.reviewed_on, found.url) == (date(2021, 3, 4), "https://factcheck.afp.com/vaccines-autism")
    assert (found.language, found.source) == ("en", "google")


@pytest.mark.parametrize("told", [{}, {"claims": []}, {"claims": [{}]}, {"claims": [{"text": CLAIM}]}])
def test_an_answer_without_reviews_is_an_answer(told: Any) -> None:
    """`{}` is how the API says that it knows nothing."""
    assert _parsed(told) == ()


@pytest.mark.parametrize(
    "body",
    [
        b"", b"null", b"[]", b'"claims"', b"<html>", b"\xff\xfe", b'{"claims": null}', b'{"claims": {}}',
        b'{"claims": [1]}',
        b'{"claims": "x"}', b'{"claims": [[]]}', b"[" * 100_000,
        b'{"a":' * 50_000, b"1" * 10_000, b'{"claims": [{"text": "',
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused(body: bytes) -> None:
    """Otherwise a broken answer would read as: nobody has reviewed this."""
    with pytest.raises(BadAnswer):
        parse(body)


@pytest.mark.parametrize(
    "changes",
    [
        {"url": "javascript:alert(1)"}, {"url": "JAVASCRIPT://x/%0aalert(1)"}, {"url": "data:text/html,x"},
        {"url": "//example.org/a"}, {"url": "https://"}, {"url": "https://user:word@example.org/"}, {"url": 5},
        {"url": None}, {"url": ""}, {"url": "https://example.org/\u202egpj"}, {"url": "https://example.org/a b"},
        {"url": "https://example.org/\"><script>"}, {"url": "http://[::1"}, {"url": "https://example.org:99999/"},
        {"url": "https://example.org/" + "a" * 3_000}, {"url": "https://example.org/\ud800"}, {"url": ["https://a.org/"]},
        {"textualRating": None}, {"textualRating": ""}, {"textualRating": ["False"]}, {"textualRating": "\u202e\u200b"},
    ],
)  # fmt: skip
def test_a_review_without_a_sound_link_or_a_rating_is_left_out(changes: dict[str, Any]) -> None:
    """A match is shown to people who click on it."""
    assert _parsed(claims(review(**changes))) == ()
    assert len(_parsed(claims(review(**changes), review(url="https://ok.example/")))) == 1


@pytest.mark.parametrize("publisher", [None, "AFP", [], {"name": 7}, {"name": ""}, {"site": None}])
def test_a_publisher_without_a_name_is_its_links_host(publisher: Any) -> None:
    assert _only(publisher=publisher).publisher == "factcheck.afp.com"


@pytest.mark.parametrize(
    "day", [None, 20210304, "2021", "yesterday", "0001-01-01T00:00:00Z", "9999-12-31T00:00:00Z", "٢٠٢١"]
)
def test_a_date_that_is_none_is_left_out(day: Any) -> None:
    assert _only(reviewDate=day).reviewed_on is None


def test_nothing_that_a_page_or_a_terminal_obeys_comes_through() -> None:
    """A publisher's name is somebody else's text."""
    found = _only(
        publisher={"name": "<b>AFP</b><script>alert(1)</script>\u202e <<i>img src=x onerror=y>\x1b[31m\x00"},
        textualRating="False\r\n\u2066\ud800<br>",
    )
    assert found.publisher == "AFP alert(1) [31m"
    assert found.rating == "False"
    assert json.loads(json.dumps(found.publisher).encode()) == found.publisher


def test_a_sign_that_opens_no_tag_stays() -> None:
    assert shown.words("Fewer than 5 < 6 cases", 100) == "Fewer than 5 < 6 cases"
    assert "<s" not in shown.words("<script src=x", 100)


def test_long_texts_and_lists_are_bounded() -> None:
    """An answer of a megabyte makes no reply of a megabyte."""
    found = _parsed(
        {
            "claims": [
                {
                    "text": "Vaccines cause autism " * 500,
                    "claimReview": [
                        review(url=f"https://a.example/{n}/{m}", textualRating="False " * 500) for m in range(40)
                    ],
                }
                for n in range(100)
            ]
        }
    )
    assert len(found) == 200
    assert max(len(each.claim) for each in found) <= 600
    assert max(len(each.rating) for each in found) <= 200


def test_only_reviews_of_the_same_claim_match() -> None:
    """A search finds what is near: another number, name or place is another claim."""
    asked = Question("Vaccines cause autism.", "en")
    near = _parsed(claims(review(url="https://a.example/1"), text="Vaccines do not contain mercury")) + _parsed(
        claims()
    )
    (found,) = vetted(near, asked)
    assert found.claim == CLAIM
    assert found.likeness >= 0.5
    assert vetted(_parsed(claims(text="The earth is flat")), asked) == ()


def test_two_claims_of_one_page_stay_two() -> None:
    """A round-up reviews several claims at one address, with several ratings."""
    told = {
        "claims": [
            {"text": CLAIM, "claimReview": [review()]},
            {"text": "The earth is flat", "claimReview": [review(textualRating="True")]},
        ]
    }
    (found,) = vetted(_parsed(told), Question("Vaccines cause autism.", "en"))
    assert found.rating == "False"


def test_contradictory_ratings_both_stay() -> None:
    """Who is right is not ours to say."""
    told = claims(review(), review(url="https://b.example/", publisher={"name": "B"}, textualRating="True"))
    found = vetted(_parsed(told), Question("Vaccines cause autism.", "en"))
    assert [(each.publisher, each.standing) for each in found] == [("AFP Fact Check", "wrong"), ("B", "right")]


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["claims", "text", "claimReview", "url", "publisher", "name", "textualRating", "reviewDate"]
            ),
            inner,
        )
    ),
    max_leaves=25,
)


@settings(max_examples=150, deadline=None)
@given(_JSON)
def test_any_json_is_an_answer_or_refused(told: Any) -> None:
    """Nothing that a server sends may raise anything else."""
    try:
        found = parse(json.dumps(told).encode())
    except BadAnswer:
        return
    assert all(each.url.startswith(("http://", "https://")) for each in found)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_a_question_or_none(text: str) -> None:
    """Drafts hold whatever people paste."""
    sentence = claim_sentence(text)
    for asked in (question(text), question(sentence.text) if sentence else None):
        assert asked is None or (0 < len(asked.query) <= 250 and asked.query.isprintable())
