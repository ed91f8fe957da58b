"""Kill a crawl again and again with kill -9, and say what was lost, stored twice or fetched twice.

    python -m bench.kills [--articles 400] [--kills 40] [--database URL]

A site on loopback is crawled once without disturbance, and once with a kill -9 after a random number of requests, the same
command again, the next kill, and so on until the crawl ends by itself. Both archives must hold the same articles, each once.
Exits 1 when they do not. `--database` names an empty database for the disturbed crawl (default: SQLite).
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from newsarchive.archive import Archive
from newsarchive.archive.engine import reading
from newsarchive.archive.models import Article, LedgerEntry, Run, Version

ROOT = Path(__file__).resolve().parent.parent
BATCH, CONCURRENT = 10, 8
SETTINGS = {
    "AUTOTHROTTLE_ENABLED": "0",
    "CONCURRENT_REQUESTS": str(CONCURRENT),
    "CONCURRENT_REQUESTS_PER_DOMAIN": str(CONCURRENT),
    "NEWSARCHIVE_BATCH_SIZE": str(BATCH),
    "NEWSARCHIVE_WORKERS": "0",
}
_WORDS = (
    "le port quai bateau marée pêche nuit vent halle phare tramway conseil budget école rue place marché jardin".split()
)


@dataclass
class Site:
    """A news site on loopback, and how often each of its articles was asked for."""

    root: str
    articles: list[str]
    asked: Counter[str] = field(default_factory=Counter)
    total: int = 0


def pages(number: int) -> dict[str, bytes]:
    """The articles of a site: each with a text of its own."""
    made = {}
    for n in range(number):
        words = random.Random(n)
        prose = "".join(f"<p>{' '.join(words.choices(_WORDS, k=60)).capitalize()}.</p>" for _ in range(4))
        path = f"/{2020 + n % 5}/{1 + n % 12:02}/{1 + n % 28:02}/une-nouvelle-du-port-{n}.html"
        head = f"<title>La nouvelle {n} du port</title>"
        made[path] = (
            f"<!DOCTYPE html><html lang=fr><head>{head}</head><body><article><h1>La nouvelle {n} du port</h1>{prose}"
            "</article></body></html>"
        ).encode()
    return made


def lists(root: str, articles: list[str]) -> dict[str, bytes]:
    """The pages that list the articles: a feed, a sitemap index with sitemaps, sections."""
    made = {"/robots.txt": f"User-agent: *\nSitemap: {root}/index.xml\n".encode()}
    parts = [articles[start : start + 50] for start in range(0, len(articles), 50)]
    index = "".join(f"<sitemap><loc>{root}/sitemap-{n}.xml</loc></sitemap>" for n in range(len(parts)))
    made["/index.xml"] = f"<sitemapindex>{index}</sitemapindex>".encode()
    for n, part in enumerate(parts):
        entries = "".join(f"<url><loc>{root}{path}</loc></url>" for path in part)
        made[f"/sitemap-{n}.xml"] = f"<urlset>{entries}</urlset>".encode()
    items = "".join(f"<item><link>{root}{path}</link></item>" for path in articles[:30])
    made["/feed.xml"] = f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()
    cards = "".join(f'<h2><a href="{path}">Une nouvelle du port, à lire</a></h2>' for path in articles[:20])
    feed = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    made["/"] = f"<html><head><title>Le Port</title>{feed}</head><body>{cards}</body></html>".encode()
    return made


@contextmanager
def serving(number: int) -> Iterator[Site]:
    """The site, served from this process."""
    answers = pages(number)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = answers.get(self.path)
            site.total += 1
            if self.path in known:
                site.asked[self.path] += 1
            self.send_response(200 if body is not None else 404)
            kind = "text/plain" if self.path == "/robots.txt" else "text/html"
            kind = "application/xml" if self.path.endswith(".xml") else kind
            for name, value in (("Content-Type", kind), ("Content-Length", str(len(body or b"")))):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, format: str, *args: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, request: Any, client_address: Any) -> None:
            pass  # the one who asked was killed

    server = Server(("127.0.0.1", 0), Handler)
    known = set(answers)
    site = Site(f"http://127.0.0.1:{server.server_port}", sorted(answers))
    answers |= lists(site.root, site.articles)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


def start(site: Site, database: str, folder: Path) -> subprocess.Popen[bytes]:
    """The command, as a user would give it."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("NEWSARCHIVE_", "SCRAPY_", "COV"))}
    env |= {"PYTHONPATH": str(ROOT), "NEWSARCHIVE_DATABASE_URL": database, "NEWSARCHIVE_ALLOWED_HOSTS": "127.0.0.1"}
    settings = [word for name, value in SETTINGS.items() for word in ("-s", f"{name}={value}")]
    command = [sys.executable, "-m", "newsarchive.cli", "crawl", f"{site.root}/", "--quiet", *settings]
    with (folder / "crawl.log").open("ab") as log:
        return subprocess.Popen(command, cwd=folder, env=env, stdout=log, stderr=log, start_new_session=True)


