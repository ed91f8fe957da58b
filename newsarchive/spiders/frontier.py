"""What one crawl has met already, so that a page is asked for once, whatever it is called."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from urllib.parse import urlsplit

from newsarchive import urls


@dataclass(frozen=True, slots=True)
class Taken:
    """What to do with a link: fetch `fetch`, or leave it for `reason`; `twin_of` is the page it is another name of."""

    fetch: str = ""
    reason: str | None = None
    twin_of: str | None = None


@dataclass(slots=True)
class Frontier:
    """The pages of one crawl by their keys (64 bits each, not their URLs), and its limits (0: none)."""

    max_pages: int = 0
    max_sections: int = 0
    pages: int = 0
    sections: int = 0
    sitemaps: int = 0
    _seen: set[int] = field(default_factory=set)
    _names: set[int] = field(default_factory=set)

    def is_new(self, url: str) -> bool:
        """True the first time a listing's URL is met."""
        name = _digest(url)
        new = name not in self._names
        self._names.add(name)
        return new

    def has_room_for_section(self) -> bool:
        """True while fewer sections were taken than are wanted."""
        return self.sections < self.max_sections

    def take(self, url: str) -> Taken:
        """Whether to fetch an article's URL, and by which name: without what only tells how the reader came."""
        page = _digest(urls.key(url))
        name = _digest(url)
        if page in self._seen:
            known = name in self._names
            self._names.add(name)
            return Taken(reason="known" if known else "twin", twin_of=None if known else urls.canonical(url))
        if self.max_pages and self.pages >= self.max_pages:
            return Taken(reason="max_pages")
        self._seen.add(page)
        self._names.add(name)
        self.pages += 1
        return Taken(fetch=_plain(url))


def _plain(url: str) -> str:
    """The URL to ask for: the canonical one where it differs in query and fragment alone, else the one found."""
    name = urls.canonical(url)
    found, folded = urlsplit(url.strip()), urlsplit(name)
    same = found.netloc.lower() == folded.netloc and found.path == folded.path
    return name if same else url.strip()


def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")
