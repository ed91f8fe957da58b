from __future__ import annotations

import importlib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from newsarchive import Recipe
from newsarchive.archive import Archive
from newsarchive.page import Page
from newsarchive.recipe import Section, Sitemap
from newsarchive.spiders import NewsSpider, reading
from newsarchive.spiders.arguments import ArgumentError
from newsarchive.spiders.lematin import LeMatinSpider
from newsarchive.spiders.reading import Job, ListJob
from newsarchive.spiders.workers import Pool
from tests.crawling import QUICK, ROOT, Answer, Run, Site, scrapy, serving

WORDS = "Les bateaux sont rentrés avant la nuit, et le quai numéro {0} a retrouvé son calme après une longue journée de vent. "


def article(number: int, more: str = "") -> bytes:
    paragraphs = "".join(f"<p>{WORDS.format(number * 10 + part) * 2}</p>" for part in range(4))
    return (
        f"<!DOCTYPE html><html lang=fr><head><title>Le quai {number} se repose</title></head><body>"
        f"<article><h1>Le quai {number} se repose</h1>{paragraphs}</article>{more}</body></html>"
    ).encode()


def path(number: int) -> str:
    return f"/2024/05/0{number}/le-quai-numero-{number}-se-repose.html"


def front(*hrefs: str) -> bytes:
    cards = "".join(f'<h2><a href="{href}">Le quai se repose après une longue journée</a></h2>' for href in hrefs)
    return f"<!DOCTYPE html><html><head><title>Le Quai</title></head><body>{cards}</body></html>".encode()


def crawl(folder: Path, site: Site, *arguments: str, spider: str = "news", **env: str) -> Run:
    given = () if any(argument.startswith("urls=") for argument in arguments) else ("-a", f"url={site.url('/')}")
    return scrapy(folder, "crawl", spider, *given, *arguments, *QUICK, NEWSARCHIVE_ALLOWED_HOSTS="127.0.0.1", **env)


def discovery(run: Run) -> dict[str, int]:
    prefix = "newsarchive/discovery/"
    return {key.removeprefix(prefix): value for key, value in run.stats.items() if key.startswith(prefix)}


def test_a_site_nobody_described_is_crawled_from_its_robots_feed_and_links(tmp_path: Path) -> None:
    answers: dict[str, Answer] = {path(number): article(number) for number in range(1, 6)}
    with serving(answers) as site:
        site.answers["/robots.txt"] = f"User-agent: *\nSitemap: {site.url('/index.xml')}\n".encode()
        site.answers["/index.xml"] = (
            f"<sitemapindex><sitemap><loc>{site.url('/s.xml')}</loc></sitemap></sitemapindex>".encode()
        )
        site.answers["/s.xml"] = f"<urlset><url><loc>{site.url(path(1))}</loc></url></urlset>".encode()
        site.answers["/rss"] = f"<rss><channel><item><link>{site.url(path(2))}</link></item></channel></rss>".encode()
        feed = b'<link rel="alternate" type="application/rss+xml" href="/rss"><nav><a href="/port/">Port</a></nav>'
        site.answers["/"] = front(path(3), "https://example.com/2024/05/06/une-nouvelle-d-ailleurs-a-lire.html") + feed
        site.answers["/port/"] = front(path(4), path(3))
        run = crawl(tmp_path, site)
    assert run.code == 0, run.log
    assert run.count("stored") == 4
    assert path(5) not in site.asked
    assert not any(asked.startswith(("/sitemap", "/feed")) for asked in site.asked)
    found = discovery(run)
    assert (found["found/sitemap"], found["found/feed"], found["found/page"]) == (1, 1, 3)
    assert (found["skipped/offsite"], found["skipped/known"]) == (1, 1)


