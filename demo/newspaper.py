"""The demo's newspaper: the pages of a made-up news site, with the good and bad habits of real ones."""

from __future__ import annotations

import gzip
import json
import tomllib
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

NAME = "La Gazette du Phare"
SOURCE = Path(__file__).parent / "site" / "articles.toml"
DAYS = ("Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi", "Dimanche")
MONTHS = (
    "Janvier", "Février", "Mars", "Avril", "Mai", "Juin",
    "Juillet", "Août", "Septembre", "Octobre", "Novembre", "Décembre",
)  # fmt: skip
SECTIONS = {
    "/ville/": "Ville", "/culture/": "Culture", "/sports/": "Sports", "/sciences/": "Sciences",
    "/en/": "English", "/es/": "Español", "/ar/": "العربية", "/de/": "Deutsch",
}  # fmt: skip
MOVED = "/2025/10/26/regate-des-optimistes"


@dataclass(frozen=True)
class Answer:
    """What the server says to one path."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    location: str | None = None


def articles() -> list[dict[str, Any]]:
    """The articles of the site's source, those that repeat another with its words."""
    found: list[dict[str, Any]] = tomllib.loads(SOURCE.read_text("utf-8"))["article"]
    by_path = {article["path"]: article for article in found}
    for article in found:
        article.setdefault("kind", "article")
        if copied := article.get("same_text_as"):
            article |= {name: by_path[copied][name] for name in ("standfirst", "body")}
    return found


def pages(origin: str, today: date) -> dict[str, Answer]:
    """Every path of the site, as it would answer under `origin` ("http://127.0.0.1:8000") on a day."""
    found = articles()
    answers = {article["path"]: _article(article, origin, today) for article in found}
    answers |= {_amp_path(article): _amp(article, origin) for article in found if article.get("amp")}
    listed = [article for article in found if not article["path"].startswith("/prive/")]
    answers["/"] = _front(found, today)
    for path, name in SECTIONS.items():
        answers[path] = _section(name, [a for a in listed if a["path"].startswith(path)], today)
    answers["/sujets/port"] = _section("Sujet : le port", listed[:8], today)
    answers["/rss.xml"] = _feed([a for a in listed if "date" in a], origin)
    answers["/robots.txt"] = _robots(origin)
    answers |= _sitemaps(listed, origin)
    answers[MOVED] = Answer(b"", status=301, location=f"{origin}{_regatta(found)}")
    return answers


def _regatta(found: list[dict[str, Any]]) -> str:
    return next(str(article["path"]) for article in found if "regate" in article["path"])


def _amp_path(article: dict[str, Any]) -> str:
    return "/amp" + str(article["path"])


def _html(text: str, encoding: str = "utf-8") -> Answer:
    if encoding == "utf-8":
        return Answer(text.encode())
    return Answer(text.encode(encoding, "xmlcharrefreplace"), content_type="text/html")


def _shell(head: str, main: str, today: date, language: str = "fr", title: str = NAME) -> str:
    """A whole page: what stands round every article of the site, and `main`."""
    day = f"{DAYS[today.weekday()]} {today.day} {MONTHS[today.month - 1]} {today.year}"
    menu = "".join(f'<li><a href="{path}">{name}</a></li>' for path, name in SECTIONS.items())
    direction = ' dir="rtl"' if language == "ar" else ""
    return f"""<!DOCTYPE html>
<html lang="{language}"{direction}><head><meta name="viewport" content="width=device-width"><title>{escape(title)}</title>{head}</head>
<body><div class="topbar"><span class="date">{day}</span> <a href="#menu">Menu</a> <a href="/recherche">Search</a>
<a href="/abonnement">S'abonner</a></div>
<header><a href="/"><img src="/images/logo.svg" alt="{NAME}"></a><div class="masthead">{day}</div>
<nav><ul>{menu}</ul></nav></header>
<main>{main}</main>
<aside><div class="epaper"><h3>Lisez nos e-Papers</h3><img src="/images/no-image.png" alt="No Image"></div>
<div class="newsletter"><p>Recevez chaque matin l'essentiel de l'actualité dans votre boîte.</p><form><input name="mail"></form></div>
</aside>
<footer><ul><li><a href="/contact">Contact</a></li><li><a href="/mentions-legales">Mentions légales</a></li></ul>
<p>© {NAME} {today.year} - Tous droits réservés</p></footer></body></html>"""


