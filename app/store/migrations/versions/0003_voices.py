"""Voice profiles: how each account writes.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from app.store.tables import UtcDateTime

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "voices",
        sa.Column("account_id", sa.String(120), nullable=False),
        sa.Column("profile", sa.LargeBinary(), nullable=False),
        sa.Column("newest_at", UtcDateTime(), nullable=True),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_voices_account_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id", name="pk_voices"),
    )


def downgrade() -> None:
    op.drop_table("voices")