def test_without_a_word_from_the_site_the_usual_places_are_looked_at(tmp_path: Path) -> None:
    with serving({path(1): article(1), path(2): article(2), "/": front()}) as site:
        site.answers["/sitemap.xml"] = f"<urlset><url><loc>{site.url(path(1))}</loc></url></urlset>".encode()
        site.answers["/feed"] = f"<rss><channel><item><link>{site.url(path(2))}</link></item></channel></rss>".encode()
        run = crawl(tmp_path, site)
    assert (run.code, run.count("stored"), run.count("failed")) == (0, 2, 0), run.log


def test_a_list_of_urls_is_read_and_nothing_else_is_fetched(tmp_path: Path) -> None:
    with serving({path(1): article(1, front(path(3)).decode()), path(2): article(2), path(3): article(3)}) as site:
        lines = [
            "\ufeff# my list",
            "",
            site.url(path(1)),
            f"  {site.url(path(2))}  ",
            site.url(path(1)),
            "not a url",
            "ftp://x/y",
            "https://me:secret@example.org/a",
            "https://example.org/" + "a" * 10_000,
        ]
        (tmp_path / "list.txt").write_text("\r\n".join(lines), "utf-8")
        run = crawl(tmp_path, site, "-a", "urls=list.txt")
    assert run.code == 0, run.log
    assert (run.count("stored"), run.count("rejected/not a url")) == (2, 2)
    assert (run.count("rejected/credentials"), run.count("rejected/too long")) == (1, 1)
    assert discovery(run)["skipped/known"] == 1
    assert set(site.asked) == {"/robots.txt", path(1), path(2)}
    assert run.reason("ftp://x/y") == ("rejected", "not a url")


def test_a_list_of_urls_keeps_to_its_budget(tmp_path: Path) -> None:
    with serving({path(1): article(1)}) as site:
        (tmp_path / "list.txt").write_text(site.url(path(1)), "utf-8")
        run = crawl(tmp_path, site, "-a", "urls=list.txt", "-a", "budget=0.001s")
        assert (run.code, run.count("stored"), run.row(site.url(path(1))).state) == (3, 0, "known"), run.log
        assert site.asked == []


def test_max_pages_bounds_a_crawl_and_what_is_left_is_counted(tmp_path: Path) -> None:
    with serving({path(number): article(number) for number in range(1, 6)}) as site:
        site.answers["/"] = front(*(path(number) for number in range(1, 6)))
        run = crawl(tmp_path, site, "-a", "max_pages=2", "-a", "_job=26")
    assert (run.code, run.count("stored"), run.count("left")) == (3, 2, 3), run.log
    assert run.row(site.url(path(1))).state == "known" or run.row(site.url(path(5))).state == "known"
    assert "_job" not in run.log


def test_a_redirect_to_another_site_is_not_followed(tmp_path: Path) -> None:
    with serving({path(1): article(1), path(3): article(3)}) as site:
        elsewhere = site.url(path(3), host="localhost")
        site.answers |= {"/": front(path(1), path(2)), path(2): (302, {"Location": elsewhere}, b"")}
        run = crawl(tmp_path, site)
    assert (run.code, run.count("stored"), run.count("rejected/offsite")) == (0, 1, 1), run.log
    assert path(3) not in site.asked


def test_a_site_that_lists_no_article_is_a_failure(tmp_path: Path) -> None:
    with serving({"/": b"<html><title>Soon</title><p>We are back soon.</p></html>"}) as site:
        run = crawl(tmp_path, site)
    assert (run.code, run.count("failed/no article found")) == (1, 1), run.log


def amp(number: int) -> bytes:
    return article(number).replace(b"<head>", f'<head><link rel="canonical" href="{path(number)}">'.encode())