def _article(article: dict[str, Any], origin: str, today: date) -> Answer:
    match article["kind"]:
        case "consent":
            return _html(_consent())
        case "gone":
            return _html(
                _shell(
                    "",
                    "<h1>Page introuvable</h1><p>Erreur 404 : cette page n'existe pas ou plus.</p>",
                    today,
                    title="404",
                )
            )
        case _:
            language = article["language"]
            charset = "" if article.get("encoding") else '<meta charset="utf-8">'
            head = charset + _head(article, origin)
            page = _shell(head, _story(article), today, language, title=f"{article['title']} - {NAME}")
            return _html(page, article.get("encoding", "utf-8"))


def _head(article: dict[str, Any], origin: str) -> str:
    url = origin + article["path"]
    links = f'<link rel="canonical" href="{url}">'
    if article.get("amp"):
        links += f'<link rel="amphtml" href="{origin}{_amp_path(article)}">'
    if article["kind"] in ("old", "bare"):
        return links
    metas = {"og:type": "article", "og:title": article["title"], "og:url": url, "og:site_name": NAME}
    if "image" in article:
        metas["og:image"] = f"{origin}/images/{article['image']}"
    tags = "".join(f'<meta property="{name}" content="{escape(value)}">' for name, value in metas.items())
    return f'{links}{tags}<script type="application/ld+json">{json.dumps(_json_ld(article, url))}</script>'


def _json_ld(article: dict[str, Any], url: str) -> dict[str, Any]:
    kinds = {"live": "LiveBlogPosting"}
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": kinds.get(article["kind"], "NewsArticle"),
        "headline": article["title"],
        "url": url,
        "datePublished": article["date"],
        "dateModified": article.get("modified", article["date"]),
        "inLanguage": article["language"],
        "articleSection": article["section"],
        "author": [{"@type": "Person", "name": name} for name in article["authors"]],
        "publisher": {"@type": "NewsMediaOrganization", "name": NAME},
    }
    if article["kind"] == "teaser":
        found |= {
            "isAccessibleForFree": False,
            "hasPart": {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".paywall"},
        }
    if article["kind"] == "live":
        found |= {"coverageStartTime": article["date"], "coverageEndTime": article["modified"]}
    return found


def _story(article: dict[str, Any]) -> str:
    byline = " ".join(
        part
        for part in (
            f'<span class="author">{escape(", ".join(article.get("authors", [])))}</span>'
            if article.get("authors")
            else "",
            f'<span class="agency">{escape(article["agency"])}</span>' if "agency" in article else "",
            f"<span>{article['byline_date']}</span>" if "byline_date" in article else "",
            f'<time datetime="{article["date"]}">{article["date"][:10]}</time>'
            if article["kind"] not in ("old", "bare")
            else "",
        )
        if part
    )
    figure = '<figure><img src="/images/placeholder.png" alt="No Image"></figure>'
    if "image" in article:
        image = f'<img src="/images/{article["image"]}" alt="" width="1200" height="800">'
        figure = f"<figure>{image}<figcaption>{escape(article['caption'])}</figcaption></figure>"
    paragraphs = "".join(
        f"<h2>{escape(text[3:])}</h2>" if text.startswith("## ") else f"<p>{escape(text, quote=False)}</p>"
        for text in article["body"]
    )
    wall = '<div class="paywall"><p>Cet article est réservé aux abonnés.</p><a href="/abonnement">S\'abonner</a></div>'
    return f"""<article><h1>{escape(article["title"], quote=False)}</h1>
<p class="chapo">{escape(article["standfirst"], quote=False)}</p><div class="byline">{byline}</div>{figure}
<div class="article-body">{paragraphs}</div>{wall if article["kind"] == "teaser" else ""}
<div class="share"><a href="#">Partager</a> <a href="#">Tweeter</a> <a href="#">Envoyer</a></div>
<div class="related"><h3>Lire aussi</h3><ul><li><a href="/ville/">Toute l'actualité de la ville</a></li></ul></div></article>"""


def _amp(article: dict[str, Any], origin: str) -> Answer:
    paragraphs = "".join(f"<p>{escape(text.removeprefix('## '), quote=False)}</p>" for text in article["body"])
    return _html(
        f"""<!DOCTYPE html><html amp lang="{article["language"]}"><head><meta charset="utf-8"><title>{escape(article["title"])}</title>
<link rel="canonical" href="{origin}{article["path"]}"></head><body><article><h1>{escape(article["title"])}</h1>
<p class="chapo">{escape(article["standfirst"])}</p>{paragraphs}</article></body></html>"""
    )


