"""Serving needs numpy only."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_service_imports_no_training_library() -> None:
    """scikit-learn would cost over a second at start and a hundred megabytes for nothing."""
    code = (
        "import sys, app.main, app.cli\n"
        "print(sorted({'sklearn', 'scipy', 'pandas', 'joblib', 'app.training'} & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"