def test_of_an_amp_page_the_page_itself_is_asked_for_and_kept_instead(tmp_path: Path) -> None:
    dated = article(1).replace(b"<article>", b'<article><time datetime="2024-05-01T10:00:00Z">1 mai</time>')
    with serving({path(1): dated, path(1) + "/amp": amp(1), path(2) + "/amp": amp(2)}) as site:
        site.answers["/"] = front(path(1) + "/amp", path(2) + "/amp")
        canonical, alone = site.url(path(1)), site.url(path(2) + "/amp")
        site.answers[path(1) + "/amp"] = amp(1).replace(path(1).encode(), canonical.encode())
        site.answers[path(2) + "/amp"] = amp(2).replace(path(2).encode(), site.url(path(2)).encode())
        run = crawl(tmp_path, site)
    assert (run.code, run.count("stored"), run.count("duplicate")) == (0, 2, 1), run.log
    assert run.count("rejected/http 404") == 1 + 6  # the page that there is as AMP alone, and the usual places of lists
    with Archive.open(run.database, create=False) as archive:
        stored = {row.values["url"]: row for row in archive.rows()}
    assert set(stored) == {canonical, site.url(path(2))}
    assert stored[canonical].aliases == [canonical + "/amp"]
    assert stored[site.url(path(2))].aliases == [alone]


def test_links_of_articles_are_followed_when_asked(tmp_path: Path) -> None:
    with serving({path(1): article(1, front(path(2)).decode()), path(2): article(2), "/": front(path(1))}) as site:
        run = crawl(tmp_path, site, "-a", "follow=yes")
    assert (run.code, run.count("stored")) == (0, 2), run.log


SPIDER = """
from newsarchive.spiders.news import NewsSpider
from tests.spiders import jobs

class TestedSpider(NewsSpider):
    name = "tested"

    @classmethod
    def from_crawler(cls, crawler, *args, **kwargs):
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.reader.pool.function = jobs.read
        return spider
"""


def test_a_page_that_hangs_or_kills_its_reader_has_its_reason_and_the_crawl_goes_on(tmp_path: Path) -> None:
    (tmp_path / "tested.py").write_text(SPIDER)
    names = ["/hang.html", "/die.html", "/break.html", path(1), path(2), path(3)]
    with serving({name: article(number) for number, name in enumerate(names)}) as site:
        (tmp_path / "list.txt").write_text("\n".join(map(site.url, names)))
        run = scrapy(
            tmp_path, "runspider", "tested.py", "-a", "urls=list.txt", *QUICK,
            NEWSARCHIVE_ALLOWED_HOSTS="127.0.0.1", NEWSARCHIVE_WORKERS="2", NEWSARCHIVE_EXTRACTION_TIMEOUT="1",
        )  # fmt: skip
    assert run.code == 1, run.log
    assert (run.count("stored"), run.count("failed")) == (3, 3)
    assert run.reason(site.url("/hang.html")) == ("failed", "extraction timeout")
    assert run.reason(site.url("/die.html")) == ("failed", "extraction crashed")
    assert run.reason(site.url("/break.html")) == ("failed", "extraction error")


def test_workers_read_what_the_crawler_itself_would_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "demo"))
    newspaper = importlib.import_module("newspaper")
    origin, when = "http://127.0.0.1:1", datetime(2025, 12, 25, tzinfo=UTC)
    answers = newspaper.pages(origin, date(2025, 12, 25))
    pages = [
        Job(page=Page(url=origin + name, body=answer.body, captured_at=when), recipe=Recipe(language="fr"), follow=True)
        for name, answer in answers.items()
    ]
    feed = answers["/rss.xml"].body
    jobs: list[Job | ListJob] = [
        *pages,
        ListJob(url=origin + "/rss.xml", body=feed),
        ListJob(url=origin, body=feed, is_sitemap=True),
    ]
    pool = Pool(reading.run, size=2, timeout=20)
    there = [pool.submit(job) for job in jobs]
    results = [future.result(60) for future in there]
    pool.close()
    assert results == [reading.run(job) for job in jobs]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "no site was given"),
        ({"url": "ftp://example.org"}, "url takes the address of a site"),
        ({"url": "https://exa mple.org"}, "url takes the address of a site"),
        ({"url": "example.org", "max_pages": "-1"}, "max_pages takes a whole number"),
        ({"url": "example.org", "follow": "perhaps"}, "follow takes yes or no"),
        ({"url": "example.org", "recipe": "x"}, "recipe cannot be given with -a"),
        ({"url": "example.org", "buget": "10m"}, "there is no argument buget: did you mean budget\\?"),
        ({"url": "example.org", "zzz": "1"}, "there is no argument zzz: the arguments are url, urls, max_pages,"),
        ({"urls": "/nowhere/list.txt"}, "No such file"),
        ({"urls": "/"}, "Is a directory"),
    ],
)
def test_arguments_that_cannot_be_meant_are_refused_in_one_line(given: dict[str, str], message: str) -> None:
    with pytest.raises(ArgumentError, match=message) as caught:
        NewsSpider(**given)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"\n# nothing\n", b"\x89PNG\xff\xfe\x00"])
