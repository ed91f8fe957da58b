"""The replay spider: saved pages by the rules of their sites, arguments checked, failures told from refusals."""

from __future__ import annotations

import builtins
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from scrapy import Spider

from newsarchive.recipe import Recipe
from newsarchive.spiders.arguments import ArgumentError
from newsarchive.spiders.replay import ReplaySpider
from newsarchive.spiders.sites import Recipes
from tests.cli.running import fixture, story
from tests.crawling import scrapy

OLD, NEW = Recipe(language="fr", valid_until=date(2020, 12, 31)), Recipe(language="ar")


class Phare(Spider):
    name = "phare"
    allowed_domains = ("lephare.example",)
    recipe = (OLD, NEW)


class General(Spider):
    name = "general"


class Loader:
    """Two spiders, as Scrapy's loader gives them."""

    def __init__(self, settings: Any = None) -> None:
        self.spiders: dict[str, type[Spider]] = {"general": General, "phare": Phare}

    @classmethod
    def from_settings(cls, settings: Any) -> Loader:
        return cls(settings)

    def load(self, spider_name: str) -> type[Spider]:
        return self.spiders[spider_name]

    def find_by_request(self, request: Any) -> list[str]:
        return []

    def list(self) -> builtins.list[str]:
        return [*self.spiders]


@pytest.mark.parametrize(
    ("url", "year", "recipe"),
    [
        ("https://lephare.example/a", 2019, OLD),
        ("https://www.lephare.example/a", 2024, NEW),
        ("https://LEPHARE.example:8080/a", None, NEW),
        ("https://notlephare.example/a", 2024, None),
        ("https://other.example/", 2024, None),
    ],
)
def test_a_page_is_read_by_its_sites_rules_of_that_time(url: str, year: int | None, recipe: Recipe | None) -> None:
    captured_at = datetime(year, 6, 1, tzinfo=UTC) if year else None
    assert Recipes(Loader()).recipe(url, captured_at) == recipe


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({}, "-a paths=PATH"),
        ({"paths": ""}, "-a paths=PATH"),
        ({"paths": "/nowhere/at/all"}, "no such file or folder"),
        ({"paths": "/", "captured_at": "yesterday"}, "captured_at: not a time"),
    ],
)
def test_arguments_that_cannot_be_meant_are_told_before_anything_starts(arguments: dict[str, Any], says: str) -> None:
    with pytest.raises(ArgumentError, match=says):
        ReplaySpider(**arguments)


def test_scrapy_itself_can_run_it_with_several_paths(tmp_path: Path) -> None:
    first = fixture(tmp_path / "a", story("Le marché rouvre"), "https://example.org/a")
    second = fixture(tmp_path / "b", story("La gare ferme", "Fès"), "https://example.org/b")
    (tmp_path / "b" / "broken.html").write_text("<p>Une page sans adresse</p>")
    run = scrapy(
        tmp_path, "crawl", "replay", "-a", f"paths={first}:{second}", "-O", "out.jsonl", "-s", "NEWSARCHIVE_WORKERS=0"
    )
    assert run.code == 1, run.log  # a page was there and could not be had
    assert (run.count("fetched"), run.count("stored"), run.count("failed/no url")) == (2, 2, 1)
    assert run.reason((tmp_path / "b" / "broken.html").as_uri()) == ("failed", "no url")
    titles = [json.loads(line)["title"] for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert titles == ["Le marché rouvre", "La gare ferme"]
