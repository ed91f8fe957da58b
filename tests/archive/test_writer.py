from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from typing import Any

import pytest

from newsarchive.archive import Archive, ArchiveError, Entry, Outcome, Writer
from newsarchive.archive import writer as writer_module
from newsarchive.archive.errors import UnreachableError
from tests.archive.samples import article


class Recorder(Archive):
    """An archive that only notes the batches it is handed; `gate` can make it wait, `error` fail."""

    def __init__(self, error: Exception | None = None) -> None:
        self.batches: list[int] = []
        self.entries: list[int] = []
        self.gate = threading.Event()
        self.gate.set()
        self.error = error

    def save(self, articles: Any, entries: Any = (), validators: Any = (), *, cause: Any = "site") -> list[Outcome]:
        assert self.gate.wait(10)
        if self.error:
            raise self.error
        self.batches.append(len(articles))
        self.entries.append(len(entries))
        return [Outcome(url=one.url, status="stored") for one in articles]

    def recognise(self, articles: Any) -> Sequence[Any]:  # type: ignore[override]
        return [None for _ in articles]


def test_what_is_submitted_is_durable_when_its_future_is_done(archive: Archive) -> None:
    with Writer(archive) as writer:
        outcome = writer.submit(article()).result(10)
        assert (outcome.status, outcome.url) == ("stored", article().url)
        assert archive.find(article().url) is not None
        recognised = writer.recognise(article()).result(10)
        assert recognised is not None
        assert recognised.status == "unchanged"
        assert writer.record(Entry(url="https://example.org/x", state="rejected", reason="robots")).result(10) is None
    assert archive.stats().states == {"archived": 1, "rejected": 1}


def test_closing_writes_what_is_left(archive: Archive) -> None:
    writer = Writer(archive, batch_size=1000, batch_seconds=60)
    futures = [writer.submit(article(number)) for number in range(120)]
    writer.close()
    assert all(future.done() for future in futures)
    assert archive.stats().articles == 120


def test_batches_are_no_larger_than_their_size_and_in_order() -> None:
    archive = Recorder()
    archive.gate.clear()
    with Writer(archive, batch_size=10) as writer:
        first = writer.submit(article(0))
        time.sleep(0.1)
        futures = [writer.submit(article(number)) for number in range(1, 26)]
        archive.gate.set()
        assert first.result(10).url.endswith("/0")
        assert [future.result(10).url for future in futures] == [article(n).url for n in range(1, 26)]
    assert archive.batches == [1, 10, 10, 5]


def test_a_batch_is_written_at_its_time_limit_even_when_more_keeps_coming() -> None:
    archive = Recorder()
    with Writer(archive, batch_size=10_000, batch_seconds=0.05) as writer:
        first = writer.submit(article(0))
        until = time.monotonic() + 5
        while not first.done() and time.monotonic() < until:
            writer.submit(article(1))
            time.sleep(0.001)
        assert first.done()


def test_an_article_alone_is_written_soon() -> None:
    with Writer(Recorder(), batch_size=10_000, batch_seconds=60) as writer:
        assert writer.submit(article()).result(5).status == "stored"


def test_articles_and_entries_of_a_batch_are_written_together() -> None:
    archive = Recorder()
    archive.gate.clear()
    with Writer(archive) as writer:
        writer.submit(article(0))
        time.sleep(0.1)
        first = writer.submit(article(1))
        noted = writer.record(Entry(url="https://example.org/x", state="failed"))
        second = writer.submit(article(2))
        archive.gate.set()
        assert [first.result(10).url, second.result(10).url] == [article(1).url, article(2).url]
        assert noted.result(10) is None
    assert (archive.batches, archive.entries) == ([1, 2], [0, 1])


@pytest.mark.parametrize("error", [ArchiveError("the database is gone"), RuntimeError("a bug")])
def test_every_waiting_future_hears_of_an_error_and_the_thread_lives_on(error: Exception) -> None:
    archive = Recorder(error)
    with Writer(archive) as writer:
        futures = [writer.submit(article(number)) for number in range(100)]
        for future in futures:
            with pytest.raises(ArchiveError, match=str(error)):
                future.result(10)
        archive.error = None
        assert writer.submit(article()).result(10).status == "stored"


