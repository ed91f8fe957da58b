from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from newsarchive.discovery import links, shapes
from newsarchive.discovery.link import Link, LinkKind, Listing

URL = "https://www.example.org/"

PAGE = """<!DOCTYPE html><html><head><title>El Puerto</title>
<link rel="alternate" type="application/rss+xml" title="Noticias" href="/rss.xml">
<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">
<link rel="next" href="/?page=2"></head><body>
<header><nav><ul><li><a href="/deportes">Deportes</a></li><li><a href="/cultura/">Cultura</a></li>
<li><a href="/suscripcion-newsletter/newsletter">Newsletter</a></li></ul></nav></header>
<main>
<article><a href="/2024/05/06/el-muelle-viejo-abre.html"><img src="a.jpg"></a>
<h2><a href="/2024/05/06/el-muelle-viejo-abre.html#comentarios">El muelle viejo vuelve a abrir tras dos inviernos</a></h2>
<a rel="author" href="/autor/ana-ruiz">Ana Ruiz</a></article>
<h3><a href="/cultura/teatro-12345">Teatro</a></h3>
<div class="card"><a href="https://sub.example.org/una-historia-larga-de-mar/">Una historia larga de mar y sal</a></div>
<div class="ad-slot sponsored"><a href="/2024/05/06/compre-este-coche-ya.html">Compre este coche ya mismo, de verdad</a></div>
<a rel="sponsored" href="/2024/05/06/otro-anuncio-de-coches.html">Otro anuncio de coches muy buenos</a>
<a href="https://elsewhere.example.com/2024/05/06/una-noticia-de-otros.html">Una noticia de otros que no es nuestra</a>
<a href="/informe-anual-del-puerto-2024.pdf">Informe anual del puerto en papel</a>
<a href="javascript:void(0)">Compartir</a> <a href="mailto:a@example.org">Correo</a> <a href="file:///etc/hostname">x</a>
</main><footer><a href="/2020/01/02/una-promesa-muy-antigua-aqui.html">Quienes somos</a></footer></body></html>"""


def read(html: str, url: str = URL, domains: tuple[str, ...] = ()) -> Listing:
    return links.read(LexborHTMLParser(html), url, domains=domains)


def of_kind(listing: Listing, kind: LinkKind) -> list[str]:
    return [link.url for link in listing.links if link.kind is kind]


def test_article_links_of_a_front_page_are_told_from_the_rest() -> None:
    assert of_kind(read(PAGE), LinkKind.ARTICLE) == [
        "https://www.example.org/2024/05/06/el-muelle-viejo-abre.html",
        "https://www.example.org/cultura/teatro-12345",
        "https://sub.example.org/una-historia-larga-de-mar/",
    ]


def test_sections_feeds_and_the_next_page_are_found() -> None:
    found = read(PAGE)
    assert of_kind(found, LinkKind.SECTION)[:2] == [
        "https://www.example.org/deportes",
        "https://www.example.org/cultura/",
    ]
    assert of_kind(found, LinkKind.FEED) == ["https://www.example.org/rss.xml"]
    assert found.next_page == "https://www.example.org/?page=2"


def test_a_category_is_looked_through_and_a_tag_or_an_author_is_not() -> None:
    html = '<a href="/section/port">Port</a><a href="/category/ville/">Ville</a><a href="/tag/port">port</a><a href="/author/ana">Ana</a>'
    assert of_kind(read(html), LinkKind.SECTION) == [
        "https://www.example.org/section/port",
        "https://www.example.org/category/ville/",
    ]


def test_what_is_left_out_is_counted_with_its_reason() -> None:
    assert read(PAGE).dropped == {
        "advertisement": 2,
        "offsite": 1,
        "file": 1,
        "no web address": 3,
        "service page": 1,
    }


def test_a_link_says_why_it_is_an_article() -> None:
    link = next(link for link in read(PAGE).links if link.url.endswith("abre.html"))
    assert link.title == "El muelle viejo vuelve a abrir tras dos inviernos"
    assert link.why == (
        "day in the path +4",
        "slug of four words +4",
        "page file +1",
        "reads as a headline +3",
        "headline +3",
    )
    assert link.score == 15


def test_domains_widen_or_narrow_the_site() -> None:
    assert len(of_kind(read(PAGE, domains=("example.org", "elsewhere.example.com")), LinkKind.ARTICLE)) == 4
    assert len(of_kind(read(PAGE, domains=("www.example.org",)), LinkKind.ARTICLE)) == 2


def test_links_are_resolved_against_the_base_of_the_page() -> None:
    html = '<base href="https://www.example.org/es/"><h2><a href="a/12345">Una noticia</a></h2>'
    assert of_kind(read(html), LinkKind.ARTICLE) == ["https://www.example.org/es/a/12345"]


def test_links_with_credentials_or_without_end_are_left_out() -> None:
    html = f'<a href="https://me:secret@www.example.org/a/12345">x</a><a href="/{"a" * 10_000}">y</a>'
    assert read(html).dropped == {"credentials": 1, "too long": 1}


