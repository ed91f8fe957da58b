"""Scrapy's off-site filter, with books."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy.downloadermiddlewares.offsite import OffsiteMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.httpobj import urlparse_cached

from newsarchive import bookkeeping

if TYPE_CHECKING:
    from scrapy import Request, Spider


class Offsite(IgnoreRequest):
    """A request outside the domains of its spider; it is settled already."""


class RecordingOffsite(OffsiteMiddleware):
    """Scrapy's off-site filter; what it filters is settled as rejected, "offsite".

    It filters before anything is scheduled, where no other place would see what became of the request.
    """

    def request_scheduled(self, request: Request, spider: Spider) -> None:
        """Settle and refuse a request before it is scheduled."""
        try:
            urlparse_cached(request)
            self.process_request(request)
        except IgnoreRequest:
            reason = "offsite"
        except ValueError:  # a port that does not exist, or brackets around what is no address
            reason = "bad url"
        else:
            return
        books = bookkeeping.of(self.crawler)
        books.rejected(request.url, reason, aliases=request.meta.get("redirect_urls", ()))
        raise Offsite(reason)

    def process_request(self, request: Request, spider: Any = None) -> None:
        """Refuse a request that reached the downloader all the same.

        A redirect inherits `dont_filter`, which speaks of the page that was asked for: its target is judged anew.
        """
        judged = request.replace(dont_filter=False) if request.meta.get("redirect_urls") else request
        try:
            super().process_request(judged)
        except IgnoreRequest as error:
            raise Offsite(str(error)) from None
