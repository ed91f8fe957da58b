"""A fetched page: its bytes, where and when they were fetched, parsed once and only when asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser

from newsarchive import charsets
from newsarchive.markup import bounded, is_plain


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page as it was fetched.

    `body` is the decoded-from-transfer payload (no gzip), `encoding` what the HTTP header declared, `captured_at` the
    aware time of the capture: it is "now" for all that reads the page; None where it is unknown. `last_modified` is the
    HTTP header of that name. `decoded` and `tree` are computed once; nobody may change the tree.
    """

    url: str
    body: bytes
    captured_at: datetime | None = None
    encoding: str | None = None
    last_modified: str | None = None

    @cached_property
    def decoded(self) -> charsets.Decoded:
        """The encoding the page is really in, and its text."""
        return charsets.read(self.body, self.encoding)

    @property
    def text(self) -> str:
        """The page decoded, whatever it declares; never an error, never a NUL or a lone surrogate."""
        return self.decoded.text

    @cached_property
    def foreign_type(self) -> str | None:
        """The media type of bytes that are plainly no HTML page, or None for a page."""
        return charsets.foreign_type(self.body)

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The parsed document (HTML5 rules); shared by all fields and read-only by agreement."""
        if is_plain(self.body):
            return LexborHTMLParser(self.body)
        markup = bounded(self.text)
        # The parser works on UTF-8: bytes that are just that need not be encoded again.
        return LexborHTMLParser(self.body if markup is self.text and self.decoded.is_exact else markup)
