from __future__ import annotations

import csv
import importlib
import json
import os
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from newsarchive.extraction.extract import extract
from tests.crawling import ROOT


def test_the_demo_crawls_stores_once_exports_and_says_where_to_look(tmp_path: Path) -> None:
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "demo/run.py"],
        cwd=ROOT,
        env={**os.environ, "NEWSARCHIVE_DEMO_OUT": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "21 stored" in done.stdout
    assert "Second crawl: 40 fetched, 0 stored, 22 unchanged, 0 duplicate" in done.stdout
    assert str(tmp_path / "archive.sqlite") in done.stdout
    articles = {
        article["url"].rpartition("/")[2]: article for article in json.loads((tmp_path / "articles.json").read_text())
    }
    with (tmp_path / "articles.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(articles)
    organ = articles["l-orgue-de-saint-elme-parle-de-nouveau.html"]
    assert "L'œuvre choisie a été écrite ici même" in organ["body"]  # served in windows-1252, with no charset
    assert time.monotonic() - started < 60


def test_every_article_of_the_demo_is_read_whole_and_without_its_chrome(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "demo"))
    newspaper = importlib.import_module("newspaper")
    origin = "http://127.0.0.1:1"
    pages = newspaper.pages(origin, date(2025, 12, 25))
    for article in newspaper.articles():
        if article["kind"] in ("consent", "gone"):
            continue
        url = origin + article["path"]
        read = extract(pages[article["path"]].body, url, captured_at=datetime(2025, 12, 25, 12, tzinfo=UTC))
        body = [text.removeprefix("## ") for text in article["body"]]
        assert read.title == article["title"]
        assert read.text.count(article["standfirst"]) == 1
        assert read.body[: len(body)] == body
        assert len(read.body) == len(body) or article["kind"] == "teaser"  # the wall's own line
        assert bool(read.images) == ("image" in article)
