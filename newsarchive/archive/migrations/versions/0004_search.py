"""Search, and what an export remembers"""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index of search, empty: `newsarchive db index` fills it with what is archived already."""
    _add_search()


def downgrade() -> None:
    """Drop it again; nothing is lost that the versions do not hold."""
    _drop_search()


def _add_search() -> None:
    op.create_index(op.f("ix_versions_language"), "versions", ["language"])
    dialect = op.get_bind().dialect.name
    if dialect == "sqlite":
        # Contentless: the words are made from the versions again when they are needed.
        op.execute(
            "CREATE VIRTUAL TABLE search USING fts5"
            "(title, body, facts, content = '', tokenize = 'ascii tokenchars ''_''')"
        )
        # Fewer, larger merges: less is written again and again as the archive grows.
        op.execute("INSERT INTO search (search, rank) VALUES ('automerge', 8)")
    elif dialect == "postgresql":
        op.execute(
            "CREATE TABLE search (version_id bigint CONSTRAINT pk_search PRIMARY KEY "
            "CONSTRAINT fk_search_version_id_versions REFERENCES versions (id), words tsvector NOT NULL)"
        )
        op.execute("CREATE INDEX ix_search_words ON search USING gin (words)")


def _drop_search() -> None:
    if op.get_bind().dialect.name in ("sqlite", "postgresql"):
        op.execute("DROP TABLE search")
    op.drop_index(op.f("ix_versions_language"), "versions")
