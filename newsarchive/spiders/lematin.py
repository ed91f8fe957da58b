"""Le Matin (Morocco), in French, on the web since the 1990s."""

from newsarchive.recipe import Recipe, Section, Sitemap
from newsarchive.spiders.news import NewsSpider


class LeMatinSpider(NewsSpider):
    """lematin.ma; old articles carry their year in the URL alone."""

    name = "lematin"
    allowed_domains = ["lematin.ma"]
    sources = [Sitemap("https://lematin.ma/sitemap.xml"), Section("https://lematin.ma/")]
    recipe = Recipe(timezone="Africa/Casablanca", language="fr", country="MA", boilerplate=["Lisez nos e-Papers"])
