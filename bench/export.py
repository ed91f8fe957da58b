"""Export and import rates: `python -m bench.export [N]`, or `--database FILE` for an archive that is there.

N synthetic articles of about 3 KB (default 20,000) in SQLite; every format of the export in articles a CPU-second, beside the plain
sqlite3 module and the json module streaming the same columns to the same JSON Lines, in the same run; the process's peak
memory; and the import of a full export into an empty archive. Of an archive that is there JSON Lines and Parquet alone are
written, once each.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.archive import Synthesiser
from newsarchive import export
from newsarchive.archive import Archive, Filters

COLUMNS = """a.url, s.name, v.title, v.standfirst, v.body, v.published_at, v.published_precision, v.modified_at, v.authors, v.images,
 v.section, v.tags, v.language, v.verdict, a.first_seen, a.last_seen, hex(v.content_digest), a.id, v.number, a.versions,
 (SELECT json_group_array(url) FROM aliases l WHERE l.article_id = a.id), f.url, v.standfirst_truncated, v.published_zone,
 v.published_source, v.published_confidence, v.published_raw, v.modified_precision, v.agencies, v.publisher, v.is_free,
 v.captured_at, v.extractor"""
QUERY = f"""SELECT {COLUMNS} FROM articles a JOIN sites s ON s.id = a.site_id
 JOIN versions v ON v.article_id = a.id AND v.number = a.current_version
 LEFT JOIN articles f ON f.id = a.duplicate_of_id ORDER BY a.id"""
LISTS = (8, 9, 11, 20, 28)


def plain(database: Path, out: Path) -> int:
    """What the sqlite3 and json modules alone can do."""
    names = [f"column{number}" for number in range(33)]
    rows = 0
    with sqlite3.connect(database) as connection, out.open("w", encoding="utf-8") as file:
        for row in connection.execute(QUERY):
            values = list(row)
            for index in LISTS:
                values[index] = json.loads(values[index]) if values[index] else []
            file.write(json.dumps(dict(zip(names, values, strict=True)), ensure_ascii=False) + "\n")
            rows += 1
    return rows


def rate(act: Callable[[], int]) -> float:
    """Articles a CPU-second, the better of two runs."""
    found = []
    for _ in range(2):
        began = time.process_time()
        rows = act()
        found.append(rows / (time.process_time() - began))
    return max(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="?", type=int, default=20_000)
    parser.add_argument("--database", type=Path, help="an SQLite archive to export instead")
    args = parser.parse_args()
    if args.database:
        large(args.database)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = folder / "bench.sqlite"
        with Archive.open(f"sqlite:///{database}") as archive:
            articles = Synthesiser().articles()
            for _ in range(0, args.articles, 250):
                archive.save(itertools.islice(articles, 250))
            run(archive, database, folder)


def large(database: Path) -> None:
    """The exports of an archive that is there, beside the plain module, once each; with the memory before and after."""
    with tempfile.TemporaryDirectory() as name, Archive.open(f"sqlite:///{database}", create=False) as archive:
        print(f"{archive.count():,} articles; {_peak():,.0f} MiB before; articles a CPU-second")
        rates = {}
        for ending in ("jsonl", "parquet"):
            began = time.process_time()
            rows = export.write(archive, Path(name, f"out.{ending}"), ending).rows
            rates[ending] = rows / (time.process_time() - began)
            print(f"{'export .' + ending:<34} {rates[ending]:>9,.0f}, peak memory {_peak():,.0f} MiB", flush=True)
            Path(name, f"out.{ending}").unlink()
        began = time.process_time()
        base = plain(database, Path(name, "plain.jsonl")) / (time.process_time() - began)
        print(
            f"{'plain sqlite3 + json, .jsonl':<34} {base:>9,.0f}: the export has {rates['jsonl'] / base:.2f} of its rate"
        )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(archive: Archive, database: Path, folder: Path) -> None:
    base = rate(lambda: plain(database, folder / "plain.jsonl"))
    print(f"{archive.count():,} articles; articles a CPU-second\n{'plain sqlite3 + json, .jsonl':<34} {base:>9,.0f}")
    for ending in ("jsonl", "jsonl.gz", "jsonl.zst", "json", "csv", "parquet", "jsonld"):
        path = folder / f"out.{ending}"
        format_ = export.format_of(path) or ""
        speed = rate(lambda p=path, f=format_: export.write(archive, p, f, force=True).rows)  # type: ignore[misc]
        print(
            f"{'export .' + ending:<34} {speed:>9,.0f}  {speed / base:.2f} of plain, {path.stat().st_size / 1e6:,.0f} MB"
        )
    full = folder / "full.jsonl"
    everything = Filters(every_version=True)
    speed = rate(lambda: export.write(archive, full, "jsonl", everything, fields=export.ALL, force=True).rows)
    print(f"{'export --full .jsonl':<34} {speed:>9,.0f}")
    peak = _peak()
    with Archive.open(f"sqlite:///{folder}/again.sqlite") as again:
        began = time.process_time()
        found = export.read_back(again, [full])
        print(f"{'import':<34} {found.restored / (time.process_time() - began):>9,.0f}")
    print(f"peak memory of all exports {peak:,.0f} MiB")


if __name__ == "__main__":
    main()
