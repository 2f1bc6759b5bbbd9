"""A client made from openapi.json by a well-kept generator talks to the service, in Python and in TypeScript."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from app.main import create_app
from app.settings import Settings

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DOCUMENT = ROOT / "openapi" / "openapi.json"
_TAMPERED = ("DO NOT MATCH THE HASHES", "EINTEGRITY", "EUSAGE")
"""how pip and npm say that a package, or the lock file, isn't what it should be: that is no missing network"""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """The service as it is shipped, on loopback."""
    server = uvicorn.Server(uvicorn.Config(create_app(Settings(data_dir=tmp_path)), port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


def _run(*command: str | Path, cwd: Path = HERE) -> str:
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def _install(stamp: Path, lock: Path, *commands: list[str | Path]) -> None:
    """Install what a lock file names, once per lock file; without a registry there is nothing to test with."""
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text() == digest:
        return
    for command in commands:
        done = subprocess.run([str(part) for part in command], cwd=HERE, capture_output=True, text=True)
        said = done.stdout + done.stderr
        assert not any(sign in said for sign in _TAMPERED), said
        if done.returncode:
            pytest.skip(f"{command[0]} could not install the client generator: {said.strip().splitlines()[-1:]}")
    stamp.write_text(digest)


def test_a_generated_python_client_gets_a_verdict(address: str, tmp_path: Path) -> None:
    """With an environment of its own: the generator's pins are not ours."""
    venv, lock = ROOT / ".venv-clients", ROOT / "locks" / "clients.txt"
    python = venv / "bin" / "python"
    uv = [sys.executable, "-m", "uv"]
    _install(
        venv / "stamp",
        lock,
        [*uv, "venv", "-q", "--clear", "--python", sys.executable, venv],
        [*uv, "pip", "install", "-q", "--python", python, "--require-hashes", "-r", lock],
    )

    shutil.copy(HERE / "usage.py", tmp_path)
    package = tmp_path / "prepost_client"
    said = _run(
        venv / "bin" / "openapi-python-client",
        "generate",
        "--path",
        DOCUMENT,
        "--output-path",
        package,
        "--meta",
        "none",
    )
    answer: dict[str, Any] = json.loads(_run(python, "usage.py", address, cwd=tmp_path))

    assert "will not be generated" not in said
    assert answer == {"verdict": "hold", "words": ["fucking"], "recorded": "hold", "refused": 422}


def test_a_generated_typescript_client_compiles_and_gets_a_verdict(address: str, tmp_path: Path) -> None:
    """What doesn't fit the document doesn't compile: usage.ts says where."""
    if not (shutil.which("npm") and shutil.which("node")):
        pytest.skip("TypeScript needs npm and node, which are not here")
    modules = HERE / "node_modules"
    _install(modules / "stamp", HERE / "package-lock.json", ["npm", "ci", "--ignore-scripts"])

    _run(
        modules / ".bin" / "openapi-typescript", DOCUMENT, "--default-non-nullable=false", "-o", tmp_path / "openapi.ts"
    )
    shutil.copy(HERE / "usage.ts", tmp_path)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    options = ["--strict", "--target", "es2022", "--module", "es2022", "--moduleResolution", "bundler"]
    _run(modules / ".bin" / "tsc", *options, "usage.ts", cwd=tmp_path)
    answer: dict[str, Any] = json.loads(_run("node", "usage.js", address, cwd=tmp_path))

    assert answer == {"verdict": "hold", "words": ["fucking"]}
