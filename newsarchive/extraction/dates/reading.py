"""Reads all the dates of one page: gathers the candidates, has them judged, keeps the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from newsarchive.article import DateEvidence, Precision, PublishedDate
from newsarchive.extraction.dates import candidates as roles
from newsarchive.extraction.dates import gathering, judging, localities, orders, parsing, years, zones
from newsarchive.extraction.dates.candidates import Candidate, Hint, Known
from newsarchive.extraction.dates.facts import NOTHING_KNOWN, Facts
from newsarchive.extraction.dates.stamps import WEB_BEGAN, Context, capture
from newsarchive.extraction.outline import Outline
from newsarchive.extraction.structured import Structured
from newsarchive.page import Page
from newsarchive.recipe import Recipe

MAX_EVIDENCE = 12
_TELLING = (roles.VISIT, roles.PUBLISHED, roles.MODIFIED, roles.COPYRIGHT, roles.EVENT)
# Top-level domains of countries that all the world uses.
_GENERIC = frozenset(
    "AI AM CC CO FM IO LY ME NU SC TK TO TV WS VC GG EU LA SH ST GL MS PW CX GD VU SU AG BZ IM".split()
)


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a page: published and modified, or None; and, compactly, the dates that were not chosen.

    `bounds` is what of `Known` put a date aside, as plain data; empty where it made no difference.
    """

    published: PublishedDate | None = None
    modified: PublishedDate | None = None
    evidence: list[DateEvidence] = field(default_factory=list)
    bounds: dict[str, Any] = field(default_factory=dict)


def read(
    page: Page,
    structured: Structured,
    outline: Outline,
    recipe: Recipe | None = None,
    language: str | None = None,
    hints: Sequence[Hint] = (),
    known: Known | None = None,
) -> Dates:
    """The dates of a page, judged from all it says; `page.captured_at` is "now", `hints` what feeds and sitemaps say,
    `known` what the archive knows of the site.

    `language` (BCP 47) overrides what the page declares. Never raises for any page.
    """
    every, published, modified = _judged(page, structured, outline, recipe or Recipe(), language, hints, known)
    evidence = [
        DateEvidence(raw=one.date.raw, value=one.date.isoformat(), source=one.source, role=one.role, why=one.why)
        for one in _distinct(every, [one for one in (published, modified) if one is not None])
    ]
    chosen = (published.date if published else None, modified.date if modified else None)
    return Dates(*chosen, evidence[:MAX_EVIDENCE], _bounds(every, known))


def _bounds(every: list[Candidate], known: Known | None) -> dict[str, Any]:
    """What the archive knew that put a date of this page aside."""
    if known is None:
        return {}
    whys = {one.why for one in every if one.lost}
    shared = sorted({one.day for one in every if one.day and one.why == judging.SHARED})
    found = {
        "not_before": known.not_before.isoformat() if known.not_before and judging.TOO_EARLY in whys else None,
        "not_after": known.not_after.isoformat() if known.not_after and judging.TOO_LATE in whys else None,
        "shared_days": [day.isoformat() for day in shared],
    }
    return {name: value for name, value in found.items() if value}


def explain(
    page: Page,
    structured: Structured,
    outline: Outline,
    recipe: Recipe | None = None,
    language: str | None = None,
    hints: Sequence[Hint] = (),
    known: Known | None = None,
) -> list[dict[str, Any]]:
    """Every date seen on a page as plain data, the chosen ones first, each with why it won or lost."""
    recipe = recipe or Recipe()
    every, published, modified = _judged(page, structured, outline, recipe, language, hints, known)
    chosen = [one for one in (published, modified) if one is not None]
    rest = [one for one in every if one not in chosen]
    rest += _passed_over(every, page, structured, outline, recipe, language, hints, known)
    return [
        {
            "field": "published" if one is published else "modified" if one is modified else None,
            "value": one.date.isoformat(),
            "precision": one.date.precision.value,
            "zone": one.date.zone.value,
            "ambiguous": one.date.ambiguous,
            "raw": one.date.raw,
            "source": one.source,
            "rule": one.rule,
            "role": one.role,
            "confidence": one.date.confidence if one in chosen else None,
            "cost": round(one.cost, 2),
            "blocks_after_headline": one.near,
            "won": one in chosen,
            "why": one.why,
        }
        for one in (*chosen, *rest)
    ]


def _passed_over(every: list[Candidate], page: Page, *told: Any) -> list[Candidate]:
    """The dates elsewhere on the page that reading had no need to look at."""
    looked = {(one.rule, one.role, one.near, one.date.raw) for one in every}
    found, _, _ = _judged(page, *told, everywhere=True)
    rest = [one for one in found if (one.rule, one.role, one.near, one.date.raw) not in looked]
    for one in rest:
        if not one.lost or one.role in (roles.PUBLISHED, roles.MODIFIED):
            one.lose("not needed: machines are told the day, and nothing speaks against it")
    return rest


def _judged(
    page: Page,
    structured: Structured,
    outline: Outline,
    recipe: Recipe,
    language: str | None,
    hints: Sequence[Hint],
    known: Known | None = None,
    *,
    everywhere: bool = False,
) -> tuple[list[Candidate], Candidate | None, Candidate | None]:
    context = context_of(page, structured, recipe, language)
    facts = Facts(now=capture(page.captured_at), earliest=recipe.earliest or WEB_BEGAN, known=known or NOTHING_KNOWN)
    every = gathering.gather(page, structured, outline, context, recipe, facts, hints, everywhere=everywhere)
    orders.settle(every, outline, context)
    years.settle(every, context)
    localities.localise(every, context)
    published, modified = judging.judge(every, facts)
    return every, published, modified


def context_of(page: Page, structured: Structured, recipe: Recipe, language: str | None = None) -> Context:
    """Language, country and zone of a page: from the recipe, else its tags, else the host's top-level domain."""
    tag = recipe.language or language
    for stated in (structured.language, structured.meta("og:locale", "content-language")):
        # What is declared may say the country too, where what was detected says the language alone.
        if stated and (not tag or (len(tag) == 2 and stated.lower().startswith(tag.lower()))):
            tag = stated
    # A host's own domain is chosen with care; the region of a language tag is often a template's.
    context = parsing.contextual(page.captured_at, tag, recipe.country or _country_of_host(page.url), recipe.timezone)
    if context.timezone is None:
        context = Context(context.now, context.language, context.country, zones.of_country(context.country))
    return context


def _country_of_host(url: str) -> str | None:
    top = (urlsplit(url).hostname or "").rsplit(".", 1)[-1].upper()
    return None if len(top) != 2 or top in _GENERIC else {"UK": "GB"}.get(top, top)


def _shown(one: Candidate) -> tuple[date, Precision | None]:
    """The day of a date, or its month or year, without its time."""
    coarse = one.date.precision in (Precision.YEAR, Precision.MONTH)
    return one.date.value.date(), one.date.precision if coarse else None


def _distinct(every: list[Candidate], chosen: list[Candidate]) -> list[Candidate]:
    """The candidates that lost, one for each date, role and source, the most telling roles first.

    Those that only say again what was chosen are left out.
    """
    seen = {(_shown(one), one.role) for one in chosen}
    told: set[tuple[str, str, str]] = set()
    kept = []
    for one in every:
        if not one.lost or (_shown(one), one.role) in seen:
            continue
        key = (one.date.isoformat(), one.role, one.source)
        if key not in told:
            told.add(key)
            kept.append(one)
    return sorted(kept, key=lambda one: _TELLING.index(one.role) if one.role in _TELLING else len(_TELLING))
