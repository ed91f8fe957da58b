"""What the archive answers: the outcome of an article, and an entry for the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Status = Literal["stored", "new_version", "unchanged", "duplicate", "rejected", "failed"]
State = Literal["known", "archived", "listing", "duplicate", "rejected", "failed", "gone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one article.

    stored: a URL never seen, a text never seen. new_version: a known article with another text. unchanged: a known
    article with the same text (`detail` says which fields it lacked were completed from this page), with an earlier text of it
    that is current again (`version` says which), or with a page not good enough to replace it (`reason` then says which).
    duplicate: another URL with the same text as `duplicate_of`; on the same site with the same title it became an alias of
    that article, else it is kept as an article of its own, linked to it.
    rejected: nothing to keep (`reason` is the verdict). failed: this article could not be written (`detail` says why).
    """

    url: str
    status: Status
    article_id: int | None = None
    version: int | None = None
    duplicate_of: str | None = None
    reason: str | None = None
    detail: str | None = None
    change: str | None = None
    """How a new version differs from the one before: typo, correction, substantive, headline, extended, restored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What became of one URL that gave no article; `reason` is a standard word or two, `detail` free text.

    `seen` is the aware time of the visit (default: now); of a listing, `news` is how many URLs never seen before it brought.
    """

    url: str
    state: State
    reason: str | None = None
    detail: str | None = None
    site: str | None = None
    seen: datetime | None = None
    news: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a page said of its state, by which its host can be asked later whether it changed (RFC 9110, section 8.8)."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
