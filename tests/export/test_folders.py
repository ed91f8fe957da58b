from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from newsarchive import export
from newsarchive.archive import Archive, Filters
from newsarchive.article import Precision, PublishedDate, Zone
from newsarchive.export import ExistsError, ExportError, Manifest
from newsarchive.export.manifests import mismatch
from tests.archive.samples import CAPTURED, article


def dated(number: int, year: int | None, site: str = "example.org") -> Any:
    published = None
    if year is not None:
        published = PublishedDate(
            value=CAPTURED.replace(year=year),
            precision=Precision.DAY,
            raw=str(year),
            source="url",
            confidence=0.9,
            zone=Zone.STATED,
        )
    return article(number, url=f"https://{site}/{number}", site=site, published=published)


def urls(folder: Path, manifest: Manifest) -> list[str]:
    return [
        json.loads(line)["url"] for part in manifest.files for line in (folder / part.path).read_text().splitlines()
    ]


def test_a_folder_holds_files_of_so_many_rows_and_a_manifest_of_them(archive: Archive, tmp_path: Path) -> None:
    archive.save([article(number) for number in range(5)])
    made = export.write_folder(archive, tmp_path / "out", "jsonl", rows_per_file=2)
    assert [(part.path, part.rows) for part in made.files] == [
        ("part-00001.jsonl", 2),
        ("part-00002.jsonl", 2),
        ("part-00003.jsonl", 1),
    ]
    held = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert (held["complete"], held["rows"], held["schema"]) == (True, 5, 1)
    assert not any(mismatch(tmp_path / "out" / part.path, part) for part in made.files)
    assert urls(tmp_path / "out", made) == [stored.values["url"] for stored in archive.rows()]


def test_parquet_lies_by_site_and_year_as_its_readers_know_it(archive: Archive, tmp_path: Path) -> None:
    archive.save([dated(1, 2004), dated(2, 2005), dated(3, 2004), dated(4, None), dated(5, 2004, "autre.example")])
    made = export.write_folder(archive, tmp_path / "out", "parquet", partition=True)
    assert [(part.path, part.rows) for part in made.files] == [
        ("site=autre.example/year=2004/part-00001.parquet", 1),
        ("site=example.org/year=__HIVE_DEFAULT_PARTITION__/part-00002.parquet", 1),
        ("site=example.org/year=2004/part-00003.parquet", 2),
        ("site=example.org/year=2005/part-00004.parquet", 1),
    ]
    table = ds.dataset(tmp_path / "out", partitioning="hive", exclude_invalid_files=True).to_table(
        filter=(ds.field("year") == 2004) & (ds.field("site") == "example.org")
    )
    assert table.column("url").to_pylist() == ["https://example.org/1", "https://example.org/3"]


def test_parquet_has_typed_columns_and_the_version_of_its_schema(archive: Archive, tmp_path: Path) -> None:
    archive.save([article(1)])
    export.write(archive, tmp_path / "a.parquet", "parquet")
    schema = pq.read_schema(tmp_path / "a.parquet")
    assert schema.metadata[b"newsarchive.schema"] == b"1"
    assert str(schema.field("first_seen").type) == "timestamp[us, tz=UTC]"
    assert str(schema.field("authors").type) == "list<element: string>"
    assert not schema.field("url").nullable
    assert schema.field("title").nullable


def test_a_folder_export_goes_on_where_it_was_broken_off(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.save([article(number) for number in range(10)])
    rows = archive.rows

    def breaking(*args: Any, **options: Any) -> Iterator[Any]:
        for number, stored in enumerate(rows(*args, **options)):
            if number == 5:
                raise RuntimeError
            yield stored

    monkeypatch.setattr(archive, "rows", breaking)
    with pytest.raises(RuntimeError):
        export.write_folder(archive, tmp_path / "out", "jsonl", rows_per_file=2)
    monkeypatch.undo()
    first = (tmp_path / "out" / "part-00001.jsonl").stat()
    made = export.write_folder(archive, tmp_path / "out", "jsonl", rows_per_file=2)
    assert (tmp_path / "out" / "part-00001.jsonl").stat().st_ino == first.st_ino
    assert (made.complete, made.rows, len(made.files)) == (True, 10, 5)
    assert urls(tmp_path / "out", made) == [stored.values["url"] for stored in archive.rows()]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "manifest.json",
        *(f"part-{number:05}.jsonl" for number in range(1, 6)),
    ]


