"""A whole crawl of a site whose sitemaps list a million articles: how much memory its processes need.

    python -m bench.million [--urls 1000000] [--pages 1000]

The site is served on loopback; all URLs are discovered into the ledger (SQLite), and so many articles are fetched, read and archived
by the command itself, which then ends with exit code 3. Exits 1 when not all URLs are in the ledger, or the crawl's own process needs
more than 400 MiB.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from bench.crawl import FAST, ROOT, environment
from newsarchive.archive import Archive

LIMIT_MIB = 400
IN_ONE = 50_000
"""URLs of one sitemap, the most that sitemaps.org allows."""
_WORDS = (
    "harbour council bridge morning winter market river letter garden engine school signal copper window story".split()
)


class Site(BaseHTTPRequestHandler):
    """A sitemap index, its sitemaps, and an article for every other path."""

    protocol_version = "HTTP/1.1"
    urls = 0

    def do_GET(self) -> None:
        root = f"http://{self.headers['Host']}"
        kind, body = "application/xml", ""
        if self.path == "/robots.txt":
            kind, body = "text/plain", f"User-agent: *\nAllow: /\nSitemap: {root}/sitemap.xml\n"
        elif self.path == "/sitemap.xml":
            parts = range(0, self.urls, IN_ONE)
            body = "".join(f"<sitemap><loc>{root}/sitemap-{start}.xml</loc></sitemap>" for start in parts)
            body = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{body}</sitemapindex>'
        elif self.path.startswith("/sitemap-"):
            start = int(self.path[9:-4])
            body = "".join(
                f"<url><loc>{root}{path(n)}</loc></url>" for n in range(start, min(start + IN_ONE, self.urls))
            )
            body = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{body}</urlset>'
        elif self.path.startswith("/news/"):
            kind, body = "text/html", page(int(self.path.rsplit("/", 1)[1].split("-")[0]))
        answer = body.encode()
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def path(number: int) -> str:
    return f"/news/{2001 + number % 25}/{1 + number % 12:02}/{number:07}-a-story-of-the-day.html"


def page(number: int) -> str:
    """An article of its own words."""
    words = [_WORDS[(number * 31 + n * n * 7 + n) % len(_WORDS)] for n in range(200)]
    text = [f"<p>{number} {' '.join(words[n : n + 40])}.</p>" for n in range(0, 200, 40)]
    head = f"<html lang=en><head><title>Story {number}</title></head>"
    return f"{head}<body><article><h1>Story {number}</h1>{''.join(text)}</article></body></html>"


def highest(process: subprocess.Popen[str]) -> tuple[float, float]:
    """The highest memory of a process and of its largest child, in MiB, once it has ended."""
    own = children = 0.0
    while process.poll() is None:
        with suppress(OSError):
            own = max(own, _peak(process.pid))
            for task in Path(f"/proc/{process.pid}/task").glob("*/children"):
                children = max([children, *(_peak(int(child)) for child in task.read_text().split())])
        time.sleep(0.2)
    return own, children


def _peak(pid: int) -> float:
    """The highest memory of a process so far, in MiB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--urls", type=int, default=1_000_000)
    parser.add_argument("--pages", type=int, default=1_000)
    options = parser.parse_args()
    Site.urls = options.urls
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    home = f"http://127.0.0.1:{server.server_port}/"
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{Path(folder) / 'million.sqlite'}"
        fast = {name: value for name, value in FAST.items() if name != "TWISTED_DNS_RESOLVER"}
        settings = [word for name, value in fast.items() for word in ("-s", f"{name}={value}")]
        command = [sys.executable, "-m", "newsarchive.cli", "crawl", home, "-a", f"max_pages={options.pages}", "--json"]
        began = time.perf_counter()
        process = subprocess.Popen(
            [*command, "--quiet", "-s", "NEWSARCHIVE_EXTRACTION_TIMEOUT=300", *settings],
            cwd=ROOT,
            env=environment() | {"NEWSARCHIVE_DATABASE_URL": database},
            stdout=subprocess.PIPE,
            text=True,
        )
        own, children = highest(process)
        assert process.stdout
        stored = json.loads(process.stdout.read())["stored"]
        seconds = time.perf_counter() - began
        with Archive.open(database) as archive:
            rows = archive.stats().urls
        size = (Path(folder) / "million.sqlite").stat().st_size / 2**20
    print(
        f"{rows:,} rows in the ledger ({size:,.0f} MiB), {stored:,} articles stored, {seconds:.0f} s, exit code {process.returncode}"
    )
    print(f"highest memory: the crawl {own:.0f} MiB (limit {LIMIT_MIB}), its largest worker {children:.0f} MiB")
    return int(rows < options.urls or own > LIMIT_MIB or process.returncode != 3)


if __name__ == "__main__":
    sys.exit(main())
