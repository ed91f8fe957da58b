"""Meta refreshes: Scrapy's own way with them, for the pages that can have one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

_LOOKED_AT: Final = 4 * 4096
"""Bytes that hold the 4,096 characters Scrapy looks for the tag in, whatever their encoding."""


class MetaRefresh(MetaRefreshMiddleware):
    """Follows a page's `<meta http-equiv=refresh>`; a page whose beginning lacks the word is not decoded for it."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """The request for where the page leads, or the page."""
        head = response.body[:_LOOKED_AT].replace(b"\0", b"").lower()  # UTF-16 has a zero in every letter
        if b"refresh" not in head:
            return response
        return super().process_response(request, response)
