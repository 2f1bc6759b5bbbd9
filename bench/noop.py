"""What FastAPI costs before Prepost does anything: the same request and reply models, a constant answer."""

from __future__ import annotations

from fastapi import FastAPI

from app.api.schemas.check import CheckRequest
from app.api.schemas.reply import CheckReply

app = FastAPI()
_REPLY = CheckReply.model_validate(
    {
        "id": "chk_0000000000000000000000",
        "verdict": "pass",
        "warnings": [],
        "checks": [{"name": "offensive", "status": "ok", "reason": None}],
        "scores": None,
        "degraded": False,
        "language": "en",
        "versions": {"service": "0", "rules": "0", "model": "0", "policy": "default@1"},
        "input_hash": "sha256:0",
        "elapsed_ms": 0.0,
    }
)


@app.post("/check")
async def check(request: CheckRequest) -> CheckReply:
    """Validates the request, serialises a reply, and does nothing in between."""
    return _REPLY
