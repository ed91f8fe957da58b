"""Changes of versions, near copies, stories"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True).with_variant(mysql.DATETIME(fsp=6), "mysql", "mariadb")
TEXT = sa.Text().with_variant(mysql.LONGTEXT(), "mysql", "mariadb")
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables; the copies of what is archived already are to be looked for."""
    op.add_column("versions", sa.Column("returns", sa.Integer(), server_default="0", nullable=False))
    op.create_table(
        "withdrawals",
        sa.Column("id", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("gone_at", INSTANT, nullable=False),
        sa.Column("back_at", INSTANT, nullable=True),
        sa.Column("reason", TEXT, nullable=True),
        sa.CheckConstraint("gone_at <= back_at", name=op.f("ck_withdrawals_back")),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_withdrawals_article_id_articles")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawals")),
    )
    op.create_index(op.f("ix_withdrawals_article_id"), "withdrawals", ["article_id"])
    op.create_table(
        "stories",
        sa.Column("id", ID, nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
    )
    op.create_table(
        "kin",
        sa.Column("article_id", ID, nullable=False),
        sa.Column("story_id", ID, nullable=False),
        sa.Column("near_id", ID, nullable=True),
        sa.Column("overlap", sa.Double(), nullable=True),
        sa.CheckConstraint("overlap BETWEEN 0 AND 1", name=op.f("ck_kin_overlap")),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_kin_article_id_articles")),
        sa.ForeignKeyConstraint(["near_id"], ["articles.id"], name=op.f("fk_kin_near_id_articles")),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_kin_story_id_stories")),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_kin")),
    )
    op.create_index(op.f("ix_kin_near_id"), "kin", ["near_id"])
    op.create_index(op.f("ix_kin_story_id"), "kin", ["story_id"])
    op.create_table(
        "shingles",
        sa.Column("hash", sa.BigInteger(), nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_shingles_article_id_articles")),
        sa.PrimaryKeyConstraint("hash", "article_id", name=op.f("pk_shingles")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "unlinked",
        sa.Column("article_id", ID, nullable=False),
        sa.Column("sketch", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_unlinked_article_id_articles")),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_unlinked")),
    )
    op.execute("INSERT INTO unlinked (article_id) SELECT id FROM articles")


def downgrade() -> None:
    """Drop them again; the articles and all their versions stay."""
    op.drop_table("unlinked")
    op.drop_table("shingles")
    op.drop_table("kin")
    op.drop_table("stories")
    op.drop_table("withdrawals")
    op.drop_column("versions", "returns")
