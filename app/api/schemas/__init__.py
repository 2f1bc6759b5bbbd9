"""The models of the contract."""

from app.api.schemas.check import CheckRequest
from app.api.schemas.reply import CheckReply

__all__ = ["CheckReply", "CheckRequest"]
