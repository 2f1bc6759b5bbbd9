"""Whatever a client sends: a clear problem with a pointer, never a 500, never a silent pass."""

from __future__ import annotations

import json

import pytest

JSON = {"Content-Type": "application/json"}
ACME = {"handle": "@acme"}


def _problem(answer, status: int) -> dict:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status
    return answer.json()


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"draft": {}, "account": ACME}, "/draft/text"),
        ({"draft": {"text": ""}, "account": ACME}, "/draft/text"),
        ({"draft": {"text": "a" * 100_001}, "account": ACME}, "/draft/text"),
        ({"draft": {"text": "a\ud83d"}, "account": ACME}, "/draft/text"),
        ({"draft": {"text": "a\x00b"}, "account": ACME}, "/draft/text"),
        ({"draft": {"text": 1}, "account": ACME}, "/draft/text"),
        ({"draft": {"text": "a", "platform": "myspace"}, "account": ACME}, "/draft/platform"),
        ({"draft": {"text": "a", "wheel": 1}, "account": ACME}, "/draft/wheel"),
        ({"draft": {"text": "a", "media": [{"type": "gif", "bytes": "1"}]}, "account": ACME}, "/draft/media/0/bytes"),
        ({"draft": {"text": "a", "scheduled_for": "2026-11-11T10:00:00"}, "account": ACME}, "/draft/scheduled_for"),
        ({"draft": {"text": "a", "scheduled_for": "2026-02-30T10:00:00Z"}, "account": ACME}, "/draft/scheduled_for"),
        ({"draft": {"text": "a", "scheduled_for": 1700000000}, "account": ACME}, "/draft/scheduled_for"),
        ({"draft": {"text": "a"}}, "/account"),
        ({"account": ACME}, "/draft"),
        ({"draft": {"text": "a"}, "account": 7}, "/account"),
        ({"draft": {"text": "a"}, "account": {"kind": "robot"}}, "/account/kind"),
        ({"draft": {"text": "a"}, "account": {"regions": ["Britain"]}}, "/account/regions/0"),
        ({"draft": {"text": "a"}, "account": {"recent_posts": ["a", 1]}}, "/account/recent_posts/1"),
        ({"draft": {"text": "a"}, "account": {"recent_posts": [{"text": "", "/": 1}]}}, "/account/recent_posts/0/~1"),
        ({"draft": {"text": "a"}, "account": {"voice": {"tone": {"deep": 1}}}}, "/account/voice/tone"),
        ({"draft": {"text": "a"}, "account": {"limits": {"characters": -1}}}, "/account/limits/characters"),
        ({"draft": {"text": "a"}, "account": ACME, "options": {"explain": 0}}, "/options/explain"),
        ({"draft": {"text": "a"}, "account": ACME, "options": {"explain": "true"}}, "/options/explain"),
        ({"draft": {"text": "a"}, "account": ACME, "options": {"policy": "none-such"}}, "/options/policy"),
        ({"draft": {"text": "a"}, "account": {"policy": "none-such"}}, "/account/policy"),
        ({"draft": {"text": "a"}, "account": ACME, "options": {"offsets": "bytes"}}, "/options/offsets"),
        ([], ""),
        ("text", ""),
        (None, ""),
    ],
)  # fmt: skip
def test_a_wrong_payload_is_a_422_that_points_at_the_field(client, body: object, pointer: str) -> None:
    """A client can show each fault beside the field it belongs to."""
    problem = _problem(client.post("/v1/check", content=json.dumps(body), headers=JSON), 422)
    assert problem["pointer"] == pointer
    assert client.get("/metrics").text.count("prepost_checks_total{") == 0


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"",
        b'{"draft": {"text": "\xff\xfe"}, "account": {}}',
        b"[" * 100_000,
        b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
        b'{"draft": {"text": "a"}, "account": {"voice": {"x": ' + b"9" * 5_000 + b"}}}",
    ],
    ids=["cut off", "empty", "no UTF-8", "deep lists", "deep objects", "huge number"],
)
def test_what_is_no_json_is_a_400_or_422(client, body: bytes) -> None:
    """Neither a parser's limit nor its error ends as a 500."""
    answer = client.post("/v1/check", content=body, headers=JSON)
    _problem(answer, answer.status_code if answer.status_code in (400, 422) else 400)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "123456789012345678901234567890"])
