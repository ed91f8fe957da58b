"""The archive"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql, postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True).with_variant(mysql.DATETIME(fsp=6), "mysql", "mariadb")
TEXT = sa.Text().with_variant(mysql.LONGTEXT(), "mysql", "mariadb")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
URL_KEY = sa.LargeBinary(16).with_variant(mysql.VARBINARY(16), "mysql", "mariadb")
DIGEST = sa.LargeBinary(32).with_variant(mysql.VARBINARY(32), "mysql", "mariadb")


def upgrade() -> None:
    """Make all tables."""
    op.create_table(
        "exports",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("finished_at", INSTANT, nullable=False),
        sa.Column("last_version_id", sa.BigInteger(), nullable=False),
        sa.Column("article_count", sa.Integer(), nullable=False),
        sa.Column("format", sa.String(length=16), nullable=False),
        sa.Column("path", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exports")),
    )
    op.create_index(op.f("ix_exports_name"), "exports", ["name"])
    op.create_table(
        "runs",
        sa.Column("id", ID, nullable=False),
        sa.Column("command", TEXT, nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("counts", JSON, nullable=True),
        sa.CheckConstraint("outcome IN ('running', 'complete', 'incomplete', 'failed')", name=op.f("ck_runs_outcome")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
    )
    op.create_table(
        "sites",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("first_seen", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sites")),
        sa.UniqueConstraint("name", name=op.f("uq_sites_name")),
    )
    op.create_table(
        "articles",
        sa.Column("id", ID, nullable=False),
        sa.Column("site_id", ID, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("first_seen", INSTANT, nullable=False),
        sa.Column("last_seen", INSTANT, nullable=False),
        sa.Column("versions", sa.Integer(), nullable=False),
        sa.Column("current_version", sa.Integer(), nullable=False),
        sa.Column("duplicate_of_id", ID, nullable=True),
        sa.CheckConstraint("current_version BETWEEN 1 AND versions", name=op.f("ck_articles_current_version")),
        sa.CheckConstraint("first_seen <= last_seen", name=op.f("ck_articles_seen")),
        sa.ForeignKeyConstraint(
            ["duplicate_of_id"], ["articles.id"], name=op.f("fk_articles_duplicate_of_id_articles")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_articles_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
    )
    op.create_index(op.f("ix_articles_duplicate_of_id"), "articles", ["duplicate_of_id"])
    op.create_index(op.f("ix_articles_site_id"), "articles", ["site_id"])
    op.create_table(
        "aliases",
        sa.Column("id", ID, nullable=False),
        sa.Column("url_key", URL_KEY, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("first_seen", INSTANT, nullable=False),
        sa.CheckConstraint("kind IN ('canonical', 'stated', 'text')", name=op.f("ck_aliases_kind")),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_aliases_article_id_articles")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aliases")),
        sa.UniqueConstraint("url_key", name=op.f("uq_aliases_url_key")),
    )
    op.create_index(op.f("ix_aliases_article_id"), "aliases", ["article_id"])
    op.create_table(
        "ledger",
        sa.Column("id", ID, nullable=False),
        sa.Column("url_key", URL_KEY, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("site_id", ID, nullable=True),
        sa.Column("article_id", ID, nullable=True),
        sa.Column("run_id", ID, nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", TEXT, nullable=True),
        sa.Column("detail", TEXT, nullable=True),
        sa.Column("first_seen", INSTANT, nullable=False),
        sa.Column("last_seen", INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('known', 'archived', 'listing', 'duplicate', 'rejected', 'failed', 'gone')",
            name=op.f("ck_ledger_state"),
        ),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_ledger_attempts")),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_ledger_article_id_articles")),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_ledger_run_id_runs")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_ledger_site_id_sites")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger")),
        sa.UniqueConstraint("url_key", name=op.f("uq_ledger_url_key")),
    )
    op.create_index(op.f("ix_ledger_article_id"), "ledger", ["article_id"])
    op.create_index(op.f("ix_ledger_site_id_state"), "ledger", ["site_id", "state"])
    op.create_table(
        "versions",
        sa.Column("id", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("run_id", ID, nullable=True),
        sa.Column("stored_at", INSTANT, nullable=False),
        sa.Column("captured_at", INSTANT, nullable=True),
        sa.Column("last_seen", INSTANT, nullable=True),
        sa.Column("change_kind", sa.String(length=16), nullable=True),
        sa.Column("cause", sa.String(length=8), nullable=False),
        sa.Column("text_digest", DIGEST, nullable=False),
        sa.Column("content_digest", DIGEST, nullable=False),
        sa.Column("text_length", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=True),
        sa.Column("is_free", sa.Boolean(), nullable=True),
        sa.Column("published_at", INSTANT, nullable=True),
        sa.Column("published_from", sa.Date(), nullable=True),
        sa.Column("published_to", sa.Date(), nullable=True),
        sa.Column("published_precision", sa.String(length=8), nullable=True),
        sa.Column("published_zone", sa.String(length=8), nullable=True),
        sa.Column("published_offset", sa.Integer(), nullable=True),
        sa.Column("published_raw", TEXT, nullable=True),
        sa.Column("published_source", TEXT, nullable=True),
        sa.Column("published_rule", TEXT, nullable=True),
        sa.Column("published_confidence", sa.Double(), nullable=True),
        sa.Column("published_ambiguous", sa.Boolean(), nullable=True),
        sa.Column("modified_at", INSTANT, nullable=True),
        sa.Column("modified_precision", sa.String(length=8), nullable=True),
        sa.Column("modified_zone", sa.String(length=8), nullable=True),
        sa.Column("modified_offset", sa.Integer(), nullable=True),
        sa.Column("modified_raw", TEXT, nullable=True),
        sa.Column("modified_source", TEXT, nullable=True),
        sa.Column("modified_rule", TEXT, nullable=True),
        sa.Column("modified_confidence", sa.Double(), nullable=True),
        sa.Column("modified_ambiguous", sa.Boolean(), nullable=True),
        sa.Column("capture_file", TEXT, nullable=True),
        sa.Column("capture_offset", sa.BigInteger(), nullable=True),
        sa.Column("capture_length", sa.BigInteger(), nullable=True),
        sa.Column("capture_digest", TEXT, nullable=True),
        sa.Column("extractor", TEXT, nullable=True),
        sa.Column("section", TEXT, nullable=True),
        sa.Column("publisher", TEXT, nullable=True),
        sa.Column("amp_url", TEXT, nullable=True),
        sa.Column("title", TEXT, nullable=True),
        sa.Column("standfirst", TEXT, nullable=True),
        sa.Column("standfirst_truncated", sa.Boolean(), nullable=False),
        sa.Column("authors", JSON, nullable=True),
        sa.Column("agencies", JSON, nullable=True),
        sa.Column("images", JSON, nullable=True),
        sa.Column("tags", JSON, nullable=True),
        sa.Column("body", TEXT, nullable=True),
        sa.Column("body_kinds", JSON, nullable=True),
        sa.Column("date_evidence", JSON, nullable=True),
        sa.Column("provenance", JSON, nullable=True),
        sa.CheckConstraint("cause IN ('site', 'rules')", name=op.f("ck_versions_cause")),
        sa.CheckConstraint(
            "change_kind IN ('typo', 'correction', 'substantive', 'headline', 'extended', 'withdrawn', 'restored')",
            name=op.f("ck_versions_change_kind"),
        ),
        sa.CheckConstraint(
            "modified_precision IN ('year', 'month', 'day', 'minute', 'second')",
            name=op.f("ck_versions_modified_precision"),
        ),
        sa.CheckConstraint("modified_zone IN ('stated', 'assumed', 'unknown')", name=op.f("ck_versions_modified_zone")),
        sa.CheckConstraint(
            "published_precision IN ('year', 'month', 'day', 'minute', 'second')",
            name=op.f("ck_versions_published_precision"),
        ),
        sa.CheckConstraint(
            "published_zone IN ('stated', 'assumed', 'unknown')", name=op.f("ck_versions_published_zone")
        ),
        sa.CheckConstraint(
            "verdict IN ('article', 'teaser', 'live_blog', 'media', 'index', "
            "'consent_wall', 'bot_challenge', 'error_page', 'not_html', 'empty')",
            name=op.f("ck_versions_verdict"),
        ),
        sa.CheckConstraint(
            "(modified_at IS NULL) = (modified_precision IS NULL)", name=op.f("ck_versions_modified_whole")
        ),
        sa.CheckConstraint(
            "(published_at IS NULL) = (published_precision IS NULL)", name=op.f("ck_versions_published_whole")
        ),
        sa.CheckConstraint("modified_confidence BETWEEN 0 AND 1", name=op.f("ck_versions_modified_confidence")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_versions_number")),
        sa.CheckConstraint("published_confidence BETWEEN 0 AND 1", name=op.f("ck_versions_published_confidence")),
        sa.CheckConstraint("published_from <= published_to", name=op.f("ck_versions_published_period")),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_versions_article_id_articles")),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_versions_run_id_runs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_versions")),
        sa.UniqueConstraint("article_id", "number", name=op.f("uq_versions_article_id_number")),
    )
    op.create_index(op.f("ix_versions_published_from"), "versions", ["published_from"])
    op.create_index(op.f("ix_versions_text_digest"), "versions", ["text_digest"])


def downgrade() -> None:
    """Drop all tables."""
    op.drop_table("versions")
    op.drop_table("ledger")
    op.drop_table("aliases")
    op.drop_table("articles")
    op.drop_table("sites")
    op.drop_table("runs")
    op.drop_table("exports")
