"""Articles to columns and back; pure functions.

Text is kept to the letter but for what no database can hold: NUL characters and lone surrogates are left out.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from math import isfinite
from typing import Any, Final
from urllib.parse import urlsplit

from newsarchive import urls
from newsarchive.archive.fingerprints import WORTH_COMPARING, content_digest, normalised, text_digest, url_key
from newsarchive.article import (
    Article,
    DateEvidence,
    Image,
    Paragraph,
    ParagraphKind,
    Precision,
    PublishedDate,
    Verdict,
    Zone,
)

CAPTURE: Final = "capture"
"""The entry of an article's provenance that says where its raw page is kept."""

_RANK: Final = {Verdict.ARTICLE: 3, Verdict.LIVE_BLOG: 3, Verdict.MEDIA: 2, Verdict.TEASER: 1}


@dataclass(slots=True, kw_only=True)
class Prepared:
    """An article ready to be written: its keys, its digests and the columns of its version."""

    url: str
    site: str
    keys: dict[bytes, str]
    """Digest to URL; the canonical one first, then the aliases."""
    seen: datetime
    verdict: Verdict
    words: str
    """The normalised text."""
    disputed: str | None = None
    """The URL the page named its own, where that is another article's."""
    values: dict[str, Any] = field(default_factory=dict)
    sketch: bytes | None = None
    """The sketch of the text, where it was made already."""
    searched: tuple[str, str] | None = None
    """Title and text in the words of search, where they were made already."""

    def name(self, names: Iterable[str]) -> None:
        """Let more URLs lead to the article."""
        cleaned = (clean(name) for name in names)
        self.keys |= {key: url for url in cleaned if url and (key := url_key(url)) not in self.keys}

    @property
    def length(self) -> int:
        """Characters of the normalised text."""
        return len(self.words)

    @property
    def published_at(self) -> datetime | None:
        """The instant of publication where it is known to the minute."""
        return exact(self.values["published_at"], self.values["published_precision"])

    @property
    def payload(self) -> str | None:
        """The digest of the raw page, where its text alone is too short to tell it from others."""
        digest: str | None = self.values["capture_digest"]
        return digest if self.length < WORTH_COMPARING else None

    @property
    def rank(self) -> int:
        """How much the page is worth keeping, from 0 (not readable) to 3 (whole)."""
        return _RANK.get(self.verdict, 0)


def exact(instant: datetime | None, precision: str | None) -> datetime | None:
    """An instant that is known to the minute or better; None for others."""
    return instant if precision in (Precision.MINUTE, Precision.SECOND) else None


def rank(verdict: str) -> int:
    """The rank of a verdict as a column holds it."""
    return _RANK.get(Verdict(verdict), 0)


def prepare(article: Article, now: datetime, cause: str = "site") -> Prepared:
    """The rows of an article; raises ValueError or TypeError where it cannot be one (no URL, a wrong type)."""
    url = clean(article.url)
    if not url:
        raise ValueError("an article without URL")
    seen = article.captured_at or now
    if seen.tzinfo is None:
        seen = seen.replace(tzinfo=UTC)
    keys = {url_key(u): u for u in (url, *(clean(alias) for alias in article.aliases)) if u}
    verdict = Verdict(article.verdict)
    values = _version(article)
    words = normalised(version_text(values["standfirst"], values["body"]))
    values |= {
        "captured_at": seen if article.captured_at else None,
        "verdict": verdict.value,
        "text_digest": text_digest(words),
        "content_digest": content_digest(normalised(values["title"]), words),
        "text_length": len(words),
        "cause": cause,
    }
    site = (clean(article.site) or site_of(url) or "unknown")[:255]
    return Prepared(url=url, site=site, keys=keys, seen=seen, verdict=verdict, words=words, values=values)


def site_of(url: str) -> str | None:
    """The site of a URL, or None where it has no host."""
    try:
        return (urls.site(url) if urlsplit(url).netloc else None) or None
    except ValueError:
        return None


def clean(text: str | None) -> str | None:
    """A text without NUL characters and lone surrogates; None where nothing is left."""
    if not text:
        return None
    text = str(text)
    if "\x00" in text:
        text = text.replace("\x00", "")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = text.encode("utf-8", "ignore").decode("utf-8")
    return text or None