def test_numbers_beyond_json_are_refused(client, number: str) -> None:
    """NaN in an account would make every later answer with it invalid JSON."""
    body = f'{{"draft": {{"text": "a"}}, "account": {{"voice": {{"pace": {number}}}}}}}'
    answer = client.post("/v1/check", content=body, headers=JSON)
    assert _problem(answer, 422)["pointer"] == "/account/voice/pace"


def test_a_lone_surrogate_in_a_key_is_refused(client) -> None:
    """Keys are text as well."""
    answer = client.post("/v1/check", content=b'{"draft": {"text": "a", "\\ud800": 1}, "account": {}}', headers=JSON)
    _problem(answer, 422)


def test_of_a_key_given_twice_the_last_one_counts(client) -> None:
    """As in every JSON parser at hand; nothing breaks."""
    answer = client.post(
        "/v1/check", content=b'{"draft": {"text": ""}, "draft": {"text": "a"}, "account": {}}', headers=JSON
    )
    assert answer.status_code == 200


def test_a_body_that_is_not_sent_as_json_is_told_so(client) -> None:
    """curl -d without a header sends a form."""
    answer = client.post("/v1/check", data={"draft": "a"})
    assert "Content-Type: application/json" in _problem(answer, 422)["errors"][0]["detail"]


def test_a_body_of_10_mb_is_refused_unread(client, request_for) -> None:
    """4 MiB hold 100,000 code points of any script."""
    _problem(client.post("/v1/check", json=request_for("a" * 10_000_000)), 413)


def test_a_body_of_unknown_length_is_refused_once_it_is_too_long(client) -> None:
    """A chunked upload names no length."""
    chunks = (b"x" * 1_000_000 for _ in range(6))
    _problem(client.post("/v1/check", content=chunks, headers=JSON), 413)


def test_a_chunked_body_of_usual_size_is_read(client, request_for) -> None:
    """Some clients always send chunks."""
    body = json.dumps(request_for()).encode()
    answer = client.post("/v1/check", content=(body[i : i + 10] for i in range(0, len(body), 10)), headers=JSON)
    assert answer.status_code == 200


def test_an_unknown_account_is_a_404_that_points_at_it(client, request_for) -> None:
    """A typing error in an id must not be judged as some default account."""
    problem = _problem(client.post("/v1/check", json=request_for() | {"account": "nobody"}), 404)
    assert problem["pointer"] == "/account"


def test_an_author_may_have_accounts_that_nobody_stored(client, request_for) -> None:
    """People post from places that the tool doesn't know."""
    body = request_for() | {"author": {"accounts": [ACME, "nobody"]}}
    assert client.post("/v1/check", json=body).status_code == 200


def test_an_empty_text_is_fine_with_media_or_a_poll(client, request_for) -> None:
    """A picture needs no words."""
    assert client.post("/v1/check", json=request_for("", media=[{"type": "image"}])).status_code == 200
    assert client.post("/v1/check", json=request_for("", poll={"options": ["a", "b"]})).status_code == 200


def test_unknown_paths_and_methods_are_problems(client) -> None:
    """One form for every refusal."""
    assert _problem(client.get("/v1/nothing"), 404)["type"] == "/problems/not-found"
    answer = client.get("/v1/check")
    _problem(answer, 405)
    assert answer.headers["allow"] == "POST"
    assert client.patch("/v1/accounts").headers["allow"] == "GET, POST"
    assert client.post("/docs").headers["allow"] == "GET"


