"""Ingest and export rates of the archive, and how they hold as it grows: `python bench/archive.py [--url URL] [N ...]`.

Synthetic articles of about 3 KB (word frequencies as in real text, 8 % of them copies on another site), saved in batches
of 50 by one writer, each batch one durable transaction with its ledger rows.
"""

from __future__ import annotations

import argparse
import itertools
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newsarchive import export
from newsarchive.archive import Archive
from newsarchive.article import Article, Paragraph, Precision, PublishedDate, Zone

BATCH = 50
START = datetime(2004, 1, 1, tzinfo=UTC)


class Synthesiser:
    """An endless row of articles of invented words."""

    def __init__(self, seed: int = 1) -> None:
        self.rng = random.Random(seed)
        syllables = "ba ce di fo gu la me ni po ru sa té vi xo zu mar ent ion eur age".split()
        self.words = ["".join(self.rng.choices(syllables, k=self.rng.randint(1, 4))) for _ in range(30_000)]
        self.weights = list(itertools.accumulate(1 / (rank + 2) for rank in range(len(self.words))))

    def paragraphs(self, number: int) -> list[Paragraph]:
        words = self.rng.choices(self.words, cum_weights=self.weights, k=480)
        lines = [" ".join(words[start : start + 80]).capitalize() + "." for start in range(0, 480, 80)]
        return [Paragraph(f"{line} ({number})") for line in lines]

    def articles(self) -> Iterator[Article]:
        body: list[Paragraph] = []
        for number in itertools.count():
            site = f"site{number % 40}.example"
            if number % 25 != 1 or not body:
                body = self.paragraphs(number)
            yield Article(
                url=f"https://www.{site}/{number % 20}/{number}/{body[0][:40].replace(' ', '-')}.html",
                site=site,
                title=body[0][:70],
                standfirst=None,
                body=body,
                published=PublishedDate(
                    value=START + timedelta(minutes=5 * number),
                    precision=Precision.MINUTE,
                    raw="x",
                    source="json-ld",
                    confidence=0.95,
                    zone=Zone.STATED,
                ),
                authors=["A. Writer"],
                tags=["one", "two"],
                language="fr",
                captured_at=START + timedelta(days=8000),
                provenance={"title": "json-ld", "body": "outline", "published": "json-ld"},
                extractor="0.1.0",
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "counts", nargs="*", type=int, default=[10_000, 100_000], help="sizes of the archive to report at"
    )
    parser.add_argument("--url", help="a database URL (default: SQLite in a temporary folder)")
    args = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        Archive.open(args.url or f"sqlite:///{folder}/bench.sqlite") as archive,
    ):
        run(archive, sorted(args.counts), Path(folder))


def run(archive: Archive, counts: list[int], folder: Path) -> None:
    articles = Synthesiser().articles()
    print(f"{'articles':>10} {'saved/s':>9} {'again/s':>9} {'export/s':>9} {'MB':>7}")
    held = 0
    for count in counts:
        spent, measured = 0.0, 0
        while held < count:
            batch = list(itertools.islice(articles, BATCH))
            began = time.perf_counter()
            outcomes = archive.save(batch)
            if held >= count - 5_000:
                spent += time.perf_counter() - began
                measured += len(batch)
            assert all(outcome.status in ("stored", "duplicate") for outcome in outcomes)
            held += len(batch)
        again = list(itertools.islice(Synthesiser().articles(), min(2_000, held)))
        began = time.perf_counter()
        for start in range(0, len(again), BATCH):
            assert all(outcome.status == "unchanged" for outcome in archive.save(again[start : start + BATCH]))
        seen = time.perf_counter() - began
        began = time.perf_counter()
        rows = export.write(archive, folder / "out.jsonl", force=True).rows
        written = time.perf_counter() - began
        size = (archive.stats().bytes or 0) / 1e6
        print(
            f"{held:>10,} {measured / spent:>9,.0f} {len(again) / seen:>9,.0f} {rows / written:>9,.0f} {size:>7,.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
