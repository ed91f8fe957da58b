"""Whatever is wrong with a command's input is told in one clear line, with the right exit code, and leaves nothing behind."""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path

import pytest

from newsarchive.archive import Archive
from newsarchive.article import Article, Paragraph
from tests.cli.running import QUICK, Run, command, fixture, story

UNREACHABLE = "postgresql+psycopg://user:secret@127.0.0.1:1/news"
OPENING = (["migrate"], ["stats"], ["export"], ["crawl", "lematin"], ["replay", "page.html", "--url", "https://x.org/"])


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page that could be replayed."""
    (tmp_path / "page.html").write_text(story("Un titre"), "utf-8")
    return tmp_path / "page.html"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive with one article."""
    file = tmp_path / "archive.sqlite"
    with Archive.open(f"sqlite:///{file}") as opened:
        opened.save([Article(url="https://example.org/a", title="A", body=[Paragraph("Some words of the story.")])])
    return file


@pytest.mark.parametrize("verb", OPENING, ids=lambda verb: str(verb[0]))
def test_an_unreachable_database(verb: list[str], page: Path, run: Run) -> None:
    done = run(*verb, "--database", UNREACHABLE)
    assert done.code == 1
    assert "cannot reach the database" in done.line
    assert "secret" not in done.err
    assert done.out == ""


@pytest.mark.parametrize("verb", OPENING, ids=lambda verb: str(verb[0]))
def test_a_database_in_a_folder_that_is_not_there(verb: list[str], page: Path, run: Run, tmp_path: Path) -> None:
    done = run(*verb, "--database", tmp_path / "missing" / "news.sqlite")
    assert done.code == 1
    assert "missing" in done.line
    assert not (tmp_path / "missing").exists()


@pytest.mark.parametrize("verb", OPENING, ids=lambda verb: str(verb[0]))
def test_a_file_that_is_no_database(verb: list[str], page: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "news.sqlite").write_text("Dear diary, " * 1000)
    done = run(*verb, "--database", tmp_path / "news.sqlite")
    assert done.code == 1
    assert "is not a database" in done.line
    assert (tmp_path / "news.sqlite").read_text() == "Dear diary, " * 1000


@pytest.mark.parametrize("verb", ["migrate", "stats", "export"])
@pytest.mark.parametrize("url", ["nosuchdatabase://x:secret@y/z", "sqlite+nosuchdriver:///x", "mysql+foo://y/z"])
def test_a_database_url_that_is_none(url: str, verb: str, run: Run) -> None:
    done = run(verb, "--database", url)
    assert done.code == 2
    assert "unknown kind of database in" in done.line
    assert url.partition(":")[0] in done.line
    assert "secret" not in done.line


