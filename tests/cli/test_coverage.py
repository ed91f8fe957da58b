"""`coverage` and `why`: what there is, what is missing, and the story of one URL."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsarchive.archive import Archive, Entry, Lead, Validators
from tests.archive.samples import article
from tests.cli.running import Run

ROOT = "https://example.org"
TODAY = f"{datetime.now(UTC):%Y-%m-%d}"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive with a site whose URLs ended in every way there is, and another site with one that waits."""
    file = tmp_path / "news.sqlite"
    with Archive.open(f"sqlite:///{file}") as opened:
        opened.begin_run("crawl news", "example.org")
        frontier = opened.frontier("example.org")
        feed = Lead(url=f"{ROOT}/feed", kind="listing", source="start", hints={"role": "feed"})
        frontier.discover([feed])
        leads = [Lead(url=f"{ROOT}/news/{n}", source="feed", hints={"title": f"Titre {n}"}) for n in range(1, 7)]
        frontier.discover([*leads, Lead(url=f"{ROOT}/news/1?utm_source=x")], f"{ROOT}/feed")
        opened.record([Entry(url=f"{ROOT}/feed", state="listing", reason="feed", news=6)])
        opened.record([Entry(url=f"{ROOT}/news/1", state="failed", reason="timeout")])
        opened.save([article(1), article(5)], (), [Validators(url=f"{ROOT}/news/1", etag='"v1"')])
        opened.record([Entry(url=f"{ROOT}/news/2", state="failed", reason="http 503")])
        opened.record([Entry(url=f"{ROOT}/news/3", state="rejected", reason="index")])
        opened.record([Entry(url=f"{ROOT}/news/5", state="rejected", reason="http 410")])
        for _ in range(7):
            opened.record([Entry(url=f"{ROOT}/news/6", state="failed", reason="dns")])
        opened.frontier("example.com").discover([Lead(url="https://example.com/1")])
    return file


def test_coverage_adds_up_by_site_and_day(archive: Path, run: Run) -> None:
    done = run("coverage", "--database", archive, "--json")
    other, days = (json.loads(line) for line in done.out.splitlines())
    assert (other["site"], other["discovered"], other["waiting"]) == ("example.com", 1, 1)
    assert days == {
        "site": "example.org", "day": TODAY, "discovered": 8, "archived": 1, "duplicate": 1, "listing": 1, "gone": 1,
        "waiting": 2, "rejected": {"index": 1}, "failed": {"dns": 1},
    }  # fmt: skip


def test_coverage_shows_a_table_of_one_site_with_its_reasons(archive: Path, run: Run) -> None:
    done = run("coverage", "www.example.org", "--database", archive)
    assert done.code == 0
    words = [line.split() for line in done.out.splitlines()]
    assert words[0] == ["example.org", *"discovered archived duplicate listing gone rejected failed waiting".split()]
    assert words[1] == [TODAY, "8", "1", "1", "1", "1", "1", "1", "2"]
    assert words[2] == ["all", *words[1][1:]]
    assert ["rejected:", "index", "1"] in words


def test_coverage_of_a_site_nobody_knows_is_an_error(archive: Path, run: Run) -> None:
    done = run("coverage", "nowhere.org", "--database", archive)
    assert (done.code, done.line) == (1, "newsarchive: the archive holds nothing of the site nowhere.org")


def test_why_tells_the_whole_story_of_a_url(archive: Path, run: Run) -> None:
    done = run("why", f"{ROOT}/news/1", "--database", archive)
    assert done.code == 0
    said = {
        " ".join(line.split()[:2]) if "version" in line else line.split()[0]: line for line in done.out.splitlines()
    }
    assert "archived" in said["state"]
    assert f"in feed of {ROOT}/feed" in said["found"]
    assert "Titre 1" in said["title"]
    assert "2 times" in said["visited"]
    assert "crawl news" in said["visited"]
    assert "failed: timeout, until" in said["before"]
    assert '"v1"' in said["etag"]
    assert f"{ROOT}/news/1" in said["article"]
    assert "Le port rouvre, jour 1" in said["version 1"]


def test_why_tells_it_to_machines_too_and_of_urls_that_wait_or_are_other_names(archive: Path, run: Run) -> None:
    waiting = run("why", f"{ROOT}/news/4", "--json", "--database", archive).json
    assert (waiting["state"], waiting["visited_at"], waiting["found_on"]) == ("known", None, f"{ROOT}/feed")
    assert "as soon as possible" in run("why", f"{ROOT}/news/4", "--database", archive).out
    alias = run("why", f"{ROOT}/news/1?utm_source=x", "--database", archive)
    assert f"duplicate: alias (see {ROOT}/news/1)" in alias.out
    gone = run("why", f"{ROOT}/news/5", "--json", "--database", archive).json
    assert (gone["state"], gone["reason"], gone["before"][0]["state"]) == ("gone", "http 410", "archived")


def test_why_of_a_url_never_seen_is_told_in_one_line(archive: Path, run: Run) -> None:
    done = run("why", f"{ROOT}/nowhere", "--database", archive)
    assert done.code == 1
    assert done.line.startswith(f"newsarchive: never seen: {ROOT}/nowhere")
