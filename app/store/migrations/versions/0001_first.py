"""The first schema: accounts, posts, events, audits, releases, API keys, idempotency.

Revision ID: 0001
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.store.tables import UtcDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.String(120), nullable=False),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
    )
    op.create_table(
        "posts",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("account_id", sa.String(120), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("posted_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_posts_account_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_posts"),
    )
    op.create_index("ix_posts_account_id_posted_at", "posts", ["account_id", "posted_at"])
    op.create_index("uq_posts_account_id_digest", "posts", ["account_id", "digest"], unique=True)
    op.create_table(
        "events",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=True),
        sa.Column("ends_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
    )
    op.create_index("ix_events_starts_at", "events", ["starts_at"])
    op.create_index("ix_events_ends_at", "events", ["ends_at"])
    _audits()
    op.create_table(
        "api_keys",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("prefix", sa.String(20), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_api_keys"),
        sa.UniqueConstraint("digest", name="uq_api_keys_digest"),
    )
    op.create_table(
        "idempotency",
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("route", sa.String(120), nullable=False),
        sa.Column("fingerprint", sa.String(80), nullable=False),
        sa.Column("reserved_at", UtcDateTime(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", "route", name="pk_idempotency"),
    )
    op.create_index("ix_idempotency_reserved_at", "idempotency", ["reserved_at"])


def _audits() -> None:
    op.create_table(
        "audits",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("account", sa.String(200), nullable=True),
        sa.Column("platform", sa.String(80), nullable=True),
        sa.Column("verdict", sa.String(10), nullable=False),
        sa.Column("degraded", sa.Boolean(), nullable=False),
        sa.Column("input_hash", sa.String(80), nullable=False),
        sa.Column("versions", sa.Text(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=True),
        sa.Column("retain_until", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audits"),
    )
    for column in ("created_at", "account", "retain_until"):
        op.create_index(f"ix_audits_{column}", "audits", [column])
    op.create_table(
        "releases",
        sa.Column("check_id", sa.String(40), nullable=False),
        sa.Column("released_by", sa.String(200), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("released_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["check_id"], ["audits.id"], name="fk_releases_check_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("check_id", name="pk_releases"),
    )


def downgrade() -> None:
    for table in ("idempotency", "api_keys", "releases", "audits", "events", "posts", "accounts"):
        op.drop_table(table)