def test_a_list_that_holds_no_url_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "list.txt").write_bytes(content)
    with pytest.raises(ArgumentError, match=r"list.txt: (holds no URL|is not a text file)"):
        NewsSpider(urls=str(tmp_path / "list.txt"))


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("example.org", "example.org"),
        ("https://www.example.co.uk/news", "example.co.uk"),
        ("http://127.0.0.1:80/", "127.0.0.1"),
    ],
)
def test_a_url_says_where_the_crawl_stays(url: str, domain: str) -> None:
    assert NewsSpider(url=url).allowed_domains == [domain]


def test_a_site_is_a_file_of_attributes() -> None:
    spider = LeMatinSpider()
    assert (spider.name, spider.allowed_domains) == ("lematin", ["lematin.ma"])
    assert spider.sources == [Sitemap("https://lematin.ma/sitemap.xml"), Section("https://lematin.ma/")]
    assert isinstance(spider.recipe, Recipe)
    assert spider.recipe.timezone == "Africa/Casablanca"


def test_every_knob_is_in_the_docstring() -> None:
    for knob in NewsSpider._READ:
        assert f"\n    {knob}: " in (NewsSpider.__doc__ or "")


def test_the_newest_articles_are_asked_for_first(tmp_path: Path) -> None:
    with serving({path(number): article(number) for number in range(1, 6)}) as site:
        entry = "<url><loc>{}</loc><lastmod>2024-05-0{}</lastmod></url>"
        entries = "".join(entry.format(site.url(path(number)), number) for number in (2, 5, 1, 4, 3))
        site.answers |= {"/": b"<html></html>", "/sitemap.xml": f"<urlset>{entries}</urlset>".encode()}
        crawl(tmp_path, site, "-s", "CONCURRENT_REQUESTS=1")
    assert [asked for asked in site.asked if asked.startswith("/2024")] == [path(number) for number in (5, 4, 3, 2, 1)]


OWN = """
from scrapy import Request
from newsarchive.spiders.news import NewsSpider

class OwnSpider(NewsSpider):
    name = "own"
    address = None
    allowed_domains = ["127.0.0.1"]

    async def start(self):
        yield Request(self.address, self.parse)
"""


def test_an_attribute_that_a_spider_declares_is_an_argument() -> None:
    class Harbour(NewsSpider):
        name = "harbour"
        allowed_domains = ("example.org",)
        edition = "morning"

    assert Harbour(edition="evening", _job="26").edition == "evening"
    with pytest.raises(ArgumentError, match="did you mean edition"):
        Harbour(editon="evening")


def test_a_spider_may_find_its_articles_in_its_own_way(tmp_path: Path) -> None:
    (tmp_path / "own.py").write_text(OWN)
    with serving({path(1): article(1)}) as site:
        arguments = ("runspider", "own.py", "-a", f"address={site.url(path(1))}")
        run = scrapy(tmp_path, *arguments, *QUICK, NEWSARCHIVE_ALLOWED_HOSTS="127.0.0.1")
    assert (run.code, run.count("stored")) == (0, 1), run.log
