from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SETTINGS = 'BOT_NAME = "other"\nSPIDER_MODULES = ["other.spiders"]\nNEWSPIDER_MODULE = "other.spiders"\n'


def scrapy(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Somebody else's Scrapy project."""
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = other.settings\n")
    spiders = tmp_path / "other" / "spiders"
    spiders.mkdir(parents=True)
    for folder in (spiders, spiders.parent):
        (folder / "__init__.py").touch()
    (spiders.parent / "settings.py").write_text(SETTINGS)
    return tmp_path


def test_the_news_template_writes_a_spider_and_its_fixture_folder_into_any_project(project: Path) -> None:
    done = scrapy(project, "genspider", "-t", "news", "el-puerto", "https://www.puerto.example.org")
    assert done.returncode == 0, done.stderr
    code = (project / "other" / "spiders" / "el_puerto.py").read_text()
    assert 'name = "el-puerto"' in code
    assert 'allowed_domains = ["puerto.example.org"]' in code
    assert 'url = "https://www.puerto.example.org/"' in code
    assert "class ElPuertoSpider(NewsSpider):" in code
    assert "page.html" in (project / "fixtures" / "el-puerto" / "README.md").read_text()
    assert "scrapy crawl el-puerto" in done.stdout
    assert scrapy(project, "list").stdout.split() == ["el-puerto"]


def test_a_name_that_is_taken_or_impossible_is_refused_in_one_line(project: Path) -> None:
    scrapy(project, "genspider", "-t", "news", "port", "port.example.org")
    taken = scrapy(project, "genspider", "-t", "news", "port", "port.example.org")
    assert (taken.returncode, "already exists" in taken.stdout) == (2, True)
    odd = scrapy(project, "genspider", "-t", "news", "../port", "port.example.org")
    assert (odd.returncode, len(odd.stderr.splitlines())) == (2, 1)
    nowhere = scrapy(project, "genspider", "-t", "news", "nowhere", "ftp://")
    assert (nowhere.returncode, len(nowhere.stderr.splitlines())) == (2, 1)


def test_scrapys_own_templates_work_as_before(project: Path) -> None:
    assert scrapy(project, "genspider", "plain", "example.org").returncode == 0
    assert "scrapy.Spider" in (project / "other" / "spiders" / "plain.py").read_text()
    assert {"basic", "crawl", "news"} <= set(scrapy(project, "genspider", "-l").stdout.split())