def killed(site: Site, database: str, folder: Path, after: int, patience: float = 120) -> bool:
    """Start the crawl and kill it once `after` more requests were made; False when it ended before."""
    until = site.total + after
    process = start(site, database, folder)
    deadline = time.monotonic() + patience
    while process.poll() is None and site.total < until and time.monotonic() < deadline:
        time.sleep(0.002)
    if process.poll() is not None:
        return False
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return True


def held(database: str) -> dict[str, Any]:
    """What an archive holds: articles by URL with their digests, versions, the states of the ledger, the runs."""
    with Archive.open(database) as archive, reading(archive._engine) as connection:
        rows = connection.execute(
            select(Article.url, Version.content_digest).join(Version, Version.article_id == Article.id)
        ).all()
        states = (
            select(LedgerEntry.state, func.count()).where(LedgerEntry.kind.is_not(None)).group_by(LedgerEntry.state)
        )
        runs = select(Run.outcome, func.count()).group_by(Run.outcome)
        return {
            "articles": {row.url: bytes(row.content_digest) for row in rows},
            "versions": len(rows),
            "states": {row[0]: row[1] for row in connection.execute(states)},
            "runs": {row[0]: row[1] for row in connection.execute(runs)},
        }


def disturb(site: Site, database: str, folder: Path, kills: int, seed: int = 1) -> tuple[int, int]:
    """Crawl with kills until the crawl ends by itself; how many kills there were, and the last exit code."""
    moments = random.Random(seed)
    most = max(2, 2 * len(site.articles) // max(1, kills))
    done = 0
    while done < kills and killed(site, database, folder, moments.randint(1, most)):
        done += 1
    return done, start(site, database, folder).wait(timeout=600)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", help="an empty database for the disturbed crawl (default: SQLite)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, serving(options.articles) as site:
        folder = Path(name)
        calm = f"sqlite:///{folder / 'calm.sqlite'}"
        code = start(site, calm, folder).wait(timeout=600)
        expected, asked = held(calm), site.asked.copy()
        site.asked.clear()
        disturbed = options.database or f"sqlite:///{folder / 'disturbed.sqlite'}"
        kills, last = disturb(site, disturbed, folder, options.kills, options.seed)
        found = held(disturbed)
    lost = expected["articles"].keys() - found["articles"].keys()
    other = [url for url, digest in found["articles"].items() if expected["articles"].get(url) != digest]
    again = sum(site.asked.values()) - len(site.asked)
    print(
        f"undisturbed: exit code {code}, {len(expected['articles'])} articles, {sum(asked.values())} article pages fetched"
    )
    print(f"disturbed:   {kills} times kill -9, last exit code {last}, {len(found['articles'])} articles")
    print(f"  lost {len(lost)}, other text {len(other)}, archived twice {found['versions'] - len(found['articles'])}")
    print(
        f"  article pages fetched again: {again} ({again / max(1, kills):.1f} a kill; {CONCURRENT} requests at a time)"
    )
    print(f"  ledger {found['states']}, runs {found['runs']}")
    wrong = lost or other or found["versions"] != len(found["articles"]) or (code, last) != (0, 0)
    return int(bool(wrong or found["runs"].get("running")))


if __name__ == "__main__":
    sys.exit(main())
