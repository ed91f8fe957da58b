"""Pages come back from WARC files as they were captured; what is damaged is a reason."""

from __future__ import annotations

import gzip
import io
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newsarchive.captures import CaptureWriter, Exchange, Saved, Skipped, read

NOON = datetime(2025, 12, 25, 12, 0, tzinfo=UTC)
TEXT = "<html><body><p>L'été à Fès, côté médina.</p></body></html>"
STORY = Exchange(
    url="https://example.org/story",
    fetched_at=NOON,
    status=200,
    headers=[("Content-Type", "text/html; charset=utf-8"), ("Last-Modified", "Thu, 25 Dec 2025 11:00:00 GMT")],
    body=TEXT.encode(),
)


def captured(folder: Path, *exchanges: Exchange) -> Path:
    writer = CaptureWriter(folder, "demo", software="x")
    for one in exchanges:
        writer.submit(one)
    writer.close()
    return folder / "demo-00000.warc.gz"


def foreign(file: Path, body: bytes, headers: list[tuple[str, str]], *, compress: bool = False) -> Path:
    """A WARC file by another writer."""
    with file.open("wb") as stream:
        writer = WARCWriter(stream, gzip=compress)
        head = StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                "https://example.org/story",
                "response",
                payload=io.BytesIO(body),
                length=len(body),
                http_headers=head,
                warc_headers_dict={"WARC-Date": "2025-12-25T12:00:00Z"},
            )
        )
    return file


def only(file: Path) -> Saved | Skipped:
    (found,) = read([file])
    return found


def page_text(file: Path) -> str:
    found = only(file)
    assert isinstance(found, Saved), found
    return found.page.text


def test_a_captured_page_comes_back_whole_with_url_time_and_encoding(tmp_path: Path) -> None:
    found = only(captured(tmp_path, STORY))
    assert isinstance(found, Saved)
    assert found.page.url == "https://example.org/story"
    assert found.page.body == STORY.body
    assert found.page.captured_at == NOON
    assert found.page.encoding == "utf-8"
    assert found.page.last_modified == "Thu, 25 Dec 2025 11:00:00 GMT"
    assert found.location is not None
    assert found.location.file == "demo-00000.warc.gz"


@given(
    body=st.binary(min_size=1, max_size=2000).filter(lambda body: bool(body.strip())),
    value=st.text(st.characters(min_codepoint=0x21, max_codepoint=0xFF).filter(lambda c: not 0x7F <= ord(c) <= 0xA0)),
    cap=st.sampled_from([1, 10_000_000]),
)
@settings(max_examples=40, deadline=None)
def test_whatever_bytes_and_headers_a_server_sent_come_back(body: bytes, value: str, cap: int) -> None:
    sent = [
        replace(STORY, url=f"https://example.org/{n}", body=body, headers=[*STORY.headers, ("X-A", value)])
        for n in (1, 2)
    ]
    with tempfile.TemporaryDirectory() as folder:
        writer = CaptureWriter(Path(folder), "demo", software="x", max_size=cap)
        locations = [writer.submit(one) for one in sent]
        writer.close()
        pages = [found for found in read([Path(folder)]) if isinstance(found, Saved)]
        heads = b"".join(gzip.decompress(file.read_bytes()) for file in Path(folder).glob("*.gz"))
    assert [found.page.body for found in pages] == [body, body]
    assert [found.location for found in pages] == [future.result() for future in locations]
    assert heads.count(b"\r\nX-A: " + value.encode("latin-1") + b"\r\n") == 2


def test_an_address_in_any_letters_comes_back_as_it_was(tmp_path: Path) -> None:
    found = only(captured(tmp_path, replace(STORY, url="https://مثال.example/أخبار/1?q=é")))
    assert isinstance(found, Saved)
    assert found.page.url == "https://مثال.example/أخبار/1?q=é"


def test_a_body_that_was_sent_compressed_is_opened(tmp_path: Path) -> None:
    sent = replace(STORY, body=gzip.compress(STORY.body), headers=[*STORY.headers, ("Content-Encoding", "gzip")])
    assert page_text(captured(tmp_path, sent)) == TEXT


def test_a_chunked_body_of_another_writer_is_joined(tmp_path: Path) -> None:
    body = STORY.body
    chunked = b"5\r\n" + body[:5] + b"\r\n" + f"{len(body) - 5:x}".encode() + b"\r\n" + body[5:] + b"\r\n0\r\n\r\n"
    headers = [("Content-Type", "text/html"), ("Transfer-Encoding", "chunked")]
    assert page_text(foreign(tmp_path / "a.warc", chunked, headers)) == TEXT


def test_uncompressed_and_compressed_files_are_told_by_their_bytes_not_their_names(tmp_path: Path) -> None:
    headers = [("Content-Type", "text/html")]
    plain = foreign(tmp_path / "plain.warc.gz", STORY.body, headers)
    packed = foreign(tmp_path / "packed.warc", STORY.body, headers, compress=True)
    assert page_text(plain) == page_text(packed) == TEXT


def test_redirects_and_media_are_passed_over_and_errors_are_a_reason(tmp_path: Path) -> None:
    moved = replace(STORY, status=301, url="https://example.org/old")
    image = replace(STORY, url="https://example.org/a.png", headers=[("Content-Type", "image/png")])
    gone = replace(STORY, url="https://example.org/gone", status=404)
    found = list(read([captured(tmp_path, moved, image, gone, STORY)]))
    assert [type(one) for one in found] == [Skipped, Saved]
    assert isinstance(found[0], Skipped)
    assert (found[0].reason, found[0].url) == ("http 404", "https://example.org/gone")


def test_a_torn_tail_is_a_reason_and_all_before_it_is_read(tmp_path: Path) -> None:
    file = captured(tmp_path, replace(STORY, url="https://example.org/first"), STORY)
    last = [one for one in read([file]) if isinstance(one, Saved)][-1].location
    assert last is not None
    torn = tmp_path / "torn.warc.gz"
    for kept in (last.offset + 30, last.offset + last.length // 2, last.offset + last.length - 20):
        torn.write_bytes(file.read_bytes()[:kept])
        first, *others = read([torn])
        assert isinstance(first, Saved)
        assert first.page.url == "https://example.org/first"
        assert [one.reason for one in others if isinstance(one, Skipped)], f"cut at {kept} of {file.stat().st_size}"
        assert not [one for one in others if isinstance(one, Saved)]


def test_a_record_that_does_not_match_its_digest_is_refused(tmp_path: Path) -> None:
    file = foreign(tmp_path / "a.warc", STORY.body, [("Content-Type", "text/html")])
    file.write_bytes(file.read_bytes().replace(b"medina", b"MEDINA").replace("médina".encode(), "mésina".encode()))
    found = only(file)
    assert isinstance(found, Skipped)
    assert found.reason == "wrong digest"


def test_a_gzip_bomb_stops_at_the_cap(tmp_path: Path) -> None:
    bomb = gzip.compress(b"<p>" + b" " * 50_000_000)
    sent = replace(STORY, body=bomb, headers=[*STORY.headers, ("Content-Encoding", "gzip")])
    found = only(captured(tmp_path, sent))
    assert isinstance(found, Skipped)
    assert found.reason == "too large"


def test_a_file_that_only_has_the_name_of_a_warc_is_a_reason(tmp_path: Path) -> None:
    for name, data in (("a.warc", b"this is no archive\n" * 9), ("b.warc.gz", b"\x1f\x8bnothing"), ("c.warc", b"")):
        (tmp_path / name).write_bytes(data)
        found = list(read([tmp_path / name]))
        assert [type(one) for one in found] in ([Skipped], [])
