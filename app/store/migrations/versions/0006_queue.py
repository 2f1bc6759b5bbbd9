"""The queue of scheduled drafts, its pauses, webhooks and what is to be delivered to them.

Revision ID: 0006
Revises: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.store.tables import UtcDateTime

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "queue",
        sa.Column("id", sa.String(120), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(200), nullable=True),
        sa.Column("account_id", sa.String(120), nullable=True),
        sa.Column("scheduled_for", UtcDateTime(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("keep", sa.String(10), nullable=False),
        sa.Column("sent", sa.String(80), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("features", sa.Text(), nullable=True),
        sa.Column("scores", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("stirred", sa.String(80), nullable=False),
        sa.Column("stirs", sa.Text(), nullable=True),
        sa.Column("touched", sa.Boolean(), nullable=False),
        sa.Column("verdict", sa.String(10), nullable=False),
        sa.Column("recheck", sa.String(200), nullable=True),
        sa.Column("check_id", sa.String(40), nullable=False),
        sa.Column("warnings", sa.Text(), nullable=False),
        sa.Column("warned", sa.String(80), nullable=False),
        sa.Column("events_seen", sa.Integer(), nullable=False),
        sa.Column("judged_by", sa.String(80), nullable=False),
        sa.Column("judged_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_queue_account_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_queue"),
    )
    for column in ("account", "account_id", "scheduled_for", "verdict", "events_seen", "judged_by"):
        op.create_index(f"ix_queue_{column}", "queue", [column])
    op.create_table(
        "queue_pauses",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("account", sa.String(200), nullable=True),
        sa.Column("region", sa.String(10), nullable=True),
        sa.Column("tag", sa.String(200), nullable=True),
        sa.Column("begun_at", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("paused_by", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_queue_pauses"),
    )
    op.create_index("ix_queue_pauses_until", "queue_pauses", ["until"])
    op.create_table(
        "webhooks",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("secret", sa.String(200), nullable=False),
        sa.Column("types", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("disabled", sa.String(200), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_webhooks"),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("webhook_id", sa.String(40), nullable=False),
        sa.Column("account_id", sa.String(120), nullable=True),
        sa.Column("type", sa.String(40), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", UtcDateTime(), nullable=True),
        sa.Column("last_attempt_at", UtcDateTime(), nullable=True),
        sa.Column("last_status", sa.Integer(), nullable=True),
        sa.Column("last_error", sa.String(300), nullable=True),
        sa.ForeignKeyConstraint(["webhook_id"], ["webhooks.id"], name="fk_deliveries_webhook_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_deliveries_account_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
    )
    for column in ("account_id", "created_at", "state"):
        op.create_index(f"ix_deliveries_{column}", "deliveries", [column])
    due = "ix_deliveries_webhook_id_state_next_attempt_at"
    op.create_index(due, "deliveries", ["webhook_id", "state", "next_attempt_at"])


def downgrade() -> None:
    for table in ("deliveries", "webhooks", "queue_pauses", "queue"):
        op.drop_table(table)
