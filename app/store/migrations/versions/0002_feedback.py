"""Feedback: what people say of a check.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.store.tables import UtcDateTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "feedback",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("check_id", sa.String(40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("given_by", sa.String(200), nullable=False),
        sa.Column("verdict_was", sa.String(10), nullable=False),
        sa.Column("category", sa.String(40), nullable=True),
        sa.Column("rule", sa.String(120), nullable=True),
        sa.Column("labels", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("warned", sa.Text(), nullable=False),
        sa.Column("model", sa.String(200), nullable=False),
        sa.Column("platform", sa.String(80), nullable=True),
        sa.Column("account_id", sa.String(120), nullable=True),
        sa.Column("account_kind", sa.String(20), nullable=True),
        sa.Column("country", sa.String(10), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_feedback_account_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
    )
    for column in ("check_id", "at", "verdict_was", "category", "account_id"):
        op.create_index(f"ix_feedback_{column}", "feedback", [column])


def downgrade() -> None:
    op.drop_table("feedback")
