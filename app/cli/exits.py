"""Exit codes from 64 up, as in sysexits.h; those below are verdicts."""

from __future__ import annotations

MISUSE = 64
"""EX_USAGE: a wrong command, argument or setting"""
BAD_DATA = 65
"""EX_DATAERR: a file that can't be used, or rows of it that can't be judged"""
FAILED = 70
"""EX_SOFTWARE: Prepost itself failed"""
