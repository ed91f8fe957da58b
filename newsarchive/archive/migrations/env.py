"""Where Alembic enters: it is handed a connection that is already in a transaction (see archive/schema.py)."""

from __future__ import annotations

from alembic import context

from newsarchive.archive.models import Base
from newsarchive.archive.schema import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
    transactional_ddl=False,  # the caller's transaction is the one that counts
)
context.run_migrations()
