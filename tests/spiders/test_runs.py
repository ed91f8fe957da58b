"""How a run ends: complete, bounded, beside another one, after an earlier one; and what the next one does."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

from newsarchive.archive import Archive
from tests.crawling import Answer, Site, serving
from tests.spiders.test_news import article, crawl, front, path


def dated(number: int) -> bytes:
    """An article of today."""
    stamp = f'<time datetime="{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}">aujourd hui</time>'
    return article(number).replace(b"<article>", f"<article>{stamp}".encode())


def asked(site: Site) -> list[str]:
    """The articles that were asked for since the last time."""
    found = [name for name in site.asked if name.startswith("/2024")]
    site.asked.clear()
    return found


def test_a_second_crawl_of_a_site_says_so_and_ends_with_its_own_code(tmp_path: Path) -> None:
    with serving({"/": front(path(1)), path(1): article(1)}) as site:
        with Archive.open(f"sqlite:///{tmp_path / 'archive.sqlite'}") as archive:
            lock = archive.lock(f"127.0.0.1:{site.port}")
            assert lock is not None
            busy = crawl(tmp_path, site)
            assert site.asked == []
            lock.release()
        after = crawl(tmp_path, site)
    assert busy.code == 75, busy.log
    assert busy.log.count("another crawl of 127.0.0.1") == 1
    assert "Traceback" not in busy.log
    assert (after.code, after.count("stored")) == (0, 1)


def test_a_run_with_a_budget_leaves_the_rest_for_the_next(tmp_path: Path) -> None:
    numbers = range(1, 9)
    with serving({path(number): article(number) for number in numbers}) as site:
        site.answers["/"] = front(*(path(number) for number in numbers))
        began = time.monotonic()
        slow = ("-s", "DOWNLOAD_DELAY=0.6", "-s", "RANDOMIZE_DOWNLOAD_DELAY=0", "-s", "CONCURRENT_REQUESTS=1")
        first = crawl(tmp_path, site, "-a", "budget=7s", *slow)
        took = time.monotonic() - began
        before = asked(site)
        second = crawl(tmp_path, site)
        after = asked(site)
    assert first.code == 3, first.log
    assert took < 60
    assert first.stats["finish_reason"] == "budget"
    assert second.code == 0, second.log
    assert len(before) < len(numbers)
    assert sorted({*before, *after}) == sorted(path(number) for number in numbers)
    assert first.count("stored") + second.count("stored") == len(numbers)


def test_max_pages_bounds_one_run_and_the_next_goes_on_behind_it(tmp_path: Path) -> None:
    with serving({path(number): article(number) for number in range(1, 5)}) as site:
        site.answers["/"] = front(*(path(number) for number in range(1, 5)))
        runs = [crawl(tmp_path, site, "-a", "max_pages=2") for _ in range(3)]
        fetched = asked(site)
    assert [run.code for run in runs] == [3, 0, 0], runs[1].log
    assert sorted(fetched) == [path(number) for number in range(1, 5)], "each once"


def test_a_back_fill_fetches_its_period_alone_and_the_newest_first(tmp_path: Path) -> None:
    years = (2002, 2003, 2004, 2005)
    names = [f"/{year}/05/0{n}/le-quai-numero-{year}{n}-se-repose.html" for year in years for n in (1, 2)]
    answers: dict[str, Answer] = {name: article(number) for number, name in enumerate(names, 1)}
    with serving(answers) as site:
        entries = "".join(f"<url><loc>{site.url(name)}</loc></url>" for name in names)
        site.answers |= {"/": b"<html></html>", "/sitemap.xml": f"<urlset>{entries}</urlset>".encode()}
        run = crawl(tmp_path, site, "-a", "since=2003", "-a", "until=2004-05-01", "-s", "CONCURRENT_REQUESTS=1")
        again = crawl(tmp_path, site, "-a", "since=2003", "-a", "until=2004-05-01")
        fetched = [name for name in site.asked if name in answers and name[1:5].isdigit()]
    assert (run.code, again.code) == (0, 0), run.log
    assert [name[1:11] for name in fetched] == ["2004/05/02", "2004/05/01", "2003/05/02", "2003/05/01"]
    assert again.count("fetched") == 0
    assert (run.count("outside"), run.count("left")) == (4, 0)


def test_a_withdrawn_article_is_gone_and_restored_when_it_is_back(tmp_path: Path) -> None:
    with serving({"/": front(path(1)), path(1): dated(1)}) as site:
        crawl(tmp_path, site)
        page = site.answers.pop(path(1))
        gone = crawl(tmp_path, site, "-a", "revisit=yes")
        state = gone.row(site.url(path(1)))
        site.answers[path(1)] = page
        back = crawl(tmp_path, site, "-a", "revisit=yes")
    assert gone.code == 0, gone.log
    assert (state.state, state.reason) == ("gone", "http 404")
    assert state.article_url == site.url(path(1)), "its last version is kept"
    assert back.row(site.url(path(1))).state == "archived"
