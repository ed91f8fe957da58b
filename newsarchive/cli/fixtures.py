"""Fixtures: a saved page, what is known of it, and the article it must give, in one folder each.

FOLDER/page.html is the raw page, meta.json {"url", "captured_at", "encoding"?}, article.json what `extract` must say.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from newsarchive.captures import Skipped, read
from newsarchive.cli import rendering
from newsarchive.cli.errors import CommandError, UsageError
from newsarchive.extraction import extract

if TYPE_CHECKING:
    from newsarchive.spiders.sites import Recipes

PAGE, META, ARTICLE, EXPECTED = "page.html", "meta.json", "article.json", "expected.json"


@dataclass(frozen=True, slots=True)
class Fixture:
    """One fixture's folder."""

    folder: Path

    def expected(self) -> Any:
        """What article.json says, None where there is none yet."""
        file = self.folder / ARTICLE
        return json.loads(file.read_text("utf-8")) if file.exists() else None

    def actual(self, recipes: Recipes) -> dict[str, Any]:
        """What extraction says today; a CommandError names a fixture that cannot be read."""
        found = next(iter(read([self.folder / PAGE])))
        if isinstance(found, Skipped):
            raise CommandError(f"{found.place}: {found.reason}{f' ({found.detail})' if found.detail else ''}")
        page = found.page
        recipe = recipes.recipe(page.url, page.captured_at)
        article = extract(page.body, page.url, captured_at=page.captured_at, encoding=page.encoding, recipe=recipe)
        return rendering.as_json(article)

    def write(self, article: dict[str, Any]) -> bool:
        """Write article.json; True when that changed it."""
        file, text = self.folder / ARTICLE, rendering.dumps(article)
        changed = not file.exists() or file.read_text("utf-8") != text
        if changed:
            file.write_text(text, "utf-8")
        return changed


def find(root: Path, *, new: bool = False) -> Iterator[Fixture]:
    """All fixtures of a tree, by name; with `new` also saved pages that have no article.json yet.

    A folder that states one field alone (expected.json, or by its own name) is the affair of that field's tests.
    """
    for page in sorted(root.rglob(PAGE)):
        known = page.with_name(ARTICLE).exists() or (new and not page.with_name(EXPECTED).exists())
        if known and page.with_name(META).exists():
            yield Fixture(page.parent)


def add(
    body: bytes, *, root: Path, site: str, name: str | None, url: str, captured_at: datetime, encoding: str | None
) -> Fixture:
    """Make a folder ROOT/SITE/NAME with the page and what is known of it; UsageError when it is there already."""
    folder = root / site / (name or slug(url))
    if (folder / PAGE).exists():
        raise UsageError(f"there is already a fixture in {folder}: name another with --name")
    folder.mkdir(parents=True, exist_ok=True)
    meta = {"url": url, "captured_at": captured_at.isoformat(), "encoding": encoding}
    (folder / PAGE).write_bytes(body)
    (folder / META).write_text(rendering.dumps({key: value for key, value in meta.items() if value}), "utf-8")
    return Fixture(folder)


def slug(url: str) -> str:
    """A short folder name from the end of a URL's path: lower-case letters, digits and hyphens."""
    last = unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2])
    name = re.sub(r"[^a-z0-9]+", "-", re.sub(r"\.[a-z]{2,5}$", "", last.lower())).strip("-")
    return name[:60].strip("-") or "page"
