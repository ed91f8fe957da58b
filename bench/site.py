"""Serve the saved pages of a corpus on loopback as news sites: `python bench/site.py --corpus DIR` and look at it.

Each zip of the corpus is one site, named `<zip>.test` (a reserved name that only `LoopbackResolver` resolves, to
127.0.0.1). A site has robots.txt, a sitemap index with dated sitemaps, a feed, a front page and section pages; an
article keeps its old host and path below the site's root, so that dates in URLs stay what they were.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred, succeed

SITEMAP_SIZE = 100
SECTION_SIZE = 30
CHROME_LINKS = 50


class LoopbackResolver(CachingThreadedResolver):
    """A Scrapy resolver that knows the reserved names of the benchmark and no other: nothing can leave the machine."""

    def getHostByName(self, name: str, timeout: Any = ()) -> Deferred[str]:  # noqa: N802
        return succeed("127.0.0.1" if name.endswith(".test") else "192.0.2.1")


@dataclass(slots=True)
class Site:
    """One site: what its paths answer, and which corpus page an article path is."""

    name: str
    port: int
    paths: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    articles: dict[str, str] = field(default_factory=dict)

    @property
    def root(self) -> str:
        """The URL of the front page, without its slash."""
        return f"http://{self.name}:{self.port}"


def load(corpus: Path, port: int) -> list[Site]:
    """All sites of a corpus folder, one a zip; raises SystemExit with one line where there is none."""
    zips = sorted(corpus.glob("*.zip"))
    if not zips:
        raise SystemExit(f"bench: no corpus at {corpus} (zips with gold.json are expected); nothing was measured")
    return [_load(path, port) for path in zips]


def _load(path: Path, port: int) -> Site:
    site = Site(f"{path.stem}.test", port)
    with zipfile.ZipFile(path) as archive:
        for key, gold in json.loads(archive.read("gold.json")).items():
            where = _article_path(gold["url"], key, site.paths)
            site.paths[where] = ("text/html", archive.read(gold["page"]))
            site.articles[where] = key
    _add_furniture(site)
    return site


def _article_path(url: str, key: str, taken: dict[str, Any]) -> str:
    parts = urlsplit(url)
    path = quote(f"/{parts.netloc}{parts.path or '/'}", safe="/%:@!$&'()*+,;=~-._")
    path += f"?{parts.query}" if parts.query else ""
    if path in taken:
        path += f"{'&' if parts.query else '?'}page={key}"
    return path


def _add_furniture(site: Site) -> None:
    """The pages every news site has round its articles."""
    articles = list(site.articles)
    sitemaps = [articles[i : i + SITEMAP_SIZE] for i in range(0, len(articles), SITEMAP_SIZE)]
    sections = [articles[i : i + SECTION_SIZE] for i in range(0, len(articles), SECTION_SIZE)]
    robots = f"User-agent: *\nDisallow: /private/\n\nSitemap: {site.root}/sitemap.xml\n"
    site.paths["/robots.txt"] = ("text/plain", robots.encode())
    index = "".join(f"<sitemap><loc>{site.root}/sitemap-{n}.xml</loc></sitemap>" for n in range(len(sitemaps)))
    site.paths["/sitemap.xml"] = ("application/xml", _xml("sitemapindex", index))
    for n, part in enumerate(sitemaps):
        entries = "".join(f"<url><loc>{escape(site.root + path)}</loc></url>" for path in part)
        site.paths[f"/sitemap-{n}.xml"] = ("application/xml", _xml("urlset", entries))
    items = "".join(
        f"<item><title>{n}</title><link>{escape(site.root + path)}</link></item>"
        for n, path in enumerate(articles[:40])
    )
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>{site.name}</title>{items}</channel></rss>'
    site.paths["/feed.xml"] = ("application/rss+xml", feed.encode())
    names = [f"/section/{n}" for n in range(len(sections))]
    site.paths["/"] = ("text/html", _listing(site, names, articles[:10]))
    for name, part in zip(names, sections, strict=True):
        site.paths[name] = ("text/html", _listing(site, names, part))


def _xml(tag: str, inner: str) -> bytes:
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0" encoding="UTF-8"?><{tag} xmlns="{space}">{inner}</{tag}>'.encode()


def _listing(site: Site, sections: list[str], articles: list[str]) -> bytes:
    menu = "".join(f'<li><a href="{name}">Section {n}</a></li>' for n, name in enumerate(sections))
    teasers = "".join(
        f'<article><h2><a href="{escape(path)}">Article number {n} of this section, as a headline reads</a></h2></article>'
        for n, path in enumerate(articles)
    )
    chrome = "".join(f'<a href="/private/{n}">Service {n}</a>' for n in range(CHROME_LINKS))
    feed = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    return (
        f"<!DOCTYPE html><html lang=en><head><title>{site.name}</title>{feed}</head><body><nav><ul>{menu}</ul></nav>"
        f"<main>{teasers}</main><footer>{chrome}</footer></body></html>"
    ).encode()


class _Connection(asyncio.Protocol):
    """A small HTTP/1.1 server connection: keep-alive, GET only, whole answers from memory."""

    def __init__(self, sites: dict[str, Site]) -> None:
        self.sites = sites
        self.buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: Any = transport

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while b"\r\n\r\n" in self.buffer:
            head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
            self.transport.write(self.answer(head.decode("latin-1")))

    def answer(self, head: str) -> bytes:
        """The whole response to one request head."""
        lines = head.split("\r\n")
        path = lines[0].split(" ")[1]
        host = next((line[5:].strip() for line in lines if line.lower().startswith("host:")), "").split(":")[0]
        site = self.sites.get(host)
        kind, body = site.paths.get(path, (None, b"")) if site else (None, b"")
        if kind is None:
            status, kind, body = (
                "404 Not Found",
                "text/html",
                b"<html><title>Not found</title><h1>Not found</h1></html>",
            )
        else:
            status = "200 OK"
        return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


async def _serve(corpus: Path, port: int, ready: Any) -> None:
    sites: dict[str, Site] = {}
    server = await asyncio.get_running_loop().create_server(lambda: _Connection(sites), "127.0.0.1", port)
    port = server.sockets[0].getsockname()[1]
    sites.update({site.name: site for site in load(corpus, port)})
    ready.put(port)
    await server.serve_forever()


def _run(corpus: Path, port: int, ready: Any) -> None:
    try:
        asyncio.run(_serve(corpus, port, ready))
    except KeyboardInterrupt:
        return


@contextmanager
def serving(corpus: Path, port: int = 0) -> Iterator[list[Site]]:
    """The sites of a corpus, served by a process of their own for as long as the block lasts."""
    load_check = sorted(corpus.glob("*.zip"))
    if not load_check:
        load(corpus, port)
    context = multiprocessing.get_context("spawn")
    ready = context.Queue()
    process = context.Process(target=_run, args=(corpus, port, ready), daemon=True)
    process.start()
    try:
        yield load(corpus, ready.get(timeout=60))
    finally:
        process.terminate()
        process.join()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True, help="the folder with the zips")
    parser.add_argument("--port", type=int, default=8765, help="loopback port (default 8765)")
    options = parser.parse_args()
    with serving(options.corpus, options.port) as sites:
        for site in sites:
            print(
                f"{site.name}: {len(site.articles)} articles; curl -H 'Host: {site.name}' {site.root.replace(site.name, '127.0.0.1')}/"
            )
        print("Ctrl-C ends it.")
        with suppress(KeyboardInterrupt):
            multiprocessing.Event().wait()


if __name__ == "__main__":
    main()
