"""Webhooks, and the messages that went or are to go to them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from app.api.schemas.base import NO_NUL, Instant, Strict
from app.api.schemas.reply import Reply
from app.service.messages import TYPES, MessageType
from app.store.webhooks import DeliveryState

Url = Annotated[str, StringConstraints(min_length=1, max_length=2_000, pattern=r"^https?://[^\s\x00]+$")]
Secret = Annotated[str, StringConstraints(max_length=120, pattern=NO_NUL)]


class NewWebhook(Strict):
    """Where to send messages."""

    url: Url = Field(
        description="an http or https URL on a public address, or in a network that the operator allows",
        examples=["https://tool.example/prepost"],
    )
    secret: Secret | None = Field(
        default=None,
        description="`whsec_` and 24 to 64 bytes in base64; null: one is made, and answered once",
    )
    types: Annotated[list[MessageType], Field(min_length=1, max_length=20)] = Field(
        default=list(TYPES), description="which messages to send"
    )


class WebhookOut(Reply):
    """A webhook, without its secret."""

    id: str = Field(description="its id", examples=["whk_1"])
    url: str = Field(description="where messages go", examples=["https://tool.example/prepost"])
    types: list[MessageType] = Field(description="which messages are sent")
    created_at: Instant = Field(description="since when")
    disabled: str | None = Field(description="why nothing is sent there any more")


class AddedWebhook(WebhookOut):
    """A new webhook with its secret, which is never shown again."""

    secret: str = Field(description="to verify signatures with", examples=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])


class WebhookList(Reply):
    """Every webhook."""

    items: list[WebhookOut] = Field(description="the oldest first")


class DeliveryOut(Reply):
    """One message to one webhook."""

    id: str = Field(description="the `webhook-id` of each attempt", examples=["msg_1"])
    webhook: str = Field(description="the webhook's id", examples=["whk_1"])
    type: MessageType = Field(description="what it tells", examples=["queue.verdict_changed"])
    body: str = Field(description="the JSON that is sent")
    state: DeliveryState = Field(description="`dead`: given up, until it is replayed", examples=["delivered"])
    attempts: int = Field(description="attempts that were answered, refused or ran out of time", examples=[1])
    created_at: Instant = Field(description="when it came up")
    next_attempt_at: Instant | None = Field(description="when it is sent next")
    last_attempt_at: Instant | None = Field(description="when it was sent last")
    last_status: int | None = Field(description="the HTTP status it was answered with", examples=[200])
    last_error: str | None = Field(description="why it was not delivered", examples=["answered 500"])


class DeliveryPage(Reply):
    """A page of messages."""

    items: list[DeliveryOut] = Field(description="in the order they came up")
    next: str | None = Field(description="pass it as `cursor` to get the next page; null on the last")
