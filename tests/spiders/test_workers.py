from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsarchive.spiders import workers
from newsarchive.spiders.workers import Pool, ReadingError
from tests.spiders.jobs import work


@pytest.fixture
def pool() -> Iterator[Pool[str, str]]:
    pool = Pool(work, size=2, timeout=1.0)
    yield pool
    pool.close()


def reason(pool: Pool[str, str], job: str) -> str:
    with pytest.raises(ReadingError) as caught:
        pool.submit(job).result(30)
    return caught.value.reason


def gone(pid: int) -> bool:
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_jobs_are_done_in_other_processes(pool: Pool[str, str]) -> None:
    pids = {pool.submit("pid").result(30) for _ in range(8)}
    assert str(os.getpid()) not in pids
    assert 1 <= len(pids) <= 2


def test_every_job_gets_its_own_answer(pool: Pool[str, str]) -> None:
    jobs = [f"page {number}" for number in range(200)]
    assert [future.result(30) for future in [pool.submit(job) for job in jobs]] == [job.upper() for job in jobs]


def test_a_page_that_hangs_is_given_up_and_the_others_go_on(pool: Pool[str, str]) -> None:
    pool.submit("warm").result(30)
    hanging = pool.submit("hang")
    assert [pool.submit(job).result(30) for job in "abc"] == ["A", "B", "C"]
    with pytest.raises(ReadingError, match="extraction timeout: after 1 s"):
        hanging.result(30)
    assert pool.submit("after").result(30) == "AFTER"


@pytest.mark.parametrize("job", ["die", "exit", "memory"])
def test_a_page_that_takes_its_worker_down_is_a_crash_and_the_next_one_is_read(pool: Pool[str, str], job: str) -> None:
    assert reason(pool, job) == "extraction crashed"
    assert [pool.submit(job).result(30) for job in "abcd"] == ["A", "B", "C", "D"]


def test_a_worker_killed_from_outside_costs_no_page(pool: Pool[str, str]) -> None:
    pool.submit("warm").result(30)
    for pid in pool.pids():
        os.kill(pid, signal.SIGKILL)
        assert gone_or_zombie(pid)
    assert [pool.submit(job).result(30) for job in "abcd"] == ["A", "B", "C", "D"]


def gone_or_zombie(pid: int) -> bool:
    for _ in range(100):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.02)
    return False


def test_an_error_in_a_page_is_its_reason(pool: Pool[str, str]) -> None:
    with pytest.raises(ReadingError, match="extraction error: ValueError: seven"):
        pool.submit("break").result(30)


def test_what_a_page_prints_is_not_taken_for_an_answer(pool: Pool[str, str]) -> None:
    assert pool.submit("print").result(30) == "PRINT"


def test_an_interrupt_does_not_reach_the_workers(pool: Pool[str, str]) -> None:
    pid = int(pool.submit("pid").result(30))
    assert os.getpgid(pid) != os.getpgid(0)
    os.kill(pid, signal.SIGINT)
    assert pool.submit("after").result(30) == "AFTER"


def test_closing_ends_the_workers_and_cancels_what_waits() -> None:
    pool = Pool(work, size=1, timeout=30)
    pool.submit("warm").result(30)
    (pid,) = pool.pids()
    futures = [pool.submit(job) for job in ("hang", "never")]
    time.sleep(0.1)
    pool.close()
    assert gone(pid)
    with pytest.raises(ReadingError, match="extraction cancelled"):
        futures[1].result(5)
    with pytest.raises(RuntimeError):
        pool.submit("late")


def test_workers_end_when_their_parent_is_killed() -> None:
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        pool = Pool(work, size=1, timeout=30)
        os.write(write, pool.submit("pid").result(30).encode())
        signal.pause()
        os._exit(0)
    os.close(write)
    pid = int(os.read(read, 32))
    os.close(read)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert gone(pid)


def test_a_pool_of_size_0_works_in_the_caller() -> None:
    pool = Pool(work, size=0, timeout=1.0)
    assert pool.submit("pid").result(0) == str(os.getpid())
    assert reason(pool, "break") == "extraction error"
    assert pool.pids() == []
    pool.close()


def test_a_pool_that_was_begun_and_never_asked_ends_at_once() -> None:
    pool: Pool[str, str] = Pool(work, size=2, timeout=10.0)
    pool.start()
    while not all(worker.process for worker in pool._workers):
        time.sleep(0.01)
    began = time.monotonic()
    pool.close()
    assert time.monotonic() - began < workers._CLOSE_GRACE
    assert not pool.pids()
