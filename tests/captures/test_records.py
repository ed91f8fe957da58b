"""Records of any writer are read where they are sound, told where they are not, and reading goes on behind damage."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import random
import zlib
from pathlib import Path
from typing import Any

import pytest
from backports import zstd

from newsarchive.captures import Saved, Skipped, Wanted, members, read, slices
from newsarchive.captures.saved import MAX_BYTES

TEXT = "<html><body><p>La marée de midi a repris le sable du vieux port, {n} fois.</p></body></html>"
HTTP = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{more}\r\n"


def record(
    n: int = 1,
    body: bytes | None = None,
    *,
    more: str = "",
    fields: str = "",
    length: int | None = None,
    head: str | None = None,
    kind: str = "response",
    url: str | None = None,
) -> bytes:
    """A record made by hand, as any writer might."""
    block = (HTTP.format(more=more) if head is None else head).encode() + (
        TEXT.format(n=n).encode() if body is None else body
    )
    return (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url or f'https://example.org/{n}'}\r\n"
        f"WARC-Date: 2025-12-25T12:00:00Z\r\nWARC-Record-ID: <urn:uuid:{n}>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"{fields}Content-Length: {len(block) if length is None else length}\r\n\r\n"
    ).encode() + block + b"\r\n\r\n"  # fmt: skip


def results(path: Path, wanted: Wanted = Wanted()) -> tuple[list[str], list[str]]:  # noqa: B008
    """The addresses of the pages of a file, and the reasons of what gave none."""
    found = list(read([path], wanted=wanted))
    pages = [one.page.url[20:] for one in found if isinstance(one, Saved)]
    return pages, [one.reason for one in found if isinstance(one, Skipped)]


def file(folder: Path, data: bytes, name: str = "a.warc.gz") -> Path:
    (folder / name).write_bytes(data)
    return folder / name


def test_records_that_share_one_gzip_member_are_read_but_have_no_place_of_their_own(tmp_path: Path) -> None:
    path = file(tmp_path, gzip.compress(record(1) + record(2) + record(3)))
    pages = [one for one in read([path]) if isinstance(one, Saved)]
    assert [page.page.url[-1] for page in pages] == ["1", "2", "3"]
    assert [page.location for page in pages] == [None, None, None]


def test_files_one_behind_the_other_are_one_file(tmp_path: Path) -> None:
    one, two = gzip.compress(record(1)), gzip.compress(record(2))
    assert results(file(tmp_path, one + two + one)) == (["1", "2", "1"], [])
    assert results(file(tmp_path, record(1) + record(2), "b.warc")) == (["1", "2"], [])


def test_zstd_frames_are_read_and_frames_to_be_skipped_are(tmp_path: Path) -> None:
    skipped = b"\x50\x2a\x4d\x18" + (5).to_bytes(4, "little") + b"notes"
    path = file(tmp_path, skipped + zstd.compress(record(1)) + zstd.compress(record(2)), "a.warc.zst")
    assert results(path) == (["1", "2"], [])


@pytest.mark.parametrize("n", [0, 1, 2])
def test_a_damaged_member_is_one_reason_and_all_others_are_read(tmp_path: Path, n: int) -> None:
    bodies = [random.Random(i).randbytes(400).hex().encode() for i in range(3)]
    members = [gzip.compress(record(i, body)) for i, body in enumerate(bodies)]
    broken = bytearray(members[n])
    broken[60:70] = bytes(10)
    members[n] = bytes(broken)
    pages, reasons = results(file(tmp_path, b"".join(members)))
    assert pages == [str(i) for i in range(3) if i != n]
    assert reasons == ["damaged record"]


def test_rubbish_between_members_is_one_reason(tmp_path: Path) -> None:
    data = gzip.compress(record(1)) + b"\x00" * 5000 + b"rubbish" + gzip.compress(record(2))
    assert results(file(tmp_path, data)) == (["1", "2"], ["damaged record"])


@pytest.mark.parametrize(("length", "packed"), [(5, True), (5, False), (90_000, True), (40, False)])
def test_a_record_with_a_wrong_length_costs_no_other(tmp_path: Path, length: int, packed: bool) -> None:
    parts = [record(1), record(2, length=length), record(3), record(4)]
    data = b"".join(gzip.compress(part) for part in parts) if packed else b"".join(parts)
    pages, reasons = results(file(tmp_path, data, "a.warc.gz" if packed else "a.warc"))
    assert {"1", "3", "4"} <= set(pages)
    assert reasons, "nothing was told"


@pytest.mark.parametrize("stated", ["", "twelve", "-5", "²"])
def test_a_length_that_is_no_number_is_a_reason(tmp_path: Path, stated: str) -> None:
    bad = record(2).replace(b"Content-Length: ", f"Content-Length: {stated}\r\nX-Old-Length: ".encode(), 1)
    pages, reasons = results(file(tmp_path, gzip.compress(record(1)) + gzip.compress(bad) + gzip.compress(record(3))))
    assert (pages, reasons) == (["1", "3"], ["wrong length"])


@pytest.mark.parametrize("name", ["a.arc.gz", "a.warc.gz"])
def test_an_arc_file_is_told_with_what_to_do(tmp_path: Path, name: str) -> None:
    arc = b"filedesc://a.arc 0.0.0.0 20040101000000 text/plain 76\n1 0 Heritrix\n\n"
    (found,) = read([file(tmp_path, gzip.compress(arc), name)])
    assert isinstance(found, Skipped)
    assert (found.reason, "warcio recompress" in (found.detail or "")) == ("arc file", True)


def test_digests_of_any_usual_form_are_checked(tmp_path: Path) -> None:
    body = TEXT.format(n=1).encode()
    block = (HTTP.format(more="") + TEXT.format(n=1)).encode()
    right = [
        f"WARC-Payload-Digest: sha1:{base64.b32encode(hashlib.sha1(body).digest()).decode()}\r\n",
        f"WARC-Payload-Digest: sha256:{hashlib.sha256(body).hexdigest()}\r\n",
        f"WARC-Block-Digest: sha1:{base64.b32encode(hashlib.sha1(block).digest()).decode().lower()}\r\n",
        "WARC-Payload-Digest: whirlpool:ABCDEF\r\n",
    ]
    wrong = [f"WARC-{kind}-Digest: sha1:{'A' * 32}\r\n" for kind in ("Payload", "Block")]
    data = b"".join(gzip.compress(record(1, fields=fields)) for fields in [*right, *wrong])
    assert results(file(tmp_path, data)) == (["1"] * 4, ["wrong digest"] * 2)


def test_the_digest_of_a_chunked_payload_may_be_of_either_form(tmp_path: Path) -> None:
    body = TEXT.format(n=1).encode()
    chunked = f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"
    records = []
    for of in (body, chunked):
        digest = f"WARC-Payload-Digest: sha1:{base64.b32encode(hashlib.sha1(of).digest()).decode()}\r\n"
        records.append(gzip.compress(record(1, chunked, more="Transfer-Encoding: chunked\r\n", fields=digest)))
    assert results(file(tmp_path, b"".join(records))) == (["1", "1"], [])


@pytest.mark.parametrize(
    ("body", "more"),
    [
        (gzip.compress(TEXT.encode()), "Content-Encoding: gzip\r\n"),
        (zstd.compress(TEXT.encode()), "Content-Encoding: zstd\r\n"),
        (TEXT.encode(), "Content-Encoding: gzip\r\n"),
        (TEXT.encode(), "Transfer-Encoding: chunked\r\n"),
        (TEXT.encode(), "X-Crawl-Content-Encoding: gzip\r\nContent-Encoding: identity\r\n"),
        (TEXT.encode(), "Content-Encoding: nonsense\r\n"),
    ],
)
def test_codings_left_on_or_taken_off_by_a_writer_make_no_difference(tmp_path: Path, body: bytes, more: str) -> None:
    (found,) = read([file(tmp_path, gzip.compress(record(1, body, more=more)))])
    assert isinstance(found, Saved)
    assert found.page.text == TEXT


def test_a_charset_that_lies_is_seen_through(tmp_path: Path) -> None:
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=iso-8859-1\r\n\r\n"
    body = b'<meta charset="utf-8">' + TEXT.encode()
    (found,) = read([file(tmp_path, gzip.compress(record(1, body, head=head)))])
    assert isinstance(found, Saved)
    assert "marée" in found.page.text


def test_a_response_without_http_headers_is_a_reason_and_a_resource_needs_none(tmp_path: Path) -> None:
    bare = record(1, head="")
    resource = record(2, head="", kind="resource").replace(b"application/http; msgtype=response", b"text/html")
    path = file(tmp_path, gzip.compress(bare) + gzip.compress(resource))
    assert results(path) == (["2"], ["no http headers"])


def test_a_record_of_100_megabytes_is_a_reason_and_is_never_held_whole(tmp_path: Path) -> None:
    import tracemalloc

    parts = io.BytesIO()
    with gzip.GzipFile(fileobj=parts, mode="wb", compresslevel=1) as member:
        head = HTTP.format(more="")
        member.write(record(2, b"", length=100_000_000 + len(head))[:-4])
        for _ in range(100):
            member.write(b"a" * 1_000_000)
        member.write(b"\r\n\r\n")
    path = file(tmp_path, gzip.compress(record(1)) + parts.getvalue() + gzip.compress(record(3)))
    tracemalloc.start()
    found = results(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == (["1", "3"], ["too large"])
    assert peak < 4 * MAX_BYTES


def test_filters_choose_by_address_status_and_type(tmp_path: Path) -> None:
    gone = record(2, head=HTTP.format(more="").replace("200 OK", "404 Gone"))
    feed = record(3, head=HTTP.format(more="").replace("text/html", "application/xml"))
    path = file(tmp_path, b"".join(map(gzip.compress, (record(1), gone, feed, record(4)))))
    assert results(path) == (["1", "4"], ["http 404"])
    assert results(path, Wanted(pattern="/4$")) == (["4"], [])
    assert results(path, Wanted(statuses=(404,)))[0] == ["2"]
    assert results(path, Wanted(types=("application/xml",))) == (["3"], [])
    with pytest.raises(ValueError, match="regular expression"):
        Wanted(pattern="(")


@pytest.mark.parametrize("packed", [True, False])
def test_slices_of_any_size_give_every_record_once_and_join_without_a_gap(tmp_path: Path, packed: bool) -> None:
    bodies = [random.Random(n).randbytes(300).hex().encode() + b"\nWARC/1.0 is named here" for n in range(40)]
    parts = [part for n, body in enumerate(bodies) for part in (record(n, body), record(n, b"", kind="request"))]
    data = b"".join(gzip.compress(part) if packed else part for part in parts)
    path = file(tmp_path, data, "a.warc.gz" if packed else "a.warc")
    for size in (100, 1_000, 7_000, 10**9):
        urls, expected = [], 0
        for unit in slices.plan([path], size):
            assert isinstance(unit, slices.Slice)
            with slices.read(unit, Wanted(), None) as (reader, pages):
                urls += [one.page.url for one in pages if isinstance(one, Saved)]
            if reader.begin is not None:
                assert reader.begin == expected, size
                expected = reader.end
        assert urls == [f"https://example.org/{n}" for n in range(40)], size


@pytest.mark.parametrize("writer", [zlib, members.gzips])
@pytest.mark.parametrize("reader", [zlib, members.gzips])
def test_members_are_read_alike_whichever_library_packed_and_opens_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writer: Any, reader: Any
) -> None:
    monkeypatch.setattr(members, "gzips", writer)
    large = random.Random(1).randbytes(300_000).hex().encode()
    parts = [members.pack(record(n, large[: 10**n]), members.Packing.GZIP, 2) for n in range(1, 7)]
    torn = parts[-1][:-9]
    path = file(tmp_path, b"".join(parts) + torn)
    monkeypatch.setattr(members, "gzips", reader)
    found = list(read([path]))
    assert [len(one.page.body) for one in found if isinstance(one, Saved)] == [10, 100, 1_000, 10_000, 100_000, 600_000]
    assert [one.reason for one in found if isinstance(one, Skipped)] == ["torn record"]
    starts = [sum(map(len, parts[:n])) for n in range(len(parts))]
    places = [one.location for one in found if isinstance(one, Saved)]
    assert [(place.offset, place.length) for place in places if place] == list(
        zip(starts, map(len, parts), strict=True)
    )


@pytest.mark.parametrize("tail", [b"", b"rubbish", gzip.compress(b" and more")])
def test_a_body_of_gzip_is_opened_whole_and_in_parts(tmp_path: Path, tail: bytes) -> None:
    """What the quick way does not take (more than one member, rubbish behind it) is opened all the same."""
    text = TEXT.format(n=1).encode()
    path = file(tmp_path, gzip.compress(record(1, gzip.compress(text) + tail, more="Content-Encoding: gzip\r\n")))
    (found,) = (one for one in read([path]) if isinstance(one, Saved))
    assert found.page.body.startswith(text)