def test_a_page_without_links_gives_none() -> None:
    assert read("") == Listing(kind="page")


@pytest.mark.parametrize(
    "path",
    [
        "/2024/05/06/le-port-rouvre-ses-portes.html",
        "/journal/2004/Internet_-1500-connexions-par-mois/37405.html",
        "/news/world-europe-65342178",
        "/article/2024-05-06/port-opens",
        "/a/le-port-rouvre-apres-deux-hivers",
        "/sport/le-port_1234567_3242.html",
        "/politica/nota/2389412",
        "/article.php?id=5521",
        "/?p=1204",
        "/story/3f2a9c1be77d/port-opens",
        "/wirtschaft/der-hafen-macht-wieder-auf-a-1234567.html",
        "/haber/liman-yeniden-aciliyor-345678",
        "/20240506/port",
        "/%D8%A7%D9%84%D9%85%D9%8A%D9%86%D8%A7%D8%A1-%D8%A7%D9%84%D9%82%D8%AF%D9%8A%D9%85-%D9%8A%D9%81%D8%AA%D8%AD-%D9%85%D9%86-%D8%AC%D8%AF%D9%8A%D8%AF",
    ],
)
def test_the_shape_of_an_article_url_is_enough_with_a_headline(path: str) -> None:
    assert shapes.score(f"https://example.org{path}").points >= 2


def test_an_article_in_the_archive_folder_is_no_list_and_enters_from_its_card() -> None:
    card = (
        "<h2><a href='/journal/archives/la-criee-demenage'>La criée déménage, les mouettes aussi</a></h2><p>Un mot.</p>"
    )
    older = "<a href='/journal/archives/2004'>Archives de l'an 2004</a><a href='/archives/auteur/ana-de-la-mer'>Ana de la Mer</a>"
    assert of_kind(read(card + older), LinkKind.ARTICLE) == [f"{URL}journal/archives/la-criee-demenage"]
    assert shapes.score(f"{URL}archives/le-quai").points < 0


@pytest.mark.parametrize("path", ["/contact", "/login?next=/a", "/en/privacy-policy", "/abo/offres"])
def test_a_service_page_is_known_by_its_path(path: str) -> None:
    assert shapes.is_service(f"https://example.org{path}")


@pytest.mark.parametrize(
    "path",
    [
        "/sponsored/a-week-on-the-water-with-a-bank",
        "/de/anzeige/so-sparen-sie-beim-hausbau-12345678",
        "/especial-publicitario/2024/05/06/como-planejar-sua-viagem.ghtml",
        "/adclick.php?bannerid=12",
    ],
)
def test_what_was_paid_for_is_known_by_its_path(path: str) -> None:
    assert shapes.is_advert(f"https://example.org{path}")


def test_news_of_advertising_is_no_advertisement() -> None:
    assert not shapes.is_advert("https://example.org/2024/05/06/state-sponsored-hackers-hit-the-port")


@pytest.mark.parametrize("path", ["/video/2024/05/06/storm-closes-road-123456", "/fotogalerie/laternenrennen-12345"])
def test_a_recording_is_no_article(path: str) -> None:
    assert shapes.score(f"https://example.org{path}").points < 0


def test_a_service_word_does_not_hide_an_article() -> None:
    assert not shapes.is_service("https://example.org/shop/2024/05/06/le-port-rouvre-ses-portes.html")
    assert shapes.score("https://example.org/shop/2024/05/06/le-port-rouvre-ses-portes.html").points >= 5


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/sport",
        "/en/sport",
        "/tag/le-port-de-la-ville",
        "/author/jean-de-la-mer",
        "/category/news/page/2",
        "/search?q=port",
        "/login?next=/2024/05/06/le-port-rouvre-ses-portes",
        "/contact",
        "/privacy-policy",
        "/newsletter",
        "/2024/05/06/",
    ],
)
def test_the_shape_of_a_list_or_service_is_not_an_articles(path: str) -> None:
    assert shapes.score(f"https://example.org{path}").points <= 1


def test_a_link_knows_nothing_it_was_not_told() -> None:
    link = Link(url="https://example.org/a")
    assert (link.title, link.published, link.modified, link.language, link.moment) == (None, None, None, None, None)


def test_links_beyond_the_limit_are_counted() -> None:
    listing = read("".join(f'<a href="/{n}">{n}</a>' for n in range(links.MAX_LINKS + 7)))
    assert listing.dropped["too many links"] == 7


@pytest.mark.parametrize("path", ["/recherche", "/search/", "/en/suche.html"])
def test_a_search_is_no_section_to_look_for_articles_in(path: str) -> None:
    found = read(f'<header><a href="{path}">Search</a> <a href="/sport">Sport</a></header>', "https://www.example.org/")
    assert of_kind(found, LinkKind.SECTION) == ["https://www.example.org/sport"]
