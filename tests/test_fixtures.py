"""Every saved page of fixtures/ gives the article that stands beside it.

`make fixtures` writes the articles again with today's rules; review the change with git diff.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from scrapy.settings import Settings
from scrapy.spiderloader import get_spider_loader

from newsarchive.cli import fixtures
from newsarchive.spiders.sites import Recipes

ROOT = Path(__file__).parents[1] / "fixtures"
FIXTURES = list(fixtures.find(ROOT))


@pytest.fixture(scope="module")
def recipes() -> Recipes:
    """The recipes of the project's sites."""
    return Recipes(get_spider_loader(Settings({"SPIDER_MODULES": ["newsarchive.spiders"]})))


@pytest.mark.parametrize("fixture", FIXTURES, ids=[str(fixture.folder.relative_to(ROOT)) for fixture in FIXTURES])
def test_a_saved_page_gives_its_article(fixture: fixtures.Fixture, recipes: Recipes) -> None:
    assert fixture.actual(recipes) == fixture.expected()


def test_every_saved_page_says_where_it_is_from() -> None:
    assert not [page for page in ROOT.rglob(fixtures.PAGE) if not page.with_name(fixtures.META).exists()]
    assert FIXTURES
