"""The page it all began with: each row of what is on the page and what must be in the archive."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsarchive import Article, Precision, Recipe, extract, urls
from newsarchive.archive import Archive
from newsarchive.spiders.lematin import LeMatinSpider
from tests.crawling import QUICK, ROOT, scrapy, serving

FOLDER = ROOT / "fixtures" / "lematin" / "internet-1500-connexions-par-mois-au-maroc"
META = json.loads((FOLDER / "meta.json").read_text("utf-8"))
PAGE = (FOLDER / "page.html").read_bytes()
URL = META["url"]
PATH = "/journal/2004/Internet_-1500-connexions-par-mois-au-Maroc/37405.html"
PARAGRAPHS = re.findall(r"<p>(.*?)</p>", PAGE.decode("utf-8").partition('class="article-body">')[2])[:7]


def read(page: bytes = PAGE, url: str = URL, *, encoding: str | None = None, recipe: Recipe | None = None) -> Article:
    return extract(page, url, captured_at=datetime(2025, 12, 25, 10, 30, tzinfo=UTC), encoding=encoding, recipe=recipe)


@pytest.fixture(params=["no recipe", "recipe"])
def article(request: pytest.FixtureRequest) -> Article:
    """The article of the page, with the site's recipe and without any."""
    return read(recipe=LeMatinSpider.recipe if request.param == "recipe" else None)


def test_the_title_has_no_suffix_and_keeps_its_french_space(article: Article) -> None:
    assert b"<title>Internet : 1500 connexions par mois au Maroc | Le Matin</title>" in PAGE
    assert article.title == "Internet : 1500 connexions par mois au Maroc"


def test_the_masthead_is_never_the_publication_date_but_the_day_of_the_visit(article: Article) -> None:
    assert PAGE.decode("utf-8").count("Jeudi 25 Décembre 2025") == 2
    assert article.published is None or article.published.value.year == 2004
    assert article.modified is None
    (visit,) = [evidence for evidence in article.date_evidence if evidence.role == "visit"]
    assert visit.value == "2025-12-25"
    assert "25 Décembre 2025" in visit.raw


def test_the_year_in_the_url_is_the_publication_date_and_no_more_than_a_year(article: Article) -> None:
    assert article.published is not None
    assert article.published.precision is Precision.YEAR
    assert (article.published.isoformat(), article.published.source) == ("2004", "url")


def test_without_a_year_in_the_url_the_publication_date_is_unknown() -> None:
    article = read(url="https://lematin.ma/journal/Internet_-1500-connexions-par-mois-au-Maroc/37405.html")
    assert article.published is None


def test_the_standfirst_is_kept_cut_as_it_is_and_not_glued_to_the_body(article: Article) -> None:
    assert article.standfirst is not None
    assert article.standfirst.endswith("s'élève aujourd'hui à")
    assert article.standfirst_truncated
    assert article.body[0] == PARAGRAPHS[0]
    assert article.text.split("\n")[:2] == [article.standfirst, PARAGRAPHS[0]]


def test_no_image_is_no_image(article: Article) -> None:
    assert PAGE.count(b'alt="No Image"') == 2
    assert article.images == []


def test_all_seven_paragraphs_are_kept_to_the_letter(article: Article) -> None:
    assert len(PARAGRAPHS) == 7
    assert article.body == PARAGRAPHS
    for detail in ('"La baisse', "plaigent", "restent ouvert jusqu'à", "preparer", "bientot", "Maârif"):
        assert detail in article.text


@pytest.mark.parametrize("chrome", ["Menu", "Search", "S'abonner", "close", "Lisez nos e-Papers", "©", "Tous droits"])
def test_the_chrome_of_the_page_is_nowhere(article: Article, chrome: str) -> None:
    assert chrome.encode() in PAGE
    assert chrome not in (article.title or "") + "\n" + article.text


@pytest.mark.parametrize("encoding", ["windows-1252", "iso-8859-15"])
@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1", "x-unknown"], ids=lambda name: f"http-{name}")
@pytest.mark.parametrize("meta", ["", '<meta charset="utf-8">'], ids=["no-meta", "lying-meta"])
def test_the_page_in_another_encoding_gives_the_same_text(encoding: str, declared: str | None, meta: str) -> None:
    page = PAGE.decode("utf-8").replace('<meta charset="utf-8">', meta).encode(encoding)
    article = read(page, encoding=declared)
    assert (article.title, article.text) == (read().title, read().text)


VARIANTS = [
    URL + "?utm_source=newsletter&utm_medium=email#x",
    URL + "/amp/",
    URL.replace(".html", ".amp.html"),
    URL.replace("https://", "https://m."),
    URL.replace("https://", "https://www.google.com/amp/s/"),
]


def test_every_road_to_the_page_leads_to_one_article_with_aliases(tmp_path: Path) -> None:
    with Archive.open(f"sqlite:///{tmp_path / 'archive.sqlite'}") as archive:
        outcomes = [archive.save([read(url=variant)])[0].status for variant in [URL, *VARIANTS]]
        assert outcomes == ["stored", *["unchanged"] * len(VARIANTS)]
        assert archive.count() == 1
        (stored,) = archive.rows()
        assert stored.values["url"] == URL
        assert set(stored.aliases) >= {urls.canonical(URL)} - {URL}
        assert len(set(VARIANTS) & set(stored.aliases)) == len(VARIANTS)


def test_a_crawl_stores_the_page_once_under_all_its_names(tmp_path: Path) -> None:
    found = [PATH + "?utm_source=rss", PATH, PATH + "/amp/"]
    with serving({}) as site:
        home, mobile = f"http://lematin.test:{site.port}", f"http://m.lematin.test:{site.port}"
        names = [*(home + path for path in found), mobile + PATH]
        listed = "".join(f"<url><loc>{name}</loc></url>" for name in names)
        site.answers |= dict.fromkeys(found, PAGE)
        site.answers["/sitemap.xml"] = f"<urlset>{listed}</urlset>".encode()
        runs = [
            scrapy(
                tmp_path, "crawl", "news", "-a", f"url={home}", *QUICK, "-s", "TWISTED_DNS_RESOLVER=bench.site.LoopbackResolver",
                "-a", f"revisit={again}", NEWSARCHIVE_ALLOWED_HOSTS="127.0.0.1",
            )
            for again in ("no", "yes")
        ]  # fmt: skip
        fetched = [path for path in site.asked if path.startswith(PATH)]
    assert [run.code for run in runs] == [0, 0], runs[0].log
    assert fetched == [PATH + "?utm_source=rss", PATH], "asked for again by its own name"
    assert [(run.count("stored"), run.count("unchanged")) for run in runs] == [(1, 0), (0, 1)]
    with Archive.open(runs[0].database, create=False) as archive:
        (stored,) = archive.rows()
        assert stored.values["url"] == home + PATH
        assert set(stored.aliases) == set(names) - {home + PATH}
