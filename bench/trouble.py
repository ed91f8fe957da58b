"""A news site that behaves as sites do, crawled twice: is every article it has archived, or is there a reason?

    python -m bench.trouble --corpus DIR [--zip NAME] [--articles N]

The pages of one zip of the corpus, served on loopback. Half of the articles are in no sitemap: they are found by following
the pages of sections, which hold 30 articles among 80 links. Others are reached by a redirect or two, by their AMP form, by a
second address that names its canonical one; some answer 429 with Retry-After, 503, slowly, or break off, once or always;
some are gone when the site is crawled again. Every page has an ETag. Prints what became of the articles by kind of trouble,
what the second crawl asked and got, and exits 1 when an article has no outcome or one that should have been archived is not.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import sys
import tempfile
import urllib.request
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any

from bench.crawl import FAST, ROOT, run
from bench.site import CHROME_LINKS, SECTION_SIZE, Site, load
from newsarchive.archive import Archive
from newsarchive.discovery import links, shapes

PAGES_A_SECTION = 5
SLOW = 1.5
EVERY = 60
# The article with this number among each EVERY has this trouble.
KINDS = {
    3: "redirect", 8: "two redirects", 13: "amp", 18: "twin", 23: "gone later", 28: "429 once", 33: "503 once", 38: "slow",
    43: "breaks off once", 48: "breaks off always", 53: "redirect", 55: "amp", 57: "twin",
}  # fmt: skip
_HEADLINE = 6
"""What a link gets for being a headline and reading as one: no more than that speaks for it beside its address."""
LOST = {"breaks off always"}
"""What cannot be archived, and must have a reason."""


def kind_of(number: int) -> str:
    """The trouble of the article with this number on the site."""
    return KINDS.get(number % EVERY, "none")


class Troubled:
    """What a site answers: its pages, and how often each was asked for."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.asked: Counter[str] = Counter()
        self.statuses: Counter[int] = Counter()
        self.is_later = False
        self.kinds: dict[str, str] = {}
        self.moved: dict[str, str] = {}
        self.listed: dict[str, str] = {}
        for number, path in enumerate(list(site.articles)):
            self._add(number, path, kind_of(number))
        self._lists()

    def _add(self, number: int, path: str, kind: str) -> None:
        self.kinds[path] = kind
        shown = path
        if "redirect" in kind:
            shown, target = f"/go/{number}-an-article-that-moved-away", path
            if kind == "two redirects":
                self.moved[f"/by/{number}"], target = path, f"/by/{number}"
            self.moved[shown] = target
        elif kind in ("amp", "twin"):
            shown = f"{path}{'&' if '?' in path else '?'}{'amp=1' if kind == 'amp' else 'edition=evening'}"
            media, body = self.site.paths[path]
            link = f'<head><link rel="canonical" href="{escape(self.site.root + path)}">'.encode()
            self.site.paths[shown] = (media, body.replace(b"<head>", link, 1))
        self.listed[path] = shown

    def _lists(self) -> None:
        """Sitemaps for every second article, news sitemap and feed for the first, sections of several pages for all."""
        paths = self.site.paths
        listed = list(self.listed.values())
        for name in [path for path in paths if path.startswith(("/sitemap", "/section"))]:
            del paths[name]
        root = self.site.root
        entries = "".join(f"<url><loc>{escape(root + path)}</loc></url>" for path in listed[::2])
        news = "".join(
            f"<url><loc>{escape(root + path)}</loc><n:news><n:publication_date>2024-05-06</n:publication_date>"
            f"<n:title>{number}</n:title></n:news></url>" for number, path in enumerate(listed[:20])
        )  # fmt: skip
        space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        named = 'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
        index = "".join(f"<sitemap><loc>{root}/{name}.xml</loc></sitemap>" for name in ("news", "sitemap-all"))
        paths["/sitemap.xml"] = ("application/xml", f"<sitemapindex {space}>{index}</sitemapindex>".encode())
        paths["/sitemap-all.xml"] = ("application/xml", f"<urlset {space}>{entries}</urlset>".encode())
        paths["/news.xml"] = ("application/xml", f"<urlset {space} {named}>{news}</urlset>".encode())
        size = SECTION_SIZE * PAGES_A_SECTION
        names = [f"/section/{number}" for number in range(-(-len(listed) // size))]
        paths["/"] = ("text/html", _page(names, listed[:10], None))
        for number, name in enumerate(names):
            part = listed[number * size : (number + 1) * size]
            count = -(-len(part) // SECTION_SIZE)
            for page in range(1, count + 1):
                following = f"{name}?page={page + 1}" if page < count else None
                shown = part[(page - 1) * SECTION_SIZE : page * SECTION_SIZE]
                paths[name if page == 1 else f"{name}?page={page}"] = ("text/html", _page(names, shown, following))

    async def answer(self, path: str, headers: dict[str, str]) -> tuple[bytes, bool]:
        """The bytes to send for a path, and whether the connection breaks off after them."""
        if path.startswith("/_"):
            self.is_later = self.is_later or path == "/_later"
            return self._response(200, "application/json", json.dumps(self.statuses).encode())[0], False
        self.asked[path] += 1
        kind = self.kinds.get(path, "none")
        head, body, breaks = "", b"", False
        if path in self.moved:
            status, head = 301, f"Location: {self.moved[path]}\r\n"
        elif path not in self.site.paths or (kind == "gone later" and self.is_later):
            status, body = 404, b"<html><title>Not found</title><h1>Not found</h1></html>"
        elif kind == "429 once" and self.asked[path] == 1:
            status, head = 429, "Retry-After: 1\r\n"
        elif kind == "503 once" and self.asked[path] == 1:
            status = 503
        else:
            status, body = 200, self.site.paths[path][1]
            tag = f'"{zlib.crc32(body):x}"'
            head = f"ETag: {tag}\r\n"
            if headers.get("if-none-match") == tag:
                status, body = 304, b""
            breaks = kind == "breaks off always" or (kind == "breaks off once" and self.asked[path] == 1)
            if kind == "slow":
                await asyncio.sleep(SLOW)
        self.statuses[status] += 1
        media = self.site.paths.get(path, ("text/html", b""))[0]
        whole, start = self._response(status, media, body, head)
        return (whole[: start + len(body) // 2] if breaks and body else whole), breaks

    def _response(self, status: int, media: str, body: bytes, head: str = "") -> tuple[bytes, int]:
        top = f"HTTP/1.1 {status} X\r\nContent-Type: {media}\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode()
        return top + body, len(top)


def _page(sections: list[str], articles: list[str], following: str | None) -> bytes:
    menu = "".join(f'<li><a href="{name}">Section {number}</a></li>' for number, name in enumerate(sections))
    teasers = "".join(
        f'<article><h2><a href="{escape(path)}">Article number {number} of this page, as a headline reads</a></h2></article>'
        for number, path in enumerate(articles)
    )
    chrome = "".join(f'<a href="/private/{number}">Service {number}</a>' for number in range(CHROME_LINKS))
    more = f'<a rel="next" href="{following}">Older</a>' if following else ""
    return (
        f'<!DOCTYPE html><html lang=en><head><title>Trouble</title><link rel="alternate" type="application/rss+xml" '
        f'href="/feed.xml"></head><body><nav><ul>{menu}</ul></nav><main>{teasers}{more}</main><footer>{chrome}</footer></body></html>'
    ).encode()


async def _connected(site: Troubled, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            first, *lines = head.decode("latin-1").split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            data, breaks = await site.answer(first.split(" ")[1], headers)
            writer.write(data)
            await writer.drain()
            if breaks:
                break
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def _serve(options: tuple[Path, str, int], ready: Any) -> None:
    holder: list[Troubled] = []
    server = await asyncio.start_server(lambda r, w: _connected(holder[0], r, w), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    holder.append(Troubled(_site(*options, port)))
    ready.put(port)
    await server.serve_forever()


def _site(corpus: Path, name: str, limit: int, port: int) -> Site:
    """The first articles of one zip as a site."""
    site = next(site for site in load(corpus, port) if site.name == f"{name}.test")
    for path in list(site.articles)[limit:]:
        del site.articles[path], site.paths[path]
    return site


def _run(options: tuple[Path, str, int], ready: Any) -> None:
    try:
        asyncio.run(_serve(options, ready))
    except KeyboardInterrupt:
        return


@contextmanager
def serving(corpus: Path, name: str, limit: int) -> Iterator[Troubled]:
    """The site, served by a process of its own for as long as the block lasts; what is yielded is a copy of it."""
    context = multiprocessing.get_context("spawn")
    ready = context.Queue()
    process = context.Process(target=_run, args=((corpus, name, limit), ready), daemon=True)
    process.start()
    try:
        yield Troubled(_site(corpus, name, limit, ready.get(timeout=60)))
    finally:
        process.terminate()
        process.join()


def crawl(site: Troubled, folder: Path, *words: str) -> dict[str, Any]:
    """One crawl of the site into the archive in `folder`: its counts."""
    env = dict(os.environ, NEWSARCHIVE_DATABASE_URL=f"sqlite:///{folder / 'bench.sqlite'}", PYTHONPATH=str(ROOT))
    env["NEWSARCHIVE_ALLOWED_HOSTS"] = "127.0.0.1"
    settings = {**FAST, "RETRY_ENABLED": "1", "DOWNLOAD_TIMEOUT": "10"}
    given = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
    command = [sys.executable, "-m", "newsarchive.cli", "crawl", site.site.root + "/", "--json", "--quiet", *words]
    counts: dict[str, Any] = json.loads(
        run([*command, "--log-file", str(folder / "log"), *given], env, accept=(0, 1, 3))
    )
    return counts


def outcomes(site: Troubled, folder: Path) -> Counter[tuple[str, str]]:
    """What became of the articles: (kind of trouble, state and reason), counted."""
    found: Counter[tuple[str, str]] = Counter()
    with Archive.open(f"sqlite:///{folder / 'bench.sqlite'}") as archive:
        for path, kind in site.kinds.items():
            rows = [archive.look_up(site.site.root + name) for name in (path, site.listed[path])]
            told = [f"{row.state}: {row.reason}" if row.reason else row.state for row in rows if row]
            if not told and shapes.score(site.site.root + site.listed[path]).points + _HEADLINE < links.ARTICLE_POINTS:
                told = ["left out: no article by its address"]
            found[kind, next(iter(sorted(told, key=lambda state: state != "archived")), "no outcome")] += 1
    return found


def told(port_root: str, path: str) -> dict[str, int]:
    """What the server answers to a path of its own: the statuses it has sent so far."""
    address = "http://127.0.0.1:" + port_root.rpartition(":")[2] + path
    with urllib.request.urlopen(address, timeout=10) as response:
        answer: dict[str, int] = json.loads(response.read())
    return answer


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--corpus", type=Path, default=ROOT.parent / "shared" / "corpus", help="the folder with the zips"
    )
    parser.add_argument("--zip", default="trafilatura", help="which of its zips (default trafilatura)")
    parser.add_argument("--articles", type=int, default=240, help="how many of its pages (default 240)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, serving(options.corpus, options.zip, options.articles) as site:
        folder = Path(name)
        first = crawl(site, folder)
        found = outcomes(site, folder)
        before = told(site.site.root, "/_later")
        second = crawl(site, folder, "-a", "revisit=yes")
        after, again = told(site.site.root, "/_now"), outcomes(site, folder)
    print(f"{len(site.kinds)} articles; after the first crawl:")
    for (kind, state), count in sorted(found.items()):
        print(f"  {kind:20} {count:5}  {state}")
    print("after the second:")
    for (kind, state), count in sorted(again.items()):
        if kind in ("gone later", *LOST) or not state.startswith("archived"):
            print(f"  {kind:20} {count:5}  {state}")
    for label, counts in (("first", first), ("second", second)):
        print(
            f"{label} crawl: " + ", ".join(f"{value} {key}" for key, value in counts.items() if isinstance(value, int))
        )
    print(
        "the site answered the second with: " + ", ".join(f"{after[s] - before.get(s, 0)} x {s}" for s in sorted(after))
    )
    missing = sum(count for (_, state), count in found.items() if state == "no outcome")
    print(f"without an outcome: {missing}")
    return int(missing > 0)


if __name__ == "__main__":
    sys.exit(main())
