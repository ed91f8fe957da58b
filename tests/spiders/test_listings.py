"""How a crawl finds its way: pages after pages, archives by date, articles cut into pages, and lists that are hostile."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsarchive.archive import Archive
from tests.crawling import Answer, Run, Site, serving
from tests.spiders.test_news import article, crawl, discovery, front, path

TIDE = (
    "The tide came in twice on day {0}, and nobody who stood on the quay had ever seen it do so before that year. " * 3
)


def cut(number: int, following: str | None) -> bytes:
    """One page of an article that is cut into several."""
    more = f'<link rel="next" href="{following}">' if following else ""
    body = "".join(f"<p>{TIDE.format(number * 10 + part)}</p>" for part in range(3))
    head = f"<title>The two tides</title>{more}"
    return f"<html><head>{head}</head><body><article><h1>The two tides</h1>{body}</article></body></html>".encode()


def texts(run: Run, site: Site, where: str) -> str:
    with Archive.open(run.database, create=False) as archive:
        found = archive.find(site.url(where))
    assert found is not None, run.log
    return found.article.text


LONG = "/2024/06/01/the-two-tides-of-the-quay.html"
BROKEN = "/2024/06/02/the-two-tides-of-the-mole.html"


def test_a_crawl_follows_the_pages_of_lists_and_of_articles(tmp_path: Path) -> None:
    answers: dict[str, Answer] = {path(number): article(number) for number in range(1, 8)}
    answers["/robots.txt"] = b"User-agent: *\n"
    answers["/"] = front(path(1)) + b'<nav><a href="/port/">Port</a></nav>'
    for page in range(1, 8):  # the list goes on after the last article, as some do for ever
        name = "/port/" if page == 1 else f"/port/?page={page}"
        answers[name] = front(*[path(page)] * (page < 7)) + f'<a href="/port/?page={page + 1}">Older</a>'.encode()
    answers["/port/?page=2"] = front(path(2), LONG, BROKEN) + b'<a href="/port/?page=3">Older</a>'
    answers[LONG], answers[f"{LONG}?page=2"] = cut(1, f"{LONG}?page=2"), cut(2, f"{LONG}?page=3")
    answers[f"{LONG}?page=3"] = cut(3, f"{LONG}?page=2")  # round in a circle
    answers[BROKEN] = cut(4, f"{BROKEN}?page=2")  # which is not there
    with serving(answers) as site:
        run = crawl(tmp_path, site)
        assert run.reason(site.url(path(5))) == ("archived", None)
        assert "/port/?page=6" not in site.asked
        assert discovery(run)["skipped/max_following"] == 1
        whole = texts(run, site, LONG)
        assert [TIDE.format(number * 10)[:30] in whole for number in (1, 2, 3)] == [True, True, True]
        assert run.row(site.url(f"{LONG}?page=2")).state in ("duplicate", "archived")
        assert TIDE.format(40)[:30] in texts(run, site, BROKEN)
        assert run.reason(site.url(f"{BROKEN}?page=2")) == ("rejected", "http 404")
        assert site.asked.count(f"{LONG}?page=2") == 1
        assert (run.code, "Traceback" in run.log) == (0, False)


def test_a_back_fill_looks_into_the_archive_pages_and_sitemaps_of_its_period_alone(tmp_path: Path) -> None:
    def old(year: int) -> str:
        return f"/{year}/05/06/le-quai-de-{year}-se-repose.html"

    answers: dict[str, Answer] = {old(year): article(1) for year in (2003, 2004, 2005)}
    links = "".join(f'<a href="/archives/{year}/05/">May {year}</a>' for year in (2003, 2004, 2005))
    answers["/"] = front(path(1)) + f"<footer>{links}</footer>".encode()
    answers |= {f"/archives/{year}/05/": front(old(year)) for year in (2003, 2004, 2005)}
    with serving(answers) as site:
        entries = "".join(f"<sitemap><loc>{site.url(f'/sitemap-{year}.xml')}</loc></sitemap>" for year in (2003, 2004))
        site.answers["/sitemap.xml"] = f"<sitemapindex>{entries}</sitemapindex>".encode()
        site.answers["/sitemap-2004.xml"] = b"<urlset></urlset>"
        run = crawl(tmp_path, site, "-a", "since=2004-02", "-a", "until=2004")
        assert run.reason(site.url(old(2004))) == ("archived", None)
        assert "/archives/2004/05/" in site.asked
        assert "/sitemap-2004.xml" in site.asked
        for left in ("/archives/2003/05/", "/archives/2005/05/", "/sitemap-2003.xml", old(2003), old(2005), path(1)):
            assert left not in site.asked
        assert discovery(run)["skipped/out of period"] == 3


def nested(site: Site, depth: int) -> dict[str, Answer]:
    """Sitemap indexes one in the other, each of which also names itself."""
    return {
        f"/deep-{n}.xml": (
            f"<sitemapindex><sitemap><loc>{site.url(f'/deep-{n}.xml')}</loc></sitemap>"
            f"<sitemap><loc>{site.url(f'/deep-{n + 1}.xml')}</loc></sitemap></sitemapindex>"
        ).encode()
        for n in range(depth)
    }


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Site]:
    """One crawl of a site whose lists are wrong in every way, and which has three articles all the same."""
    answers: dict[str, Answer] = {path(number): article(number) for number in (1, 2, 3)}
    with serving(answers) as site:
        lists = ["html", "cut", "others", "bomb", "loop", "deep-0", "huge"]
        named = "".join(f"Sitemap: {site.url(f'/{name}.xml')}\n" for name in lists)
        # 10 MB, most of it no text at all; what it says is said at its beginning.
        site.answers["/robots.txt"] = f"User-agent: *\nDisallow: /secret\n{named}".encode() + bytes(range(256)) * 40_000
        site.answers["/html.xml"] = b"<!DOCTYPE html><html><body>Welcome</body></html>"
        site.answers["/cut.xml"] = f"<urlset><url><loc>{site.url(path(1))}</loc></url><url><loc>http".encode()
        elsewhere = "".join(
            f"<url><loc>https://other-{n}.example.com/2024/05/06/a-page-{n}</loc></url>" for n in range(300)
        )
        site.answers["/others.xml"] = f"<urlset>{elsewhere}</urlset>".encode()
        site.answers["/bomb.xml"] = (
            b'<!DOCTYPE u [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>'
        )
        site.answers["/loop.xml"] = (302, {"Location": "/loop.xml?again"}, b"")
        site.answers["/loop.xml?again"] = (302, {"Location": "/loop.xml"}, b"")
        site.answers["/huge.xml"] = b"<urlset><url>" + b"<a></a>" * 4_000_000
        site.answers |= nested(site, 30)
        wrong = [
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/hostname",
            "ftp://127.0.0.1/x",
            "mailto:a@example.org",
        ]
        wrong += [
            f"http://me:secret@127.0.0.1:{site.port}/2024/05/06/a-page-with-a-name",
            f"/{'a' * 10_000}",
            "http://[::1",
            "",
        ]
        items = "".join(f"<item><title>x</title><link>{url}</link></item>" for url in [*wrong, site.url(path(2))])
        site.answers["/rss"] = f"<rss><channel>{items}</channel></rss>".encode()
        feed = b'<link rel="alternate" type="application/rss+xml" href="/rss">'
        site.answers["/"] = front(path(3), *wrong) + feed
        run = crawl(tmp_path_factory.mktemp("hostile"), site, "-s", "DOWNLOAD_TIMEOUT=20")
        return run, site


def test_all_articles_of_a_site_with_hostile_lists_are_archived(hostile: tuple[Run, Site]) -> None:
    run, site = hostile
    assert [run.reason(site.url(path(number))) for number in (1, 2, 3)] == [("archived", None)] * 3
    assert run.count("stored") == 3
    assert "Traceback" not in run.log


@pytest.mark.parametrize(
    ("name", "state", "reason"),
    [
        ("https://other-299.example.com/2024/05/06/a-page-299", "rejected", "offsite"),
        ("/deep-6.xml", "rejected", "sitemap limit"),
        ("/html.xml", "rejected", "not a sitemap"),
        ("/bomb.xml", "rejected", "document type declarations"),
        ("/huge.xml", "rejected", "too many elements"),
        ("/loop.xml", "rejected", "redirect loop"),
        ("/cut.xml", "listing", "sitemap"),
        ("/others.xml", "listing", "sitemap"),
        ("/robots.txt", "listing", "robots.txt"),
    ],
)
def test_every_hostile_list_has_its_reason(name: str, state: str, reason: str, hostile: tuple[Run, Site]) -> None:
    run, site = hostile
    assert run.reason(site.url(name) if name.startswith("/") else name) == (state, reason)


def test_what_a_hostile_list_names_is_counted_and_not_asked_for(hostile: tuple[Run, Site]) -> None:
    run, site = hostile
    counts = discovery(run)
    assert counts["skipped/offsite"] >= 300
    assert counts["skipped/credentials"] == 2  # in the feed and on the front page
    assert counts["skipped/too long"] == 2
    assert counts["skipped/no address"] == 7  # of the feed: what is no web address
    assert counts["skipped/no web address"] == 6
    assert counts["skipped/sitemap limit"] == 2
    assert not [asked for asked in site.asked if "secret" in asked or len(asked) > 2_100]
    assert sorted(asked for asked in site.asked if "deep" in asked) == [f"/deep-{n}.xml" for n in range(6)]
