"""The main job: crawl a site, look at what came, export it, crawl it again, and replay it into another archive."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from newsarchive.archive import Archive
from tests.cli.running import QUICK, Done, Run, command, fixture, story
from tests.crawling import Answer, Site, environment, serving

PLACES = ("Tanger", "Fès", "Agadir", "Rabat")
ALLOWED = ("-s", "NEWSARCHIVE_ALLOWED_HOSTS=127.0.0.1")
OWN_TO_A_RUN = ("first_seen", "last_seen", "captured_at", "id")


@pytest.fixture
def site() -> Iterator[Site]:
    """A small news site: a front page, four stories, a page that is gone."""
    pages: dict[str, Answer] = {
        f"/2024/03/le-marche-de-{number}.html": story(
            f"Le marché de {place} rouvre", place, day=f"2024-03-0{number}"
        ).encode()
        for number, place in enumerate(PLACES, 1)
    }
    links = "".join(
        f'<h2><a href="{path}">Le marché rouvre ce matin, enfin</a></h2>' for path in [*pages, "/2024/03/gone.html"]
    )
    with serving({**pages, "/": f"<html><body><main>{links}</main></body></html>".encode()}) as running:
        yield running


def crawl(folder: Path, site: Site, *options: str) -> Done:
    return command("crawl", site.url("/"), *ALLOWED, *QUICK, *options, folder=folder)


def exported(run: Run, database: Path) -> list[dict[str, Any]]:
    """The articles of an archive by URL, but for what belongs to the run that stored them."""
    records: list[dict[str, Any]] = [
        json.loads(line) for line in run("export", "--database", database).out.splitlines()
    ]
    return sorted(
        ({key: value for key, value in record.items() if key not in OWN_TO_A_RUN} for record in records),
        key=lambda record: str(record["url"]),
    )


def test_a_site_is_crawled_counted_exported_recrawled_and_replayed(tmp_path: Path, site: Site, run: Run) -> None:
    first = crawl(tmp_path, site, "--json", "-O", "articles.json")
    assert first.code == 0, first
    assert first.json["stored"] == 4
    assert first.json["rejected_for"]["http 404"] >= 1
    assert first.json["failed"] == 0
    assert len(json.loads((tmp_path / "articles.json").read_text())) == 4

    stats = run("stats", "--json", "--database", tmp_path / "archive.sqlite").json
    assert stats["articles"] == stats["versions"] == 4
    assert stats["states"]["archived"] >= 4
    assert stats["reasons"]["rejected"]["http 404"] == first.json["rejected_for"]["http 404"]

    records = exported(run, tmp_path / "archive.sqlite")
    assert [record["title"] for record in records] == [f"Le marché de {place} rouvre" for place in PLACES]
    assert records[0]["date_published"] == "2024-03-01T10:15:00+01:00"

    asked = len(site.asked)
    soon = crawl(tmp_path, site, "--json")
    assert (soon.code, soon.json["fetched"], len(site.asked)) == (0, 0, asked), "nothing is due yet"

    second = crawl(tmp_path, site, "-a", "revisit=yes")
    assert second.code == 0
    assert "nothing new" in second.out
    assert ["unchanged", "4"] in [line.split() for line in second.out.splitlines()]
    assert exported(run, tmp_path / "archive.sqlite") == records

    for number, (path, page) in enumerate(site.answers.items()):
        if path != "/":
            assert isinstance(page, bytes)
            fixture(tmp_path / "saved" / str(number), page.decode(), site.url(path))
    again = {"NEWSARCHIVE_DATABASE_URL": f"sqlite:///{tmp_path / 'again.sqlite'}"}
    replayed = command("replay", "saved", "--json", *QUICK, folder=tmp_path, **again)
    assert (replayed.code, replayed.json["stored"]) == (0, 4), replayed
    assert exported(run, tmp_path / "again.sqlite") == records
    unchanged = command("replay", "saved", "--json", *QUICK, folder=tmp_path, **again)
    assert (unchanged.json["stored"], unchanged.json["unchanged"]) == (0, 4)


def test_what_was_captured_replays_to_the_same_archive(tmp_path: Path, site: Site, run: Run) -> None:
    assert crawl(tmp_path, site, "-s", "NEWSARCHIVE_CAPTURES=captures", "--quiet").code == 0
    records = exported(run, tmp_path / "archive.sqlite")
    again = {"NEWSARCHIVE_DATABASE_URL": f"sqlite:///{tmp_path / 'again.sqlite'}"}
    replayed = command("replay", "captures", "--json", *QUICK, folder=tmp_path, **again)
    assert replayed.code == 0, replayed
    assert replayed.json["stored"] == 4, replayed
    assert exported(run, tmp_path / "again.sqlite") == records
    assert len(records) == 4


def test_replay_never_reaches_the_network(tmp_path: Path, site: Site) -> None:
    html = story("Le marché rouvre").replace("<p>", f'<img src="{site.url("/a.png")}"><p>', 1)
    fixture(tmp_path / "a", html, site.url("/2024/03/a.html"))
    assert command("replay", "a", "--quiet", *ALLOWED, *QUICK, folder=tmp_path).code == 0
    assert site.asked == []


def test_workers_read_the_pages_of_a_replay_too(tmp_path: Path, run: Run) -> None:
    for number in range(30):
        fixture(
            tmp_path / "tree" / f"{number:02}",
            story(f"Le marché {number} rouvre", f"ville {number}"),
            f"https://example.org/{number}",
        )
    (tmp_path / "tree" / "empty.html").write_bytes(b"")
    done = command(
        "replay", "tree", "--json", "-s", "NEWSARCHIVE_WORKERS=2", "-s", "NEWSARCHIVE_BATCH_SIZE=4", folder=tmp_path
    )
    assert (done.code, done.json["stored"], done.json["rejected_for"]) == (0, 30, {"empty file": 1}), done
    urls = [
        json.loads(line)["url"] for line in run("export", "--database", tmp_path / "archive.sqlite").out.splitlines()
    ]
    assert urls == [f"https://example.org/{number}" for number in range(30)]


def test_a_failure_is_counted_and_makes_the_exit_code_1(tmp_path: Path, site: Site) -> None:
    site.answers["/2024/03/gone.html"] = (500, {}, b"oops")
    done = crawl(tmp_path, site)
    assert done.code == 1
    assert "http 500" in done.out
    assert "Traceback" not in done.err


def test_inside_another_scrapy_project_its_settings_and_spiders_are_used(tmp_path: Path, site: Site) -> None:
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = theirs.settings\n")
    (tmp_path / "theirs" / "spiders").mkdir(parents=True)
    for package in ("theirs", "theirs/spiders"):
        (tmp_path / package / "__init__.py").touch()
    (tmp_path / "theirs" / "settings.py").write_text(
        'BOT_NAME = "theirs"\nSPIDER_MODULES = ["theirs.spiders"]\n'
        'NEWSARCHIVE_DATABASE_URL = "sqlite:///theirs.sqlite"\nNEWSARCHIVE_ALLOWED_HOSTS = "127.0.0.1"\n'
    )
    (tmp_path / "theirs" / "spiders" / "one.py").write_text(
        "import scrapy\n\n\nclass One(scrapy.Spider):\n"
        f'    name = "one"\n    start_urls = ["{site.url("/2024/03/le-marche-de-1.html")}"]\n\n'
        "    def parse(self, response):\n"
        '        yield {"url": response.url, "title": " Un  titre ", "body": "Un texte assez long pour être gardé.", "image": "No Image"}\n'
    )
    kept = {key: value for key, value in environment(tmp_path).items() if key != "NEWSARCHIVE_DATABASE_URL"}

    def run(*arguments: str) -> Done:
        done = subprocess.run(
            [sys.executable, "-m", "newsarchive.cli", *arguments],
            cwd=tmp_path, env=kept, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        return Done(done.returncode, done.stdout, done.stderr)

    assert "one" in run("list").out.split()
    done = run("crawl", "one", "--json", *QUICK)
    assert (done.code, done.json["stored"], done.json["archive"]) == (0, 1, "theirs.sqlite"), done
    assert json.loads(run("export").out)["title"] == "Un titre"


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal as Unix has it")
def test_on_a_terminal_a_live_table_is_shown(tmp_path: Path, site: Site) -> None:
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "newsarchive.cli", "crawl", site.url("/"), *ALLOWED, *QUICK],
        cwd=tmp_path, env={**environment(tmp_path), "TERM": "xterm", "COLUMNS": "120"}, stdout=subprocess.PIPE, stderr=follower,
    )  # fmt: skip
    os.close(follower)
    shown = b""
    try:
        while chunk := os.read(leader, 65536):
            shown += chunk
    except OSError:
        pass  # the terminal is gone when the program is
    out = process.communicate(timeout=60)[0].decode()
    os.close(leader)
    assert process.returncode == 0, shown.decode()
    assert "fetched" in shown.decode()
    assert "pages/s" in shown.decode()
    assert "4 new" in out


def test_ctrl_c_keeps_what_was_read_and_ends_with_130(tmp_path: Path, site: Site, run: Run) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "newsarchive.cli", "crawl", site.url("/"), *ALLOWED, "--json",
         "-s", "NEWSARCHIVE_WORKERS=0", "-s", "AUTOTHROTTLE_ENABLED=0", "-s", "DOWNLOAD_DELAY=0.15"],
        cwd=tmp_path, env=environment(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    deadline = time.monotonic() + 30
    while not any("le-marche" in path for path in site.asked) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert json.loads(out)["ended"] == "shutdown"
    assert "shutting down gracefully" in err
    assert "Traceback" not in err
    stats = run("stats", "--json", "--database", tmp_path / "archive.sqlite").json
    assert stats["articles"] == json.loads(out)["stored"]


def test_a_crawl_of_a_site_that_another_one_works_on_says_so_in_one_line(tmp_path: Path, site: Site) -> None:
    with Archive.open(f"sqlite:///{tmp_path / 'archive.sqlite'}") as archive:
        lock = archive.lock(f"127.0.0.1:{site.port}")
        done = crawl(tmp_path, site, "--plain")
        assert lock is not None
        lock.release()
    assert (done.code, done.out) == (75, "")
    assert "another crawl of 127.0.0.1" in done.err
    assert done.err.count("\n") == 1, done.err


def test_a_bounded_crawl_says_what_waits_and_what_was_left_out(tmp_path: Path, site: Site) -> None:
    site.answers["/sitemap.xml"] = b"<urlset><url><loc>https://example.com/2024/05/06/elsewhere</loc></url></urlset>"
    done = crawl(tmp_path, site, "-a", "max_pages=2")
    assert done.code == 3, done
    assert "ended early (max_pages), 3 wait, " in done.out
    assert "1 links left out (offsite 1)" in done.out
    why = command("why", "https://example.com/2024/05/06/elsewhere", folder=tmp_path)
    assert "offsite" in why.out
