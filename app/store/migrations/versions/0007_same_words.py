"""What tells whether two drafts of the queue say the same: a digest of their words, and where each goes out.

Revision ID: 0007
Revises: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("queue", sa.Column("same_words", sa.String(40), nullable=True))
    op.add_column("queue", sa.Column("platforms", sa.Text(), nullable=True))
    op.create_index("ix_queue_same_words", "queue", ["same_words"])


def downgrade() -> None:
    op.drop_index("ix_queue_same_words", "queue")
    op.drop_column("queue", "platforms")
    op.drop_column("queue", "same_words")