def test_a_cancelled_future_does_not_stop_the_others() -> None:
    archive = Recorder()
    archive.gate.clear()
    with Writer(archive) as writer:
        futures = [writer.submit(article(number)) for number in range(3)]
        assert futures[1].cancel()
        archive.gate.set()
        assert (futures[0].result(10).status, futures[2].result(10).status) == ("stored", "stored")


def test_submitting_never_waits_and_room_tells_when_to_go_on() -> None:
    archive = Recorder()
    archive.gate.clear()
    with Writer(archive, batch_size=5, limit=10) as writer:
        for number in range(20):
            writer.submit(article(number))
        room = writer.room()
        assert (writer.pending, room.done()) == (20, False)
        archive.gate.set()
        room.result(10)
        assert writer.pending < 10
        assert writer.room().done()


def test_a_closed_writer_takes_nothing_more_and_can_be_closed_again() -> None:
    writer = Writer(Recorder())
    writer.close()
    writer.close()
    with pytest.raises(ArchiveError, match="closed"):
        writer.submit(article()).result(1)


def test_a_database_that_goes_away_fails_every_future_with_one_line(url: str) -> None:
    archive = Archive.open(url)
    with Writer(archive, batch_size=5) as writer:
        writer.submit(article()).result(10)
        _break(archive)
        for future in [writer.submit(article(number)) for number in range(30)]:
            with pytest.raises(ArchiveError) as error:
                future.result(20)
            assert "\n" not in str(error.value)
    archive.close()


def _break(archive: Archive) -> None:
    """Make what the archive is connected to stop being an archive."""
    with archive._engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE ledger RENAME TO gone")


@pytest.mark.postgresql
def test_a_lost_connection_is_made_again(postgresql: str) -> None:
    with Archive.open(postgresql) as archive, Writer(archive) as writer:
        writer.submit(article(1)).result(10)
        _hang_up(archive)
        assert writer.submit(article(2)).result(10).status == "stored"
        assert archive.stats().articles == 2


def _hang_up(archive: Archive) -> None:
    """End all of the archive's connections on the server, as a restart would."""
    import psycopg

    held = [archive._engine.connect() for _ in range(2)]
    numbers = [connection.exec_driver_sql("SELECT pg_backend_pid()").scalar() for connection in held]
    for connection in held:
        connection.close()
    with psycopg.connect(archive.url.replace("postgresql+psycopg", "postgresql"), autocommit=True) as killer:
        for number in numbers:
            killer.execute("SELECT pg_terminate_backend(%s)", (number,))


class Away(Recorder):
    """An archive whose database cannot be reached for so many tries."""

    def __init__(self, tries: int) -> None:
        super().__init__()
        self.tries = tries

    def save(self, articles: Any, entries: Any = (), validators: Any = (), *, cause: Any = "site") -> list[Outcome]:
        self.tries -= 1
        if self.tries >= 0:
            raise UnreachableError("cannot reach the database")
        return super().save(articles, entries, validators)


@pytest.fixture
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer_module, "_FIRST_WAIT", 0.01)


@pytest.mark.usefixtures("quickly")
def test_a_database_that_is_away_is_waited_for_and_nothing_is_lost() -> None:
    with Writer(Away(3), patience=30) as writer:
        assert [writer.submit(article(n)).result(10).status for n in (1, 2)] == ["stored", "stored"]


@pytest.mark.usefixtures("quickly")
def test_when_patience_is_over_the_futures_hear_of_it() -> None:
    with Writer(Away(1000), patience=0.05) as writer, pytest.raises(ArchiveError, match="cannot reach"):
        writer.submit(article(1)).result(10)


def test_closing_does_not_wait_for_a_database_that_is_away() -> None:
    writer = Writer(Away(1000), patience=600)
    future = writer.submit(article(1))
    time.sleep(0.1)
    began = time.monotonic()
    writer.close()
    assert time.monotonic() - began < 5
    with pytest.raises(ArchiveError, match="cannot reach"):
        future.result(0)
