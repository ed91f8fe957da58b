"""Scrapy's feed exports (`-O articles.json`) for articles: flat, with the field names of `newsarchive export`.

Items of other kinds are exported as Scrapy does.
"""

from __future__ import annotations

import json
from contextlib import ExitStack
from datetime import UTC
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from scrapy.exporters import CsvItemExporter, JsonItemExporter, JsonLinesItemExporter, XmlItemExporter
from scrapy.extensions.feedexport import FileFeedStorage

from newsarchive.article import Article, PublishedDate
from newsarchive.export import escaped
from newsarchive.export.files import replaced

if TYPE_CHECKING:
    from scrapy import Spider
    from twisted.internet.defer import Deferred


def record(article: Article) -> dict[str, Any]:
    """An article as the plain values of JSON: what `newsarchive export` gives, but for what only the archive knows."""
    published, modified, captured = article.published, article.modified, article.captured_at
    return {
        "url": article.url,
        "site": article.site,
        "title": article.title,
        "standfirst": article.standfirst,
        "body": "\n".join(article.body) or None,
        "date_published": _stated(published),
        "date_published_precision": str(published.precision) if published else None,
        "date_modified": _stated(modified),
        "authors": list(article.authors),
        "images": [
            {"url": image.url, "alt": image.alt, "caption": image.caption, "credit": image.credit}
            for image in article.images
        ],
        "section": article.section,
        "tags": list(article.tags),
        "language": article.language,
        "verdict": str(article.verdict),
        "aliases": list(article.aliases),
        "standfirst_truncated": article.standfirst_truncated,
        "date_published_zone": str(published.zone) if published else None,
        "date_published_source": published.source if published else None,
        "date_published_confidence": published.confidence if published else None,
        "date_published_raw": published.raw if published else None,
        "date_modified_precision": str(modified.precision) if modified else None,
        "agencies": list(article.agencies),
        "publisher": article.publisher,
        "is_free": article.is_free,
        "captured_at": captured.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if captured else None,
        "extractor": article.extractor,
    }


def _stated(date: PublishedDate | None) -> str | None:
    return date.isoformat() if date else None


def _plain(item: Any) -> Any:
    return record(item) if isinstance(item, Article) else item


def _cell(value: Any) -> Any:
    """A value for a cell of a table that no spreadsheet takes for a formula."""
    if isinstance(value, str):
        return escaped(value)
    if isinstance(value, list):
        if all(isinstance(part, str) for part in value):
            return escaped("\n".join(value))
        return json.dumps(value, ensure_ascii=False)
    return value


class ArticleJson(JsonItemExporter):
    """JSON, one array."""

    def export_item(self, item: Any) -> None:
        """Write one item."""
        super().export_item(_plain(item))


class ArticleJsonLines(JsonLinesItemExporter):
    """JSON, a line an item."""

    def export_item(self, item: Any) -> None:
        """Write one item."""
        super().export_item(_plain(item))


class ArticleXml(XmlItemExporter):
    """XML."""

    def export_item(self, item: Any) -> None:
        """Write one item; absent values are empty."""
        super().export_item(_without_none(_plain(item)) if isinstance(item, Article) else item)


def _without_none(value: Any) -> Any:
    """Plain values with "" for None, which XML has no word for."""
    if isinstance(value, dict):
        return {name: _without_none(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_without_none(part) for part in value]
    return "" if value is None else value


class ArticleCsv(CsvItemExporter):
    """CSV; the cells of articles are safe for spreadsheets."""

    def export_item(self, item: Any) -> None:
        """Write one row."""
        plain = _plain(item)
        super().export_item({k: _cell(v) for k, v in plain.items()} if plain is not item else item)


class WholeFileStorage(FileFeedStorage):
    """A feed's file, written whole or not at all: with `overwrite` (-O) it takes its place at the end and at once."""

    def __init__(self, uri: str, *, feed_options: dict[str, Any] | None = None) -> None:
        super().__init__(uri, feed_options=feed_options)
        self._open = ExitStack()

    def open(self, spider: Spider) -> IO[bytes]:
        """The file to write to."""
        if self.write_mode != "wb":
            return super().open(spider)
        path = Path(self.path)
        path.parent.mkdir(parents=True, exist_ok=True)
        return cast("IO[bytes]", self._open.enter_context(replaced(path, force=True)))

    def store(self, file: IO[bytes]) -> Deferred[None] | None:
        """Close the file, and put it in its place."""
        if self.write_mode != "wb":
            return super().store(file)
        self._open.close()
        return None
