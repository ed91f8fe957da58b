"""Pages kept in files: saved .html pages, folders of them, and WARC files, read back with what is known of each.

A page's URL and capture time come from the `meta.json` beside `page.html`, from a sidecar (`NAME.json` beside
`NAME.html`), from what the caller states, or from the page itself (canonical link, og:url, the "saved from" comment of
a browser). What is not stated stays unknown: the clock and the file's own dates are never asked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from newsarchive.captures import listings, waczs, warcs
from newsarchive.captures.folder import Folder
from newsarchive.captures.found import Saved, Skipped
from newsarchive.captures.wanted import Wanted
from newsarchive.page import Page

HTML_SUFFIXES: Final = frozenset({".html", ".htm", ".xhtml", ".shtml"})
ARCHIVE_SUFFIXES: Final = (".warc", ".warc.gz", ".warc.zst", ".wacz", ".arc", ".arc.gz")
MAX_BYTES: Final = 10_000_000
_SAVED_FROM: Final = re.compile(rb"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
_BINARY_MAGIC: Final = (
    b"%PDF",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"PK\x03\x04",
    b"\x7fELF",
    b"\x1f\x8b",
    b"SQLite format",
)
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")

_WEB_BEGAN: Final = 1991  # no capture is older,
_CALENDAR_ENDS: Final = 9999  # nor of the last year a calendar can count in


class MetaError(ValueError):
    """A meta.json or sidecar that cannot be read; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """What is known of a saved page from outside of it."""

    url: str | None = None
    captured_at: datetime | None = None
    encoding: str | None = None
    last_modified: str | None = None


def read(
    paths: Iterable[Path],
    *,
    url: str | None = None,
    captured_at: datetime | None = None,
    wanted: Wanted = Wanted(),  # noqa: B008 - it is frozen
) -> Iterator[Saved | Skipped]:
    """Every page in `paths` (files, folders, WARC files), in a fixed order; what holds none is a Skipped with its reason.

    `url` and `captured_at` stand in where nothing else states them; `wanted` chooses among records.
    FileNotFoundError for a path that is not there.
    """
    stated = Meta(url=url, captured_at=captured_at)
    for path in paths:
        if path.is_dir():
            for file in files(path):
                yield from _file(file, stated, wanted)
        elif path.exists():
            yield from _file(path, stated, wanted)
        else:
            raise FileNotFoundError(2, "no such file or folder", str(path))


def files(folder: Path) -> Iterator[Path]:
    """The files of a tree that may hold pages, by their names, in a fixed order; links to folders are not followed.

    Of a snapshot of ArchiveBox, which keeps a page in many forms, the most faithful one is taken.
    """
    if best := _of_snapshot(folder):
        yield from best
        return
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            yield from files(path)
        elif path.suffix.lower() in HTML_SUFFIXES or path.name.lower().endswith(ARCHIVE_SUFFIXES):
            yield path


def _file(file: Path, stated: Meta, wanted: Wanted) -> Iterator[Saved | Skipped]:
    try:
        if waczs.is_wacz(file):
            for inside in waczs.warcs(file):
                yield from (
                    [inside] if isinstance(inside, Skipped) else warcs.read_inside(file, inside, MAX_BYTES, wanted)
                )
        elif warcs.is_warc(file):
            resolve = Folder(file.parent).resolve
            yield from warcs.read(file, max_bytes=MAX_BYTES, wanted=wanted, resolve=resolve)
        else:
            yield _page(file, stated)
    except OSError as error:
        yield Skipped(str(file), "unreadable file", error.strerror)


def one(file: Path, stated: Meta) -> Saved | Skipped:
    """The page of a saved file that is no WARC, or why there is none."""
    try:
        return _page(file, stated)
    except OSError as error:
        return Skipped(str(file), "unreadable file", error.strerror)


def _of_snapshot(folder: Path) -> list[Path]:
    """The files of a snapshot of ArchiveBox to read: its WARC, or its DOM, or its single file; none for other folders."""
    if _snapshot(folder) is None:
        return []
    kept = sorted((folder / "warc").glob("*.warc*")) if (folder / "warc").is_dir() else []
    forms = (folder / name for name in ("output.html", "singlefile.html"))
    return kept or next(([form] for form in forms if form.is_file()), [])


