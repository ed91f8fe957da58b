"""Gathers the candidates: every date of a page, from the most to the least formal place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from newsarchive.article import Precision
from newsarchive.extraction.dates import (
    addresses,
    confidences,
    localities,
    microdata,
    parsing,
    scripts,
    statements,
    visible,
    written,
)
from newsarchive.extraction.dates import candidates as roles
from newsarchive.extraction.dates.candidates import Candidate, Hint
from newsarchive.extraction.dates.facts import Facts
from newsarchive.extraction.dates.places import Places
from newsarchive.extraction.dates.stamps import Context, Stamp
from newsarchive.extraction.outline import Outline
from newsarchive.extraction.structured import Structured
from newsarchive.page import Page
from newsarchive.recipe import Recipe

SURE = 3.0  # the cost under which a date makes a look into the scripts needless
PLAIN = 1.1  # and the cost under which machines are told it in so many words
AT_THE_HEADLINE = 2.3  # the cost under which a visible date is a byline's
_ADDRESS_COST = {Precision.DAY: 2.5, Precision.MONTH: 6.0, Precision.YEAR: 7.0}
_BRACKETS = re.compile(r"[(（\[]([^()（）\[\]]{6,40})[)）\]]")
_MACHINE_ATTRIBUTES = ("datetime", "content", "title")


def gather(
    page: Page,
    structured: Structured,
    outline: Outline,
    context: Context,
    recipe: Recipe,
    facts: Facts,
    hints: Sequence[Hint] = (),
    *,
    everywhere: bool = False,
) -> list[Candidate]:
    """Every date of a page, as stated, with the cost of its place.

    Where machines are plainly told the day, readers' dates are looked for round the headline and at the edges of the
    prose alone; with `everywhere` all of the page is looked at in any case.
    """
    found = _Found(context)
    title = structured.meta("og:title", "twitter:title") or structured.title
    places = Places(outline, title)
    found.chosen(page, recipe.date)
    found.stated(statements.read(structured, page.url))
    address = addresses.read(page.url)
    told = None if everywhere else found.told(address[0] if address else None, facts)
    changed = found.states_change()
    if told is None or not changed:
        found.stated(microdata.read(page, places))
    found.hinted(hints)
    enough = changed and not localities.asks_readers(found.all, context)
    for seen in (
        visible.nearby(places, context, told, enough=enough) if told else visible.read(outline, places, context)
    ):
        found.add(seen.stamp, seen.raw, seen.source, seen.rule, seen.role, seen.cost, seen.near, seen.why)
    found.titled(structured.title)
    found.described(structured.meta("og:description", "description"))
    if told is None:
        found.pictured(structured.meta("og:image"))
    found.addressed(address)
    found.named(page)
    if not found.is_sure() or found.is_disputed():
        found.stated(scripts.read(page.text))
    if page.last_modified:
        stamp = parsing.stamp(page.last_modified, context)
        found.add(stamp, page.last_modified, "last-modified", "last-modified", roles.MODIFIED, 6.0)
    return found.all


class _Found:
    """The candidates so far."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.all: list[Candidate] = []

    def add(
        self,
        stamp: Stamp | None,
        raw: str,
        source: str,
        rule: str,
        role: str,
        cost: float,
        near: int | None = None,
        why: str = "",
    ) -> None:
        if stamp is None:
            return
        settled = parsing.settle(stamp, self.context, raw=raw, source=source, rule=rule, confidence=0.5)
        if settled is not None:
            self.all.append(Candidate(stamp, settled, role, cost, near, why=why))

    def chosen(self, page: Page, selectors: Sequence[str]) -> None:
        """What the recipe's selectors find; the first that finds a date wins over everything."""
        for selector in selectors:
            for node in page.tree.css(selector)[:3]:
                attributes = node.attributes
                texts = [attributes.get(name) for name in _MACHINE_ATTRIBUTES] + [node.text()]
                for raw in filter(None, texts):
                    stamp = parsing.stamp(" ".join(raw.split()), self.context)
                    if stamp is not None:
                        self.add(stamp, raw.strip(), "recipe", selector, roles.PUBLISHED, -5.0)
                        return

    def stated(self, given: Iterable[statements.Statement]) -> None:
        for raw, source, rule, role, cost in given:
            self.add(parsing.stamp(raw, self.context), raw, source, rule, role, cost)

    def hinted(self, hints: Iterable[Hint]) -> None:
        for hint in hints:
            raw = hint.value if isinstance(hint.value, str) else hint.value.isoformat()
            self.add(parsing.stamp(raw, self.context), raw, hint.source, hint.source, hint.role, 1.0)

    def titled(self, title: str | None) -> None:
        """A date in the document's title, as some sites close theirs."""
        for stamp in written.find(title, self.context)[:1] if title else ():
            if title and stamp.day is not None and not stamp.yearless:
                self.add(stamp, title[stamp.start : stamp.end], "text", "title", roles.PUBLISHED, 3.6)

    def described(self, text: str | None) -> None:
        """A date in brackets in the page's description, as "(news of 14 January 2020)"."""
        bracketed = _BRACKETS.search(text) if text else None
        for stamp in written.find(bracketed[1], self.context)[:1] if bracketed else ():
            if bracketed and stamp.day is not None and not stamp.yearless:
                self.add(stamp, bracketed[1], "meta", "description", roles.PUBLISHED, 4.2)

    def pictured(self, url: str | None) -> None:
        """A whole day in the address of the page's picture."""
        address = addresses.read(url) if url else None
        if address is not None and address[0].day is not None:
            self.add(address[0], address[1], "image", "og:image", roles.PUBLISHED, 6.5)

    def addressed(self, address: tuple[Stamp, str] | None) -> None:
        """The date in the page's own address, at its precision."""
        if address is not None:
            self.add(address[0], address[1], "url", "url", roles.PUBLISHED, _ADDRESS_COST[address[0].precision])

    def named(self, page: Page) -> None:
        """A whole day in the id of the page's body, as "news20190624-17": the editors' own number for the page."""
        body = page.tree.body
        name = body.attributes.get("id") if body is not None else None
        address = addresses.read("/" + name) if name and name.isascii() else None
        if address is not None and address[0].day is not None:
            self.add(address[0], address[1], "id", "body[id]", roles.PUBLISHED, 3.8)

    def told(self, address: Stamp | None, facts: Facts) -> date | None:
        """The one day of publishing that machines are told, with its time, where nothing known beforehand is against it."""
        told = [one for one in self.all if one.role == roles.PUBLISHED and one.cost < SURE]
        best = next((one for one in told if one.is_timed and one.cost < PLAIN), None)
        if best is None or best.day is None or any(one.day != best.day for one in told):
            return None
        day = best.day
        if address is not None and (address.year, address.month or day.month) != (day.year, day.month):
            return None
        return day if facts.allow(day, best.date.utc) else None

    def states_change(self) -> bool:
        """True when a day of change is stated, too."""
        return any(one.role == roles.MODIFIED for one in self.all)

    def is_disputed(self) -> bool:
        """True when no day that machines are told is the one that readers are shown right at the headline."""
        published = [one for one in self.all if one.role == roles.PUBLISHED and one.day is not None]
        told = {one.day for one in published if confidences.kind(one) == "machine" and one.cost < SURE}
        shown = {one.day for one in published if confidences.kind(one) == "visible" and one.cost < AT_THE_HEADLINE}
        return bool(told) and bool(shown) and told.isdisjoint(shown)

    def is_sure(self) -> bool:
        """True when a day of publishing was found in a good place."""
        return any(one.cost < SURE and one.role == roles.PUBLISHED and one.day for one in self.all)
