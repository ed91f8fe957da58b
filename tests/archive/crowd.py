"""What the processes of the concurrency tests do; they are started with `python -m tests.archive.crowd`."""

from __future__ import annotations

import random
import sys

from newsarchive.archive import Archive, Entry, Writer
from newsarchive.article import Article, Paragraph
from tests.archive.samples import LONG, article


def overlapping(url: str, seed: int, number: int) -> None:
    """Save articles all processes share, in an order and in batches of one's own; some are copies of one text."""
    rng = random.Random(seed)
    batch = [article(n, site=f"site{n % 7}.org", aliases=[f"https://a.org/{n}"]) for n in range(number)]
    batch += [
        article(n, url=f"https://copy{n % 3}.org/{n}", site=f"copy{n % 3}.org", body=[Paragraph(f"{LONG} {n // 5}")])
        for n in range(number)
    ]
    rng.shuffle(batch)
    with Archive.open(url) as archive:
        while batch:
            size = rng.randint(1, 12)
            entries = [Entry(url=f"https://example.org/gone/{rng.randint(0, 9)}", state="failed", reason="timeout")]
            outcomes = archive.save(batch[:size], entries)
            failed = [outcome for outcome in outcomes if outcome.status == "failed"]
            if failed:
                raise AssertionError(str(failed[0]))
            del batch[:size]


def copying(url: str, seed: int, number: int) -> None:
    """Save near copies of ten texts under URLs of one's own, and look for copies now and then."""
    rng = random.Random(seed)
    with Archive.open(url) as archive:
        for start in range(0, number, 5):
            batch = [copy(seed, n) for n in range(start, start + 5)]
            failed = [outcome for outcome in archive.save(batch) if outcome.status == "failed"]
            if failed:
                raise AssertionError(str(failed[0]))
            if rng.random() < 0.3:
                archive.link()
        archive.link()


def copy(seed: int, number: int) -> Article:
    """One of many copies of text `number % 10`, with a few words of its own."""
    shared = random.Random(number % 10)
    words = [f"mot{shared.randrange(100_000)}" for _ in range(120)]
    for place in range(seed % 7, 120, 15):
        words[place] = f"autre{seed}x{number}"
    url = f"https://site{seed}.org/{number}"
    return article(
        number, url=url, site=f"site{seed}.org", title=f"Titre {number % 10}", body=[Paragraph(" ".join(words))]
    )


def acknowledging(url: str, seed: int, number: int) -> None:
    """Submit articles for ever, and name each on stdout once it is durable."""
    with Archive.open(url) as archive, Writer(archive, batch_size=20) as writer:
        for start in range(seed, seed + number, 20):
            for future in [writer.submit(article(n)) for n in range(start, start + 20)]:
                sys.stdout.write(future.result().url + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    {"overlapping": overlapping, "copying": copying, "acknowledging": acknowledging}[sys.argv[1]](
        sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    )
