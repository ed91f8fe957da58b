"""What is known around a page before any date of it is judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from newsarchive.extraction.dates import visits
from newsarchive.extraction.dates.candidates import Known
from newsarchive.extraction.dates.stamps import WEB_BEGAN

WELL_BEFORE = timedelta(minutes=15)  # what was made for the visit is of its very minutes
NOTHING_KNOWN = Known()


@dataclass(frozen=True, slots=True)
class Facts:
    """What the judge knows beside the candidates: the capture's time, the first year possible, what the archive knows."""

    now: datetime | None = None
    earliest: int = WEB_BEGAN
    known: Known = NOTHING_KNOWN

    def allow(self, day: date, instant: datetime | None) -> bool:
        """True for a time that nothing known beforehand speaks against: in its days, well before the visit, no import's."""
        known = self.known
        if day.year < self.earliest or day in known.shared_days:
            return False
        if not (known.not_before or day) <= day <= (known.not_after or day):
            return False
        if self.now is None:
            return True
        if instant is not None and self.now.tzinfo is not None:
            return instant < self.now and self.now - instant > WELL_BEFORE
        return day < min(visits.days(self.now))