def clean_json(value: Any) -> Any:
    """A value of JSON with every text in it clean."""
    if isinstance(value, str):
        return clean(value) or ""
    if isinstance(value, Mapping):
        return {clean(str(key)) or "": clean_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [clean_json(item) for item in value]
    if isinstance(value, float) and not isfinite(value):
        return None  # JSON has no such number, and PostgreSQL refuses it
    if value is None or isinstance(value, bool | int | float):
        return value
    return clean(str(value))


def _version(article: Article) -> dict[str, Any]:
    body, kinds = _body(article)
    return {
        "title": clean(article.title),
        "standfirst": clean(article.standfirst),
        "standfirst_truncated": bool(article.standfirst_truncated),
        "body": body,
        "body_kinds": kinds,
        **_published(article.published),
        **_date("modified", article.modified),
        "authors": clean_json(article.authors) or None,
        "agencies": clean_json(article.agencies) or None,
        "images": [_object(image) for image in article.images] or None,
        "section": clean(article.section),
        "tags": clean_json(article.tags) or None,
        "language": (clean(article.language) or "")[:35] or None,
        "publisher": clean(article.publisher),
        "is_free": article.is_free,
        "amp_url": clean(article.amp_url),
        "date_evidence": [_object(seen) for seen in article.date_evidence] or None,
        "provenance": clean_json({name: rule for name, rule in article.provenance.items() if name != CAPTURE}) or None,
        **_capture(article.provenance.get(CAPTURE)),
        "extractor": clean(article.extractor),
    }


def _capture(location: Any) -> dict[str, Any]:
    """Where the raw page is kept, from {"file", "offset", "length", "digest"}; nulls where it was not."""
    known = location if isinstance(location, Mapping) else {}
    return {f"capture_{name}": known.get(name) for name in ("file", "offset", "length", "digest")}


def _location(row: Mapping[str, Any]) -> dict[str, Any]:
    if row["capture_file"] is None:
        return {}
    return {CAPTURE: {name: row[f"capture_{name}"] for name in ("file", "offset", "length", "digest")}}


def _object(value: Image | DateEvidence) -> dict[str, Any]:
    return {key: clean_json(item) for key, item in asdict(value).items() if item is not None}


def _body(article: Article) -> tuple[str | None, list[str] | None]:
    """The paragraphs joined by newlines and their kinds (None where all are text); a newline inside one splits it."""
    lines: list[str] = []
    kinds: list[str] = []
    for paragraph in article.body:
        kind = getattr(paragraph, "kind", ParagraphKind.TEXT)
        for line in (clean(paragraph) or "").split("\n"):
            if line.strip():
                lines.append(line)
                kinds.append(str(kind))
    return "\n".join(lines) or None, kinds if any(kind != "text" for kind in kinds) else None


def version_text(standfirst: str | None, body: str | None) -> str:
    """Standfirst and body, each once, as `Article.text` has it."""
    if not standfirst or not body:
        return standfirst or body or ""
    return body if standfirst in body.split("\n") else f"{standfirst}\n{body}"


def _published(stated: PublishedDate | None) -> dict[str, Any]:
    first, last = period(stated) if stated else (None, None)
    return {**_date("published", stated), "published_from": first, "published_to": last}


def period(stated: PublishedDate) -> tuple[date, date]:
    """The first and the last day a date can mean, as the site counts days."""
    day = stated.value.date()
    if stated.precision == Precision.YEAR:
        return date(day.year, 1, 1), date(day.year, 12, 31)
    if stated.precision == Precision.MONTH:
        return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    return day, day


def _date(which: str, stated: PublishedDate | None) -> dict[str, Any]:
    names = ("at", "precision", "zone", "offset", "raw", "source", "rule", "confidence", "ambiguous")
    columns: tuple[Any, ...] = (None,) * len(names)
    if stated is not None:
        offset = stated.value.utcoffset()
        try:
            instant = stated.value.astimezone(UTC) if offset is not None else stated.value.replace(tzinfo=UTC)
        except OverflowError:  # the first or the last day of the calendar
            instant = stated.value.replace(tzinfo=UTC)
            offset = timedelta(0)
        columns = (
            instant,
            Precision(stated.precision).value,
            Zone(stated.zone).value,
            int(offset.total_seconds()) if offset is not None else None,
            clean(stated.raw),
            clean(stated.source),
            clean(stated.rule),
            stated.confidence,
            stated.ambiguous,
        )
    return {f"{which}_{name}": value for name, value in zip(names, columns, strict=True)}


def stated_date(row: Mapping[str, Any], which: str) -> PublishedDate | None:
    """The date `which` ("published", "modified") of a row of versions."""
    instant: datetime | None = row[f"{which}_at"]
    if instant is None:
        return None
    offset = row[f"{which}_offset"]
    return PublishedDate(
        value=instant.replace(tzinfo=None)
        if offset is None
        else instant.astimezone(timezone(timedelta(seconds=offset)) if offset else UTC),
        precision=Precision(row[f"{which}_precision"]),
        raw=row[f"{which}_raw"] or "",
        source=row[f"{which}_source"] or "",
        confidence=row[f"{which}_confidence"],
        zone=Zone(row[f"{which}_zone"]),
        rule=row[f"{which}_rule"],
        ambiguous=bool(row[f"{which}_ambiguous"]),
    )


def article(row: Mapping[str, Any], aliases: list[str]) -> Article:
    """The article of a row that joins articles, sites and versions."""
    lines = row["body"].split("\n") if row["body"] else []
    kinds = row["body_kinds"] or [ParagraphKind.TEXT] * len(lines)
    return Article(
        url=row["url"],
        site=row["site"],
        title=row["title"],
        standfirst=row["standfirst"],
        standfirst_truncated=row["standfirst_truncated"],
        body=[Paragraph(line, kind) for line, kind in zip(lines, kinds, strict=True)],
        published=stated_date(row, "published"),
        modified=stated_date(row, "modified"),
        authors=row["authors"] or [],
        agencies=row["agencies"] or [],
        images=[Image(**image) for image in row["images"] or []],
        section=row["section"],
        tags=row["tags"] or [],
        language=row["language"],
        publisher=row["publisher"],
        verdict=Verdict(row["verdict"]),
        is_free=row["is_free"],
        amp_url=row["amp_url"],
        aliases=aliases,
        captured_at=row["captured_at"],
        date_evidence=[DateEvidence(**seen) for seen in row["date_evidence"] or []],
        provenance={**(row["provenance"] or {}), **_location(row)},
        extractor=row["extractor"],
    )
