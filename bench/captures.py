"""What captures cost: the rate of a crawl with and without them, and the bytes of a second crawl of the same pages.

    python -m bench.captures --corpus DIR [--site NAME] [--repeat N]

The pages of one site of the corpus, served on loopback, are crawled as a list, in turn without and with captures; wall
clock and CPU time of the whole command. Then the same pages again into the same archive: every one is fetched, and kept
as a revisit record. Also: how fast warcio, fastwarc and our writer pack the same pages, and how small.
"""

from __future__ import annotations

import argparse
import io
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import WarcRecord, WarcRecordType
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from bench.crawl import FAST, ROOT
from bench.site import Site, serving
from newsarchive.captures import Exchange, Packing
from newsarchive.captures.exchange import digest_of, packed

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def crawl(site: Site, folder: Path, *more: str) -> tuple[float, float]:
    """Crawl the articles of a site as a list; wall clock and CPU seconds of the command."""
    (folder / "urls.txt").write_text("\n".join(site.root + path for path in site.articles), encoding="utf-8")
    settings = [word for name, value in FAST.items() for word in ("-s", f"{name}={value}")]
    env = dict(os.environ, PYTHONPATH=str(ROOT), NEWSARCHIVE_ALLOWED_HOSTS="127.0.0.1")
    env["NEWSARCHIVE_DATABASE_URL"] = f"sqlite:///{folder / 'archive.sqlite'}"
    command = [
        sys.executable,
        "-m",
        "newsarchive.cli",
        "crawl",
        "news",
        "-a",
        "urls=urls.txt",
        "--quiet",
        *settings,
        *more,
    ]
    before, began = _children(), time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"bench: {done.stderr[-2000:]}")
    return time.perf_counter() - began, _children() - before


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def kept(folder: Path) -> int:
    """Bytes of the WARC files of a folder."""
    return sum(file.stat().st_size for file in (folder / "captures").glob("*.warc.gz"))


def writers(bodies: list[bytes]) -> None:
    """Pages a CPU-second and bytes, of three writers, the same pages and headers."""

    def ours(body: bytes) -> bytes:
        headers = [("Content-Type", "text/html")]
        page = Exchange(url="https://example.org/", fetched_at=NOW, status=200, headers=headers, body=body)
        return packed(page, digest_of(body), Packing.GZIP).head

    def warcio(body: bytes) -> bytes:
        out = io.BytesIO()
        head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        writer = WARCWriter(out, gzip=True)
        payload = io.BytesIO(body)
        record = writer.create_warc_record("https://example.org/", "response", payload, len(body), http_headers=head)
        writer.write_record(record)
        return out.getvalue()

    def fastwarc(body: bytes) -> bytes:
        record = WarcRecord()
        record.init_headers(WarcRecordType.response)
        record.set_bytes_content(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body)
        plain, out = io.BytesIO(), io.BytesIO()
        record.write(plain, checksum_data=True)
        with GzipWriter(out) as writer:
            writer.write(plain.getvalue())
        return out.getvalue()

    print(f"\n{len(bodies)} pages of {sum(map(len, bodies)) / len(bodies) / 1e3:.0f} KB   pages/CPU-s     MB")
    for name, write in (
        ("newsarchive (level 2)", ours),
        ("warcio (level 9)", warcio),
        ("fastwarc (level 6)", fastwarc),
    ):
        began = time.process_time()
        size = sum(len(write(body)) for body in bodies)
        print(f"  {name:<24}{len(bodies) / (time.process_time() - began):10.0f}{size / 1e6:9.1f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus")
    parser.add_argument("--site", default="np4k.test")
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, serving(options.corpus) as sites:
        (site,) = (site for site in sites if site.name == options.site)
        wall, cpu = [], []
        for n in range(options.repeat):
            off, on = Path(name) / f"{n}-off", Path(name) / f"{n}-on"
            off.mkdir()
            on.mkdir()
            kinds = [(off, ()), (on, ("-s", "NEWSARCHIVE_CAPTURES=captures"))]
            spent = {folder: crawl(site, folder, *more) for folder, more in (kinds if n % 2 else reversed(kinds))}
            wall.append(spent[off][0] / spent[on][0])
            cpu.append(spent[off][1] / spent[on][1])
        print(f"{len(site.articles)} pages, crawl rate with captures against without, {options.repeat} runs in turn:")
        for what, rates in (("wall clock", wall), ("CPU", cpu)):
            print(f"  {what}: median {median(rates):.2f}, {min(rates):.2f} to {max(rates):.2f}")
        first = kept(on)
        crawl(site, on, "-a", "revisit=yes", "-s", "NEWSARCHIVE_CAPTURES=captures")
        second = kept(on) - first
        print(f"bytes kept: first crawl {first:,}, second crawl of the same pages {second:,} ({second / first:.2%})")
        writers([body for path, (_, body) in site.paths.items() if path in site.articles])
    return 0


if __name__ == "__main__":
    sys.exit(main())
