"""Replay a large WARC file, and say how its rate stands to reading pages in one process, and how much memory it takes.

    python -m bench.replay --corpus DIR [--megabytes N] [--workers N]

Makes one plain WARC file of N megabytes (default 5000) from the pages of the corpus, each copy of a page with an address
and a text of its own (its words in another order), so that every one is a new article and no copy. Reads a sample of the same
pages in one process (extraction alone, pages a CPU-second), then replays the file into SQLite with `newsarchive replay`.
Prints pages a second of wall clock and of CPU time (all processes) against that, and the memory of the process that stores
and of its workers along the way. The temporary folder needs about one and a half times N megabytes; it is removed afterwards.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count, islice
from pathlib import Path

from bench.crawl import ROOT
from newsarchive.captures.exchange import Exchange, digest_of, packed
from newsarchive.captures.members import Packing
from newsarchive.page import Page
from newsarchive.spiders import reading

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def pages(corpus: Path) -> Iterator[tuple[str, bytes]]:
    """The pages of the corpus over and over, each time under another address and with another text."""
    whole = []
    for path in sorted(corpus.glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            whole += [archive.read(gold["page"]) for gold in json.loads(archive.read("gold.json")).values()]
    for turn in count():
        for number, body in enumerate(whole):
            yield f"https://site{number % 40}.example/{turn}/{number}", retold(body, f"copy{turn}x{number}", turn + 2)


def retold(body: bytes, own: str, stride: int) -> bytes:
    """A page that is a new article: its sentences in another order of words, a word of its own, no other address.

    The order is that of every `stride`-th word, then those after them: two pages of different strides share no run of three
    words. The words are kept, since a text of unknown ones would not cost what a real one does; their order is not, since pages
    that all are near copies of each other would cost more.
    """
    body = re.sub(rb"<link[^>]+canonical[^>]*>|<meta[^>]+og:url[^>]*>", b"", body)

    def reordered(run: re.Match[bytes]) -> bytes:
        words = run[0].split()
        return b" %s " % b" ".join(word for start in range(stride) for word in words[start::stride])

    def paragraph(found: re.Match[bytes]) -> bytes:
        told = _SHORT.sub(reordered, found[0])
        return told.replace(b">", b">%s " % own.encode(), 1)

    parts = _CODE.split(body)  # every second one is a script or a style
    parts[::2] = [_PARAGRAPH.sub(paragraph, _LONG.sub(reordered, part)) for part in parts[::2]]
    return b"".join(parts)


_CODE = re.compile(rb"(<script\b.*?</script>|<style\b.*?</style>)", re.DOTALL | re.IGNORECASE)
_PARAGRAPH = re.compile(rb"<p(?:\s[^>]*)?>.*?</p>", re.DOTALL)
_SHORT, _LONG = re.compile(rb"(?<=>)[^<>]{20,99}(?=<)"), re.compile(rb"(?<=>)[^<>]{100,}(?=<)")


def make(file: Path, corpus: Path, size: int) -> int:
    """Write the file; how many pages it holds."""
    written = 0
    with file.open("wb") as out:
        for url, body in pages(corpus):
            page = Exchange(url=url, fetched_at=NOW, status=200, headers=[("Content-Type", "text/html")], body=body)
            records = packed(page, digest_of(body), Packing.NONE)
            out.write(records.head + records.others)
            written += 1
            if out.tell() >= size:
                return written
    return written


def in_process(corpus: Path, number: int) -> float:
    """Pages a CPU-second of extraction alone, in this process."""
    sample = [Page(url=url, body=body, captured_at=NOW) for url, body in islice(pages(corpus), number)]
    began = time.process_time()
    for page in sample:
        reading.read(page)
    return number / (time.process_time() - began)


def children(pid: int) -> list[int]:
    """The processes a process started, from whichever of its threads."""
    found: list[int] = []
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            found += map(int, thread.read_text().split())
    return found


def measured(pid: int) -> tuple[int, float]:
    """Bytes in memory of one process and the seconds of CPU time it used, as they are now; zeros when it is gone."""
    try:
        held = re.findall(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
        used = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0, 0.0
    return int(held[0]) * 1024 if held else 0, (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Moment:
    """Memory and CPU time at one moment: of the process that stores, and of its workers together."""

    parent: int
    workers: int
    parent_cpu: float
    workers_cpu: float


def moment(pid: int) -> Moment:
    """How a replay stands."""
    own, others = measured(pid), [measured(child) for child in children(pid)]
    return Moment(own[0], sum(held for held, _ in others), own[1], sum(used for _, used in others))


def told(seen: list[Moment], parts: int = 20) -> None:
    """Print the largest memory of each part of a replay."""
    print("memory along the way, MB (of the process that stores + its workers):")
    for n in range(parts):
        part = seen[len(seen) * n // parts : len(seen) * (n + 1) // parts]
        if part:
            top = max(part, key=lambda one: one.parent + one.workers)
            print(f"  {100 * (n + 1) // parts:3} %  {top.parent // 1_000_000:5} + {top.workers // 1_000_000}")


def replayed(file: Path, database: Path, workers: int, seen: list[Moment]) -> dict[str, int]:
    """What `newsarchive replay` counted; what it took along the way is added to `seen`."""
    command = [
        sys.executable,
        "-m",
        "newsarchive.cli",
        "replay",
        str(file),
        "--json",
        "--database",
        str(database),
        "--plain",
    ]
    env = dict(os.environ, PYTHONPATH=str(ROOT), NEWSARCHIVE_WORKERS=str(workers))
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env)

    def watch() -> None:
        while process.poll() is None:
            seen.append(moment(process.pid))
            time.sleep(0.5)

    threading.Thread(target=watch, daemon=True).start()
    counts: dict[str, int] = json.loads(process.communicate()[0])
    return counts


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus")
    parser.add_argument("--megabytes", type=int, default=5_000)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "large.warc"
        seen: list[Moment] = []
        number = make(file, options.corpus, options.megabytes * 1_000_000)
        alone = in_process(options.corpus, 400)
        began = time.perf_counter()
        counts = replayed(file, Path(name, "a.sqlite"), options.workers, seen)
        seconds = time.perf_counter() - began
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime
    print(
        f"{number} pages, {options.megabytes} MB: {counts['stored']} stored, {counts['rejected']} rejected, {counts['failed']} failed"
    )
    print(f"in one process, extraction alone: {alone:.0f} pages a CPU-second")
    wall, whole = number / seconds, number / cpu
    share = wall / alone / options.workers
    print(
        f"replayed by {options.workers} workers: {wall:.0f} pages a second of wall clock, {share:.2f} of workers x that"
    )
    print(f"                      {whole:.0f} pages a CPU-second of all processes, {whole / alone:.2f} of that")
    own, theirs = (
        1e3 * max(used) / number for used in zip(*((one.parent_cpu, one.workers_cpu) for one in seen), strict=True)
    )
    print(f"CPU time a page: {own:.2f} ms of the process that stores, {theirs:.2f} of the workers")
    told(seen)
    return int(bool(counts["failed"]))


if __name__ == "__main__":
    sys.exit(main())
