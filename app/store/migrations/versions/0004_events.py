"""Events: proposed, open or dismissed; anniversaries; and a number that rises with each change.

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("events", sa.Column("status", sa.String(10), nullable=False, server_default="open"))
    op.add_column("events", sa.Column("day", sa.String(5), nullable=True))
    op.create_index("ix_events_status", "events", ["status"])
    op.create_index("ix_events_day", "events", ["day"])
    op.create_table(
        "revisions",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_revisions"),
    )


def downgrade() -> None:
    op.drop_table("revisions")
    op.drop_index("ix_events_day", "events")
    op.drop_index("ix_events_status", "events")
    op.drop_column("events", "day")
    op.drop_column("events", "status")
