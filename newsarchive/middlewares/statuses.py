"""Scrapy's filter of HTTP errors, with books."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.spidermiddlewares.httperror import HttpError, HttpErrorMiddleware

from newsarchive import bookkeeping
from newsarchive.bookkeeping import State
from newsarchive.middlewares.callbacks import SETTLED
from newsarchive.middlewares.reasons import status

if TYPE_CHECKING:
    from scrapy.http import Response


class RecordingHttpErrors(HttpErrorMiddleware):
    """Scrapy's filter of HTTP errors; a page it filters is settled with its status: "http 404"."""

    def process_spider_input(self, response: Response) -> None:  # type: ignore[override]
        """Settle and refuse a response whose status the spider did not ask for."""
        try:
            super().process_spider_input(response)
        except HttpError:
            books = bookkeeping.of(self.crawler)
            state, name = status(response.status)
            settle = books.failed if state is State.FAILED else books.rejected
            settle(response.url, name, aliases=response.meta.get("redirect_urls", ()))
            response.meta[SETTLED] = True  # what an errback makes of it is no second end
            raise
