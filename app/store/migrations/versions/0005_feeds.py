"""Feeds: how each stands, which event each report belongs to, and the fields of an event that a person has set.

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.store.tables import UtcDateTime

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("events", sa.Column("fixed", sa.String(200), nullable=True))
    op.create_table(
        "feeds",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("next_at", UtcDateTime(), nullable=False),
        sa.Column("polled_at", UtcDateTime(), nullable=True),
        sa.Column("succeeded_at", UtcDateTime(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_feeds"),
    )
    op.create_table(
        "event_sources",
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("external_id", sa.String(200), nullable=False),
        sa.Column("event_id", sa.String(40), nullable=True),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_event_sources_event_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("source", "external_id", name="pk_event_sources"),
    )
    op.create_index("ix_event_sources_event_id", "event_sources", ["event_id"])


def downgrade() -> None:
    op.drop_table("event_sources")
    op.drop_table("feeds")
    op.drop_column("events", "fixed")
