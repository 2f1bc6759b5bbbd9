"""Generated pages stay in step with what they are generated from, and what the written ones show works."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.checks import CHECKS
from app.checks.base import Check
from app.cli.drill import play
from app.cli.platforms import page as platforms_page
from app.cli.rules import index, page
from app.events.feeds.config import USUAL, load_feeds
from app.main import build_services, create_app
from app.platforms.tables import PlatformTables
from app.policy import load_policy
from app.service.feedback import with_texts
from app.settings import Settings
from app.training.export import export, load_table

ROOT = Path(__file__).parent.parent
RULES = ROOT / "docs" / "rules"
TABLES = PlatformTables.load(ROOT / "data" / "platforms", [check.id for check in CHECKS])


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_a_rules_page_is_what_its_manual_says(check: Check) -> None:
    """Prevents a page that describes an older rule: run `make docs`."""
    assert (RULES / f"{check.id}.md").read_text(encoding="utf-8") == page(check, TABLES)


def test_the_index_of_the_rules_is_what_the_rules_say() -> None:
    """Prevents a rule that nobody finds: run `make docs`."""
    assert (RULES / "README.md").read_text(encoding="utf-8") == index(CHECKS)


def test_the_page_of_the_platforms_is_what_the_tables_say() -> None:
    """Prevents a limit in the docs that nobody holds a draft to: run `make docs`."""
    tables = platforms_page(TABLES, ROOT / "data" / "platforms")
    assert (ROOT / "docs" / "platforms.md").read_text(encoding="utf-8") == tables


def test_the_index_leads_to_each_rule_once() -> None:
    """Prevents a link to a page that is gone."""
    links = re.findall(r"\]\((.+?)\)", index(CHECKS))
    assert sorted(links) == sorted(str(path.relative_to(RULES)) for path in RULES.glob("*/*.md"))


def _sent(client: TestClient, command: str) -> Any:
    """What a curl command of the documentation is answered with."""
    words = shlex.split(command)
    url = next(word for word in words if word.startswith("http://127.0.0.1:8000/"))
    method = words[words.index("-X") + 1] if "-X" in words else "POST"
    name, value = words[words.index("-H") + 1].split(": ")
    return client.request(method, url, content=words[words.index("-d") + 1], headers={name: value})


def test_the_calls_of_the_integration_guide_work(tmp_path: Path) -> None:
    """Prevents a first call that is refused; one after another, as somebody would paste them."""
    commands = re.findall(
        r"^    (curl .+)$", (ROOT / "docs" / "integrating.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    release, feedback, *others = commands
    with TestClient(create_app(Settings(data_dir=tmp_path)), base_url="http://127.0.0.1") as client:
        answers = [_sent(client, command) for command in others]
        warned, _, batch, several = (answer.json() for answer in answers[-4:])
        held = client.post("/check", json={"draft": {"text": "What a fucking mess"}, "account": "acme-uk"}).json()
        answers += [_sent(client, command.replace("CHECK_ID", held["id"])) for command in (release, feedback)]
    codes = [answer.status_code for answer in answers]
    assert codes == [201, 200, 201, 200, 200, 200, 200, 200, 201]
    guide = (ROOT / "docs" / "integrating.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r'^    "platforms": (\[.+\])$', guide, re.MULTILINE)
    assert several["platforms"] == json.loads(shown)
    assert "sombre_context/promotion" in {warning["rule"] for warning in warned["warnings"]}
    assert [item.get("verdict") or item["status"] for item in batch["results"]] == ["pass", 404]


def test_the_calls_of_the_queues_guide_work(tmp_path: Path) -> None:
    """Prevents a first call that is refused."""
    commands = re.findall(r"^    (curl .+)$", (ROOT / "docs" / "queue.md").read_text(encoding="utf-8"), re.MULTILINE)
    with TestClient(create_app(Settings(data_dir=tmp_path)), base_url="http://127.0.0.1") as client:
        answers = [_sent(client, command) for command in commands]
    assert [answer.status_code for answer in answers] == [201, 200, 201, 200]
    assert answers[1].json() == answers[0].json()["item"]


def _without(value: Any, *names: str) -> Any:
    """JSON without what differs each time."""
    if isinstance(value, dict):
        return {name: _without(item, *names) for name, item in value.items() if name not in names}
    return [_without(item, *names) for item in value] if isinstance(value, list) else value


def test_the_way_of_the_analysts_guide_from_a_verdict_to_a_label_works(tmp_path: Path) -> None:
    """Prevents a guide whose commands are refused, or answer something else than it shows."""
    guide = (ROOT / "docs" / "analysts.md").read_text(encoding="utf-8")
    checking, telling = re.findall(r"^    (curl .+)$", guide, re.MULTILINE)
    feedback_shown, row_shown = (json.loads(shown) for shown in re.findall(r"```json\n(.+)\n```", guide))
    services, _ = build_services(Settings(data_dir=tmp_path))
    with TestClient(create_app(Settings(data_dir=tmp_path)), base_url="http://127.0.0.1") as client:
        client.put("/v1/accounts/demo", json={"kind": "brand", "regions": ["GB"]})
        checked = _sent(client, checking).json()
        told = _sent(client, telling.replace("CHECK_ID", checked["id"])).json()
        [row] = export(with_texts(services.database, None), load_table(ROOT / "data" / "feedback.toml")).rows
    services.database.close()

    assert checked["verdict"] == "warn"
    differs = ("id", "check_id", "feedback", "at", "model")
    assert _without(told, *differs) == _without(feedback_shown, *differs)
    assert _without(row, *differs) == _without(row_shown, *differs)


def test_the_policy_of_the_operating_guide_loads(tmp_path: Path) -> None:
    """Prevents a policy that stops the start when it is pasted."""
    example = re.search(r"```toml\n(.+?)```", (ROOT / "docs" / "operating.md").read_text(encoding="utf-8"), re.DOTALL)
    assert example
    (tmp_path / "studio.toml").write_text(example[1], encoding="utf-8")
    ids = [check.id for check in CHECKS]
    default = load_policy(ROOT / "data" / "policy" / "default.toml", ids)

    policy = load_policy(tmp_path / "studio.toml", ids, base=default)

    assert policy.label == "studio@1"
    assert policy.allows("offensive/threat", "killer queen")


def test_the_operating_guide_names_every_setting() -> None:
    """Prevents a setting that nobody can find."""
    named = re.findall(r"`PREPOST_(\w+)`", (ROOT / "docs" / "operating.md").read_text(encoding="utf-8"))
    assert {name.upper() for name in Settings.model_fields} <= set(named)


def test_the_feeds_file_of_the_guide_loads(tmp_path: Path) -> None:
    """Prevents an example that stops the start when it is pasted."""
    example = re.search(r"```toml\n(.+?)```", (ROOT / "docs" / "feeds.md").read_text(encoding="utf-8"), re.DOTALL)
    assert example
    (tmp_path / "feeds.toml").write_text(example[1], encoding="utf-8")
    assert {feed.kind for feed in load_feeds(tmp_path / "feeds.toml").feeds} == set(USUAL)


def test_the_calls_of_the_guide_for_after_a_mistake_work(tmp_path: Path) -> None:
    """Prevents a guide that fails whoever has the worst hour."""
    guide = (ROOT / "docs" / "after-the-mistake.md").read_text(encoding="utf-8")
    recover, review = re.findall(r"^    (curl .+)$", guide, re.MULTILINE)
    with TestClient(create_app(Settings(data_dir=tmp_path)), base_url="http://127.0.0.1") as client:
        plan, reviewed = _sent(client, recover).json(), _sent(client, review).json()
    assert plan["outcome"] == "apologise"
    assert {"apology/conditional", "apology/blame"} <= {warning["rule"] for warning in reviewed["warnings"]}


def test_the_played_drill_is_what_is_played(tmp_path: Path) -> None:
    """Prevents a page that shows a drill as it once was; on a failure, play it anew as the page says."""
    page = (ROOT / "docs" / "drill.md").read_text(encoding="utf-8")
    shown = page.partition("```text\n")[2].partition("\n```")[0]
    answers = iter([line[2:] for line in shown.splitlines() if line.startswith("> ")])
    said: list[str] = []

    class Terminal:
        def say(self, text: str) -> None:
            said.append(text)

        def ask(self, prompt: str) -> str | None:
            answer = next(answers)
            said.append(prompt + answer)
            return answer

    services, _ = build_services(Settings(data_dir=tmp_path))
    try:
        play(services.recovery.drills["ceremony-person"], services, Terminal(), lambda: 0.0)
    finally:
        services.database.close()
    assert "\n".join(said) == shown
