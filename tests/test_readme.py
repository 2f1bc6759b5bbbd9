"""The README's first screen is true: its call gives its answer, its Python runs."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.testclient import TestClient

from app.cli.serve import _DEMO as DEMO
from app.main import create_app
from app.service import accounts
from app.settings import Settings
from app.store.session import Database

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
BODY = re.search(r"-d '(\{.+\})'", README)[1]  # type: ignore[index]
VOLATILE = ("id", "versions", "input_hash", "elapsed_ms")
KEPT = ("verdict", "warnings", "degraded", "language")


def shown(reply: dict[str, Any]) -> str:
    """The answer as the README shows it: an ellipsis for what differs by the call, no `checks` and `scores`."""
    short = dict.fromkeys(VOLATILE, "…") | {name: reply[name] for name in KEPT}
    order = [name for name in reply if name in short]
    return json.dumps({name: short[name] for name in order}, indent=2, ensure_ascii=False)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(data_dir=tmp_path)
    database = Database(settings.store_url)
    database.migrate()
    accounts.put(database, DEMO)
    database.close()
    return settings


def test_the_call_gives_the_answer(settings: Settings) -> None:
    """Prevents a README that promises an answer nobody gets; on failure, paste the left side into it."""
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as client:
        reply = client.post("/check", content=BODY, headers={"Content-Type": "application/json"}).json()
    answer = re.search(r"<!-- answer -->\n```json\n(.+?)\n```\n<!-- /answer -->", README, re.DOTALL)
    assert shown(reply) == (answer[1] if answer else None)


@pytest.fixture
def port(settings: Settings) -> Iterator[int]:
    server = uvicorn.Server(uvicorn.Config(create_app(settings), port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


def test_the_python_example_runs(port: int, capsys: pytest.CaptureFixture[str]) -> None:
    """Prevents an integration example that doesn't work when pasted."""
    code = re.search(r"```python\n(.+?)```", README, re.DOTALL)[1]  # type: ignore[index]
    exec(code.replace(":8000", f":{port}").replace("timeout=0.3", "timeout=10"), {})
    assert capsys.readouterr().out == "pass\n"