def _snapshot(folder: Path) -> Meta | None:
    """What the index.json of a snapshot of ArchiveBox says; None for other folders."""
    index = folder / "index.json"
    if not index.is_file():
        return None
    try:
        values = json.loads(index.read_bytes())
    except (ValueError, RecursionError, OSError):
        return None
    if not isinstance(values, dict) or not {"url", "timestamp", "history"} <= values.keys():
        return None
    try:
        moment = datetime.fromtimestamp(float(values["timestamp"]), UTC)
    except (ValueError, TypeError, OverflowError, OSError):
        moment = None
    return Meta(url=str(values["url"]), captured_at=moment)


def _page(file: Path, stated: Meta) -> Saved | Skipped:
    """One saved page, or why it is none."""
    place = str(file)
    with file.open("rb") as stream:
        body = stream.read(MAX_BYTES + 1)
    if not body.strip():
        return Skipped(place, "empty file")
    if len(body) > MAX_BYTES:
        return Skipped(place, "too large", f"more than {MAX_BYTES} bytes")
    if is_binary(body):
        return Skipped(place, "not html")
    if kind := listings.kind_of(body):
        return Skipped(place, kind)
    try:
        meta = beside(file)
    except MetaError as error:
        return Skipped(place, "bad metadata", str(error))
    page = Page(
        url=meta.url or stated.url or "",
        body=body,
        captured_at=meta.captured_at or stated.captured_at,
        encoding=meta.encoding,
        last_modified=meta.last_modified,
    )
    if page.url:
        return Saved(place, page)
    url = own_url(page)
    if url is None:
        return Skipped(place, "no url", "the page does not say its address, and no meta.json or --url does")
    return Saved(
        place,
        Page(
            url=url, body=body, captured_at=page.captured_at, encoding=page.encoding, last_modified=page.last_modified
        ),
    )


def is_binary(body: bytes) -> bool:
    """True for bytes that no text encoding of the web explains: a known magic number, or zero bytes without UTF-16."""
    head = body[:4096]
    return head.startswith(_BINARY_MAGIC) or (b"\x00" in head and not head.startswith(_UTF16))


def beside(file: Path) -> Meta:
    """What stands beside a page: `meta.json` for `page.html`, else its own sidecar; empty where there is none."""
    names = [f"{file.name}.json", f"{file.stem}.json", f"{file.stem}.meta.json"]
    if file.stem == "page":
        names.insert(0, "meta.json")
    for name in names:
        sidecar = file.with_name(name)
        if sidecar.is_file():
            return meta(sidecar)
    return _snapshot(file.parent) or Meta()


def meta(file: Path) -> Meta:
    """A meta.json: {"url", "captured_at", "encoding", "last_modified"}, all optional; MetaError says what is wrong."""
    try:
        values = json.loads(file.read_bytes())
    except (ValueError, RecursionError) as error:
        raise MetaError(f"{file.name} is not JSON: {error}") from error
    if not isinstance(values, dict):
        raise MetaError(f"{file.name} is no JSON object")
    moment = _text(values, "captured_at", file)
    return Meta(
        url=_text(values, "url", file),
        captured_at=instant(moment) if moment else None,
        encoding=_text(values, "encoding", file),
        last_modified=_text(values, "last_modified", file),
    )


def instant(text: str) -> datetime:
    """The time of a capture, aware, from ISO 8601; without a zone it is UTC. MetaError when it can be none."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise MetaError(f"not a time in ISO 8601 (2025-12-25T10:00:00+00:00): {text!r}") from error
    if not _WEB_BEGAN <= moment.year < _CALENDAR_ENDS:
        raise MetaError(f"not a time at which a page can have been captured: {text!r}")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def own_url(page: Page) -> str | None:
    """The address a page states of itself: canonical link, og:url, then a browser's "saved from" comment."""
    for selector, attribute in (('link[rel~="canonical" i]', "href"), ('meta[property="og:url" i]', "content")):
        node = page.tree.css_first(selector)
        value = (node.attributes.get(attribute) or "").strip() if node else ""
        if value.startswith(("http://", "https://")):
            return value
    match = _SAVED_FROM.search(page.body[:4096])
    return match[1].decode("ascii", "replace") if match and match[1].startswith(b"http") else None


def _text(values: dict[str, Any], name: str, file: Path) -> str | None:
    value = values.get(name)
    if value is not None and not isinstance(value, str):
        raise MetaError(f"{name} in {file.name} is no string")
    return value or None
