"""Answers of other threads: each reaches who waits for it, and many of them wake the loop once."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from types import SimpleNamespace
from typing import Any

import pytest

from newsarchive.pipelines.answers import answer
from newsarchive.pipelines.body import Body
from newsarchive.pipelines.deduplicate import Deduplicate
from newsarchive.pipelines.store import Store


def test_many_answers_wake_the_loop_once(monkeypatch: pytest.MonkeyPatch) -> None:
    async def main() -> tuple[list[int], int]:
        loop = asyncio.get_running_loop()
        woken = 0
        wake = loop.call_soon_threadsafe

        def counted(*args: Any, **kwargs: Any) -> Any:
            nonlocal woken
            woken += 1
            return wake(*args, **kwargs)

        monkeypatch.setattr(loop, "call_soon_threadsafe", counted)
        futures: list[Future[int]] = [Future() for _ in range(50)]
        waiting = [asyncio.create_task(answer(future)) for future in futures]
        await asyncio.sleep(0)

        def settle() -> None:
            for number, future in enumerate(futures):
                future.set_result(number)

        settle()
        return await asyncio.gather(*waiting), woken

    answers, woken = asyncio.run(main())
    assert answers == list(range(50))
    assert woken == 1


def test_an_error_reaches_who_waits() -> None:
    future: Future[int] = Future()
    future.set_exception(ValueError("no"))
    with pytest.raises(ValueError, match="no"):
        asyncio.run(answer(future))


def test_an_article_is_looked_up_apart_only_where_something_stands_before_the_store() -> None:
    def asks_once(*following: object) -> bool:
        first: Any = Deduplicate()
        chain = (Body(), first, *following)
        first.crawler = SimpleNamespace(
            engine=SimpleNamespace(scraper=SimpleNamespace(itemproc=SimpleNamespace(middlewares=chain)))
        )
        return bool(first._is_followed_by_store)

    assert asks_once(Store())
    assert not asks_once(Body(), Store())
    assert not asks_once()
