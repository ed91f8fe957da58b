"""Re-extraction reads each capture by the rules of its time, and what a version has from a twin from the twin's capture."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from newsarchive.archive import Archive, Filters
from newsarchive.captures import Folder, Location
from newsarchive.recipe import Recipe
from newsarchive.spiders import reextracting
from newsarchive.spiders.reextracting import Report
from newsarchive.spiders.replaying import CAPTURE
from newsarchive.spiders.sites import Sites
from tests.captures.test_files import exchange, written
from tests.cli.running import story
from tests.spiders.test_bulk import replay

BYLINE = '<p class="byline">Par Amina Benali</p>'

OLD_AND_NEW = '<p><span class="who">Samir Alaoui</span> <span class="writer">Amina Benali</span></p>'


def reread(archive: Archive, folder: Path, sites: Sites = ()) -> Report:
    report = Report()
    reextracting.run(archive, folder, Filters(), report, sites=sites, write=True)
    return report


def test_a_capture_is_read_again_by_the_recipe_of_its_time(tmp_path: Path) -> None:
    """The site moved its section from one element to another, and kept the old one for something else."""
    pages = []
    for year, town in ((2019, "Tanger"), (2024, "Safi")):
        html = story(f"Le marché de {town}", town, day="2018-03-02").replace(BYLINE, OLD_AND_NEW)
        pages.append(replace(exchange(year, html.encode()), fetched_at=datetime(year, 6, 1, tzinfo=UTC)))
    written(tmp_path / "kept", *pages)
    recipes = (Recipe(authors=[".who"], valid_until=date(2020, 12, 31)), Recipe(authors=[".writer"]))
    with Archive.open(f"sqlite:///{tmp_path / 'archive.sqlite'}") as archive:
        replay(archive, tmp_path / "kept")[0].run()
        reread(archive, tmp_path / "kept", [(("example.org",), recipes)])
        found = {row.values["captured_at"].year: row.article.authors for row in archive.rows()}
    assert found == {2019: ["Samir Alaoui"], 2024: ["Amina Benali"]}


def test_fields_a_version_has_from_a_twin_are_read_from_the_twins_capture(tmp_path: Path) -> None:
    url = "https://example.org/story-1"
    html = story("Le marché de Fès", "Fès", url=url)
    more = html.replace("</head>", '<meta property="article:section" content="Villes"></head>')
    folder = tmp_path / "kept"
    written(folder, exchange(1, html.encode()), replace(exchange(1, more.encode()), url=f"{url}?print=1"))
    with Archive.open(f"sqlite:///{tmp_path / 'archive.sqlite'}") as archive:
        replay(archive, folder)[0].run()
        (before,) = archive.rows()
        assert (before.article.section, before.values["versions"]) == ("Villes", 1)
        place = before.article.provenance[CAPTURE]
        own = Folder(folder).message(Location(**place)).body
        assert b"Villes" not in own, "the version's own capture must not say it"
        report = reread(archive, folder)
        assert (report.same, report.differ, report.written) == (1, 0, 0), report.as_dict()
        (index,) = folder.glob("*.warc.gz.cdxj")
        index.write_text("".join(line for line in index.read_text().splitlines(True) if "print" not in line))
        report = reread(archive, folder)
        assert report.fields["section"].lost == 1, "without the twin it is not known any more"