@pytest.mark.parametrize("stop", range(1, 6))
def test_a_partitioned_export_goes_on_at_any_place(archive: Archive, tmp_path: Path, stop: int) -> None:
    archive.save([dated(number, 2000 + number % 3, f"s{number % 2}.example") for number in range(12)])
    whole = export.write_folder(archive, tmp_path / "whole", "jsonl", partition=True, rows_per_file=2)
    part = export.write_folder(archive, tmp_path / "part", "jsonl", partition=True, rows_per_file=2)
    part.complete, part.files = False, part.files[:stop]
    part.rows = sum(each.rows for each in part.files)
    part.save(tmp_path / "part" / "manifest.json")
    again = export.write_folder(archive, tmp_path / "part", "jsonl", partition=True, rows_per_file=2)
    assert urls(tmp_path / "part", again) == urls(tmp_path / "whole", whole)


def test_a_finished_export_another_one_and_foreign_files_are_not_written_over(archive: Archive, tmp_path: Path) -> None:
    archive.save([article(1)])
    done = tmp_path / "done"
    made = export.write_folder(archive, done, "jsonl")
    with pytest.raises(ExistsError):
        export.write_folder(archive, done, "jsonl")
    made.complete = False
    made.save(done / "manifest.json")
    with pytest.raises(ExportError, match="another export"):
        export.write_folder(archive, done, "csv")
    assert export.write_folder(archive, done, "csv", force=True).complete
    assert sorted(path.name for path in done.iterdir()) == ["manifest.json", "part-00001.csv"]
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "thesis.txt").write_text("mine")
    with pytest.raises(ExportError, match="holds no export of ours"):
        export.write_folder(archive, foreign, "jsonl", force=True)


def test_a_site_with_a_name_no_folder_can_have_is_written_inside_the_folder(archive: Archive, tmp_path: Path) -> None:
    archive.save([dated(1, 2004, "../../up"), dated(2, 2004, "x" * 250 + "é")])
    made = export.write_folder(archive, tmp_path / "out", "jsonl", partition=True)
    assert made.rows == 2
    assert all((tmp_path / "out" / part.path).resolve().is_relative_to(tmp_path / "out") for part in made.files)
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix != ".sqlite") == sorted(
        path.name for path in tmp_path.iterdir() if path.suffix != ".sqlite" and path.name != "up"
    )


def test_an_export_since_the_last_takes_only_what_came_since(archive: Archive, tmp_path: Path) -> None:
    archive.save([article(1)])
    assert export.write_folder(archive, tmp_path / "one", "jsonl", since_last="nightly").rows == 1
    archive.save([article(2)])
    made = export.write_folder(archive, tmp_path / "two", "jsonl", since_last="nightly")
    assert urls(tmp_path / "two", made) == ["https://example.org/news/2"]


def test_every_version_is_a_row_of_its_own(archive: Archive, tmp_path: Path) -> None:
    archive.save([article(1)])
    archive.save([article(1, title="Autre titre")])
    made = export.write_folder(archive, tmp_path / "out", "jsonl", Filters(every_version=True))
    rows = [json.loads(line) for line in (tmp_path / "out" / made.files[0].path).read_text().splitlines()]
    assert [(row["id"], row["version"], row["title"]) for row in rows] == [
        (1, 1, "Le port rouvre, jour 1"),
        (1, 2, "Autre titre"),
    ]
