"""Reads all the dates of one page: gathers the candidates, has them judged, keeps the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from newsarchive.article import DateEvidence, Precision, PublishedDate
from newsarchive.extraction.dates import (
    addresses,
    judging,
    localities,
    microdata,
    orders,
    parsing,
    scripts,
    statements,
    visible,
    written,
    zones,
)
from newsarchive.extraction.dates import candidates as roles
from newsarchive.extraction.dates.candidates import Candidate, Hint
from newsarchive.extraction.dates.places import Places
from newsarchive.extraction.dates.stamps import Context, Stamp
from newsarchive.extraction.outline import Outline
from newsarchive.extraction.structured import Structured
from newsarchive.page import Page
from newsarchive.recipe import Recipe

MAX_EVIDENCE = 12
SURE = 3.0  # the cost under which a date makes a look into the scripts needless
_GENERIC = {"AI", "AM", "CC", "CO", "FM", "IO", "LY", "ME", "NU", "SC", "TK", "TO", "TV", "WS", "VC", "GG", "EU"}


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a page: published and modified, or None; and, compactly, the dates that were not chosen."""

    published: PublishedDate | None = None
    modified: PublishedDate | None = None
    evidence: list[DateEvidence] = field(default_factory=list)


def read(
    page: Page,
    structured: Structured,
    outline: Outline,
    recipe: Recipe | None = None,
    language: str | None = None,
    hints: Sequence[Hint] = (),
) -> Dates:
    """The dates of a page, judged from all it says; `page.captured_at` is "now", `hints` what feeds and sitemaps say.

    `language` (BCP 47) overrides what the page declares. Never raises for any page.
    """
    every, published, modified = _judged(page, structured, outline, recipe or Recipe(), language, hints)
    evidence = [
        DateEvidence(raw=one.date.raw, value=one.date.isoformat(), source=one.source, role=one.role, why=one.why)
        for one in _distinct(every)
    ]
    return Dates(published.date if published else None, modified.date if modified else None, evidence[:MAX_EVIDENCE])


def explain(
    page: Page,
    structured: Structured,
    outline: Outline,
    recipe: Recipe | None = None,
    language: str | None = None,
    hints: Sequence[Hint] = (),
) -> list[dict[str, Any]]:
    """Every date seen on a page as plain data, the chosen ones first, each with why it won or lost."""
    every, published, modified = _judged(page, structured, outline, recipe or Recipe(), language, hints)
    chosen = [one for one in (published, modified) if one is not None]
    rest = [one for one in every if one not in chosen]
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


def _judged(
    page: Page, structured: Structured, outline: Outline, recipe: Recipe, language: str | None, hints: Sequence[Hint]
) -> tuple[list[Candidate], Candidate | None, Candidate | None]:
    context = context_of(page, structured, recipe, language)
    every = gather(page, structured, outline, context, hints)
    orders.settle(every, outline, context)
    localities.localise(every, context)
    facts = judging.Facts(now=page.captured_at, earliest=recipe.earliest or judging.WEB_BEGAN)
    published, modified = judging.judge(every, facts)
    return every, published, modified


def context_of(page: Page, structured: Structured, recipe: Recipe, language: str | None = None) -> Context:
    """Language, country and zone of a page: from the recipe, else its tags, else the host's top-level domain."""
    tag = recipe.language or language or structured.language or structured.meta("og:locale", "content-language")
    context = parsing.contextual(page.captured_at, tag, recipe.country, recipe.timezone)
    country = context.country or _country_of_host(page.url)
    if context.timezone is None:
        land = _country_of_host(page.url) or context.country
        context = replace(context, timezone=zones.of_country(land) or zones.of_language(context.language))
    return replace(context, country=country)


def _country_of_host(url: str) -> str | None:
    top = (urlsplit(url).hostname or "").rsplit(".", 1)[-1].upper()
    return None if len(top) != 2 or top in _GENERIC else {"UK": "GB"}.get(top, top)


def gather(
    page: Page, structured: Structured, outline: Outline, context: Context, hints: Sequence[Hint] = ()
) -> list[Candidate]:
    """Every date of a page, from the most to the least formal place."""
    found: list[Candidate] = []

    def add(
        stamp: Stamp | None,
        raw: str,
        source: str,
        rule: str,
        role: str,
        cost: float,
        near: int | None = None,
        why: str = "",
    ) -> None:
        settled = parsing.settle(stamp, context, raw=raw, source=source, rule=rule, confidence=0.5) if stamp else None
        if stamp and settled:
            found.append(Candidate(stamp, settled, role, cost, near, why=why))

    title = structured.meta("og:title", "twitter:title") or structured.title
    places = Places(outline, title)
    for raw, source, rule, role, cost in (*statements.read(structured, page.url), *microdata.read(page, places)):
        add(parsing.stamp(raw, context), raw, source, rule, role, cost)
    for hint in hints:
        value = hint.value if isinstance(hint.value, str) else hint.value.isoformat()
        add(parsing.stamp(value, context), value, hint.source, hint.source, hint.role, 1.0)
    for seen in visible.read(outline, places, context):
        add(seen.stamp, seen.raw, seen.source, seen.rule, seen.role, seen.cost, seen.near, seen.why)
    if structured.title:
        for stamp in written.find(structured.title, context)[:1]:
            if stamp.day is not None and not stamp.yearless and not stamp.weekday:
                add(stamp, structured.title[stamp.start : stamp.end], "text", "title", roles.PUBLISHED, 3.6)
    image = addresses.read(structured.meta("og:image") or "")
    if image and image[0].day is not None:
        add(image[0], image[1], "image", "og:image", roles.PUBLISHED, 6.5)
    address = addresses.read(page.url)
    if address:
        stamp, raw = address
        cost = {Precision.DAY: 2.5, Precision.MONTH: 6.0}.get(stamp.precision, 7.0)
        add(stamp, raw, "url", "url", roles.PUBLISHED, cost)
    if not any(one.cost < SURE and one.role == roles.PUBLISHED and one.stamp.day for one in found):
        for raw, source, rule, role, cost in scripts.read(page.text):
            add(parsing.stamp(raw, context), raw, source, rule, role, cost)
    if page.last_modified:
        add(
            parsing.stamp(page.last_modified, context),
            page.last_modified,
            "last-modified",
            "last-modified",
            roles.MODIFIED,
            6,
        )
    return found


def _distinct(every: list[Candidate]) -> list[Candidate]:
    """The candidates that lost, one for each date, role and source."""
    seen: set[tuple[str, str, str]] = set()
    kept = []
    for one in every:
        key = (one.date.isoformat(), one.role, one.source)
        if one.lost and key not in seen:
            seen.add(key)
            kept.append(one)
    return kept
