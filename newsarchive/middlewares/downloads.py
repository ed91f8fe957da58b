"""The downloader, with books: whatever a request ends in, after every middleware had its say, is settled here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy.core.downloader import Downloader
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK
from twisted.python.failure import Failure

from newsarchive import bookkeeping
from newsarchive.bookkeeping import State
from newsarchive.middlewares.backoff import BudgetSpent
from newsarchive.middlewares.callbacks import ROLE
from newsarchive.middlewares.conditional import NotModified
from newsarchive.middlewares.reasons import reason

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.internet.defer import Deferred


class PageLost(IgnoreRequest):
    """A request that ended without a page and is settled; the error it ended in is the cause."""


class RecordingDownloader(Downloader):
    """Scrapy's downloader; a page that came is counted, one that did not is settled with its reason.

    Requests that are nobody's page (robots.txt, media: those without a callback) are left alone, and so are the errors
    of requests with an errback of their own: it gets what it expects.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._books = bookkeeping.of(crawler)

    def fetch(self, request: Request, spider: Any = None) -> Deferred[Response | Request]:
        """See Scrapy's Downloader."""
        deferred: Deferred[Response | Request] = super().fetch(request)
        if request.callback is NO_CALLBACK:
            return deferred
        return deferred.addCallbacks(self._came, self._lost, errbackArgs=(request,))

    def _came(self, result: Response | Request) -> Response | Request:
        if isinstance(result, Response):
            self._books.fetched()
        return result

    def _lost(self, failure: Failure, request: Request) -> Failure:
        error = failure.value
        if not isinstance(error, Exception):
            return failure
        if isinstance(error, BudgetSpent):
            self._books.stats.inc_value("newsarchive/left")
            return failure
        if isinstance(error, NotModified):
            return self._unchanged(failure, request)
        state, name = reason(error)
        settle = self._books.failed if state is State.FAILED else self._books.rejected
        settle(request.url, name, _detail(error), aliases=request.meta.get("redirect_urls", ()))
        if request.errback is not None:
            return failure
        lost = PageLost(name)
        lost.__cause__ = error
        return Failure(lost)  # type: ignore[no-untyped-call]

    def _unchanged(self, failure: Failure, request: Request) -> Failure:
        """Settle a page that has not changed since the visit before."""
        role = request.meta.get(ROLE)
        if role:
            self._books.settle(request.url, State.LISTING, role, "http 304", news=0)
        else:
            self._books.settle(request.url, State.UNCHANGED, None, "http 304")
        return failure


def _detail(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}"[:300] if text else type(error).__name__