@pytest.mark.parametrize(
    ("url", "module", "package"),
    [
        ("mysql://user@host/news", "pymysql", "install the package PyMySQL"),
        ("mysql+mysqldb://user@host/news", "MySQLdb", "install the package mysqlclient"),
        ("mysql+mysqlconnector://user@host/news", "mysql.connector", "install the package mysql-connector-python"),
        ("postgresql://user@host/news", "psycopg", "install newsarchive[postgresql]"),
        ("oracle+oracledb://user@host/news", "oracledb", "install the package oracledb"),
    ],
)
def test_a_database_without_its_driver(
    url: str, module: str, package: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    done = run("migrate", "--database", url)
    assert done.code == 1
    assert done.line.endswith(package)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder(run: Run, tmp_path: Path) -> None:  # pragma: no cover - not run by root
    tmp_path.chmod(0o500)
    done = run("migrate", "--database", tmp_path / "news.sqlite")
    tmp_path.chmod(0o700)
    assert done.code == 1
    assert "may not be written" in done.line


def test_a_read_only_database_file(archive: Path, page: Path, run: Run, tmp_path: Path) -> None:
    connection = sqlite3.connect(archive)
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.close()
    url = f"sqlite:///file:{archive}?mode=ro&uri=true"
    done = command("replay", page, "--url", "https://example.org/b", "--database", url, *QUICK, folder=tmp_path)
    assert done.code == 1
    assert "Traceback" not in done.err
    assert "may not be written (read-only)" in done.err


@pytest.mark.parametrize("verb", [["stats"], ["export"]], ids=lambda verb: str(verb[0]))
def test_an_archive_that_was_never_made(verb: list[str], run: Run, tmp_path: Path) -> None:
    done = run(*verb, "--database", tmp_path / "none.sqlite")
    assert done.code == 1
    assert "none.sqlite" in done.line
    assert not (tmp_path / "none.sqlite").exists()


def test_an_export_path_that_cannot_be_written(archive: Path, run: Run, tmp_path: Path) -> None:
    for target in (tmp_path / "missing" / "a.csv", tmp_path, Path("/proc/a.csv"), Path("/dev/full")):
        done = run("export", "--database", archive, "-o", target)
        assert done.code == 1
        assert str(target) in done.line
    assert sorted(file.name for file in tmp_path.iterdir() if "archive" not in file.name) == []


@pytest.mark.parametrize(
    ("name", "says"),
    [("a.xml", "from .xml;"), ("all.json.bz2", "from .bz2;"), ("articles", "of articles;")],
)
def test_an_export_file_whose_name_stands_for_no_format(
    name: str, says: str, archive: Path, run: Run, tmp_path: Path
) -> None:
    done = run("export", "--database", archive, "-o", name)
    assert (done.code, done.out) == (2, "")
    assert done.line == f"newsarchive: cannot tell the format {says} use --format json, jsonl, csv, parquet or jsonld"
    assert not (tmp_path / name).exists()
    assert run("export", "--database", archive, "-o", name, "--format", "json").code == 0


def test_an_export_file_that_exists_is_kept_without_force(archive: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("mine")
    done = run("export", "--database", archive, "-o", "a.csv")
    assert (done.code, done.line) == (1, "newsarchive: a.csv exists already: use --force to replace it")
    assert (tmp_path / "a.csv").read_text() == "mine"
    assert run("export", "--database", archive, "-o", "a.csv", "--force").code == 0
    assert "https://example.org/a" in (tmp_path / "a.csv").read_text()


@pytest.mark.parametrize(
    "options",
    [["--from", "20x4"], ["--to", "2004-13"], ["--from", "2005", "--to", "2004"], ["--fields", "title,colour"],
     ["--fields", ""], ["--format", "xml"], ["--verdict", "index"]],
)  # fmt: skip
def test_an_export_option_that_cannot_be_meant(options: list[str], archive: Path, run: Run) -> None:
    done = run("export", "--database", archive, *options)
    assert done.code == 2
    assert done.line
    assert done.out == ""


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("lematn", "did you mean 'lematin'?"),
        ("nosuchsite", "known are lematin"),
        ("ftp://example.org", "not an http(s) URL"),
        ("file:///etc/hostname", "not an http(s) URL"),
        ("http://", "not an http(s) URL"),
        ("", "no site ''"),
    ],
)
def test_a_site_that_is_unknown_or_no_url(target: str, says: str, run: Run, tmp_path: Path) -> None:
    done = run("crawl", target)
    assert done.code == 2
    assert says in done.line
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["-s", "NEWSARCHIVE_WORKERS=many"], "NEWSARCHIVE_WORKERS takes"),
        (["-s", "NEWSARCHIVE_DATABASE_URL=news"], "NEWSARCHIVE_DATABASE_URL takes"),
        (["-s", "NEWSARCHIVE_ALLOWED_HOSTS=a b/c"], "NEWSARCHIVE_ALLOWED_HOSTS takes"),
        (["-s", "NEWSARCHIVE_WORKRES=1"], "did you mean NEWSARCHIVE_WORKERS"),
        (["-s", "ITEM_PIPELINES=oops"], "ITEM_PIPELINES takes JSON"),
        (["-s", "oops"], "use -s NAME=VALUE"),
        (["-a", "oops"], "use -a NAME=VALUE"),
        (["--log-level", "LOUD"], "--log-level"),
        (["-O", "articles.xyz"], "format"),
    ],
)
def test_a_setting_or_option_that_cannot_be_read(options: list[str], says: str, run: Run, tmp_path: Path) -> None:
    done = run("crawl", "lematin", *options)
    assert done.code == 2
    assert says in done.line
    assert not list(tmp_path.iterdir())


def test_a_setting_of_the_environment_that_cannot_be_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSARCHIVE_BATCH_SIZE", "0")
    done = run("stats")
    assert done.code == 2
    assert "NEWSARCHIVE_BATCH_SIZE takes a whole number" in done.line


def test_an_output_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    done = run("crawl", "lematin", "-O", "folder:json")
    assert done.code == 1
    assert "folder" in done.line


def test_a_log_file_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    done = run("crawl", "lematin", "--log-file", "missing/log.txt")
    assert done.code == 1
    assert "missing/log.txt" in done.line


@pytest.mark.parametrize("setting", ["CONCURRENT_REQUESTS=many", "DOWNLOADER=nosuch.Thing"])
def test_a_setting_of_scrapys_own_that_cannot_be_read(setting: str, tmp_path: Path) -> None:
    done = command("crawl", "lematin", *QUICK, "-s", setting, folder=tmp_path)
    assert done.code == 1
    assert done.line.startswith("newsarchive: lematin could not start: ")


