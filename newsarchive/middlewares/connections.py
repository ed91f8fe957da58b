# ruff: noqa: N802 - the names of Twisted's interfaces
"""The download handler for http and https: Scrapy's own, with a limit to what comes before a body.

Scrapy's limit of size counts the body alone: without another, a server that never ends its headers would fill the memory
with some gigabytes within the time limit of one request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

MAX_HEAD = 256_000
"""Bytes of status line and headers that are read; servers and browsers stop at 8 to 256 KB."""


class HeadTooLargeError(Exception):
    """A response whose headers do not end."""


class BoundedHttpHandler(HTTP11DownloadHandler):
    """Scrapy's handler of HTTP/1.1, whose connections give up on headers longer than MAX_HEAD."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _Factory


class _Protocol(_LenientHTTP11ClientProtocol):
    _head = 0

    def request(self, request: Any) -> Any:
        """Begin a request, and a new count."""
        self._head = 0
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:
        """Hand on what came, unless it is too much before any body."""
        parser = self._parser
        if parser is not None and parser.state in (STATUS, HEADER):
            self._head += len(data)
            if self._head > MAX_HEAD:
                self._giveUp(Failure(HeadTooLargeError(f"more than {MAX_HEAD} bytes of headers")))  # type: ignore[no-untyped-call]
                assert self.transport is not None
                self.transport.abortConnection()
                return
        super().dataReceived(data)  # type: ignore[no-untyped-call]


class _Factory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: Any) -> _Protocol:
        return _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
