"""Which records of a WARC file are pages that somebody wants."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

HTML_TYPES: Final = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A filter of records: by status, media type, and a pattern (a regular expression) found in the address.

    A pattern that is none is a ValueError.
    """

    statuses: Collection[int] = (200,)
    types: Collection[str] = HTML_TYPES
    pattern: str | None = None

    def __post_init__(self) -> None:
        try:
            re.compile(self.pattern or "")
        except re.error as error:
            raise ValueError(f"not a regular expression: {self.pattern!r}: {error}") from error

    def takes_url(self, url: str) -> bool:
        """Whether a record of this address is wanted."""
        return self.pattern is None or re.search(self.pattern, url) is not None

    def takes_type(self, content_type: str | None) -> bool:
        """Whether a body of this type is wanted; one that states none is taken for HTML."""
        kind = (content_type or HTML_TYPES[0]).partition(";")[0].strip().lower()
        return kind in self.types
