"""What the archive costs, and how that grows: `python -m bench.archive [--url URL] [--fill] [SIZE ...]`.

Synthetic articles of about 3 KB (word frequencies as in real text, 8 % of them near copies on another site: other headline,
5 to 15 % of the words changed), saved in batches of 50, each one durable transaction with its ledger rows, the index of
search and all that finds copies. Making the articles is not counted. At each size it prints

- saved/s: since the size before, and for the last 5,000, by the clock; and the processor's time an article;
- again/s: the same articles seen again; find: one article by its URL; export/s: JSON Lines;
- search: median and 99th percentile of two-word queries, their words drawn as often as they stand in the texts ("drawn"),
  and one of the 200 commonest with one of the rarer ("mixed"), each with its snippets.

`--bulk N` also measures the way of imports (batches of 500, the indexes caught up at the end), `--writers 4` many processes.
With `--fill` the archive grows by that way between two sizes, and only the last 5,000 are saved as a crawl saves them.
The bare rate is sqlite3's own `executemany` of the same rows in batches of 50, without an index, equally durable.
"""

from __future__ import annotations

import argparse
import itertools
import multiprocessing
import random
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newsarchive import export
from newsarchive.archive import Archive
from newsarchive.article import Article, Paragraph, Precision, PublishedDate, Zone

BATCH, BULK_BATCH = 50, 500
LAST = 5_000
"""Articles at the end of a size whose rate is given by itself: what saving costs at that size."""
START = datetime(2004, 1, 1, tzinfo=UTC)
VOCABULARY, WORDS, PARAGRAPH = 120_000, 480, 80
COMMON = 200
NEAR_COPIES = 0.08


class Synthesiser:
    """An endless row of articles of invented words, as frequent as those of a real language (Zipf and Mandelbrot)."""

    def __init__(self, seed: int = 1, first: int = 0) -> None:
        fixed = random.Random(1)
        syllables = "ba ce di fo gu la me ni po ru sa té vi xo zu mar ent ion eur age ques tra bon qui lle".split()
        # A real archive's words grow longer the rarer they are.
        made = {"".join(fixed.choices(syllables, k=fixed.randint(1, 5))): None for _ in range(3 * VOCABULARY)}
        self.words = sorted(made, key=len)[:VOCABULARY]
        self.weights = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))
        self.rng = random.Random(seed)
        self.first = first

    def draw(self, count: int) -> list[str]:
        return self.rng.choices(self.words, cum_weights=self.weights, k=count)

    def articles(self) -> Iterator[Article]:
        words = self.draw(WORDS)
        for number in itertools.count(self.first):
            copied = number > self.first and self.rng.random() < NEAR_COPIES
            words = self._edited(words) if copied else self.draw(WORDS)
            yield self._article(number, self.draw(9), words)

    def _edited(self, words: list[str]) -> list[str]:
        share = self.rng.uniform(0.05, 0.15)
        return [self.draw(1)[0] if self.rng.random() < share else word for word in words]

    def _article(self, number: int, title: list[str], words: list[str]) -> Article:
        site = f"site{(number * 7) % 40}.example"
        lines = [" ".join(words[start : start + PARAGRAPH]) for start in range(0, len(words), PARAGRAPH)]
        return Article(
            url=f"https://www.{site}/{number % 20}/{number}/{'-'.join(title[:5])}.html",
            site=site,
            title=" ".join(title).capitalize(),
            body=[Paragraph(f"{line.capitalize()}.") for line in lines],
            published=PublishedDate(
                value=START + timedelta(minutes=9 * number),
                precision=Precision.MINUTE,
                raw="x",
                source="json-ld",
                confidence=0.95,
                zone=Zone.STATED,
            ),
            authors=["A. Writer"],
            tags=["one", "two"],
            section=f"Section {number % 12}",
            language="fr",
            captured_at=START + timedelta(days=8000),
            provenance={"title": "json-ld", "body": "outline", "published": "json-ld"},
            extractor="0.1.0",
        )


@dataclass
class Clock:
    """Seconds by the clock and of the processor, of what is measured alone."""

    wall: float = 0.0
    cpu: float = 0.0
    done: int = 0

    def run(self, count: int, work: Callable[[], object]) -> None:
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        self.wall += time.perf_counter() - wall
        self.cpu += time.process_time() - cpu
        self.done += count

    @property
    def rate(self) -> float:
        return self.done / self.wall if self.wall else 0.0

    @property
    def cost(self) -> float:
        """Microseconds of the processor for one."""
        return 1e6 * self.cpu / self.done if self.done else 0.0


