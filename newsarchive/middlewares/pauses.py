"""How long a host is left alone after it said that it is asked too much, and when it is given up for this run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

BUSY: Final = frozenset((429, 503))
"""Statuses by which a server says "not now": Too Many Requests, Service Unavailable."""
_FIRST: Final = {429: 5.0, 503: 1.0}
"""Seconds of the first pause where the host names none; each further one is twice as long."""
_LONGEST: Final = 60.0
_MANY_PAUSES: Final = 6
_MANY_ERRORS: Final = 12


def retry_after(value: str | None, now: datetime) -> float | None:
    """The seconds a Retry-After header asks for (a number, or an HTTP date; RFC 9110, 10.2.3); None if it says nothing."""
    if not value:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - now).total_seconds())


@dataclass(slots=True)
class Pauses:
    """What each host has said lately; `longest` is the longest wait a host may ask for without being given up, in seconds."""

    longest: float
    busy: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    given_up: dict[str, str] = field(default_factory=dict)

    def answered(self, host: str) -> None:
        """A host gave an answer that is not "not now"."""
        self.busy.pop(host, None)
        self.errors.pop(host, None)

    def refused(self, host: str, status: int, asked: float | None) -> float:
        """The seconds to leave a host alone after a 429 or 503 that asked for `asked` seconds; it may be given up."""
        self.errors.pop(host, None)
        count = self.busy[host]
        self.busy[host] += 1
        if asked is not None and asked > self.longest:
            self.given_up[host] = f"it asks to wait {asked:.0f} seconds"
            return self.longest
        if self.busy[host] >= _MANY_PAUSES:
            self.given_up[host] = f"{self.busy[host]} times http {status} in a row"
        waited = min(_FIRST.get(status, 1.0) * 2**count, _LONGEST, self.longest)
        return waited if asked is None else max(asked, 0.1)

    def broke(self, host: str) -> None:
        """A host gave no answer at all; after many in a row it is given up."""
        self.errors[host] += 1
        if self.errors[host] >= _MANY_ERRORS:
            self.given_up[host] = f"{self.errors[host]} times no answer in a row"
