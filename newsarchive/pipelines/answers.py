"""Answers of other threads, awaited without blocking the reactor, and brought to it in one go where several come at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

from scrapy.utils.asyncio import is_asyncio_available
from twisted.internet.defer import Deferred

if TYPE_CHECKING:
    from collections.abc import Awaitable

T = TypeVar("T")


class _Postbox:
    """What is to be called in one thread: that thread is woken for the first call, and finds those that came until then."""

    def __init__(self, wake: Callable[[Callable[[], None]], object]) -> None:
        self._wake = wake
        self._lock = Lock()
        self._calls: list[Callable[[], None]] = []

    def put(self, call: Callable[[], None]) -> None:
        """Have something called; from any thread."""
        with self._lock:
            self._calls.append(call)
            is_first = len(self._calls) == 1
        if is_first:
            self._wake(self._empty)

    def _empty(self) -> None:
        with self._lock:
            calls, self._calls = self._calls, []
        for call in calls:
            call()


_POSTBOXES: WeakKeyDictionary[Any, _Postbox] = WeakKeyDictionary()
"""Of every event loop, or of the reactor where that is not asyncio's."""


async def answer(future: Future[T]) -> T:
    """The result of a future of another thread, whichever reactor runs."""
    waiter: asyncio.Future[None] | Deferred[None]
    if is_asyncio_available():
        loop = asyncio.get_running_loop()
        postbox = _POSTBOXES.get(loop) or _POSTBOXES.setdefault(loop, _Postbox(loop.call_soon_threadsafe))
        waiter = loop.create_future()
    else:
        from twisted.internet import reactor as running

        reactor: Any = running
        postbox = _POSTBOXES.get(reactor) or _POSTBOXES.setdefault(reactor, _Postbox(reactor.callFromThread))
        waiter = Deferred()
    arrived: Awaitable[None] = waiter

    def tell() -> None:
        if isinstance(waiter, Deferred):
            waiter.callback(None)
        elif not waiter.done():  # who waited may have been cancelled
            waiter.set_result(None)

    future.add_done_callback(lambda _: postbox.put(tell))
    await arrived
    return future.result()