class Progress:
    """Says on standard error how far the bench is, every half a minute and whenever it begins something else."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._next = time.monotonic()

    def told(self, held: int, rate: float, doing: str = "") -> None:
        if doing or time.monotonic() >= self._next:
            print(f"  {held:,} of {self._most:,} articles, {rate:,.0f} a second {doing}", file=sys.stderr, flush=True)
            self._next = time.monotonic() + 30


@dataclass
class Line:
    """The figures at one size."""

    size: int
    saved: Clock = field(default_factory=Clock)
    last: Clock = field(default_factory=Clock)
    again: Clock = field(default_factory=Clock)
    export: Clock = field(default_factory=Clock)
    find: list[float] = field(default_factory=list)
    drawn: list[float] = field(default_factory=list)
    mixed: list[float] = field(default_factory=list)
    bytes: int = 0


def run(archive: Archive, sizes: Sequence[int], folder: Path, *, fill: bool) -> list[Line]:
    made = Synthesiser()
    articles = made.articles()
    held, lines = 0, []
    progress = Progress(max(sizes))
    print(HEAD, flush=True)
    for size in sizes:
        line = Line(size)
        if fill and size - LAST > held:
            _fill(archive, articles, line, size - LAST - held, progress, held)
            held = size - LAST
        while held < size:
            batch = list(itertools.islice(articles, min(BATCH, size - held)))
            wall, cpu = line.saved.wall, line.saved.cpu
            line.saved.run(len(batch), lambda batch=batch: _save(archive, batch))  # type: ignore[misc]
            if held >= size - LAST:
                line.last.wall += line.saved.wall - wall
                line.last.cpu += line.saved.cpu - cpu
                line.last.done += len(batch)
            held += len(batch)
            progress.told(held, line.saved.rate)
        progress.told(held, line.saved.rate, "measuring")
        _measure(archive, line, made, folder)
        lines.append(line)
        print(_row(line), flush=True)
    return lines


def _fill(archive: Archive, articles: Iterator[Article], line: Line, count: int, progress: Progress, held: int) -> None:
    """Grow by the bulk path: larger batches, the indexes caught up at the end."""
    manager = archive.bulk()
    manager.__enter__()
    for start in range(0, count, BULK_BATCH):
        batch = list(itertools.islice(articles, min(BULK_BATCH, count - start)))
        line.saved.run(len(batch), lambda batch=batch: _save(archive, batch))  # type: ignore[misc]
        progress.told(held + start + len(batch), line.saved.rate)
    progress.told(held + count, line.saved.rate, "catching up")
    line.saved.run(0, lambda: manager.__exit__(None, None, None))


def _save(archive: Archive, batch: list[Article]) -> None:
    assert all(outcome.status in ("stored", "duplicate") for outcome in archive.save(batch))


def _measure(archive: Archive, line: Line, made: Synthesiser, folder: Path) -> None:
    seen = list(itertools.islice(Synthesiser().articles(), min(2_000, line.size)))
    for start in range(0, len(seen), BATCH):
        part = seen[start : start + BATCH]
        line.again.run(len(part), lambda part=part: archive.save(part))  # type: ignore[misc]
    picked = random.Random(3)
    for article in picked.choices(seen, k=500):
        line.find.append(_seconds(lambda article=article: archive.find(article.url)))  # type: ignore[misc]
    for _ in range(300):
        line.drawn.append(_search(archive, made.draw(2)))
        line.mixed.append(_search(archive, [picked.choice(made.words[:COMMON]), picked.choice(made.words[COMMON:])]))
    line.export.run(line.size, lambda: export.write(archive, folder / "out.jsonl", force=True))
    (folder / "out.jsonl").unlink()
    line.bytes = archive.stats().bytes or 0


def _search(archive: Archive, words: list[str]) -> float:
    return _seconds(lambda: archive.search(" ".join(words)))


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


HEAD = (
    f"{'articles':>10} {'saved/s':>8} {'last/s':>7} {'us CPU':>7} {'again/s':>8} {'find ms':>8} {'export/s':>9} "
    f"{'drawn ms':>13} {'mixed ms':>13} {'GB':>6} {'MiB':>5}"
)


def _row(line: Line) -> str:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"{line.size:>10,} {line.saved.rate:>8,.0f} {line.last.rate:>7,.0f} {line.last.cost:>7,.0f} "
        f"{line.again.rate:>8,.0f} {1e3 * statistics.median(line.find):>8.2f} {line.export.rate:>9,.0f} "
        f"{_spread(line.drawn):>13} {_spread(line.mixed):>13} {line.bytes / 1e9:>6.2f} {memory:>5,.0f}"
    )


def _spread(seconds: list[float]) -> str:
    """Median and 99th percentile."""
    return f"{1e3 * statistics.median(seconds):.1f} / {1e3 * statistics.quantiles(seconds, n=100)[98]:.1f}"


def _growth(lines: Sequence[Line]) -> None:
    first, last = lines[0], lines[-1]
    print(
        f"from {first.size:,} to {last.size:,}: saving costs {last.last.cost / first.last.cost:.2f} times the processor and "
        f"{first.last.rate / last.last.rate:.2f} times the clock, seeing again "
        f"{last.again.cost / first.again.cost:.2f} times the processor, an exported row "
        f"{last.export.cost / first.export.cost:.2f} times"
    )


def bare(database: Path, folder: Path, count: int) -> float:
    """Rows a second of sqlite3 itself: the articles, aliases, versions and ledger lines of the first articles, no index."""
    source = sqlite3.connect(database)
    target = sqlite3.connect(folder / "bare.sqlite", isolation_level=None)
    target.execute("PRAGMA journal_mode = WAL")
    target.execute("PRAGMA synchronous = FULL")
    rows: dict[str, list[tuple[object, ...]]] = {}
    for table in ("articles", "aliases", "versions", "ledger"):
        found = source.execute(f"SELECT * FROM {table} ORDER BY id LIMIT {count}")
        names = ", ".join(column[0] for column in found.description)
        target.execute(f"CREATE TABLE {table} ({names})")
        rows[table] = found.fetchall()
    source.close()
    began = time.perf_counter()
    for start in range(0, count, BATCH):
        target.execute("BEGIN IMMEDIATE")
        for table, held in rows.items():
            places = ", ".join("?" * len(held[0]))
            target.executemany(f"INSERT INTO {table} VALUES ({places})", held[start : start + BATCH])
        target.execute("COMMIT")
    rate = count / (time.perf_counter() - began)
    target.close()
    return rate


def bulk(folder: Path, count: int) -> None:
    """The way of an import: larger batches, the indexes caught up at the end."""
    saving = Clock()
    articles = Synthesiser().articles()
    with Archive.open(f"sqlite:///{folder}/bulk.sqlite") as archive:
        manager = archive.bulk()
        manager.__enter__()
        for _ in range(0, count, BULK_BATCH):
            batch = list(itertools.islice(articles, BULK_BATCH))
            saving.run(len(batch), lambda batch=batch: _save(archive, batch))  # type: ignore[misc]
        rest = Clock()
        rest.run(count, lambda: manager.__exit__(None, None, None))
        assert archive.unindexed() == 0
    whole = count / (saving.wall + rest.wall)
    print(
        f"bulk, {count:,} articles: {saving.rate:,.0f} a second, the indexes caught up at {rest.rate:,.0f} a second; "
        f"{whole:,.0f} a second in all ({saving.cost + rest.cost:,.0f} us CPU an article)"
    )


def _write(url: str, seed: int, first: int, count: int, ready: object, answers: object) -> None:
    """One of many writers."""
    articles = list(itertools.islice(Synthesiser(seed, first).articles(), count))
    with Archive.open(url) as archive:
        ready.wait()  # type: ignore[attr-defined]
        began = time.time()
        for start in range(0, count, BATCH):
            _save(archive, articles[start : start + BATCH])
        answers.put((began, time.time()))  # type: ignore[attr-defined]


def crowd(url: str, writers: int, count: int) -> None:
    """Many processes that write to one archive at the same time."""
    with Archive.open(url) as archive:
        before = archive.stats().articles
    context = multiprocessing.get_context("spawn")
    ready, answers = context.Barrier(writers), context.Queue()
    each = count // writers
    workers = [
        context.Process(target=_write, args=(url, seed + 7, (seed + 1) * 10_000_000, each, ready, answers))
        for seed in range(writers)
    ]
    for worker in workers:
        worker.start()
    spans = [answers.get() for _ in workers]
    for worker in workers:
        worker.join()
        assert worker.exitcode == 0
    seconds = max(end for _, end in spans) - min(began for began, _ in spans)
    with Archive.open(url) as archive:
        after = archive.stats().articles
    print(
        f"{writers} writers: {writers * each / seconds:,.0f} articles a second together, none lost: {after - before:,}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000], help="articles at which to measure")
    parser.add_argument("--url", help="a database URL, empty or not there yet (default: SQLite in a temporary folder)")
    parser.add_argument("--folder", type=Path, help="where files are made (default: the system's)")
    parser.add_argument(
        "--fill", action="store_true", help="grow by the bulk path (saved/s is then its rate); last/s is as ever"
    )
    parser.add_argument("--bulk", type=int, default=0, metavar="N", help="also measure the bulk path with N articles")
    parser.add_argument("--writers", type=int, default=0, metavar="N", help="then N processes that write at once")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=args.folder) as name:
        folder = Path(name)
        url = args.url or f"sqlite:///{folder}/bench.sqlite"
        with Archive.open(url) as archive:
            lines = run(archive, sorted(args.sizes), folder, fill=args.fill)
        _growth(lines)
        if url.startswith("sqlite:///"):
            rate = bare(Path(url.removeprefix("sqlite:///")), folder, min(lines[0].size, 10_000))
            print(
                f"bare executemany of the same rows: {rate:,.0f} articles a second, {rate / lines[0].last.rate:.1f} times"
            )
        if args.bulk:
            bulk(folder, args.bulk)
        if args.writers:
            crowd(url, args.writers, min(args.sizes[0], 20_000))


if __name__ == "__main__":
    main()
