"""Other tools read what we write, and we read what they write (`python -m bench.interop` does so with pywb and wacz)."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from fastwarc.stream_io import GzipWriter, ZstdWriter
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from newsarchive.captures import Folder, Packing, Saved, read
from tests.captures.test_files import PAGE, exchange, written
from tests.cli.running import story


@pytest.mark.parametrize("packing", [*Packing])
def test_fastwarc_reads_every_record_and_finds_every_digest_right(tmp_path: Path, packing: Packing) -> None:
    places = written(tmp_path, exchange(1, PAGE), exchange(2, PAGE), exchange(3), packing=packing)
    (file,) = Folder(tmp_path).files()
    kinds, starts = [], []
    for one in ArchiveIterator(str(file), parse_http=False):
        kinds.append(str(one.record_type).rpartition(".")[2])
        starts.append(one.stream_pos)
        assert one.verify_block_digest(consume=False)
    assert kinds == ["warcinfo", "response", "request", "revisit", "request", "response", "request"]
    assert {place.offset for place in places} <= set(starts)


def test_warcio_checks_and_indexes_it_without_a_word(tmp_path: Path) -> None:
    written(tmp_path, exchange(1, PAGE), exchange(2, PAGE), exchange(3))
    (file,) = Folder(tmp_path).files()
    for act in ("check", "index"):
        done = subprocess.run(
            [sys.executable, "-m", "warcio.cli", act, file], capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, ""), act


@pytest.mark.parametrize("packing", [Packing.GZIP, Packing.ZSTD, Packing.NONE])
def test_a_crawlers_file_by_another_writer_is_read(tmp_path: Path, packing: Packing) -> None:
    """As Common Crawl writes CC-NEWS: warcinfo, then request, response and metadata, with its own headers."""
    path = tmp_path / "CC-NEWS-20251225120000-00001.warc.gz"
    bodies = {
        f"https://example.org/{n}": story(f"Le marché de {town}", town).encode()
        for n, town in enumerate(("Fès", "Safi"))
    }
    with path.open("wb") as raw:
        writers = {Packing.GZIP: GzipWriter, Packing.ZSTD: ZstdWriter}
        for url, body in bodies.items():
            head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Crawl-Content-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n"
            for kind, block in (
                (WarcRecordType.request, b"GET / HTTP/1.1\r\nHost: example.org\r\n\r\n"),
                (WarcRecordType.response, head.encode() + body),
                (WarcRecordType.metadata, b"fetchTimeMs: 51\r\ncharset-detected: UTF-8\r\n"),
            ):
                record = WarcRecord()
                record.init_headers(kind)
                record.headers["WARC-Target-URI"] = url
                record.headers["WARC-Date"] = "2025-12-25T12:00:00Z"
                record.headers["Content-Type"] = "application/http"
                record.set_bytes_content(block)
                out = io.BytesIO()
                record.write(out, checksum_data=True)
                if packing is Packing.NONE:
                    raw.write(out.getvalue())
                    continue
                packed = io.BytesIO()  # each record a member of its own, as it should be
                with writers[packing](packed) as writer:
                    writer.write(out.getvalue())
                raw.write(packed.getvalue())
    found = [one for one in read([path]) if isinstance(one, Saved)]
    assert {one.page.url: one.page.body for one in found} == bodies
    assert all(one.location is not None for one in found)
