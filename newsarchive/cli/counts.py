"""What a run has come to, read from Scrapy's stats: the numbers of the display, the summary and the exit code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from newsarchive import bookkeeping

PREFIX = "newsarchive/"
SINGLE = ("fetched", "stored", "new_version", "unchanged", "duplicate", "listing", "rejected", "failed")


@dataclass(slots=True)
class Counts:
    """Pages by what became of them; `listing_for`, `rejected_for` and `failed_for` give the reasons, most frequent
    first.

    `elapsed` is in seconds; `ended` is Scrapy's finish reason, None while running; `errors` counts exceptions of the
    run that no page's own row tells (a spider callback, a start that broke). `answers` counts whatever a server said,
    redirects and robots.txt included. `left_out_for` counts, by reason, links that were found and not asked for; `left` is
    what waits in the ledger because of the run's own limit, `outside` what waits outside of its period (both up to ten
    thousand). `exit_code` is the run's.
    """

    fetched: int = 0
    stored: int = 0
    new_version: int = 0
    unchanged: int = 0
    duplicate: int = 0
    listing: int = 0
    rejected: int = 0
    failed: int = 0
    listing_for: dict[str, int] = field(default_factory=dict)
    rejected_for: dict[str, int] = field(default_factory=dict)
    failed_for: dict[str, int] = field(default_factory=dict)
    left_out_for: dict[str, int] = field(default_factory=dict)
    left: int = 0
    outside: int = 0
    errors: int = 0
    answers: int = 0
    elapsed: float = 0.0
    ended: str | None = None
    exit_code: int = 0

    @property
    def rate(self) -> float:
        """Pages fetched a second so far."""
        return self.fetched / self.elapsed if self.elapsed > 0 else 0.0

    @property
    def verdict(self) -> str:
        """The run in a few words."""
        if self.stored or self.new_version:
            parts = [
                f"{self.stored} new" if self.stored else "",
                f"{self.new_version} changed" if self.new_version else "",
            ]
            return " and ".join(part for part in parts if part)
        if not self.fetched:
            return "no pages"
        return "nothing stored" if self.failed and not self.unchanged else "nothing new"

    def as_dict(self) -> dict[str, Any]:
        """For machines: the counts under their names, reasons as objects."""
        return {name: getattr(self, name) for name in SINGLE} | {
            "listing_for": self.listing_for,
            "rejected_for": self.rejected_for,
            "failed_for": self.failed_for,
            "left_out_for": self.left_out_for,
            "left": self.left,
            "outside": self.outside,
            "errors": self.errors,
            "seconds": round(self.elapsed, 3),
            "ended": self.ended,
        }


def count(stats: Mapping[str, Any], elapsed: float) -> Counts:
    """The counts in a stats mapping, `elapsed` seconds after the start."""
    single = {name: _number(stats, f"{PREFIX}{name}") for name in SINGLE}
    return Counts(
        **single,
        listing_for=bookkeeping.reasons(stats, f"{PREFIX}listing/"),
        rejected_for=bookkeeping.reasons(stats, f"{PREFIX}rejected/"),
        failed_for=bookkeeping.reasons(stats, f"{PREFIX}failed/"),
        left_out_for=bookkeeping.left_out(stats),
        left=_number(stats, f"{PREFIX}left"),
        outside=_number(stats, f"{PREFIX}outside"),
        errors=_number(stats, "spider_exceptions/count"),
        answers=_number(stats, "downloader/response_count"),
        elapsed=elapsed,
        ended=stats.get("finish_reason"),
        exit_code=bookkeeping.exit_code(stats),
    )


def _number(stats: Mapping[str, Any], key: str) -> int:
    return int(stats.get(key) or 0)
