"""Events: proposed, open or dismissed; anniversaries; and a number that rises with each change.

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
_BEFORE = ("name", "kind", "regions", "keywords", "severity")


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
    op.execute("INSERT INTO revisions (name, number) VALUES ('events', 0)")


def downgrade() -> None:
    """The version before knew no more of an event than these."""
    events = sa.table("events", sa.column("id", sa.String), sa.column("details", sa.Text))
    for row in op.get_bind().execute(sa.select(events.c.id, events.c.details)).all():
        known = {name: value for name, value in json.loads(row.details).items() if name in _BEFORE}
        op.execute(sa.update(events).where(events.c.id == row.id).values(details=json.dumps(known)))
    op.drop_table("revisions")
    op.drop_index("ix_events_day", "events")
    op.drop_index("ix_events_status", "events")
    op.drop_column("events", "day")
    op.drop_column("events", "status")
