"""The Dockerfile can't be built where there is no container engine; these tests hold its steps against the tree."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def _copied() -> list[str]:
    lines = re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)
    return [source for line in lines for source in line.split()[:-1]]


def _tracked() -> set[str]:
    return set(subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split())


def test_each_path_it_copies_exists_and_is_tracked() -> None:
    """Prevents an image build that fails on a renamed or ignored folder."""
    tracked = _tracked()
    missing = [path for path in _copied() if not any(f == path or f.startswith(path + "/") for f in tracked)]
    assert missing == []


def test_each_path_it_copies_passes_the_dockerignore() -> None:
    """Prevents a COPY of something that .dockerignore keeps out of the build context."""
    allowed = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    assert [path for path in _copied() if not any((path + "/").startswith(rule + "/") for rule in allowed)] == []


def test_it_does_not_run_as_root() -> None:
    """Prevents a service that owns its container."""
    assert re.search(r"^USER (?!root)\w+$", DOCKERFILE, re.MULTILINE)


def test_its_install_steps_work_in_a_bare_environment(tmp_path: Path) -> None:
    """Prevents an image whose package lacks a module, a list or a migration: installed by its own steps, it starts."""
    environment = tmp_path / "venv"
    steps = re.findall(r"^RUN (/opt/prepost/bin/python .+|python -m venv .+)$", DOCKERFILE, re.MULTILINE)
    assert len(steps) == 3
    for step in steps:
        command = step.replace("/opt/prepost", str(environment)).replace("python -m venv", f"{sys.executable} -m venv")
        subprocess.run(command, shell=True, cwd=ROOT, check=True, capture_output=True)
    site = subprocess.run(
        [environment / "bin" / "prepost", "check", "--account-kind", "brand", "Doors open at ten on Saturday."],
        cwd=tmp_path,
        env={
            "PREPOST_MODELS_DIR": str(ROOT / "models"),
            "PREPOST_POLICY_DIR": str(ROOT / "data" / "policy"),
            "PREPOST_CALENDAR_DIR": str(ROOT / "data" / "calendar"),
            "PREPOST_RECOVERY_DIR": str(ROOT / "data" / "recovery"),
            "PREPOST_PLATFORMS_DIR": str(ROOT / "data" / "platforms"),
            "PREPOST_DATA_DIR": str(tmp_path / "data"),
        },
        capture_output=True,
        text=True,
    )
    assert (site.returncode, site.stderr) == (0, "")
