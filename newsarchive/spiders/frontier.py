"""What one crawl has met already, so that a page is asked for once, whatever it is called."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b

from newsarchive import urls


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a link: taken, or left for `reason`; `twin_of` is the page it is another name of."""

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
    _pending: set[int] = field(default_factory=set)
    _twins: dict[int, list[str]] = field(default_factory=dict)
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
        """Take an article's URL unless its page was taken before, under this or another name."""
        page = _digest(urls.key(url))
        name = _digest(url)
        if page in self._seen:
            known = name in self._names
            self._names.add(name)
            if not known and page in self._pending:
                self._twins.setdefault(page, []).append(url)
            return Taken(reason="known" if known else "twin", twin_of=None if known else urls.canonical(url))
        if self.max_pages and self.pages >= self.max_pages:
            return Taken(reason="max_pages")
        self._seen.add(page)
        self._names.add(name)
        self._pending.add(page)
        self.pages += 1
        return Taken()

    def twins(self, url: str) -> list[str]:
        """The other names a taken page was met under until now; it is asked once, when the page has come."""
        page = _digest(urls.key(url))
        self._pending.discard(page)
        return self._twins.pop(page, [])


def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")
