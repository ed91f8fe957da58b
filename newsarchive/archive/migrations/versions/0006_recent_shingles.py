"""Shingles of late apart from the others"""

from __future__ import annotations

import struct

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BYTES = sa.LargeBinary().with_variant(mysql.LONGBLOB(), "mysql", "mariadb")


def upgrade() -> None:
    """Make the table for them; those that are there stay where they are."""
    op.create_table(
        "recent_shingles",
        sa.Column("id", ID, nullable=False),
        sa.Column("entries", BYTES, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recent_shingles")),
    )


def downgrade() -> None:
    """Without it: each shingle becomes a row again."""
    connection = op.get_bind()
    recent = sa.table("recent_shingles", sa.column("id"), sa.column("entries"))
    shingles = sa.table("shingles", sa.column("hash", sa.BigInteger()), sa.column("article_id", sa.BigInteger()))
    for number in list(connection.execute(sa.select(recent.c.id).order_by(recent.c.id)).scalars()):
        entries = connection.execute(sa.select(recent.c.entries).where(recent.c.id == number)).scalar_one()
        numbers = struct.unpack(f"<{len(entries) // 8}q", entries)
        pairs = set(zip(numbers[::2], numbers[1::2], strict=True))
        held = set()
        for start in range(0, len(numbers), 1000):
            keys = numbers[start : start + 1000 : 2]
            found = connection.execute(sa.select(shingles).where(shingles.c.hash.in_(keys)))
            held |= {(row.hash, row.article_id) for row in found}
        if pairs - held:
            rows = [{"hash": key, "article_id": article} for key, article in sorted(pairs - held)]
            connection.execute(sa.insert(shingles), rows)
    op.drop_table("recent_shingles")
