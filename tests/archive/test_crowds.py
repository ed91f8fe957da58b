"""Many writers at once, and writers that die."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import text

from newsarchive.archive import Archive
from newsarchive.archive.engine import reading
from newsarchive.archive.schema import HEAD, current
from tests.archive import crowd

ROOT = Path(__file__).parents[2]
WRITERS = 4


def start(act: str, url: str, seed: int, number: int) -> subprocess.Popen[str]:
    """A process that has everything loaded and waits for a line on stdin."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.archive.crowd", act, url, str(seed), str(number)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def check(url: str, number: int) -> None:
    """Nothing lost, nothing doubled, every copy linked to one first."""
    with Archive.open(url) as archive:
        urls = [stored.article.url for stored in archive.rows()]
        assert len(urls) == len(set(urls)) == 2 * number
        stats = archive.stats()
        assert (stats.articles, stats.versions) == (2 * number, 2 * number)
        assert stats.urls == 3 * number + 10
        with reading(archive._engine) as connection:
            texts = connection.execute(
                text(
                    "SELECT text_digest, count(*), sum(CASE WHEN duplicate_of_id IS NULL THEN 1 ELSE 0 END)"
                    " FROM versions JOIN articles ON articles.id = article_id GROUP BY text_digest"
                )
            ).all()
    assert all(firsts == 1 for _, _, firsts in texts)
    assert len(texts) == number + (number + 4) // 5


def test_processes_that_write_the_same_articles_lose_and_double_nothing(url: str) -> None:
    """They also open the fresh database at the same time, so only one of them may migrate it."""
    processes = [start("overlapping", url, seed, 30) for seed in range(WRITERS)]
    for process in processes:
        go(process)
    for process in processes:
        _, complaint = process.communicate(timeout=120)
        assert process.returncode == 0, complaint
    check(url, 30)


def test_eight_processes_that_write_copies_of_each_other_make_one_story_of_each_text(url: str) -> None:
    processes = [start("copying", url, seed, 20) for seed in range(8)]
    for process in processes:
        go(process)
    for process in processes:
        _, complaint = process.communicate(timeout=120)
        assert process.returncode == 0, complaint
    with Archive.open(url) as archive:
        assert archive.stats().articles == 8 * 20
        with reading(archive._engine) as connection:
            stories = connection.execute(
                text(
                    "SELECT story_id, count(*), count(DISTINCT title) FROM kin JOIN versions USING (article_id)"
                    " GROUP BY story_id"
                )
            ).all()
            waiting = connection.execute(text("SELECT count(*) FROM unlinked")).scalar()
    assert (len(stories), waiting) == (10, 0)
    assert {tuple(row[1:]) for row in stories} == {(16, 1)}, "all copies of one text and nothing else"


def test_threads_that_write_the_same_articles_lose_and_double_nothing(url: str) -> None:
    Archive.open(url).close()
    with ThreadPoolExecutor(WRITERS) as pool:
        for future in [pool.submit(crowd.overlapping, url, seed, 30) for seed in range(WRITERS)]:
            future.result(120)
    check(url, 30)


def test_what_was_acknowledged_survives_kill_9(url: str) -> None:
    Archive.open(url).close()
    acknowledged: list[str] = []
    for turn in range(3):
        process = start("acknowledging", url, turn * 100_000, 100_000)
        assert process.stdout is not None
        go(process)
        for _ in range(50 + 37 * turn):
            acknowledged.append(process.stdout.readline().strip())
        process.kill()
        acknowledged += process.stdout.read().split()[:-1]
        process.wait(10)
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream is not None:
                stream.close()
    with Archive.open(url) as archive:
        kept = {stored.article.url for stored in archive.rows()}
        stats = archive.stats()
    assert set(acknowledged) <= kept
    assert len(acknowledged) >= 250
    assert stats.articles == stats.versions == stats.urls, "an article and its line in the ledger are one write"


def test_threads_that_open_a_fresh_database_at_once_migrate_it_once(url: str) -> None:
    def version() -> str | None:
        with Archive.open(url) as archive:
            return current(archive._engine)

    with ThreadPoolExecutor(6) as pool:
        assert [future.result(60) for future in [pool.submit(version) for _ in range(6)]] == [HEAD] * 6
