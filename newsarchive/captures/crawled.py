"""What a crawl knew of a page before it was read: it is kept beside the page, so that a replay knows it, too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_NAME: Final = "newsarchive-name"
_DATE: Final = "newsarchive-date"
_ROLE: Final = "newsarchive-role"
MEDIA_TYPE: Final = "application/warc-fields"


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawled:
    """The other addresses that led to a page, the dates that feeds and sitemaps gave for it, and what it was asked for.

    `names` are links as they were found and redirects, in their order; `dates` are (source, role, the date as written);
    `role` is that of a page that lists articles ("index", "feed", …), None for a page that may be one.
    """

    names: tuple[str, ...] = ()
    dates: tuple[tuple[str, str, str], ...] = ()
    role: str | None = None

    def __bool__(self) -> bool:
        return bool(self.names or self.dates or self.role)

    def as_fields(self) -> bytes:
        """The block of a metadata record, as lines of application/warc-fields."""
        lines = [(_NAME, name) for name in self.names]
        lines += [(_DATE, f"{source} {role} {value}") for source, role, value in self.dates]
        lines += [(_ROLE, self.role)] if self.role else []
        text = "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in lines)
        return text.encode("utf-8", "surrogatepass")

    @classmethod
    def of_fields(cls, block: bytes) -> Crawled:
        """What a metadata record says; fields of other crawlers are passed over."""
        names: list[str] = []
        dates: list[tuple[str, str, str]] = []
        role = None
        for line in block.decode("utf-8", "surrogateescape").split("\n"):
            name, _, value = line.partition(":")
            name, value = name.strip().lower(), value.strip()
            if name == _NAME and value:
                names.append(value)
            elif name == _DATE and len(parts := value.split(" ", 2)) == 3:
                dates.append((parts[0], parts[1], parts[2]))
            elif name == _ROLE:
                role = value or None
        return cls(names=tuple(names), dates=tuple(dates), role=role)
