"""What the archive counts."""

from __future__ import annotations

import dataclasses

from newsarchive.archive import Archive
from newsarchive.article import Paragraph
from tests.archive.samples import CAPTURED, LONG, article, full


def test_counts_by_site_day_and_field(archive: Archive) -> None:
    later = CAPTURED.replace(day=27)
    archive.save([full(1), article(2), article(3, published=None, captured_at=later)])
    archive.save([article(4, url="https://other.net/4", site="other.net", title=None, captured_at=later)])
    stats = archive.stats()
    assert (stats.articles, stats.versions, stats.sites) == (4, 4, {"example.org": 3, "other.net": 1})
    assert stats.days == {"2025-12-25": 2, "2025-12-27": 2}
    found = stats.coverage["example.org"]
    assert (found["title"], found["published"], found["authors"], found["section"]) == (1.0, 0.6667, 0.3333, 0.3333)
    assert (stats.coverage["other.net"]["title"], stats.coverage["other.net"]["body"]) == (0.0, 1.0)


def test_exact_copies_near_copies_and_stories_are_counted(archive: Archive) -> None:
    text = [Paragraph(f"{LONG} Puis le chantier a repris, dit la ville, et la pêche {number}.") for number in range(4)]
    first = article(1, body=text)
    exact = dataclasses.replace(first, url="https://other.net/1", site="other.net")
    near = article(2, url="https://third.net/2", site="third.net", title="Autre titre", body=text[:3])
    archive.save([first, exact, near])
    archive.link()
    stats = archive.stats()
    assert (stats.articles, stats.duplicates, stats.near_copies, stats.stories) == (3, 1, 1, 1)
