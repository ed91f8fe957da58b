"""A site on loopback that misbehaves as told, and a crawl of it in a process of its own."""

from __future__ import annotations

import datetime
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from newsarchive.archive import Archive, LedgerRow

ROOT = Path(__file__).parents[1]
Answer = bytes | tuple[int, dict[str, str], bytes] | Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """A server with an answer for each path (404 for the rest), that remembers what it was asked."""

    port: int
    answers: dict[str, Answer]
    asked: list[str] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


@contextmanager
def serving(answers: dict[str, Answer] | None = None) -> Iterator[Site]:
    """A running Site on 127.0.0.1."""
    known: dict[str, Answer] = dict(answers or {})

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.headers.append(dict(self.headers))
            answer = known.get(self.path, (404, {}, b"not here"))
            try:
                if callable(answer):
                    answer(self)
                    return
                status, headers, body = (200, {}, answer) if isinstance(answer, bytes) else answer
                self.send_response(status)
                for name, value in {"Content-Type": "text/html", "Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, request: Any, client_address: Any) -> None:
            pass

    server = Server(("127.0.0.1", 0), Handler)
    site = Site(server.server_port, known)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class Run:
    """What a crawl left behind."""

    code: int
    out: str
    log: str
    database: str

    @property
    def stats(self) -> dict[str, Any]:
        found = re.search(r"Dumping Scrapy stats:\n(\{.*?\n?[^\n]*\})\n", self.log, re.S)
        assert found, self.log
        stats = eval(re.sub(r"<class '([^']*)'>", r"\1", found[1]), {"datetime": datetime})
        assert isinstance(stats, dict)
        return stats

    def count(self, name: str) -> int:
        return int(self.stats.get(f"newsarchive/{name}", 0))

    def row(self, url: str) -> LedgerRow:
        with Archive.open(self.database, create=False) as archive:
            row = archive.look_up(url)
        assert row is not None, f"no row for {url}\n{self.log}"
        return row

    def reason(self, url: str) -> tuple[str, str | None]:
        row = self.row(url)
        return row.state, row.reason


def environment(folder: Path, **extra: str) -> dict[str, str]:
    """The environment of a crawl: this project's code, an archive in `folder`, no proxy, no settings from outside."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("NEWSARCHIVE_", "SCRAPY_", "COV"))}
    kept = {k: v for k, v in kept.items() if not k.lower().endswith("_proxy")}
    path = os.pathsep.join(part for part in (str(ROOT), kept.get("PYTHONPATH", "")) if part)
    database = f"sqlite:///{folder / 'archive.sqlite'}"
    return {**kept, "PYTHONPATH": path, "NEWSARCHIVE_DATABASE_URL": database, **extra}


def scrapy(folder: Path, *arguments: str, **env: str) -> Run:
    """Run a Scrapy command in `folder` with newsarchive's settings, and wait for its end."""
    environ = environment(folder, **{"SCRAPY_SETTINGS_MODULE": "newsarchive.settings", **env})
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments],
        cwd=folder, env=environ, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    return Run(done.returncode, done.stdout, done.stderr, environ["NEWSARCHIVE_DATABASE_URL"])


QUICK = ("-s", "AUTOTHROTTLE_ENABLED=0", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=16", "-s", "RETRY_TIMES=0")
"""Settings that make a test fast and impolite."""


def crawl(folder: Path, spider: str, *arguments: str, **env: str) -> Run:
    """Run the spider whose source is `spider` with newsarchive's settings, quickly."""
    (folder / "tested.py").write_text(spider, encoding="utf-8")
    return scrapy(folder, "runspider", "tested.py", *QUICK, *arguments, **env)
