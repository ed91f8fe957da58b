"""Bounded by default: no answer of a server can hang, fill or crash a crawl, and each ends with its reason."""

from __future__ import annotations

import gzip
import socket
import time
import zlib
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest

from tests.crawling import Answer, Run, Site, crawl, serving

# The peak is read from /proc: what getrusage gives includes the process this one was forked from.
SPIDER = """
import re
from pathlib import Path

import scrapy

class Asks(scrapy.Spider):
    name = "asks"

    async def start(self):
        for url in self.urls:
            yield scrapy.Request(url, dont_filter=True)

    def parse(self, response):
        yield {"url": response.url, "title": "came", "body": response.text[:100]}

    def closed(self, reason):
        status = Path("/proc/self/status")
        if status.exists():
            peak = re.search(r"VmHWM:\\s+(\\d+) kB", status.read_text())
            self.crawler.stats.set_value("peak_kilobytes", int(peak[1]))
"""

ZEROS = bytes(10_000_000)


def bomb(encoding: str) -> Answer:
    """About a megabyte or less that opens to a gigabyte (gzip) or a hundred megabytes (the others)."""
    if encoding == "gzip":
        body = gzip.compress(ZEROS) * 100
    elif encoding == "deflate":
        packer = zlib.compressobj()
        body = packer.compress(ZEROS) + packer.flush(zlib.Z_FULL_FLUSH)
        for _ in range(9):
            body += packer.compress(ZEROS) + packer.flush(zlib.Z_FULL_FLUSH)
    elif encoding == "br":
        body = brotli.compress(ZEROS * 10, quality=1)
    else:
        from backports import zstd

        body = zstd.compress(ZEROS * 10)
    return (200, {"Content-Encoding": encoding}, body)


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    for _ in range(1000):
        handler.wfile.write(bytes(100_000))


def endless_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for n in range(500):
        handler.wfile.write(b"X-Header-%d: %s\r\n" % (n, bytes(1000)) * 1000)


def never_final(handler: BaseHTTPRequestHandler) -> None:
    for _ in range(100_000):
        handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000)


def lying_long(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 999999999999\r\n\r\nshort")


def lying_short(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\nshort")
    handler.wfile.flush()
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def dripping(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    for _ in range(200):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.1)


def silent(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(20)


def hanging_up(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def gibberish(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"\x00\x01 what?\r\n\r\n")
    handler.close_connection = True


ANSWERS: dict[str, Answer] = {
    "/robots.txt": b"User-agent: newsarchive\nDisallow: /private\n",
    "/fine": b"fine",
    "/private": b"private",
    **{f"/bomb/{name}": bomb(name) for name in ("gzip", "deflate", "br", "zstd")},
    **{f"/not/{name}": (200, {"Content-Encoding": name}, b"not packed at all") for name in ("gzip", "deflate", "br", "zstd")},
    "/endless": endless,
    "/endless-headers": endless_headers,
    "/never-final": never_final,
    "/lying-long": lying_long,
    "/lying-short": lying_short,
    "/dripping": dripping,
    "/silent": silent,
    "/hanging-up": hanging_up,
    "/gibberish": gibberish,
    "/gone": (410, {}, b"gone"),
    "/broken": (503, {}, b"broken"),
    "/round": (302, {"Location": "/round?again"}, b""),
    "/round?again": (302, {"Location": "/round"}, b""),
}  # fmt: skip


@pytest.fixture(scope="module")
def bounded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Site]:
    """One crawl of a server that answers in every wrong way."""
    with serving(ANSWERS) as site, socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        urls = [site.url(path) for path in ANSWERS if path not in ("/robots.txt", "/round?again")]
        urls += [site.url("/missing"), site.url("/missing").replace("http:", "https:")]
        urls += [f"http://127.0.0.1:{unused.getsockname()[1]}/refused", "http://nowhere.invalid/"]
        run = crawl(
            tmp_path_factory.mktemp("bounded"),
            f"{SPIDER}\n    urls = {urls!r}\n",
            *("-s", "DOWNLOAD_TIMEOUT=5", "-s", "REDIRECT_MAX_TIMES=3"),
            NEWSARCHIVE_ALLOWED_HOSTS="127.0.0.1",
        )
        return run, site


@pytest.mark.parametrize(
    ("path", "state", "reason"),
    [
        ("/fine", "archived", None),
        ("/private", "rejected", "robots"),
        ("/bomb/gzip", "rejected", "too large"),
        ("/bomb/deflate", "rejected", "too large"),
        ("/bomb/br", "rejected", "too large"),
        ("/bomb/zstd", "rejected", "too large"),
        ("/not/gzip", "failed", "bad compression"),
        ("/not/deflate", "failed", "bad compression"),
        ("/not/br", "failed", "bad compression"),
        ("/not/zstd", "failed", "bad compression"),
        ("/endless", "rejected", "too large"),
        ("/endless-headers", "rejected", "too large"),
        ("/never-final", "rejected", "too large"),
        ("/lying-long", "rejected", "too large"),
        ("/lying-short", "failed", "cut short"),
        ("/dripping", "failed", "timeout"),
        ("/silent", "failed", "timeout"),
        ("/hanging-up", "failed", "connection"),
        ("/gibberish", "failed", "connection"),
        ("/missing", "rejected", "http 404"),
        ("/gone", "rejected", "http 410"),
        ("/broken", "failed", "http 503"),
        ("/round", "rejected", "redirect loop"),
    ],
)
def test_every_answer_ends_with_its_reason(
    bounded: tuple[Run, Site], path: str, state: str, reason: str | None
) -> None:
    run, site = bounded
    assert run.reason(site.url(path)) == (state, reason)


def test_what_is_no_server_ends_with_its_reason_too(bounded: tuple[Run, Site]) -> None:
    run, site = bounded
    assert run.reason(site.url("/missing").replace("http:", "https:")) == ("failed", "tls")
    assert run.reason("http://nowhere.invalid/") == ("failed", "dns")
    assert run.count("failed/connection") == 3


def test_a_forbidden_page_is_never_asked_for(bounded: tuple[Run, Site]) -> None:
    _, site = bounded
    assert "/private" not in site.asked


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is read where Linux tells it")
def test_memory_stays_within_bounds(bounded: tuple[Run, Site]) -> None:
    run, _ = bounded
    assert 10_000 < run.stats["peak_kilobytes"] < 400_000


def test_every_page_is_counted_once(bounded: tuple[Run, Site]) -> None:
    run, _ = bounded
    ends = ("stored", "new_version", "unchanged", "duplicate", "listing", "rejected", "failed")
    assert sum(run.count(name) for name in ends) == len(ANSWERS) - 2 + 4
    for state in ("rejected", "failed"):
        reasons = [v for k, v in run.stats.items() if k.startswith(f"newsarchive/{state}/")]
        assert sum(reasons) == run.count(state)


def test_no_answer_leaves_a_traceback_and_the_failures_are_in_the_exit_code(bounded: tuple[Run, Site]) -> None:
    run, _ = bounded
    assert "Traceback" not in run.log
    assert run.code == 1


def test_nobody_can_connect_to_a_running_crawl(bounded: tuple[Run, Site]) -> None:
    run, _ = bounded
    assert "TelnetConsole'" not in run.log
    assert "RemoteControl'" not in run.log
    assert "listening on" not in run.log


def test_the_user_agent_says_who_crawls(bounded: tuple[Run, Site]) -> None:
    _, site = bounded
    assert {headers["User-Agent"] for headers in site.headers} == {"newsarchive/0.1.0"}