def test_a_parameter_at_fault_is_named(client) -> None:
    """Faults outside the body have no pointer."""
    problem = _problem(client.get("/v1/accounts?limit=0"), 422)
    assert problem["errors"][0]["parameter"] == "limit"
    assert _problem(client.get("/v1/checks/a%00b"), 422)["errors"][0]["parameter"] == "id"


def test_a_problem_does_not_repeat_what_was_sent(client, request_for) -> None:
    """Drafts may be embargoed, and problems end in logs."""
    answer = client.post("/v1/check", json=request_for("secret plan\x00"))
    assert "secret" not in answer.text


@pytest.mark.parametrize(
    ("draft", "pointer"),
    [
        ({"media": [{"type": "image", "alt_text": "a" * 10_001}]}, "/draft/media/0/alt_text"),
        ({"media": [{"type": "image", "alt_text": "a" * 10_000}] * 21}, "/draft/media"),
        ({"quoted": {"text": "a" * 100_000}, "in_reply_to": {"text": "a" * 99_999}}, "/draft/quoted"),
        ({"poll": {"options": ["a" * 2_000] * 50}, "links": ["a" * 4_000] * 26}, "/draft/links"),
    ],
    ids=["one alt text", "alt texts", "others' posts", "links"],
)
def test_a_draft_has_so_much_text_and_no_more(client, request_for, draft: dict, pointer: str) -> None:
    """A hundred alt texts of 100,000 code points each would have been read for minutes."""
    problem = _problem(client.post("/v1/check", json=request_for("hi", **draft)), 422)
    assert problem["pointer"] == pointer


def test_a_draft_may_have_200_000_code_points_in_all(client, request_for) -> None:
    """The longest text and the longest post it quotes."""
    body = request_for("a" * 99_999, quoted={"text": "a" * 100_000}, media=[{"type": "image", "alt_text": "a"}])
    assert client.post("/v1/check", json=body).status_code == 200


def test_faults_beyond_counting_are_one_fault(client, request_for) -> None:
    """To name each of half a million unknown fields took six seconds, in which nobody else was answered."""
    flood = {f"{number:x}": 1 for number in range(300_000)}
    problem = _problem(client.post("/v1/check", json=request_for(**flood)), 422)
    assert problem["detail"] == "The request has 300000 faults."
    assert problem["errors"] == [{"pointer": "", "detail": "has 300000 faults, too many to name each"}]


def test_the_faults_of_a_batchs_item_are_bounded_too(client, request_for) -> None:
    """Each item is a request of its own, and 500 of them fit into 16 MiB."""
    flood = {f"{number:x}": 1 for number in range(1_001)}
    results = client.post("/v1/check/batch", json={"items": [request_for(**flood), request_for()]}).json()["results"]
    assert (results[0]["detail"], len(results[0]["errors"])) == ("The request has 1001 faults.", 1)
    assert results[1]["verdict"] == "pass"


def test_of_many_faults_the_first_hundred_are_named(client, request_for) -> None:
    """As many as anybody reads; the sentence has their number."""
    problem = _problem(client.post("/v1/check", json=request_for(**{f"f{number}": 1 for number in range(300)})), 422)
    assert (problem["detail"], len(problem["errors"])) == ("The request has 300 faults.", 100)
    assert problem["errors"][0] == {"pointer": "/draft/f0", "detail": "unknown field"}


def test_every_answer_has_a_request_id_and_security_headers(client) -> None:
    """A given id comes back; a strange one is replaced."""
    answer = client.get("/healthz", headers={"X-Request-Id": "abc-1"})
    assert answer.headers["x-request-id"] == "abc-1"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert client.get("/healthz", headers={"X-Request-Id": "a b" * 100}).headers["x-request-id"].startswith("req_")
    problem = client.get("/none", headers={"X-Request-Id": "abc-2"}).json()
    assert problem["instance"] == "abc-2"
