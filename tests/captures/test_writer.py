"""Captures are on disk, whole and readable by WARC tools, before they are acknowledged."""

from __future__ import annotations

import gzip
import io
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from newsarchive.captures import CaptureError, CaptureWriter, Exchange, Location, Saved, read
from newsarchive.captures import writer as writers

NOON = datetime(2025, 12, 25, 12, 0, tzinfo=UTC)
PAGE = b"<html><body><p>Le port a rouvert.</p></body></html>"


def exchange(number: int = 0, body: bytes = PAGE) -> Exchange:
    return Exchange(
        url=f"https://example.org/story-{number}?a=1",
        fetched_at=NOON,
        status=200,
        headers=[("Content-Type", "text/html; charset=utf-8"), ("Transfer-Encoding", "chunked"), ("X-A", "é")],
        body=body,
        request_headers=[("User-Agent", "newsarchive/0")],
        ip="192.0.2.7",
    )


def write(folder: Path, *exchanges: Exchange, max_size: int = writers.MAX_SIZE) -> list[Location]:
    writer = CaptureWriter(folder, "demo", software="newsarchive/0", max_size=max_size)
    futures = [writer.submit(one) for one in exchanges]
    writer.close()
    return [future.result() for future in futures]


def passes_the_check_of_warcio(file: Path) -> bool:
    checker = Checker(type("Arguments", (), {"verbose": False, "inputs": [str(file)]})())
    checker.process_all()
    return bool(checker.exit_value == 0)


def test_an_exchange_becomes_a_response_and_a_request_behind_a_warcinfo(tmp_path: Path) -> None:
    write(tmp_path, exchange())
    file = tmp_path / "demo-00000.warc.gz"
    with file.open("rb") as stream:
        kinds, heads = [], {}
        for record in ArchiveIterator(stream):
            kinds.append(record.rec_type)
            heads[record.rec_type] = (record.rec_headers, record.http_headers)
            record.content_stream().read()
    assert kinds == ["warcinfo", "response", "request"]
    warc, http = heads["response"]
    assert warc.protocol == "WARC/1.1"
    assert warc.get_header("WARC-Date") == "2025-12-25T12:00:00Z"
    assert warc.get_header("WARC-IP-Address") == "192.0.2.7"
    assert http.get_header("Transfer-Encoding") is None
    assert http.get_header("Content-Type") == "text/html; charset=utf-8"
    asked, request = heads["request"]
    assert asked.get_header("WARC-Concurrent-To") == warc.get_header("WARC-Record-ID")
    assert request.statusline == "/story-0?a=1 HTTP/1.1"
    assert request.get_header("Host") == "example.org"


def test_what_is_written_passes_the_check_of_warcio(tmp_path: Path) -> None:
    write(tmp_path, *(exchange(number) for number in range(5)))
    assert passes_the_check_of_warcio(tmp_path / "demo-00000.warc.gz")


def test_a_location_points_at_one_whole_gzip_member(tmp_path: Path) -> None:
    for location in write(tmp_path, exchange(1), exchange(2, b"<p>other</p>")):
        data = (tmp_path / location.file).read_bytes()[location.offset : location.offset + location.length]
        record = next(ArchiveIterator(io.BytesIO(data)))
        assert record.rec_headers.get_header("WARC-Payload-Digest") == location.digest
        assert gzip.decompress(data).startswith(b"WARC/1.1")


def test_the_same_bytes_have_the_same_digest(tmp_path: Path) -> None:
    first, second, other = write(tmp_path, exchange(1), exchange(2), exchange(3, b"x"))
    assert first.digest == second.digest != other.digest


def test_a_full_file_is_followed_by_a_new_one(tmp_path: Path) -> None:
    locations = write(tmp_path, exchange(1), exchange(2), exchange(3), max_size=1)
    assert [location.file for location in locations] == [f"demo-0000{number}.warc.gz" for number in range(3)]
    assert all(passes_the_check_of_warcio(file) for file in tmp_path.iterdir())


def test_no_file_is_made_when_nothing_is_captured(tmp_path: Path) -> None:
    write(tmp_path / "captures")
    assert not (tmp_path / "captures").exists()


def test_a_folder_that_cannot_be_made_fails_the_capture(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    writer = CaptureWriter(tmp_path / "file" / "captures", "demo", software="x")
    future = writer.submit(exchange())
    with pytest.raises(CaptureError, match="not written"):
        future.result(timeout=5)
    writer.close()


def test_a_failed_sync_leaves_no_torn_record_and_the_next_capture_goes_into_a_new_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = CaptureWriter(tmp_path, "demo", software="x")
    writer.submit(exchange(1)).result(timeout=5)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(CaptureError, match="No space left"):
            writer.submit(exchange(2)).result(timeout=5)
    location = writer.submit(exchange(3)).result(timeout=5)
    writer.close()
    assert location.file == "demo-00001.warc.gz"
    pages = [found.page.url for found in read([tmp_path]) if isinstance(found, Saved)]
    assert pages == ["https://example.org/story-1?a=1", "https://example.org/story-3?a=1"]
    assert all(passes_the_check_of_warcio(file) for file in tmp_path.iterdir())


def test_a_file_without_a_whole_record_is_not_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    writer = CaptureWriter(tmp_path, "demo", software="x")
    with pytest.raises(CaptureError, match="No space left"):
        writer.submit(exchange()).result(timeout=5)
    writer.close()
    assert not list(tmp_path.iterdir())


def test_an_exchange_that_warc_cannot_hold_fails_alone(tmp_path: Path) -> None:
    naive = replace(exchange(), fetched_at=NOON.replace(tzinfo=None))
    other = replace(exchange(), url="ftp://example.org/a")
    writer = CaptureWriter(tmp_path, "demo", software="x")
    first, second, good = (writer.submit(one) for one in (naive, other, exchange()))
    with pytest.raises(CaptureError, match="aware"):
        first.result(timeout=5)
    with pytest.raises(CaptureError, match="http"):
        second.result(timeout=5)
    assert good.result(timeout=5).length > 0
    writer.close()


def test_a_capture_nobody_waits_for_any_more_disturbs_no_other(tmp_path: Path) -> None:
    writer = CaptureWriter(tmp_path, "demo", software="x")
    futures = [writer.submit(exchange(number)) for number in range(50)]
    for future in futures[::2]:
        future.cancel()
    assert all(future.result(timeout=5).length for future in futures[1::2])
    writer.close()


def test_a_closed_writer_refuses_more(tmp_path: Path) -> None:
    writer = CaptureWriter(tmp_path, "demo", software="x")
    writer.close()
    writer.close()
    with pytest.raises(CaptureError, match="closed"):
        writer.submit(exchange())


def test_two_writers_never_share_a_file(tmp_path: Path) -> None:
    write(tmp_path, exchange(1))
    writer = CaptureWriter(tmp_path, "demo", software="x")
    with pytest.raises(CaptureError, match="exists"):
        writer.submit(exchange(2)).result(timeout=5)
    writer.close()