@pytest.mark.parametrize(
    ("argument", "says"),
    [
        ("max_pages=few", "max_pages takes a whole number"),
        ("buget=10m", "there is no argument buget: did you mean budget?"),
    ],
)
def test_a_spider_argument_that_cannot_be_meant(argument: str, says: str, tmp_path: Path) -> None:
    done = command("crawl", "lematin", "-a", argument, *QUICK, folder=tmp_path)
    assert done.code == 2
    assert says in done.line


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"", "empty file"), (b"\x89PNG\r\n\x1a\n\x00", "not html"), (story("Un titre").encode(), "no url")],
)
@pytest.mark.parametrize("verb", ["replay", "explain"])
def test_a_file_that_is_no_page(verb: str, data: bytes, says: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.html").write_bytes(data)
    done = run(verb, "x.html")
    assert done.code == 1
    assert f"x.html: {says}" in done.line
    assert [file.name for file in tmp_path.iterdir()] == ["x.html"]


@pytest.mark.parametrize("verb", ["replay", "explain"])
def test_a_path_without_pages(verb: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "folder" / "inner").mkdir(parents=True)
    (tmp_path / "folder" / "a.txt").write_text("no page")
    missing, empty = run(verb, "nothing.html"), run(verb, "folder")
    assert (missing.code, missing.line) == (1, "newsarchive: nothing.html: no such file or folder")
    assert (empty.code, empty.line) == (
        1,
        "newsarchive: folder: no pages (.html, .htm, .warc, .warc.gz, .warc.zst or .wacz)",
    )


def test_a_folder_of_files_that_are_no_pages(run: Run, tmp_path: Path) -> None:
    for number in range(9):
        (tmp_path / f"{number}.html").write_bytes(b"")
    done = run("replay", ".")
    assert done.code == 1
    assert "0.html: empty file" in done.line
    assert "and more" in done.line


def test_what_is_stated_of_a_page_and_cannot_be_meant(page: Path, run: Run) -> None:
    for option, value in (("--url", "example"), ("--captured-at", "yesterday")):
        done = run("replay", page, option, value)
        assert done.code == 2
        assert value in done.line


def test_bad_pages_of_a_tree_are_told_and_the_rest_goes_on(run: Run, tmp_path: Path) -> None:
    fixture(tmp_path / "tree" / "a", story("Un titre"), "https://example.org/a")
    (tmp_path / "tree" / "empty.html").write_bytes(b"")
    (tmp_path / "tree" / "broken").mkdir()
    (tmp_path / "tree" / "broken" / "page.html").write_text(story("Un autre"))
    (tmp_path / "tree" / "broken" / "meta.json").write_text("{")
    done = run("replay", "tree", "--dry-run")
    assert done.code == 1  # a page was there and could not be had
    assert "Un titre" in done.out
    assert sorted(line.split(": ", 1)[1][:30] for line in done.err.splitlines()) == [
        "tree/broken/page.html: bad met",
        "tree/empty.html: empty file",
    ]


@pytest.mark.parametrize(
    ("options", "code", "says"),
    [
        (["refresh", "nothing"], 1, "no folder nothing"),
        (["refresh", "."], 1, "no fixture"),
        (["add", "page.html", "--url", "example", "--captured-at", "2025-12-25"], 2, "not an http(s) URL"),
        (["add", "page.html", "--url", "https://x.org/a", "--captured-at", "soon"], 2, "--captured-at"),
        (["add", "none.html", "--url", "https://x.org/a", "--captured-at", "2025-12-25"], 1, "none.html"),
        (["add", "empty.html", "--url", "https://x.org/a", "--captured-at", "2025-12-25"], 1, "empty file"),
        (["add", "page.html"], 2, "--captured-at"),
        (["add", "page.html", "--captured-at", "2025-12-25"], 1, "no url"),
        (["add", ".", "--captured-at", "2025-12-25"], 2, "is a folder"),
        (["mend", "x"], 2, "mend"),
        ([], 2, "ACTION"),
    ],
)
def test_a_fixture_that_cannot_be_made(
    options: list[str], code: int, says: str, page: Path, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "empty.html").write_bytes(b"")
    done = run("fixture", *options)
    assert done.code == code
    assert says in done.line
    assert not (tmp_path / "fixtures").exists()


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"scrapy.cfg": "[settings]\ndefault = nowhere.settings\n"}, "No module named 'nowhere'"),
        ({"scrapy.cfg": "[settings]\ndefault = broken\n", "broken.py": "1 / 0"}, "division by zero"),
        ({"scrapy.cfg": "no section"}, "no section"),
        (
            {
                "scrapy.cfg": "[settings]\ndefault = fine\n",
                "fine.py": "SPIDER_MODULES = ['theirs']",
                "theirs.py": "import nosuch",
            },
            "No module named 'nosuch'",
        ),
    ],
)
def test_a_scrapy_project_that_is_broken(files: dict[str, str], says: str, tmp_path: Path) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    done = command("list", folder=tmp_path)
    assert done.code == 1
    assert says in done.line
    assert "project" in done.line