def _consent() -> str:
    return """<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Votre consentement</title></head><body>
<div id="consent-wall" class="cmp-container"><h1>Nous respectons votre vie privée</h1>
<p>Avec votre accord, nos 412 partenaires et nous utilisons des cookies pour stocker et consulter des données personnelles.</p>
<button>Tout accepter</button> <button>Tout refuser</button> <a href="#">Gérer mes choix</a></div></body></html>"""


def _teaser(article: dict[str, Any], href: str | None = None) -> str:
    headline = f'<h2><a href="{href or article["path"]}">{escape(article["title"])}</a></h2>'
    return f'<article class="card">{headline}<p>{escape(article["standfirst"][:90])}</p></article>'


def _section(name: str, listed: list[dict[str, Any]], today: date) -> Answer:
    cards = "".join(_teaser(article) for article in listed)
    return _html(_shell('<meta charset="utf-8">', f"<h1>{name}</h1>{cards}", today, title=f"{name} - {NAME}"))


def _front(found: list[dict[str, Any]], today: date) -> Answer:
    feed = '<meta charset="utf-8"><link rel="alternate" type="application/rss+xml" title="À la une" href="/rss.xml">'
    cards = []
    for number, article in enumerate(found):
        href = article["path"] + ("?utm_source=une&utm_medium=home" if number % 3 == 0 else "")
        cards.append(_teaser(article, _amp_path(article) if number == 0 else href))
    odd = f"""<div class="ad-slot">
<a href="/ville/2025/11/03/une-voiture-a-gagner-tout-de-suite.html">Une voiture à gagner tout de suite</a></div>
<h2><a href="https://www.example.com/2025/11/03/une-nouvelle-d-ailleurs.html">Une nouvelle d'ailleurs, chez nos confrères</a></h2>
<h2><a href="/ville/2025/08/01/un-lien-mort-depuis-cet-ete.html">Un lien mort que personne n'a retiré</a></h2>
<h2><a href="{MOVED}">La régate des Optimistes, les résultats complets de la journée</a></h2>
<a href="file:///etc/hostname">Un fichier de la machine</a> <a href="javascript:void(0)">Partager</a>"""
    return _html(_shell(feed, "".join(cards) + odd, today))


def _feed(found: list[dict[str, Any]], origin: str) -> Answer:
    newest = sorted(found, key=lambda article: str(article["date"]), reverse=True)[:10]
    items = "".join(
        f"<item><title>{escape(article['title'])}</title><link>{escape(origin + article['path'])}?utm_source=rss</link></item>"
        for article in newest
    )
    channel = f"<channel><title>{NAME}</title><link>{origin}/</link>{items}</channel>"
    text = f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0">{channel}</rss>'
    return Answer(text.encode(), "application/rss+xml")


def _robots(origin: str) -> Answer:
    return Answer(f"User-agent: *\nDisallow: /prive/\nSitemap: {origin}/sitemap.xml\n".encode(), "text/plain")


def _sitemaps(listed: list[dict[str, Any]], origin: str) -> dict[str, Answer]:
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    news = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    index = "".join(
        f"<sitemap><loc>{origin}/sitemaps/{name}</loc></sitemap>" for name in ("articles.xml.gz", "news.xml")
    )
    entries = "".join(
        f"<url><loc>{escape(origin + path)}</loc></url>" for path in [*(a["path"] for a in listed[2:]), "/sujets/port"]
    )
    fresh = "".join(
        f"<url><loc>{escape(origin + a['path'])}</loc><news:news><news:publication><news:name>{NAME}</news:name>"
        f"<news:language>{a['language']}</news:language></news:publication><news:publication_date>{a['date']}"
        f"</news:publication_date><news:title>{escape(a['title'])}</news:title></news:news></url>"
        for a in listed
        if str(a.get("date", "")) >= "2025-11" and not a.get("amp")
    )
    return {
        "/sitemap.xml": Answer(f"<sitemapindex {space}>{index}</sitemapindex>".encode(), "application/xml"),
        "/sitemaps/articles.xml.gz": Answer(
            gzip.compress(f"<urlset {space}>{entries}</urlset>".encode(), mtime=0), "application/gzip"
        ),
        "/sitemaps/news.xml": Answer(f"<urlset {space} {news}>{fresh}</urlset>".encode(), "application/xml"),
    }
