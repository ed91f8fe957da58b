"""The ledger is the frontier"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql, postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True).with_variant(mysql.DATETIME(fsp=6), "mysql", "mariadb")
TEXT = sa.Text().with_variant(mysql.LONGTEXT(), "mysql", "mariadb")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
URL_KEY = sa.LargeBinary(16).with_variant(mysql.VARBINARY(16), "mysql", "mariadb")
DUE = sa.text("next_visit IS NOT NULL")
STATES = "state IN ('known', 'archived', 'listing', 'duplicate', 'rejected', 'failed', 'gone')"
COLUMNS = (
    ("kind", sa.String(length=8)),
    ("source", sa.String(length=16)),
    ("found_on_id", ID),
    ("page_key", URL_KEY),
    ("hints", JSON),
    ("published_at", INSTANT),
    ("next_visit", INSTANT),
    ("visited_at", INSTANT),
    ("pace", sa.Integer()),
    ("etag", TEXT),
    ("last_modified", TEXT),
)
COUNTS = ("priority", "failures")


def upgrade() -> None:
    """Give the ledger what a frontier needs, and make the tables beside it."""
    op.add_column("runs", sa.Column("site", sa.String(length=255), nullable=True))
    with op.batch_alter_table("ledger", naming_convention={}) as ledger:
        for name, kind in COLUMNS:
            ledger.add_column(sa.Column(name, kind, nullable=True))
        for name in COUNTS:
            ledger.add_column(sa.Column(name, sa.Integer(), server_default="0", nullable=False))
        ledger.create_check_constraint(op.f("ck_ledger_kind"), "kind IN ('article', 'listing')")
        ledger.create_check_constraint(op.f("ck_ledger_failures"), "failures >= 0")
        ledger.create_foreign_key(op.f("fk_ledger_found_on_id_ledger"), "ledger", ["found_on_id"], ["id"])
    op.create_index(op.f("ix_ledger_site_id_state_priority"), "ledger", ["site_id", "state", "priority"])
    op.create_index(
        op.f("ix_ledger_site_id_kind_next_visit"),
        "ledger",
        ["site_id", "kind", "next_visit"],
        sqlite_where=DUE,
        postgresql_where=DUE,
    )
    op.create_index(op.f("ix_ledger_page_key"), "ledger", ["page_key"])
    op.drop_index(op.f("ix_ledger_site_id_state"), "ledger")
    _create_past_outcomes()
    _create_hosts()


def _create_past_outcomes() -> None:
    op.create_table(
        "past_outcomes",
        sa.Column("id", ID, nullable=False),
        sa.Column("ledger_id", ID, nullable=False),
        sa.Column("run_id", ID, nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", TEXT, nullable=True),
        sa.Column("detail", TEXT, nullable=True),
        sa.Column("last_seen", INSTANT, nullable=False),
        sa.CheckConstraint(STATES, name=op.f("ck_past_outcomes_state")),
        sa.ForeignKeyConstraint(["ledger_id"], ["ledger.id"], name=op.f("fk_past_outcomes_ledger_id_ledger")),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_past_outcomes_run_id_runs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_outcomes")),
    )
    op.create_index(op.f("ix_past_outcomes_ledger_id"), "past_outcomes", ["ledger_id"])


def _create_hosts() -> None:
    op.create_table(
        "hosts",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("confirmed", sa.Integer(), nullable=False),
        sa.Column("lied_at", INSTANT, nullable=True),
        sa.Column("lied_about", TEXT, nullable=True),
        sa.CheckConstraint("confirmed >= 0 AND answered >= 0", name=op.f("ck_hosts_counts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hosts")),
        sa.UniqueConstraint("name", name=op.f("uq_hosts_name")),
    )


def downgrade() -> None:
    """Take it all away again; what became of every URL stays."""
    op.drop_table("hosts")
    op.drop_table("past_outcomes")
    op.create_index(op.f("ix_ledger_site_id_state"), "ledger", ["site_id", "state"])
    with op.batch_alter_table("ledger", naming_convention={}) as ledger:
        ledger.drop_constraint(op.f("fk_ledger_found_on_id_ledger"), type_="foreignkey")
        ledger.drop_constraint(op.f("ck_ledger_kind"), type_="check")
        ledger.drop_constraint(op.f("ck_ledger_failures"), type_="check")
        for name in ("page_key", "site_id_kind_next_visit", "site_id_state_priority"):
            ledger.drop_index(op.f(f"ix_ledger_{name}"))
        for name in (*COUNTS, *(column for column, _ in COLUMNS)):
            ledger.drop_column(name)
    with op.batch_alter_table("runs") as runs:
        runs.drop_column("site")
