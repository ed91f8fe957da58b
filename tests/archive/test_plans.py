"""Saving finds every row by a key, so that its cost does not grow with the archive."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event

from newsarchive.archive import Archive, Entry
from newsarchive.archive.engine import find_by_key, writing
from tests.archive.samples import CAPTURED, LATER, LONG, article

GROWING = ("articles", "aliases", "versions", "ledger")


def statements(archive: Archive) -> list[tuple[str, Any]]:
    """What the database is asked while articles are saved, recognised and found again."""
    asked: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if statement.startswith(("SELECT", "UPDATE")) and "FROM pg_" not in statement and "_config" not in statement:
            asked.append((statement, parameters[0] if many else parameters))

    event.listen(archive._engine, "before_cursor_execute", note)
    copy = article(3, url="https://other.net/3", site="other.net", body=article(1).body)
    archive.save([article(1, captured_at=LATER), article(2)], [Entry(url="https://example.org/x", state="failed")])
    archive.save([article(2, title="Changé", captured_at=LATER), article(1, title="Avant", captured_at=CAPTURED), copy])
    archive.save([article(1, captured_at=LATER), article(5, url="https://example.org/5", body=article(2).body)])
    archive.save([article(2, title="Changé", standfirst=LONG, authors=["Inès Ferrand"], captured_at=LATER)])
    archive.recognise([article(1), article(6)])
    archive.find(article(1).url)
    archive.look_up(article(1).url)
    event.remove(archive._engine, "before_cursor_execute", note)
    return asked


def test_no_statement_of_saving_reads_a_whole_table(archive: Archive) -> None:
    asked = statements(archive)
    assert len(asked) > 15
    assert any(statement.startswith("UPDATE versions") and "provenance" in statement for statement, _ in asked), (
        "a version is completed"
    )
    sqlite = archive._engine.dialect.name == "sqlite"
    if archive._engine.dialect.name not in ("sqlite", "postgresql"):
        return
    scans: list[str] = []
    for statement, parameters in asked:
        if "pg_advisory" in statement:
            continue
        with writing(archive._engine) as connection:
            find_by_key(connection)
            explain = "EXPLAIN QUERY PLAN" if sqlite else "EXPLAIN"
            rows = connection.exec_driver_sql(f"{explain} {statement}", parameters).all()
        plan = [str(row[-1]) for row in rows]
        scanned = [
            line
            for line in plan
            for table in GROWING
            if (line.startswith(f"SCAN {table}") and "INDEX" not in line) or f"Seq Scan on {table}" in line
        ]
        scans += [f"{line} in: {statement}" for line in scanned]
    assert scans == []
