"""A file that is being written survives its writer: what was acknowledged is whole, what is torn is cut."""

from __future__ import annotations

import gzip
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from newsarchive.captures import CaptureWriter, Crawled, Exchange, Folder, Location, Original, Packing, Saved, read
from newsarchive.captures.files import JOURNAL, OpenFile, mend
from tests.captures.disks import disk

NOON = datetime(2025, 12, 25, 12, 0, tzinfo=UTC)
PAGE = b"<html><body>" + random.Random(7).randbytes(3000).hex().encode() + b"</body></html>"


TAILS = [b"", b"\x1f", b"\x28\xb5\x2f\xfd\x04", gzip.compress(PAGE)[:900], b"WARC/1.1\r\nWARC-Type: resp"]


def exchange(number: int, body: bytes | None = None) -> Exchange:
    return Exchange(
        url=f"https://example.org/story-{number}",
        fetched_at=NOON,
        status=200,
        headers=[("Content-Type", "text/html")],
        body=PAGE + str(number).encode() if body is None else body,
    )


def written(folder: Path, *exchanges: Exchange, name: str = "demo", **more: object) -> list[Location]:
    writer = CaptureWriter(folder, name, software="x", **more)  # type: ignore[arg-type]
    futures = [writer.submit(one) for one in exchanges]
    writer.close()
    return [future.result(5) for future in futures]


def left_open(folder: Path, tail: bytes) -> Path:
    """A folder as a killed writer leaves it: the file with something torn behind its last whole record, and its journal."""
    (whole,) = Folder(folder).files()
    lines = (folder / f"{whole.name}.cdxj").read_text().splitlines(keepends=True)
    (folder / f"{whole.name}.cdxj").unlink()
    (folder / f"{whole.name}{JOURNAL}").write_text(lines[0] + lines[1][:40])
    with whole.open("ab") as file:
        file.write(tail)
    return whole


@pytest.mark.parametrize("packing", [*Packing])
@pytest.mark.parametrize("tail", TAILS)
def test_what_a_killed_writer_left_is_cut_to_its_last_whole_record(
    tmp_path: Path, packing: Packing, tail: bytes
) -> None:
    places = written(tmp_path, *(exchange(n) for n in range(4)), packing=packing)
    size = Folder(tmp_path).files()[0].stat().st_size
    file = left_open(tmp_path, tail)
    (mended,) = mend(tmp_path)
    assert (mended.file, mended.cut) == (file.name, len(tail))
    assert file.stat().st_size == size
    folder = Folder(tmp_path)
    assert [folder.captures(f"https://example.org/story-{n}")[0].location for n in range(4)] == places
    assert mend(tmp_path) == []


def test_a_file_that_is_still_written_is_left_alone(tmp_path: Path) -> None:
    file = OpenFile(tmp_path, "busy.warc.gz")
    assert mend(tmp_path) == []
    file.close()


def test_a_writer_begins_by_mending_what_others_left(tmp_path: Path) -> None:
    written(tmp_path, exchange(1), exchange(2))
    left_open(tmp_path, b"\x1f\x8b\x08torn")
    written(tmp_path, exchange(3), name="next")
    assert not list(tmp_path.glob(f"*{JOURNAL}"))
    assert len([one for one in read([tmp_path]) if isinstance(one, Saved)]) == 3
    assert len((tmp_path / "index.cdxj").read_text().splitlines()) == 3


def test_the_same_payload_is_kept_once_in_a_run_and_its_place_is_the_first_ones(tmp_path: Path) -> None:
    first, second, other = written(tmp_path, exchange(1, PAGE), exchange(2, PAGE), exchange(3))
    assert first == second != other
    (line,) = Folder(tmp_path).captures("https://example.org/story-2")
    assert line.is_revisit
    pages = [one for one in read([tmp_path]) if isinstance(one, Saved)]
    assert [one.page.body for one in pages[:2]] == [PAGE, PAGE]
    assert pages[1].page.url == "https://example.org/story-2"


def test_the_same_payload_is_kept_once_over_runs_as_long_as_its_file_is_there(tmp_path: Path) -> None:
    kept: dict[str, Original] = {}

    def known(digests: Sequence[str]) -> Mapping[str, Original]:
        return {digest: kept[digest] for digest in digests if digest in kept}

    (first,) = written(tmp_path, exchange(1), keep=kept.update, known=known)
    (second,) = written(tmp_path, exchange(1), name="later", keep=kept.update, known=known)
    assert second == first
    with next(tmp_path.glob("later*.gz")).open("rb") as stream:
        kinds = [
            (one.rec_type, one.rec_headers.get_header("WARC-Refers-To-Target-URI")) for one in ArchiveIterator(stream)
        ]
    assert kinds == [("warcinfo", None), ("revisit", "https://example.org/story-1"), ("request", None)]
    (tmp_path / first.file).unlink()
    (third,) = written(tmp_path, exchange(1), name="again", known=known)
    assert third.file.startswith("again")


def test_small_and_truncated_payloads_are_no_originals(tmp_path: Path) -> None:
    small, again = written(tmp_path / "small", exchange(1, b"moved"), exchange(2, b"moved"))
    assert small != again
    cut = replace(exchange(1, PAGE), truncated="length")
    torn, whole = written(tmp_path / "cut", cut, exchange(2, PAGE))
    assert torn != whole
    with (tmp_path / "cut" / torn.file).open("rb") as stream:
        stated = [one.rec_headers.get_header("WARC-Truncated") for one in ArchiveIterator(stream)]
    assert stated == [None, "length", None, None, None]


def test_what_the_crawl_knew_of_a_page_comes_back_with_it(tmp_path: Path) -> None:
    crawled = Crawled(
        names=("https://example.org/old", "https://example.org/1?utm_source=a b"),
        dates=(("feed", "published", "Thu, 25 Dec 2025 11:00:00 GMT"),),
    )
    written(tmp_path, replace(exchange(1), crawled=crawled), exchange(2))
    first, second = (one for one in read([tmp_path]) if isinstance(one, Saved))
    assert first.crawled == crawled
    assert second.crawled == Crawled()


def test_a_disk_that_fills_up_loses_one_page_and_tears_no_file(tmp_path: Path) -> None:
    with disk(tmp_path / "small", "256k") as small:
        writer = CaptureWriter(small, "demo", software="x")
        futures = [writer.submit(exchange(n, random.Random(n).randbytes(20_000))) for n in range(40)]
        errors = [future.exception(10) for future in futures]
        writer.close()
        assert None in errors
        assert any(errors), "the disk never was full"
        for place in (future.result() for future in futures if not future.exception()):
            assert len(Folder(small).message(place).body) == 20_000
        for file in small.glob("*.warc.gz"):
            with file.open("rb") as stream:
                assert sum(1 for _ in ArchiveIterator(stream, check_digests=True))


def test_a_disk_that_may_not_be_written_fails_every_page_with_its_reason(tmp_path: Path) -> None:
    with disk(tmp_path / "locked", "256k", "ro") as locked:
        writer = CaptureWriter(locked, "demo", software="x")
        futures = [writer.submit(exchange(n)) for n in range(3)]
        errors = [str(future.exception(10)) for future in futures]
        writer.close()
        assert not list(locked.iterdir())
    assert len(errors) == 3
    assert all("not written" in error and "Read-only file system" in error for error in errors)
