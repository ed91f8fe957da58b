"""What payloads are kept raw already, and how far replays have come: rows of two small tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select, update

from newsarchive.archive.knowing import chunks
from newsarchive.archive.models import Article, Capture, Checkpoint, Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """The first capture of a payload: its digest, whose it was and when, and where it is kept."""

    digest: str
    url: str
    captured_at: datetime
    file: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a replay has come: parts done, the part and the place in it that come next, and counts."""

    units: int
    place: str
    position: int
    records: int
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """How far the replay of an input (its key) has come; `progress` is None when it is through."""

    input: str
    progress: Progress | None


def find(connection: Connection, digests: Sequence[str]) -> list[Payload]:
    """The payloads of these digests that are known."""
    columns = (Capture.digest, Capture.url, Capture.captured_at, Capture.file, Capture.file_offset, Capture.file_length)
    found: list[Payload] = []
    for part in chunks(digests):
        for digest, url, captured_at, file, offset, length in connection.execute(
            select(*columns).where(Capture.digest.in_(part))
        ):
            found.append(
                Payload(digest=digest, url=url, captured_at=captured_at, file=file, offset=offset, length=length)
            )
    return found


def keep(connection: Connection, payloads: Iterable[Payload]) -> None:
    """Remember payloads; of one that is known the newer place is kept."""
    new = {payload.digest: payload for payload in payloads}
    for known in find(connection, list(new)):
        payload = new.pop(known.digest)
        connection.execute(update(Capture).where(Capture.digest == known.digest).values(_values(payload)))
    if new:
        connection.execute(insert(Capture), [{"digest": one.digest, **_values(one)} for one in new.values()])


def _values(payload: Payload) -> dict[str, object]:
    return {
        "url": payload.url,
        "captured_at": payload.captured_at,
        "file": payload.file,
        "file_offset": payload.offset,
        "file_length": payload.length,
    }


def places(connection: Connection) -> Iterator[tuple[str, str, int, int, str]]:
    """Where the captures of all versions are: address, file, offset, length and digest, in the order of the files."""
    columns = (Version.capture_file, Version.capture_offset, Version.capture_length, Version.capture_digest)
    statement = select(Article.url, *columns).join(Article, Article.id == Version.article_id)
    statement = statement.where(Version.capture_file.is_not(None))
    for url, file, offset, length, digest in connection.execution_options(yield_per=1_000).execute(
        statement.order_by(Version.capture_file, Version.capture_offset)
    ):
        yield url, file or "", offset or 0, length or 0, digest or ""


def progress(connection: Connection, key: str) -> Progress | None:
    """How far the replay of an input has come; None where none is under way."""
    columns = (Checkpoint.units, Checkpoint.place, Checkpoint.position, Checkpoint.records, Checkpoint.articles)
    row = connection.execute(select(*columns).where(Checkpoint.input == key)).first()
    if row is None:
        return None
    units, place, position, records, articles = row
    return Progress(units=units, place=place, position=position, records=records, articles=articles)


def proceed(connection: Connection, key: str, now: Progress | None) -> None:
    """Note how far it has come; None when it is through."""
    if now is None:
        connection.execute(delete(Checkpoint).where(Checkpoint.input == key))
        return
    values = {
        "units": now.units,
        "place": now.place,
        "position": now.position,
        "records": now.records,
        "articles": now.articles,
        "updated_at": datetime.now(UTC),
    }
    if not connection.execute(update(Checkpoint).where(Checkpoint.input == key).values(values)).rowcount:
        connection.execute(insert(Checkpoint).values(input=key, **values))
