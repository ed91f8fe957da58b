"""How far a host's "304 Not Modified" is believed: it is tested, now and then for ever, and a lie is remembered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, insert, select, update

from newsarchive.archive.models import Host

TESTS: Final = 3
"""The first 304s of a host are all verified by fetching the page whole, until so many were true."""
EVERY: Final = 20
"""Later one in so many is."""
FORGIVEN: Final = timedelta(days=90)
"""A host that lied is asked for whole pages for so long, and then tested anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """What is known of a host: how often it answered 304, how often that was found true, and when it was found a lie."""

    answered: int = 0
    confirmed: int = 0
    lied_at: datetime | None = None
    lied_about: str | None = None

    def is_asked(self, now: datetime) -> bool:
        """True when pages of the host are asked for with a condition at all."""
        return self.lied_at is None or not timedelta(0) <= now - self.lied_at < FORGIVEN

    def is_doubted(self) -> bool:
        """True when the 304 just counted in `answered` has to be verified."""
        return self.confirmed < TESTS or self.answered % EVERY == 0

    def after_answer(self) -> Trust:
        """The trust after one more 304."""
        return replace(self, answered=self.answered + 1)

    def after_test(self, url: str, *, is_changed: bool, now: datetime) -> Trust:
        """The trust after a page was fetched whole: a changed one begins it anew, with the lie remembered."""
        if is_changed:
            return Trust(lied_at=now, lied_about=url)
        return replace(self, confirmed=self.confirmed + 1)


def read(connection: Connection, name: str) -> Trust:
    """What is known of a host."""
    columns = select(Host.answered, Host.confirmed, Host.lied_at, Host.lied_about)
    row = connection.execute(columns.where(Host.name == name[:255])).first()
    return Trust() if row is None else Trust(**row._mapping)


def write(connection: Connection, name: str, trust: Trust) -> None:
    """Keep what is known of a host."""
    values = {
        "answered": trust.answered,
        "confirmed": trust.confirmed,
        "lied_at": trust.lied_at,
        "lied_about": trust.lied_about,
    }
    known = connection.execute(select(Host.id).where(Host.name == name[:255])).scalar()
    if known is None:
        connection.execute(insert(Host).values(name=name[:255], **values))
    else:
        connection.execute(update(Host).where(Host.id == known).values(values))
