"""Pages on which dates are commonly got wrong: fixtures/dates/NAME/{page.html, meta.json, expected.json}."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from newsarchive.article import DateEvidence, PublishedDate
from newsarchive.extraction import dates
from newsarchive.extraction import outline as outlines
from newsarchive.extraction import structured as statements
from newsarchive.page import Page
from newsarchive.recipe import Recipe

ROOT = Path(__file__).parents[3] / "fixtures" / "dates"
TRAPS = sorted(folder.name for folder in ROOT.iterdir() if folder.is_dir())


def read(name: str) -> tuple[dates.Dates, dict[str, Any]]:
    folder = ROOT / name
    meta = json.loads((folder / "meta.json").read_text("utf-8"))
    body = (folder / "page.html").read_bytes()
    page = Page(
        url=meta["url"],
        body=body,
        captured_at=datetime.fromisoformat(meta["captured_at"]),
        last_modified=meta.get("last_modified"),
    )
    said = dict(meta.get("recipe", {}))
    shared = frozenset(date.fromisoformat(day) for day in said.pop("shared_days", ()))
    found = dates.read(
        page,
        statements.read(page.tree),
        outlines.read(page.tree),
        Recipe(**said),
        hints=[dates.Hint(**hint) for hint in meta.get("hints", ())],
        known=dates.Known(shared_days=shared),
    )
    return found, json.loads((folder / "expected.json").read_text("utf-8"))


def iso(found: PublishedDate | None) -> str | None:
    return found.isoformat() if found else None


@pytest.mark.parametrize("name", TRAPS)
def test_a_page_is_dated_honestly(name: str) -> None:
    found, expected = read(name)
    assert iso(found.published) == expected["published"]
    if "modified" in expected:
        assert iso(found.modified) == expected["modified"]
    if found.published is not None:
        assert found.published.source == expected.get("source", found.published.source)
        assert found.published.zone == expected.get("zone", found.published.zone)
        assert found.published.ambiguous == expected.get("ambiguous", found.published.ambiguous)
        assert 0 < found.published.confidence < 1
    for role in ("visit", "copyright"):
        if role in expected:
            assert expected[role] in [one.value for one in of_role(found, role)]


def of_role(found: dates.Dates, role: str) -> list[DateEvidence]:
    return [one for one in found.evidence if one.role == role]


def test_there_are_traps_enough_in_languages_enough() -> None:
    languages = {(ROOT / name / "page.html").read_text("utf-8").split('lang="')[1][:2] for name in TRAPS}
    assert len(TRAPS) >= 60
    assert len(languages) >= 12
