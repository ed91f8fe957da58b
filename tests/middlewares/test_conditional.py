"""A page that has not changed is not sent again, where its host proves honest about that."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from pathlib import Path

from newsarchive.archive import Archive
from tests.crawling import Answer, Run, Site, serving
from tests.spiders.test_news import article, crawl, front, path

NUMBERS = range(1, 6)


class Page:
    """An article with an ETag: 304 for who has it; `lies` keeps the tag of an earlier text for ever."""

    def __init__(self, number: int, *, lies: bool = False) -> None:
        self.number, self.lies, self.edition = number, lies, 1
        self.answers: list[int] = []

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        tag = f'"{1 if self.lies else self.edition}"'
        is_known = handler.headers.get("If-None-Match") == tag
        body = b"" if is_known else article(self.number + 10 * (self.edition - 1))
        self.answers.append(304 if is_known else 200)
        handler.send_response(self.answers[-1])
        for name, value in {"Content-Type": "text/html", "ETag": tag, "Content-Length": str(len(body))}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)


def pages(site: Site, *, lies: bool = False) -> list[Page]:
    found = [Page(number, lies=lies) for number in NUMBERS]
    answers: dict[str, Answer] = {path(page.number): page for page in found}
    site.answers |= {"/": front(*answers), **answers}
    return found


def again(folder: Path, site: Site, *arguments: str) -> Run:
    return crawl(folder, site, "-a", "revisit=yes", "-s", "CONCURRENT_REQUESTS=1", *arguments)


def test_a_host_is_tested_and_then_believed(tmp_path: Path) -> None:
    with serving() as site:
        articles = pages(site)
        assert crawl(tmp_path, site).code == 0
        assert [page.answers for page in articles] == [[200]] * 5
        second = again(tmp_path, site)
        sent = [answer for page in articles for answer in page.answers[1:]]
        articles[0].edition = 2
        third = again(tmp_path, site)
    assert (second.code, second.count("unchanged")) == (0, 5), second.log
    assert 3 <= second.count("not_modified/verified") <= 5, "some are on their way before the first is verified"
    assert (sent.count(304), sent.count(200)) == (5, second.count("not_modified/verified"))
    assert second.row(site.url(path(1))).state == "archived"
    assert (third.count("new_version"), third.count("unchanged"), third.count("not_modified/verified")) == (1, 4, 0)
    with Archive.open(second.database) as archive:
        trust = archive.trust(f"127.0.0.1:{site.port}")
    assert (trust.answered, trust.lied_at) == (9, None)
    assert trust.confirmed == second.count("not_modified/verified")


def test_a_host_that_says_304_of_a_changed_page_is_not_asked_that_way_again(tmp_path: Path) -> None:
    with serving() as site:
        articles = pages(site, lies=True)
        crawl(tmp_path, site)
        for page in articles:
            page.edition = 2
        second = again(tmp_path, site)
        conditional = sum(page.answers.count(304) for page in articles)
        third = again(tmp_path, site)
    assert second.count("new_version") == 5, second.log
    assert 1 <= second.count("not_modified/lied") <= 5
    assert conditional == sum(page.answers.count(304) for page in articles), "the third crawl asks for whole pages"
    assert third.count("unchanged") == 5
    with Archive.open(second.database) as archive:
        trust = archive.trust(f"127.0.0.1:{site.port}")
    assert trust.lied_at is not None
    assert (trust.lied_about or "").startswith(site.url("/2024"))
