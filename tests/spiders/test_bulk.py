"""Replay in bulk: slices join, a stopped replay goes on, one bad page costs itself, and the archive is that of the spider."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from newsarchive.archive import Archive, Progress
from newsarchive.bookkeeping import Books
from newsarchive.spiders import storing
from newsarchive.spiders.bulk import Input, Replay, ReplayError
from newsarchive.spiders.workers import ReadingError
from tests.captures.test_records import record
from tests.cli.running import command, fixture, story

TOWNS = ("Tanger", "Fès", "Rabat", "Agadir", "Oujda", "Safi", "Taza", "Nador", "Asilah", "Azrou")


class Stats(Counter[str]):
    def inc_value(self, key: str, count: int = 1) -> None:
        self[key.removeprefix("newsarchive/")] += count


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(f"sqlite:///{tmp_path / 'archive.sqlite'}") as archive:
        yield archive


def page(n: int, more: str = "") -> bytes:
    return story(f"Le marché de {TOWNS[n]} rouvre", TOWNS[n]).replace("</main>", f"{more}</main>").encode()


def warc(folder: Path, *pages: bytes, packed: bool = True, first: int = 0) -> Path:
    path = folder / ("a.warc.gz" if packed else "a.warc")
    records = [record(n, body) for n, body in enumerate(pages, first)]
    path.write_bytes(b"".join(gzip.compress(one) if packed else one for one in records))
    return path


def replay(archive: Archive, path: Path, *, size: int = 1_000, workers: int = 0) -> tuple[Replay, Stats]:
    stats = Stats()
    return Replay(archive, Books(stats), Input(paths=[path], size=size), workers=workers, timeout=20), stats


def places(archive: Archive) -> list[str]:
    return sorted(stored.values["url"] for stored in archive.rows())


ALL = sorted(f"https://example.org/{n}" for n in range(len(TOWNS)))


@pytest.mark.parametrize("size", [700, 5_000, 10**9])
@pytest.mark.parametrize("packed", [True, False])
def test_slices_read_by_many_give_every_page_once(archive: Archive, tmp_path: Path, size: int, packed: bool) -> None:
    one, stats = replay(archive, warc(tmp_path, *map(page, range(10)), packed=packed), size=size)
    one.run()
    assert places(archive) == ALL
    assert stats == {"fetched": 10, "stored": 10}
    assert archive.replayed(one.given.key) is None


def test_a_record_inside_of_a_record_is_not_taken_for_one(archive: Archive, tmp_path: Path) -> None:
    trap = "<pre>" + "x" * 900 + "\n" + record(7, b"<p>no page</p>", url="https://trap.example/").decode() + "</pre>"
    path = warc(tmp_path, *(page(n, trap) for n in range(10)), packed=False)
    one, stats = replay(archive, path, size=900)
    one.run()
    assert places(archive) == ALL
    assert stats == {"fetched": 10, "stored": 10}


def test_a_replay_that_was_stopped_goes_on_where_it_was(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = warc(tmp_path, *map(page, range(10)))
    first, before = replay(archive, path)
    saved = archive.save_ready
    calls = 0
    monkeypatch.setattr(storing, "BATCH", 2)

    def stopped(*given: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise KeyboardInterrupt
        return saved(*given)

    with monkeypatch.context() as patched:
        patched.setattr(archive, "save_ready", stopped)
        with pytest.raises(KeyboardInterrupt):
            first.run()
    second, after = replay(archive, path)
    second.run()
    assert second.resumed is not None
    assert 0 < second.resumed.records == first.kept <= before["fetched"] < 10
    assert before["stored"] + after["stored"] == 10
    assert after["fetched"] < 10
    assert places(archive) == ALL


def test_an_input_that_changed_meanwhile_is_told_and_may_be_begun_anew(archive: Archive, tmp_path: Path) -> None:
    path = warc(tmp_path, *map(page, range(10)))
    one, _ = replay(archive, path)
    archive.replay_to(one.given.key, Progress(units=2, place=f"{path}:77", position=77, records=3, articles=3))
    with pytest.raises(ReplayError, match="--restart"):
        one.run()
    again, _ = replay(archive, path)
    again.run(restart=True)
    assert places(archive) == ALL


def test_names_with_spaces_and_newlines_and_records_in_any_order_are_replayed(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "a folder\nof two lines"
    folder.mkdir()
    newer, older = record(1, page(1)), record(1, page(2)).replace(b"2025-12-25", b"2015-12-25")
    (folder / "a b\nc.warc.gz").write_bytes(gzip.compress(newer) + gzip.compress(older))
    one, stats = replay(archive, folder)
    one.run()
    (stored,) = archive.rows()
    assert stored.values["title"] == f"Le marché de {TOWNS[1]} rouvre"
    assert (stored.values["versions"], stored.values["captured_at"].year) == (2, 2025)
    assert stats["failed"] == 0


class Broken:
    """A pool whose workers go down with every slice."""

    def submit(self, task: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_exception(ReadingError("extraction crashed"))
        return future

    def close(self) -> None:
        pass


def test_a_slice_that_takes_its_worker_down_is_read_page_by_page(archive: Archive, tmp_path: Path) -> None:
    one, stats = replay(archive, warc(tmp_path, *map(page, range(10))), size=3_000)
    one._pool = Broken()  # type: ignore[assignment]
    one.run()
    assert places(archive) == ALL
    assert stats["failed"] == 0


def test_an_amp_form_waits_for_its_page_and_becomes_a_name_of_it(archive: Archive, tmp_path: Path) -> None:
    url, form = "https://example.org/marche", "https://example.org/marche/amp"
    whole = story("Le marché rouvre", url=url)
    short = whole.replace("Les clients de Tanger", "Tous").replace("<html", "<html amp", 1)
    path = tmp_path / "a.warc.gz"
    path.write_bytes(
        gzip.compress(record(1, short.encode(), url=form)) + gzip.compress(record(2, whole.encode(), url=url))
    )
    one, stats = replay(archive, path, size=400)
    one.run()
    (stored,) = archive.rows()
    assert (stored.values["url"], list(stored.aliases), stored.values["versions"]) == (url, [form], 1)
    assert stats == {"fetched": 2, "stored": 1, "duplicate": 1}


def test_it_gives_what_the_spider_gives(tmp_path: Path) -> None:
    for n in range(4):
        fixture(tmp_path / "pages" / str(n), page(n).decode(), f"https://example.org/{n}")
    (tmp_path / "pages" / "wall.html").write_text("<title>x</title>")
    (tmp_path / "pages" / "wall.json").write_text('{"url": "https://example.org/wall"}')
    warc(tmp_path / "pages", *map(page, range(4, 8)), first=4)
    found = []
    for more in ((), ("-s", 'ITEM_PIPELINES={"scrapy.pipelines.files.FilesPipeline": 900}', "-s", "FILES_STORE=files")):
        done = command("replay", "pages", "--json", "-s", "NEWSARCHIVE_WORKERS=0", *more, folder=tmp_path)
        with Archive.open(f"sqlite:///{tmp_path / 'archive.sqlite'}") as archive:
            articles = [stored.article for stored in archive.rows()]
            rows = sorted((row.url, row.state, row.reason) for row in archive.ledger())
        counts = {name: number for name, number in done.json.items() if isinstance(number, int)}
        found.append((sorted(articles, key=lambda one: one.url), rows, counts))
        for file in tmp_path.glob("archive.sqlite*"):
            file.unlink()
    assert found[0][2]["stored"] == 8, json.dumps(found[0][2])
    assert found[0] == found[1]
