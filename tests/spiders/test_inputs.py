"""What else may be replayed: folders of ArchiveBox, feeds and sitemaps, copies; by one worker or by many, interrupted or not."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from newsarchive.archive import Archive
from newsarchive.captures import slices
from newsarchive.spiders import replaying, storing
from tests.captures.test_records import record
from tests.cli.running import Run, runner
from tests.spiders.test_bulk import page, replay, warc

FEED = b"""<?xml version="1.0"?><!-- made by hand --><rss version="2.0"><channel><item><link>https://example.org/0</link></item>
</channel></rss>"""
SITEMAP = (
    b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://example.org/0</loc></url></urlset>'
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(f"sqlite:///{tmp_path / 'archive.sqlite'}") as archive:
        yield archive


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NEWSARCHIVE_WORKERS", "0")
    return runner(capsys)


def snapshot(folder: Path, n: int, **forms: bytes) -> None:
    """A snapshot as ArchiveBox keeps it: what it is of, and the page in many forms."""
    (folder / "warc").mkdir(parents=True)
    (folder / "example.org").mkdir()
    about = {"url": f"https://example.org/{n}", "timestamp": "1709373600.5", "history": {}, "title": "x"}
    (folder / "index.json").write_text(json.dumps(about))
    (folder / "index.html").write_text("<title>ArchiveBox: the page about the page</title>")
    (folder / "example.org" / "index.html").write_bytes(page(9))  # wget's copy, its links changed
    for name, data in forms.items():
        path = folder / ("warc/1709373600.warc.gz" if name == "warc" else f"{name}.html")
        path.write_bytes(data)


def test_of_a_snapshot_of_archivebox_the_most_faithful_form_is_read_once(archive: Archive, tmp_path: Path) -> None:
    box = tmp_path / "box" / "archive"
    snapshot(box / "1709373600.1", 0, warc=gzip.compress(record(0, page(0))), output=page(5), singlefile=page(6))
    snapshot(box / "1709373600.2", 1, output=page(1), singlefile=page(6))
    snapshot(box / "1709373600.3", 2, singlefile=page(2))
    one, stats = replay(archive, tmp_path / "box")
    one.run()
    found = {stored.values["url"]: stored.values for stored in archive.rows()}
    assert [found[f"https://example.org/{n}"]["title"] for n in range(3)] == [
        f"Le marché de {town} rouvre" for town in ("Tanger", "Fès", "Rabat")
    ]
    assert stats == {"fetched": 3, "stored": 3}
    assert found["https://example.org/1"]["captured_at"].isoformat() == "2024-03-02T10:00:00.500000+00:00"


@pytest.mark.parametrize("media_type", ["application/rss+xml", "text/xml; charset=utf-8", "application/xml"])
def test_feeds_and_sitemaps_among_the_records_are_counted_as_lists(
    archive: Archive, tmp_path: Path, media_type: str
) -> None:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\n\r\n"
    drawing = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'
    records = [record(n, body, head=head) for n, body in enumerate((FEED, SITEMAP, drawing), 1)]
    (tmp_path / "a.warc.gz").write_bytes(b"".join(map(gzip.compress, [record(0, page(0)), *records])))
    one, stats = replay(archive, tmp_path / "a.warc.gz")
    one.run()
    assert stats == {"fetched": 1, "stored": 1, "listing": 2, "listing/feed": 1, "listing/sitemap": 1}
    assert {row.url[-1]: (row.state, row.reason) for row in archive.ledger() if row.state == "listing"} == {
        "1": ("listing", "feed"),
        "2": ("listing", "sitemap"),
    }


def test_a_saved_feed_is_told_to_be_one(run: Run, tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_bytes(FEED)
    assert run("replay", "feed.xml", "--url", "https://example.org/feed").line == "newsarchive: feed.xml: feed"


def stored(archive: Archive) -> list[Any]:
    """All that is stored, in the order in which it came to the archive."""
    names = ("id", "url", "title", "version", "versions", "duplicate_of_id", "captured_at", "capture_offset")
    return [[one.values.get(name) for name in names] + [sorted(one.aliases)] for one in archive.rows()]


class Unequal:
    """A pool whose workers are done in another order than they were asked: every second part takes longer."""

    def __init__(self) -> None:
        self.threads, self.asked, self.ended = ThreadPoolExecutor(3), 0, list[int]()

    def submit(self, task: Any) -> Future[Any]:
        self.asked += 1
        return self.threads.submit(self.done, task, self.asked)

    def done(self, task: Any, number: int) -> Any:
        time.sleep(0.05 * (number % 2))
        answer = replaying.run(task)
        self.ended.append(number)
        return answer

    def close(self) -> None:
        self.threads.shutdown()


def test_many_workers_store_the_same_as_one_in_the_same_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies too: the first in the file is the original."""
    monkeypatch.setattr(storing, "BATCH", 3)
    path = warc(tmp_path, *(page(n % 4) for n in range(10)))
    found = []
    for pool in (None, Unequal()):
        with Archive.open(f"sqlite:///{tmp_path / f'{pool is None}.sqlite'}") as archive:
            one, stats = replay(archive, path, size=1_500)
            if pool is not None:
                one._pool, one._ahead = pool, 5  # type: ignore[assignment]
            one.run()
            found.append((stored(archive), stats))
    assert pool is not None
    assert pool.ended != sorted(pool.ended)
    assert found[0] == found[1]
    assert found[0][1]["duplicate"] > 0


def test_ctrl_c_ends_a_replay_with_130_and_the_same_command_goes_on(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warc(tmp_path, *map(page, range(10)))
    monkeypatch.setattr(storing, "BATCH", 2)
    asked = ("replay", "a.warc.gz", "--database", "archive.sqlite", "--json")
    saved, plan, calls = Archive.save_ready, slices.plan, 0
    monkeypatch.setattr(slices, "plan", lambda paths, _: plan(paths, 1_000))

    def stopped(*given: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise KeyboardInterrupt
        return saved(*given)

    with monkeypatch.context() as patched:
        patched.setattr(Archive, "save_ready", stopped)
        first = run(*asked)
    assert first.code == 130
    assert first.json["ended"] == "shutdown"
    assert "the same command goes on there" in first.err
    second = run(*asked)
    assert second.code == 0
    assert "went on at record" in second.err
    assert first.json["stored"] > 0
    assert first.json["stored"] + second.json["stored"] == 10
    with Archive.open("sqlite:///archive.sqlite") as archive:
        assert archive.stats().articles == 10
