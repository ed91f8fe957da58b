"""The archive: every article once, with its history, in any SQLAlchemy database."""

from newsarchive.archive.archive import Archive
from newsarchive.archive.checking import Fault
from newsarchive.archive.counting import Stats
from newsarchive.archive.discovering import Discovered, Lead
from newsarchive.archive.errors import ArchiveError
from newsarchive.archive.frontier import Frontier
from newsarchive.archive.outcomes import Entry, Outcome, State, Status, Validators
from newsarchive.archive.payloads import Payload, Progress
from newsarchive.archive.reading import Filters, LedgerRow, Stored
from newsarchive.archive.search.finding import Found, Hit
from newsarchive.archive.urgency import Waiting, Wish
from newsarchive.archive.writer import Writer

__all__ = [
    "Archive",
    "ArchiveError",
    "Discovered",
    "Entry",
    "Fault",
    "Filters",
    "Found",
    "Frontier",
    "Hit",
    "Lead",
    "LedgerRow",
    "Outcome",
    "Payload",
    "Progress",
    "State",
    "Stats",
    "Status",
    "Stored",
    "Validators",
    "Waiting",
    "Wish",
    "Writer",
]
