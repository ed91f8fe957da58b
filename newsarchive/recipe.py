"""What a site's file may say to override what pages say by themselves: a site is data first, code second."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Overrides for one site; every field may be left out, since a page is read without a recipe too.

    timezone: IANA name, for dates that state no zone ("Africa/Casablanca").
    language: BCP 47 tag for pages that name none or a wrong one ("fr").
    country: ISO 3166 code, which decides the order of day and month and the meaning of zone names ("MA").
    boilerplate: texts that the site repeats on its pages and that are never part of an article; a paragraph equal to
        one, after white space and case are folded, is left out.
    title, standfirst, body, authors, date: CSS selectors tried before the general rules; the first that finds text wins.
    drop: CSS selectors of elements that are never part of an article.
    earliest: the first year the site's archive can hold (older dates are disbelieved; default: the web's own age).
    valid_until: the last day of captures this recipe reads; later captures take the next recipe of the list.
    """

    timezone: str | None = None
    language: str | None = None
    country: str | None = None
    boilerplate: Sequence[str] = ()
    title: Sequence[str] = ()
    standfirst: Sequence[str] = ()
    body: Sequence[str] = ()
    authors: Sequence[str] = ()
    date: Sequence[str] = ()
    drop: Sequence[str] = ()
    earliest: int | None = None
    valid_until: datetime.date | None = None


def current(recipes: Recipe | Sequence[Recipe] | None, captured_at: datetime.datetime | None) -> Recipe:
    """The recipe that reads a capture: the one with the nearest `valid_until` on or after that day.

    A recipe without `valid_until` reads all captures after the dated ones; without a capture time it is the one taken.
    """
    if recipes is None:
        return Recipe()
    if isinstance(recipes, Recipe):
        recipes = [recipes]
    dated = sorted((r for r in recipes if r.valid_until), key=lambda r: r.valid_until or datetime.date.max)
    if captured_at is not None:
        for recipe in dated:
            if recipe.valid_until and captured_at.date() <= recipe.valid_until:
                return recipe
    undated = [r for r in recipes if r.valid_until is None]
    return undated[0] if undated else (dated[-1] if dated else Recipe())


@dataclass(frozen=True, slots=True)
class Feed:
    """An RSS, Atom or JSON feed that lists a site's articles."""

    url: str


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A sitemap or sitemap index that lists a site's pages."""

    url: str


@dataclass(frozen=True, slots=True)
class Section:
    """A page of the site (front page, section, tag) whose links lead to articles."""

    url: str


Source = Feed | Sitemap | Section
