"""What the ledger costs as it grows: choosing the next 1,000 URLs, and recording 1,000 results; and a frontier's memory.

    python -m bench.ledger 10000 1000000 10000000 [--database postgresql://…/empty]
    python -m bench.ledger --memory 1000000

Rows are made in bulk, all of one site: six in ten known and waiting, with days of twenty years as their priority in no order, the
others archived and to be visited again later. All sizes are built first, and then measured in turns, so that what else the machine does
bears on all of them alike. The times are the medians of seven rounds, in milliseconds. With `--memory` so many
URLs are discovered and handed out through the spider's own way into the ledger, and the process's highest memory is told.
Exits 1 when a size costs twice as much as the first one, or when the memory is over 400 MiB.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, text

from newsarchive.archive import Archive, Entry, Lead, Wish
from newsarchive.archive.engine import connect, writing
from newsarchive.archive.fingerprints import url_key
from newsarchive.archive.models import LedgerEntry
from newsarchive.discovery.link import Link
from newsarchive.spiders import finding

SITE = "example.org"
AT_ONCE = 1000
ROUNDS = 7
PART = 50_000
INDEXES = ("page_key", "site_id_state_priority", "site_id_kind_next_visit", "article_id")
LIMIT_MIB = 400
_DAY = datetime(2026, 1, 1, tzinfo=UTC)


def url(number: int) -> str:
    return f"https://www.example.org/news/{1990 + number % 36}/{number:09}-a-story-of-the-day.html"


def rows(start: int, end: int, site_id: int) -> Iterator[dict[str, Any]]:
    """Rows of the ledger as a crawl would leave them."""
    dice = random.Random(start)
    for number in range(start, end):
        is_known = number % 10 < 6
        seen = _DAY + timedelta(seconds=number)
        yield {
            "url_key": url_key(url(number)),
            "url": url(number),
            "site_id": site_id,
            "state": "known" if is_known else "archived",
            "first_seen": seen,
            "last_seen": seen,
            "attempts": 0 if is_known else 1,
            "kind": "article",
            "source": "sitemap",
            "page_key": url_key("//" + url(number)),
            "hints": {"modified": f"{seen:%Y-%m-%d}"},
            "priority": dice.randint(732_000, 739_300) if is_known else 0,
            "next_visit": None
            if is_known
            else datetime(2100, 1, 1, tzinfo=UTC) + timedelta(seconds=dice.random() * 1e9),
            "visited_at": None if is_known else seen,
            "failures": 0,
        }


def build(archive: Archive, size: int) -> None:
    """Fill an empty ledger, its indexes made at the end."""
    archive.frontier(SITE)
    engine = archive._engine
    table = LedgerEntry.metadata.tables["ledger"]
    indexes = [index for index in table.indexes if str(index.name).removeprefix("ix_ledger_") in INDEXES]
    with writing(engine) as connection:
        site_id = int(connection.execute(text("SELECT id FROM sites")).scalar_one())
        for index in indexes:
            index.drop(connection)
    for start in range(0, size, PART):
        with writing(engine) as connection:
            _insert(connection, list(rows(start, min(start + PART, size), site_id)))
        if start % 1_000_000 == 0 and start:
            print(f"  … {start:,} rows", file=sys.stderr, flush=True)
    with writing(engine) as connection:
        for index in indexes:
            index.create(connection)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(
            text("PRAGMA wal_checkpoint(TRUNCATE)" if engine.dialect.name == "sqlite" else "VACUUM ANALYZE ledger")
        )


def _insert(connection: Connection, part: list[dict[str, Any]]) -> None:
    if connection.dialect.name != "postgresql":
        connection.execute(insert(LedgerEntry), part)
        return
    names = list(part[0])
    driver: Any = connection.connection.driver_connection
    from psycopg.types.json import Jsonb

    with driver.cursor().copy(f"COPY ledger ({', '.join(names)}) FROM STDIN") as copy:
        for row in part:
            copy.write_row([Jsonb(value) if isinstance(value, dict) else value for value in row.values()])


def measure(archives: dict[int, Archive]) -> dict[int, dict[str, float]]:
    """Medians in milliseconds, by size."""
    took: dict[int, dict[str, list[float]]] = {size: {"choose": [], "record": []} for size in archives}
    for _ in range(ROUNDS + 1):
        for size, archive in archives.items():
            frontier = archive.frontier(SITE)
            chosen = _timed(took[size]["choose"], partial(frontier.due, Wish(limit=AT_ONCE)))
            assert len(chosen) == AT_ONCE, f"{len(chosen)} chosen"
            entries = [Entry(url=each.url, state="rejected", reason="index") for each in chosen]
            _timed(took[size]["record"], partial(archive.record, entries))
    return {
        size: {name: 1000 * statistics.median(times[1:]) for name, times in each.items()} for size, each in took.items()
    }


def _timed(times: list[float], act: Callable[[], Any]) -> Any:
    began = time.perf_counter()
    answer = act()
    times.append(time.perf_counter() - began)
    return answer


def place(database: str | None, folder: Path, size: int, *, is_over: bool = False) -> str:
    """The URL of an empty place for one size: a file, or a schema of a PostgreSQL database, which is removed when it is over."""
    if database is None:
        return f"sqlite:///{folder / f'ledger-{size}.sqlite'}"
    schema = f"ledger_{size}"
    engine = connect(database)
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {schema} CASCADE"))
        if not is_over:
            connection.execute(text(f"CREATE SCHEMA {schema}"))
    engine.dispose()
    return f"{database}?options=-c%20search_path%3D{schema}"


def memory(number: int, folder: Path) -> int:
    """Discover so many URLs as a sitemap's links, hand out some of them, and tell the highest memory of the process."""
    with Archive.open(f"sqlite:///{folder / 'memory.sqlite'}") as archive:
        frontier = archive.frontier(SITE)
        began = time.perf_counter()
        for start in range(0, number, PART):
            links = [Link(url=url(n), modified=f"20{n % 26:02}-01-01") for n in range(start, min(start + PART, number))]
            found: list[Lead] = finding.articles(links, "sitemap")
            frontier.discover(found)
        seconds = time.perf_counter() - began
        for _ in range(100):
            archive.record([Entry(url=each.url, state="rejected") for each in frontier.due(Wish(limit=200))])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{number:,} URLs discovered in {seconds:.0f} s ({number / seconds:,.0f} a second), 20,000 of them handed out and"
    )
    print(f"recorded: highest memory of the process {peak:.0f} MiB (limit {LIMIT_MIB})")
    return int(peak > LIMIT_MIB)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="*", default=[10_000, 1_000_000])
    parser.add_argument(
        "--database", help="a PostgreSQL database, for schemas (default: SQLite files); all is removed afterwards"
    )
    parser.add_argument("--memory", type=int, metavar="URLS")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        if options.memory:
            return memory(options.memory, Path(name))
        with ExitStack() as opened:
            archives: dict[int, Archive] = {}
            for size in options.sizes:
                archives[size] = opened.enter_context(Archive.open(place(options.database, Path(name), size)))
                build(archives[size], size)
            took = measure(archives)
        for size in options.sizes if options.database else ():
            place(options.database, Path(name), size, is_over=True)
    first, slow = took[options.sizes[0]], False
    for size, times in took.items():
        told = ", ".join(f"{what} {times[what]:.1f} ms ({times[what] / first[what]:.2f} ×)" for what in times)
        print(f"{size:>11,} rows: {told}", flush=True)
        slow |= any(times[what] > 2 * first[what] for what in times)
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
