"""Saved pages are read with what is known of them, and never with what is not."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsarchive.captures import Saved, Skipped, read
from newsarchive.captures.saved import MetaError, instant

HTML = "<html><head><title>A</title></head><body><p>One story.</p></body></html>"
CHRISTMAS = datetime(2025, 12, 25, tzinfo=UTC)


def saved(*paths: Path, url: str | None = None, captured_at: datetime | None = None) -> list[Saved | Skipped]:
    return list(read(paths, url=url, captured_at=captured_at))


def reason(path: Path, url: str | None = None) -> str:
    (found,) = saved(path, url=url)
    assert isinstance(found, Skipped), found
    return found.reason


def page(folder: Path, name: str = "page.html", html: str = HTML, **meta: object) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(html, "utf-8")
    if meta:
        sidecar = "meta.json" if name == "page.html" else Path(name).with_suffix(".json").name
        (folder / sidecar).write_text(json.dumps(meta))
    return folder / name


def test_a_fixture_folder_states_url_time_and_encoding(tmp_path: Path) -> None:
    page(tmp_path, url="https://example.org/a", captured_at="2025-12-25T10:00:00+01:00", encoding="latin-1")
    (found,) = saved(tmp_path)
    assert isinstance(found, Saved)
    assert found.page.url == "https://example.org/a"
    assert found.page.captured_at == datetime(2025, 12, 25, 9, 0, tzinfo=UTC)
    assert found.page.encoding == "latin-1"


def test_a_sidecar_beside_a_page_of_any_name_is_read(tmp_path: Path) -> None:
    (found,) = saved(page(tmp_path, "story.htm", url="https://example.org/b"))
    assert isinstance(found, Saved)
    assert found.page.url == "https://example.org/b"


def test_what_the_command_states_stands_in_only_where_the_page_has_no_meta(tmp_path: Path) -> None:
    page(tmp_path / "a", url="https://example.org/a", captured_at="2024-01-01T00:00:00Z")
    page(tmp_path / "b")
    first, second = saved(tmp_path, url="https://example.org/stated", captured_at=CHRISTMAS)
    assert isinstance(first, Saved)
    assert isinstance(second, Saved)
    assert (first.page.url, second.page.url) == ("https://example.org/a", "https://example.org/stated")
    assert first.page.captured_at == datetime(2024, 1, 1, tzinfo=UTC)
    assert second.page.captured_at == CHRISTMAS


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="canonical" href="https://example.org/own">',
        '<link rel="CANONICAL nofollow" href=" https://example.org/own ">',
        '<meta property="og:url" content="https://example.org/own">',
        "<!-- saved from url=(0023)https://example.org/own -->",
    ],
)
def test_a_page_may_state_its_own_address(tmp_path: Path, head: str) -> None:
    (found,) = saved(page(tmp_path, "x.html", HTML.replace("<head>", f"<head>{head}")))
    assert isinstance(found, Saved)
    assert found.page.url == "https://example.org/own"


def test_the_time_of_capture_is_never_the_files_own(tmp_path: Path) -> None:
    (found,) = saved(page(tmp_path, url="https://example.org/a"))
    assert isinstance(found, Saved)
    assert found.page.captured_at is None


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty file"),
        (b" \n\t", "empty file"),
        (b"\x89PNG\r\n\x1a\n....", "not html"),
        (b"%PDF-1.7 ...", "not html"),
        (bytes(range(256)) * 4, "not html"),
        (b"<p>" + b"a" * 10_000_001, "too large"),
        (HTML.encode(), "no url"),
    ],
)
def test_a_file_that_holds_no_page_is_a_reason(tmp_path: Path, data: bytes, why: str) -> None:
    (tmp_path / "x.html").write_bytes(data)
    assert reason(tmp_path / "x.html") == why


@pytest.mark.parametrize("meta", ["{", "[]", '{"url": 3}', '{"captured_at": "yesterday"}', '{"a":' * 5000])
def test_a_broken_meta_json_is_a_reason(tmp_path: Path, meta: str) -> None:
    file = page(tmp_path)
    (tmp_path / "meta.json").write_text(meta)
    assert reason(file, url="https://example.org/a") == "bad metadata"


def test_utf16_is_no_binary(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_bytes(HTML.encode("utf-16"))
    (found,) = saved(tmp_path / "x.html", url="https://example.org/a")
    assert isinstance(found, Saved)
    assert "One story." in found.page.text


def test_a_tree_is_read_in_a_fixed_order_and_other_files_are_left_alone(tmp_path: Path) -> None:
    for name in ("b", "a", "c"):
        page(tmp_path / name, url=f"https://example.org/{name}")
    (tmp_path / "a" / "style.css").write_text("p {}")
    (tmp_path / "a" / "article.json").write_text("{}")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    urls = [found.page.url for found in saved(tmp_path) if isinstance(found, Saved)]
    assert urls == ["https://example.org/a", "https://example.org/b", "https://example.org/c"]


def test_a_path_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        saved(tmp_path / "nothing")


@pytest.mark.parametrize(
    "text", ["2025-12-25", "2025-12-25T00:00:00", "2025-12-25T01:00:00+01:00", "2025-12-25T00:00Z"]
)
def test_a_time_without_zone_is_utc(text: str) -> None:
    assert instant(text) == CHRISTMAS


def test_a_time_that_is_none_is_told() -> None:
    with pytest.raises(MetaError, match="ISO 8601"):
        instant("last Christmas")


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31T23:59:59+00:00"])
def test_a_capture_before_the_web_or_at_the_end_of_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(MetaError, match="captured"):
        instant(text)
