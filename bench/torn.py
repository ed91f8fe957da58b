"""Kill a writer of captures at random moments, and say whether anything acknowledged was lost or anything is unreadable.

    python -m bench.torn [N]

N times (default 100) a process captures pages of random sizes, several at once, and stores each one's article as soon as
its capture is acknowledged; it is killed (SIGKILL) after a random time. Every second time what it had not yet synced is cut at a
random byte as well, as a power failure would. Afterwards, every time: `captures verify --repair`
leaves no file unreadable, every version of the database has its whole capture, byte for byte, and every record that was
whole before is still there. Exits 1 when any of it is not so.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from newsarchive.archive import Archive
from newsarchive.article import Article, Paragraph
from newsarchive.captures import CaptureWriter, Exchange, Folder, Location, Packing, cdxj, records, verify
from newsarchive.captures.files import JOURNAL
from newsarchive.captures.records import Damage

SIZES = (200, 3_000, 40_000, 400_000)
ROOT = Path(__file__).resolve().parent.parent


def body(name: str) -> bytes:
    """The page of a name: the same bytes whenever they are asked for."""
    rng = random.Random(name)
    return b"<html>" + rng.randbytes(rng.choice(SIZES)).hex().encode() + b"</html>"


def work(folder: Path, seed: int, packing: Packing) -> None:
    """Capture and store until killed; it prints a line when it is about to write."""
    run = f"run-{seed}"
    archive = Archive.open(f"sqlite:///{folder / 'archive.sqlite'}")
    writer = CaptureWriter(folder / "captures", run, software="bench", max_size=3_000_000, packing=packing)
    waiting: list[tuple[str, Future[Location]]] = []
    print("ready", flush=True)
    for number in range(1_000_000):
        url = f"https://example.org/{run}/{number}"
        now = datetime.now(UTC)
        page = Exchange(url=url, fetched_at=now, status=200, headers=[("Content-Type", "text/html")], body=body(url))
        waiting.append((url, writer.submit(page)))
        if len(waiting) >= 8:
            archive.save([_article(url, future.result()) for url, future in waiting])
            waiting = []


def _article(url: str, place: Location) -> Article:
    kept = {"file": place.file, "offset": place.offset, "length": place.length, "digest": place.digest}
    return Article(url=url, title=f"Page {url}", body=[Paragraph(f"The words of {url}.")], provenance={"capture": kept})


def kill(folder: Path, seed: int, packing: Packing) -> float:
    """Let a process write for a random while and kill it; the seconds it had."""
    command = [sys.executable, "-m", "bench.torn", "--work", str(folder), "--seed", str(seed), "--packing", packing]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)
    assert process.stdout is not None
    process.stdout.readline()
    seconds = random.Random(seed).uniform(0, 0.8)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    return seconds


def fail(folder: Path, seed: int) -> None:
    """Cut what was not synced at a random byte, as a power failure may."""
    for journal in folder.glob(f"*{JOURNAL}"):
        file = journal.with_name(journal.name.removesuffix(JOURNAL))
        lines = [line for text in journal.read_text().splitlines() if (line := cdxj.parse(text))]
        synced = max((line.location.offset + line.location.length for line in lines), default=0)
        if file.exists() and (size := file.stat().st_size) > synced:
            os.truncate(file, random.Random(seed).randint(synced, size))


def whole(folder: Path) -> set[tuple[str, int]]:
    """The places of the whole records of all files, torn ones included."""
    return set(_whole(folder))


def _whole(folder: Path) -> Iterator[tuple[str, int]]:
    for file in Folder(folder).files():
        with file.open("rb") as stream:
            for found in records.read(stream, 0, file.stat().st_size, max_block=10_000_000):
                if isinstance(found, Damage):
                    break
                if not found.wrong_digest():
                    yield file.name, found.offset


def wrong(folder: Path, before: set[tuple[str, int]]) -> list[str]:
    """What is not as it was promised, after a repair."""
    captures = folder / "captures"
    found = [str(one) for file in verify.folder(captures) for one in file.problems]
    found += [f"{place}: a whole record is gone" for place in before - whole(captures)]
    for file in Folder(captures).files():
        if file.suffix == ".zst":
            continue
        with file.open("rb") as stream:
            for record in ArchiveIterator(stream, check_digests="raise"):
                record.content_stream().read()
    with Archive.open(f"sqlite:///{folder / 'archive.sqlite'}") as archive:
        for url, name, offset, length, digest in archive.places():
            try:
                if Folder(captures).message(Location(name, offset, length, digest)).body != body(url):
                    found.append(f"{url}: its capture is another page's")
            except Exception as error:
                found.append(f"{url}: {error}")
    return found


def torture(times: int, folder: Path, packing: Packing, told: bool = True) -> tuple[int, int, list[str]]:
    """Kill that often; how many kills tore a file, how many versions there are at the end, and what was wrong."""
    bad: list[str] = []
    torn = 0
    for seed in range(times):
        kill(folder, seed, packing)
        captures = folder / "captures"
        if seed % 2:
            fail(captures, seed)
        before = whole(captures) if captures.is_dir() else set()
        repaired = [problem for one in verify.folder(captures, repair=True) for problem in one.problems]
        torn += any("torn" in problem.what for problem in repaired)
        bad += wrong(folder, before) if seed % 10 == 9 or seed == times - 1 or bad else []
        if told and seed % 10 == 9:
            print(f"  {seed + 1} kills, {torn} files torn, {len(bad)} things wrong", flush=True)
    with Archive.open(f"sqlite:///{folder / 'archive.sqlite'}") as archive:
        versions = sum(1 for _ in archive.places())
    return torn, versions, bad


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("times", nargs="?", type=int, default=100)
    parser.add_argument("--packing", default="gzip", choices=[*map(str, Packing)])
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--seed", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        work(options.work, options.seed, Packing(options.packing))
        return 0
    with tempfile.TemporaryDirectory() as name:
        torn, versions, bad = torture(options.times, Path(name), Packing(options.packing))
    print(
        f"{options.times} kills, {torn} files torn, {versions} versions, each with its whole capture; wrong: {len(bad)}"
    )
    for line in bad[:20]:
        print("!", line)
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
