"""Captures and their index"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True).with_variant(mysql.DATETIME(fsp=6), "mysql", "mariadb")
TEXT = sa.Text().with_variant(mysql.LONGTEXT(), "mysql", "mariadb")
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Payloads that are kept, and how far replays have come."""
    op.create_table(
        "captures",
        sa.Column("id", ID, nullable=False),
        sa.Column("digest", sa.String(length=80), nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("captured_at", INSTANT, nullable=False),
        sa.Column("file", TEXT, nullable=False),
        sa.Column("file_offset", sa.BigInteger(), nullable=False),
        sa.Column("file_length", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_captures")),
        sa.UniqueConstraint("digest", name=op.f("uq_captures_digest")),
    )
    op.create_table(
        "replays",
        sa.Column("id", ID, nullable=False),
        sa.Column("input", sa.String(length=64), nullable=False),
        sa.Column("units", sa.BigInteger(), nullable=False),
        sa.Column("place", TEXT, nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("records", sa.BigInteger(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replays")),
        sa.UniqueConstraint("input", name=op.f("uq_replays_input")),
    )


def downgrade() -> None:
    """Without them."""
    op.drop_table("replays")
    op.drop_table("captures")
