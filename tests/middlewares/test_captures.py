"""With NEWSARCHIVE_CAPTURES every page is kept raw before it is read, and the archive says where."""

from __future__ import annotations

import gzip
import random
from pathlib import Path
from typing import Any

import pytest
from scrapy.http import HtmlResponse, Request, Response
from scrapy.http.request import NO_CALLBACK

from newsarchive import options
from newsarchive.archive import Archive
from newsarchive.captures import Folder, Location, Saved, read
from newsarchive.middlewares.captures import is_wanted
from tests.captures.disks import disk
from tests.cli.running import QUICK, command, story
from tests.crawling import Site, serving

KINDS = "NEWSARCHIVE_CAPTURES_KINDS"
USUAL = options.value({}, KINDS)


def captured(folder: Path) -> list[Saved]:
    return [found for found in read([folder]) if isinstance(found, Saved)]


def crawl(folder: Path, site: Site, *settings: str) -> Any:
    (folder / "urls.txt").write_text("\n".join(site.url(path) for path in site.answers if path != "/robots.txt"))
    allowed = ("-s", "NEWSARCHIVE_ALLOWED_HOSTS=127.0.0.1", "-s", "NEWSARCHIVE_CAPTURES=captures")
    return command("crawl", "news", "-a", "urls=urls.txt", "--json", *allowed, *QUICK, *settings, folder=folder)


def test_a_crawl_keeps_its_pages_as_they_came_and_the_archive_points_at_them(tmp_path: Path) -> None:
    html = story("Le marché rouvre").encode()
    packed = gzip.compress(html)
    with serving(
        {
            "/story": (200, {"Content-Encoding": "gzip", "Content-Type": "text/html; charset=utf-8"}, packed),
            "/old": (301, {"Location": "/story"}, b""),
            "/feed.xml": (200, {"Content-Type": "application/rss+xml"}, b"<rss/>"),
        }
    ) as site:
        done = crawl(tmp_path, site)
        assert done.json["stored"] == 1, done
        pages = captured(tmp_path / "captures")
        assert {saved.page.url for saved in pages} == {site.url("/story")}
        assert all(saved.page.body == html for saved in pages)
    with Archive.open(f"sqlite:///{tmp_path / 'archive.sqlite'}") as archive:
        (stored,) = archive.rows()
    place = Location(*(stored.values[f"capture_{name}"] for name in ("file", "offset", "length", "digest")))
    saved, *_ = [saved for saved in pages if saved.location == place]
    assert stored.values["captured_at"] == saved.page.captured_at
    record = (tmp_path / "captures" / place.file).read_bytes()[place.offset :][: place.length]
    assert packed in gzip.decompress(record)


def test_a_page_that_fits_on_the_disk_no_more_fails_with_its_reason_and_others_are_kept(tmp_path: Path) -> None:
    large = f"<!-- {random.Random(1).randbytes(60_000).hex()} -->"
    pages = {"/small": story("Le marché rouvre"), "/large": story("Le pont ferme", "Safi") + large}
    with disk(tmp_path / "captures", "40k"), serving({path: html.encode() for path, html in pages.items()}) as site:
        done = crawl(tmp_path, site)
        assert [saved.page.url for saved in captured(tmp_path / "captures")] == [site.url("/small")]
    assert done.code == 1
    assert "Traceback" not in done.err
    assert (done.json["stored"], done.json["failed_for"]) == (1, {"capture": 1})
    with Archive.open(f"sqlite:///{tmp_path / 'archive.sqlite'}") as archive:
        rows = {row.url.rpartition("/")[2]: (row.state, row.reason, row.detail) for row in archive.ledger(["failed"])}
    assert rows["large"][:2] == ("failed", "capture")
    assert "No space left on device" in (rows["large"][2] or "")


@pytest.mark.parametrize(
    ("status", "kind", "wanted"),
    [
        (200, "text/html; charset=utf-8", True),
        (200, None, True),
        (404, "text/html", True),
        (301, "text/plain", True),
        (200, "application/rss+xml", False),
        (200, "image/png", False),
    ],
)
def test_pages_and_redirects_are_wanted_and_other_media_are_not(status: int, kind: str | None, wanted: bool) -> None:
    request = Request("https://example.org/")
    headers = {"Content-Type": kind} if kind else {}
    assert is_wanted(request, Response(request.url, status=status, headers=headers), USUAL) is wanted


def test_robots_txt_is_nobodys_page() -> None:
    request = Request("https://example.org/robots.txt", callback=NO_CALLBACK)
    assert not is_wanted(request, HtmlResponse(request.url), USUAL)


@pytest.mark.parametrize(
    ("role", "kinds", "wanted"),
    [
        ("index", "articles", False),
        ("index", "sections", True),
        ("feed", "articles, sections", False),
        ("feed", "feeds", True),
        ("sitemap", "sitemaps", True),
        (None, "articles", True),
        (None, "feeds, redirects", False),
    ],
)
def test_what_lists_articles_is_kept_where_the_setting_says_so(role: str | None, kinds: str, wanted: bool) -> None:
    request = Request("https://example.org/", meta={"newsarchive_role": role})
    answer = Response(request.url, headers={"Content-Type": "text/html"})
    assert is_wanted(request, answer, options.value({"NEWSARCHIVE_CAPTURES_KINDS": kinds}, KINDS)) is wanted


def test_a_kind_that_is_none_is_told() -> None:
    with pytest.raises(options.OptionError, match="no kind 'picture'"):
        options.value({"NEWSARCHIVE_CAPTURES_KINDS": "articles, picture"}, KINDS)


def test_a_second_crawl_of_the_same_pages_adds_references_and_next_to_nothing_else(tmp_path: Path) -> None:
    with serving(
        {"/story": story("Le marché rouvre").encode() + random.Random(1).randbytes(40_000).hex().encode()}
    ) as site:
        assert crawl(tmp_path, site).code == 0
        assert crawl(tmp_path, site, "-a", "revisit=yes").code == 0
    first, second = Folder(tmp_path / "captures").captures(site.url("/story"))
    assert (first.is_revisit, second.is_revisit) == (False, True)
    assert second.location.length < first.location.length / 20
    folder = Folder(tmp_path / "captures")
    assert folder.message(second.location).body == folder.message(first.location).body
    assert len({saved.page.body for saved in captured(tmp_path / "captures")}) == 1
