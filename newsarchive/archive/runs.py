"""The part of the Archive that remembers what was done with it: runs of commands, and exports."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, insert, select, update

from newsarchive.archive.engine import lock_out_writers, writing
from newsarchive.archive.kinship import Kinship
from newsarchive.archive.models import Export, Run, Version
from newsarchive.archive.rows import clean_json


class Runs(Kinship):
    """The runs and exports of an Archive; it raises ArchiveError as the Archive does."""

    run_id: int | None

    def begin_run(self, command: str, site: str | None = None) -> int:
        """Note that a run of a command begins; what is written until `end_run` carries its number.

        `site` is one whose lock the caller holds: runs of it that a dead process left "running" are closed as failed.
        """
        now = datetime.now(UTC)
        with writing(self._engine) as connection:
            if site is not None:
                dead = update(Run).where(Run.site == site, Run.outcome == "running")
                connection.execute(dead.values(outcome="failed", ended_at=now))
            statement = insert(Run).values(command=command, started_at=now, outcome="running", site=site)
            self.run_id = int(connection.execute(statement.returning(Run.id)).scalar_one())
        return self.run_id

    def end_run(self, outcome: str, counts: dict[str, Any] | None = None) -> None:
        """Note how the run ended ("complete", "incomplete" or "failed") and what it counted."""
        self.link()
        with writing(self._engine) as connection:
            values = {"ended_at": datetime.now(UTC), "outcome": outcome, "counts": clean_json(counts)}
            connection.execute(update(Run).where(Run.id == self.run_id).values(values))
        self.run_id = None

    def since_last(self, name: str) -> tuple[int, int]:
        """The versions that came since the last finished export of that name: after the first id, up to the second."""
        with writing(self._engine) as connection:
            # Numbers are handed out before their rows are committed: wait for whoever holds some.
            lock_out_writers(connection)
            last = connection.execute(select(func.max(Export.last_version_id)).where(Export.name == name)).scalar()
            newest = connection.execute(select(func.max(Version.id))).scalar()
        return last or 0, newest or 0

    def exported(self, name: str, last_version_id: int, articles: int, format_: str, path: str | None) -> None:
        """Note that an export is finished, so that the next one of that name begins behind it."""
        with writing(self._engine) as connection:
            connection.execute(
                insert(Export).values(
                    name=name,
                    finished_at=datetime.now(UTC),
                    last_version_id=last_version_id,
                    article_count=articles,
                    format=format_,
                    path=path,
                )
            )
