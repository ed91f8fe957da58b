"""What saving costs where an archive has very many keys already, without the hours it takes to fill one:

    python -m bench.keys 10000 1000000

A SQLite file gets the keys of N articles (URLs, digests, shingles; their bodies are left out), then 2,000 articles of
bench/archive.py are saved in batches of 50. Printed are the processor's time an article, the pages written a batch (the log and
what is brought back from it to the file both count; Linux), and what bringing the shingles of late over to the others costs.
The index of search is not filled: what it costs at a size is in bench/archive.py alone.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import os
import sqlite3
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from bench.archive import BATCH, Synthesiser
from newsarchive.archive import Archive, buckets
from newsarchive.archive.engine import writing
from newsarchive.archive.near import LEFT

WARM, MEASURED = 500, 2_000
SITES = 40
SEEN = "2025-01-01 00:00:00.000000"
SPREAD = 0.025 * 2**48
"""Where the smallest twelve of 480 hashes lie."""


def fill(file: Path, count: int) -> None:
    """The keys of `count` articles, each table in the order of its keys."""
    Archive.open(f"sqlite:///{file}").close()
    target = sqlite3.connect(file, isolation_level=None)
    for pragma in ("synchronous = OFF", "journal_mode = OFF", "cache_size = -200000", "foreign_keys = OFF"):
        target.execute(f"PRAGMA {pragma}")
    rng = np.random.default_rng(1)
    hosts = [hashlib.sha256(f"www.site{number}.example".encode()).digest()[:4] for number in range(SITES)]
    keys = [hosts[number % SITES] + rng.bytes(12) for number in range(count)]
    digests = [rng.bytes(32) for _ in range(count)]
    by_key, by_digest = sorted(range(count), key=keys.__getitem__), sorted(range(count), key=digests.__getitem__)
    url = "https://www.site.example/section/{}/five-words-of-a-headline.html".format
    target.execute("BEGIN")
    _insert(target, "sites", "id, name, first_seen", ((n + 1, f"old{n}.example", SEEN) for n in range(SITES)))
    names = "id, site_id, url, first_seen, last_seen, versions, current_version"
    _insert(target, "articles", names, ((n + 1, n % SITES + 1, url(n), SEEN, SEEN, 1, 1) for n in range(count)))
    names = "id, url_key, url, article_id, kind, first_seen"
    _insert(target, "aliases", names, ((n + 1, keys[n], url(n), n + 1, "canonical", SEEN) for n in by_key))
    names = "id, url_key, url, site_id, article_id, state, first_seen, last_seen, attempts"
    rows = ((n + 1, keys[n], url(n), n % SITES + 1, n + 1, "archived", SEEN, SEEN, 1) for n in by_key)
    _insert(target, "ledger", names, rows)
    names = "id, article_id, number, stored_at, cause, text_digest, content_digest, text_length, verdict, standfirst_truncated"
    versions = ((n + 1, n + 1, 1, SEEN, "site", digests[n], digests[n], 3000, "article", 0) for n in by_digest)
    _insert(target, "versions", names, versions)
    hashes, articles = _shingles(rng, count * LEFT, count)
    _insert(target, "shingles", "hash, article_id", dict.fromkeys(zip(hashes, articles, strict=True)))
    target.execute("COMMIT")
    target.close()


def _insert(target: sqlite3.Connection, table: str, names: str, rows: Iterable[tuple[object, ...]]) -> None:
    places = ", ".join("?" * len(names.split(",")))
    target.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)


def _shingles(rng: np.random.Generator, count: int, articles: int) -> tuple[list[int], list[int]]:
    """Hashes in order, and who left them."""
    found: list[int] = np.sort((rng.random(count) * SPREAD).astype(np.int64)).tolist()
    return found, rng.integers(1, articles + 1, count).tolist()


def measure(file: Path, count: int) -> float:
    """Save, bring over, print; the microseconds of an article."""
    articles = list(itertools.islice(Synthesiser(5, 50_000_000).articles(), WARM + MEASURED))
    with Archive.open(f"sqlite:///{file}") as archive:
        _save(archive, articles[:WARM])
        began, pages = time.process_time(), _written()
        _save(archive, articles[WARM:])
        saving = 1e6 * (time.process_time() - began) / MEASURED
        written = (_written() - pages) / MEASURED * BATCH
        bringing, brought = _bring_over(archive, count)
    print(
        f"{count:>10,} {saving:>10.0f} {bringing:>14.0f} {saving + bringing:>8.0f} {written:>8.0f} {brought:>14.0f}",
        flush=True,
    )
    return saving + bringing


def _save(archive: Archive, articles: list) -> None:  # type: ignore[type-arg]
    for start in range(0, len(articles), BATCH):
        archive.save(articles[start : start + BATCH])


def _bring_over(archive: Archive, count: int) -> tuple[float, float]:
    """Microseconds an article, and pages a batch, of bringing over as many shingles as are brought over together."""
    known, rng = archive._buckets, np.random.default_rng(2)
    with writing(archive._engine) as connection:
        known.leave(connection, list(zip(*_shingles(rng, buckets.RECENT, count), strict=True)))
    with writing(archive._engine) as connection:
        known.who(connection, [1])
    began, pages = time.process_time(), _written()
    while known.is_full:
        archive._bring_over(0)
    number = buckets.RECENT / LEFT
    return 1e6 * (time.process_time() - began) / number, (_written() - pages) / number * BATCH


def _written() -> float:
    """Pages this process has written so far."""
    lines = Path(f"/proc/{os.getpid()}/io").read_text().splitlines()
    return int(dict(line.split(": ") for line in lines)["wchar"]) / 4096


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 1_000_000])
    parser.add_argument(
        "--folder", type=Path, help="where files are made, 1.2 GB for a million (default: the system's)"
    )
    args = parser.parse_args()
    print(f"{'keys of':>10} {'saving us':>10} {'bringing over':>14} {'us CPU':>8} {'pages':>8} {'bringing over':>14}")
    costs = []
    for size in args.sizes:
        with tempfile.TemporaryDirectory(dir=args.folder) as folder:
            fill(Path(folder) / "keys.sqlite", size)
            costs.append(measure(Path(folder) / "keys.sqlite", size))
    print(
        f"from {args.sizes[0]:,} to {args.sizes[-1]:,} an article costs {costs[-1] / costs[0]:.2f} times the processor"
    )


if __name__ == "__main__":
    main()
