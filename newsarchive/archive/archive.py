"""The archive: articles in, each once; articles out; a ledger of every URL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Final, Literal, Self, TypeVar

from sqlalchemy import Connection, Engine, select

from newsarchive.archive import (
    counting,
    ledger,
    neighbours,
    payloads,
    reading,
    restoring,
    saving,
    schedule,
    schema,
    stories,
)
from newsarchive.archive.buckets import Buckets
from newsarchive.archive.crawling import Crawling
from newsarchive.archive.deciding import decide, outcome, undisputed
from newsarchive.archive.engine import connect, translated, writing
from newsarchive.archive.engine import reading as one_state
from newsarchive.archive.errors import ArchiveError, BrokenOffError, RowError, shown
from newsarchive.archive.fingerprints import url_key
from newsarchive.archive.knowing import known
from newsarchive.archive.models import Site
from newsarchive.archive.outcomes import Entry, Outcome, State, Validators
from newsarchive.archive.payloads import Done
from newsarchive.archive.reading import Filters, LedgerRow, Stored
from newsarchive.archive.replays import Replays
from newsarchive.archive.rows import Prepared, prepare
from newsarchive.archive.runs import Runs
from newsarchive.archive.search import finding
from newsarchive.archive.search.finding import Found
from newsarchive.archive.upkeep import Upkeep
from newsarchive.article import Article

_T = TypeVar("_T")
_TRIES: Final = 3
"""How often a batch is written when the database broke it off (a deadlock, a lost connection)."""

_LINK_EVERY: Final = 500
"""Articles saved after which their copies are looked for, where that is not done at once."""


class Archive(Runs, Crawling, Replays, Upkeep):
    """A database of articles.

    Its methods raise ArchiveError with one clear line when the database cannot be reached, read or written. It may be
    used by several threads, and one database by many processes.
    """

    def __init__(self, engine: Engine, url: str) -> None:
        super().__init__(engine, url)
        self.run_id: int | None = None
        self._indexes = True
        # Writers of PostgreSQL do not see each other's articles before they are committed.
        self._later = engine.dialect.name == "postgresql"
        self._waiting = 0
        self._buckets = Buckets()
        self.revisits: Sequence[timedelta] = schedule.REVISITS
        """The ages at which an article of a crawled site is read again."""

    @classmethod
    def open(cls, url: str, *, create: bool = True) -> Self:
        """The archive at an SQLAlchemy URL, its schema made or brought up to date.

        `create=False` refuses a database that holds no archive yet, and leaves it as it is: for who only wants to read.
        """
        engine = connect(url, create=create)
        try:
            with translated(url):
                schema.prepare(engine, create=create)
        except ArchiveError:
            engine.dispose()
            raise
        return cls(engine, url)

    def __str__(self) -> str:
        return shown(self.url)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections; the archive opens new ones when it is used again."""
        self._engine.dispose()

    # In

    def save(
        self,
        articles: Iterable[Article],
        entries: Iterable[Entry] = (),
        validators: Iterable[Validators] = (),
        *,
        cause: Literal["site", "rules"] = "site",
    ) -> list[Outcome]:
        """Keep articles, each with its line in the ledger, in one transaction; the outcomes are in the order given.

        With cause "rules" they are stored pages read again, which now read otherwise: each becomes a new version.
        An article that cannot be written does not take the others with it: its outcome is "failed", with the reason.
        """
        now = datetime.now(UTC)
        given = list(articles)
        noted = list(entries)
        answers: dict[int, Outcome] = {}
        batch: dict[int, Prepared] = {}
        for index, article in enumerate(given):
            try:
                batch[index] = prepare(article, now, cause)
            except (ValueError, TypeError, AttributeError) as error:
                answers[index] = _failed(article, error)
        noted += [_failure(answer, now) for answer in answers.values() if answer.url]
        answers |= self._store(batch, noted, now, list(validators))
        return [answers[index] for index in range(len(given))]

    def record(self, entries: Iterable[Entry]) -> None:
        """Write what became of URLs that gave no article into the ledger, in one transaction."""
        self._write([], list(entries), datetime.now(UTC))

    def recognise(self, articles: Iterable[Article]) -> list[Outcome | None]:
        """What `save` would answer for each article by itself, writing nothing; None for one it would store as new."""
        now = datetime.now(UTC)
        batch = [prepare(article, now) for article in articles]
        with one_state(self._engine) as connection:
            held = known(connection, batch)
        answers: list[Outcome | None] = []
        for new in (undisputed(given, held) for given in batch):
            decision = decide(new, held)
            number = decision.kept.current_version if decision.kept else None
            answers.append(None if decision.status == "stored" else outcome(new, decision, decision.kept, number))
        return answers

    # Out

    def sites(self) -> list[str]:
        """The names of all sites, by name."""
        with one_state(self._engine) as connection:
            return list(connection.execute(select(Site.name).order_by(Site.name)).scalars())

    def neighbours(self, site: str) -> neighbours.Neighbours:
        """What the site's articles say of the dates of others; bounded in work, and the same for one state."""
        with one_state(self._engine) as connection:
            return neighbours.read(connection, site)

    def find(self, url: str) -> Stored | None:
        """The article a URL leads to, canonical or not, with its copies; None where the archive has none."""
        return self._first(url, _with_copies)

    def look_up(self, url: str) -> LedgerRow | None:
        """What the ledger says of a URL; None where it was never seen."""
        return self._first(url, reading.ledger_row)

    def rows(
        self,
        filters: Filters = Filters(),  # noqa: B008 - Filters is frozen
        *,
        after: reading.Place | None = None,
        details: bool = False,
    ) -> Iterator[Stored]:
        """The articles of a filter, each in its current version, in the order they entered; streamed.

        `after` (an article's id and a version's number) begins behind that one; `details` fills
        `Stored.leads` and `Stored.withdrawals`.
        """
        with one_state(self._engine) as connection:
            yield from reading.stored(connection, filters, after=after, details=details)

    def partitions(
        self,
        filters: Filters = Filters(),  # noqa: B008 - Filters is frozen
        *,
        after: tuple[reading.Partition, reading.Place] | None = None,
        details: bool = False,
    ) -> Iterator[tuple[reading.Partition, list[Stored]]]:
        """The articles of a filter by site and year of publication (0: unknown), a few hundred at a time; streamed."""
        with one_state(self._engine) as connection:
            yield from reading.by_partition(connection, filters, after=after, details=details)

    def ledger(self, states: Sequence[State] = (), sites: Sequence[str] = ()) -> Iterator[LedgerRow]:
        """The ledger's rows in these states and of these sites (all without any), in the order of first sight; streamed."""
        with one_state(self._engine) as connection:
            yield from reading.ledger_rows(connection, states, sites)

    def count(self, filters: Filters = Filters()) -> int:  # noqa: B008 - Filters is frozen
        """How many articles a filter takes."""
        with one_state(self._engine) as connection:
            return reading.count(connection, filters)

    def search(
        self,
        text: str,
        filters: Filters = Filters(),  # noqa: B008 - Filters is frozen
        *,
        authors: Sequence[str] = (),
        sections: Sequence[str] = (),
        limit: int = 20,
        offset: int = 0,
    ) -> Found:
        """The articles with all words of a text, the best first; any text is a query.

        A word is found in all its forms, whatever its case, accents and endings; "words in quotes" follow each other;
        `begin*` is the beginning of a word. An author or a section is named by some of its words.
        """
        with one_state(self._engine) as connection:
            return finding.find(
                connection, text, filters, authors=authors, sections=sections, limit=limit, offset=offset
            )

    def stats(self) -> counting.Stats:
        """Counts of everything, in one state of the database."""
        with one_state(self._engine) as connection:
            return counting.count(connection)

    @contextmanager
    def bulk(self) -> Iterator[None]:
        """Leave what is saved in this block out of the index of search, and its copies unlinked, until the block's end: faster."""
        later = self._later
        self._indexes, self._later = False, True
        try:
            yield
        finally:
            self._indexes, self._later = True, later
            self.index()
            self.link()

    # Back in

    def restore(self, articles: Sequence[restoring.Kept]) -> list[int | None]:
        """Put articles back as an export holds them, in one transaction: the id each got, None where its URL is known.

        An article keeps its id where that is free, and its versions, aliases and instants in any case.
        """
        return self._tried(lambda connection: restoring.restore(connection, articles, run_id=self.run_id))

    def contents(self, url: str) -> frozenset[str]:
        """The content digests (hexadecimal) of all versions of the article a URL leads to."""
        with one_state(self._engine) as connection:
            return restoring.contents(connection, url_key(url))

    def link_copies(self, copies: Mapping[int, str]) -> list[int]:
        """Link articles (ids) to the first one with the same text (its URL); the ids whose first one is not here."""
        return self._tried(lambda connection: restoring.link(connection, copies))

    # How a batch is written

    def _store(
        self,
        batch: dict[int, Prepared],
        entries: Sequence[Entry],
        now: datetime,
        validators: Sequence[Validators] = (),
        done: Done | None = None,
    ) -> dict[int, Outcome]:
        """Write a batch together, or where that cannot be each by itself."""
        try:
            answers = dict(zip(batch, self._write(list(batch.values()), entries, now, validators, done), strict=True))
        except RowError:
            answers = self._one_by_one(batch, entries, now)
            self._write([], [], now, done=done)
        self._waiting += len(batch) if self._later else 0
        if self._waiting >= _LINK_EVERY and self._indexes:
            self.link()
        elif not self._later:
            self._bring_over(len(batch))
        return answers

    def _write(
        self,
        batch: Sequence[Prepared],
        entries: Sequence[Entry],
        now: datetime,
        validators: Sequence[Validators] = (),
        done: Done | None = None,
    ) -> list[Outcome]:
        if not batch and not entries and not validators and done is None:
            return []

        def write(connection: Connection) -> list[Outcome]:
            outcomes = saving.write(
                connection,
                batch,
                entries,
                run_id=self.run_id,
                now=now,
                buckets=self._buckets,
                index=self._indexes,
                later=self._later,
                revisits=self.revisits,
            )
            ledger.remember(connection, validators)
            if done is not None:
                payloads.proceed(connection, done.input, done.progress)
            return outcomes

        return self._tried(write)

    def _tried(self, act: Callable[[Connection], _T]) -> _T:
        """What an act answers, its transaction tried again when the database broke it off."""
        for attempt in range(1, _TRIES + 1):
            try:
                with writing(self._engine) as connection:
                    return act(connection)
            except BrokenOffError:
                # Whether the transaction was committed or not: writing it again changes nothing more.
                if attempt == _TRIES:
                    raise
            except (ValueError, TypeError, OverflowError) as error:
                raise RowError(str(error)) from error
        raise AssertionError("unreachable")

    def _one_by_one(self, batch: dict[int, Prepared], entries: Sequence[Entry], now: datetime) -> dict[int, Outcome]:
        """Write every article and entry by itself, so that only those at fault are lost."""
        answers: dict[int, Outcome] = {}
        for index, new in batch.items():
            answers[index] = self._write_one(new, now)
        failures = [_failure(answer, now) for answer in answers.values() if answer.status == "failed"]
        for entry in (*entries, *failures):
            self._write([], [entry], now)
        return answers

    def _write_one(self, new: Prepared, now: datetime) -> Outcome:
        for _ in range(_TRIES):
            # Another writer may have taken the URL just before; the next try finds it known.
            try:
                return self._write([new], [], now)[0]
            except RowError as error:
                detail = str(error)
        return Outcome(url=new.url, status="failed", reason="archive", detail=detail)


def _with_copies(connection: Connection, key: bytes) -> Stored | None:
    found = reading.by_url_key(connection, key)
    return found and replace(found, copies=stories.copies(connection, key))


def _failed(article: Article, error: Exception) -> Outcome:
    url = article.url if isinstance(article.url, str) else ""
    return Outcome(url=url, status="failed", reason="archive", detail=f"not an article: {error}")


def _failure(outcome_: Outcome, now: datetime) -> Entry:
    return Entry(url=outcome_.url, state="failed", reason="archive", detail=outcome_.detail, seen=now)
