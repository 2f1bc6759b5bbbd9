"""The tables. JSON columns hold compact JSON text, so that SQLite and PostgreSQL keep the same bytes."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """Aware datetimes in, UTC in the database, aware datetimes out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without zone would be read as this machine's own")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


accounts = Table(
    "accounts",
    metadata,
    Column("id", String(120), primary_key=True),
    Column("profile", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)

posts = Table(
    "posts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("account_id", String(120), ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("posted_at", UtcDateTime, nullable=True),
    Index("ix_posts_account_id_posted_at", "account_id", "posted_at"),
    Index("uq_posts_account_id_digest", "account_id", "digest", unique=True),
)

voices = Table(
    "voices",
    metadata,
    Column("account_id", String(120), ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("profile", LargeBinary, nullable=False),
    Column("newest_at", UtcDateTime, nullable=True),
    Column("updated_at", UtcDateTime, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("details", Text, nullable=False),
    Column("starts_at", UtcDateTime, nullable=True, index=True),
    Column("ends_at", UtcDateTime, nullable=True, index=True),
    Column("status", String(10), nullable=False, server_default="open", index=True),
    Column("day", String(5), nullable=True, index=True),  # MM-DD of its start, where it counts again in later years
    Column("fixed", String(200), nullable=True),  # fields that a person has set, parted by spaces
)

feeds = Table(
    "feeds",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("mark", String(64), nullable=False),
    Column("etag", Text, nullable=True),
    Column("last_modified", Text, nullable=True),
    Column("next_at", UtcDateTime, nullable=False),
    Column("polled_at", UtcDateTime, nullable=True),
    Column("succeeded_at", UtcDateTime, nullable=True),
    Column("failures", Integer, nullable=False),
    Column("last_error", Text, nullable=True),
    Column("items", Integer, nullable=False),
    Column("events", Integer, nullable=False),
    Column("left_out", Text, nullable=False),
)

event_sources = Table(
    "event_sources",
    metadata,
    Column("source", String(40), primary_key=True),
    Column("external_id", String(200), primary_key=True),
    # Null once the event is erased: what somebody erased must not come back with the next poll.
    Column("event_id", String(40), ForeignKey("events.id", ondelete="SET NULL"), nullable=True, index=True),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("severity", Integer, nullable=False),
    Column("ends_at", UtcDateTime, nullable=True),
    Column("lat", Float, nullable=True),
    Column("lon", Float, nullable=True),
)

revisions = Table(
    "revisions",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("number", Integer, nullable=False),
)

audits = Table(
    "audits",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("created_at", UtcDateTime, nullable=False, index=True),
    Column("account", String(200), nullable=True, index=True),
    Column("platform", String(80), nullable=True),
    Column("verdict", String(10), nullable=False),
    Column("degraded", Boolean, nullable=False),
    Column("input_hash", String(80), nullable=False),
    Column("versions", Text, nullable=False),
    Column("reply", Text, nullable=False),
    Column("snapshot", Text, nullable=True),
    Column("retain_until", UtcDateTime, nullable=False, index=True),
)

releases = Table(
    "releases",
    metadata,
    Column("check_id", String(40), ForeignKey("audits.id", ondelete="CASCADE"), primary_key=True),
    Column("released_by", String(200), nullable=False),
    Column("why", Text, nullable=False),
    Column("released_at", UtcDateTime, nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("check_id", String(40), nullable=False, index=True),  # no foreign key: checks go before what they taught
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("given_by", String(200), nullable=False),
    Column("verdict_was", String(10), nullable=False, index=True),
    Column("category", String(40), nullable=True, index=True),
    Column("rule", String(120), nullable=True),
    Column("labels", Text, nullable=False),
    Column("text", Text, nullable=True),
    Column("why", Text, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("warned", Text, nullable=False),
    Column("model", String(200), nullable=False),
    Column("platform", String(80), nullable=True),
    Column("account_id", String(120), ForeignKey("accounts.id", ondelete="CASCADE"), nullable=True, index=True),
    Column("account_kind", String(20), nullable=True),
    Column("country", String(10), nullable=True),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("prefix", String(20), nullable=False),
    Column("digest", String(64), nullable=False, unique=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime, nullable=True),
)

idempotency = Table(
    "idempotency",
    metadata,
    Column("key", String(200), primary_key=True),
    Column("route", String(120), primary_key=True),
    Column("fingerprint", String(80), nullable=False),
    Column("reserved_at", UtcDateTime, nullable=False, index=True),
    Column("status", Integer, nullable=True),
    Column("body", Text, nullable=True),
)

queue = Table(
    "queue",
    metadata,
    Column("id", String(120), primary_key=True),
    Column("revision", Integer, nullable=False),  # rises with each edit and each judgement that says something new
    Column("account", String(200), nullable=True, index=True),
    Column("account_id", String(120), ForeignKey("accounts.id", ondelete="CASCADE"), nullable=True, index=True),
    Column("scheduled_for", UtcDateTime, nullable=False, index=True),
    Column("tags", Text, nullable=False),
    Column("marks", Text, nullable=False),  # what it is found and paused by: `r:` regions and `t:` tags, one a line
    Column("keep", String(10), nullable=False),
    Column("sent", String(80), nullable=False),
    Column(
        "same_words", String(40), nullable=True, index=True
    ),  # digest of the text's words; NULL: from before it was kept
    Column("platforms", Text, nullable=True),  # where it goes out, parted by spaces
    Column("request", Text, nullable=False),
    Column("features", Text, nullable=True),
    Column("scores", Text, nullable=True),
    Column("words", Text, nullable=False),
    Column("stirred", String(80), nullable=False),
    Column("stirs", Text, nullable=True),  # the kinds of event that would change what is said of it; NULL: any
    Column("touched", Boolean, nullable=False),
    Column("verdict", String(10), nullable=False, index=True),
    Column("recheck", String(200), nullable=True),
    Column("check_id", String(40), nullable=False),
    Column("warnings", Text, nullable=False),
    Column("warned", String(80), nullable=False),
    Column("events_seen", Integer, nullable=False, index=True),
    Column("judged_by", String(80), nullable=False, index=True),
    Column("judged_at", UtcDateTime, nullable=False),
)

queue_pauses = Table(
    "queue_pauses",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("account", String(200), nullable=True),
    Column("region", String(10), nullable=True),
    Column("tag", String(200), nullable=True),
    Column("begun_at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False, index=True),
    Column("why", Text, nullable=False),
    Column("paused_by", String(200), nullable=False),
)

webhooks = Table(
    "webhooks",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("url", Text, nullable=False),
    Column("secret", String(200), nullable=False),
    Column("types", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("disabled", String(200), nullable=True),  # why nothing is sent to it any more
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("webhook_id", String(40), ForeignKey("webhooks.id", ondelete="CASCADE"), nullable=False),
    Column("account_id", String(120), ForeignKey("accounts.id", ondelete="CASCADE"), nullable=True, index=True),
    Column("type", String(40), nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False, index=True),
    Column("state", String(10), nullable=False, index=True),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", UtcDateTime, nullable=True),
    Column("last_attempt_at", UtcDateTime, nullable=True),
    Column("last_status", Integer, nullable=True),
    Column("last_error", String(300), nullable=True),
    Index("ix_deliveries_webhook_id_state_next_attempt_at", "webhook_id", "state", "next_attempt_at"),
)
