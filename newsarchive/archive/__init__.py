"""The archive: every article once, with its history, in any SQLAlchemy database."""

from newsarchive.archive.archive import Archive
from newsarchive.archive.checking import Fault
from newsarchive.archive.counting import Stats
from newsarchive.archive.discovering import Discovered, Lead
from newsarchive.archive.errors import ArchiveError, MissingError
from newsarchive.archive.frontier import Frontier
from newsarchive.archive.history import Difference, History
from newsarchive.archive.outcomes import Entry, Outcome, State, Status, Validators
from newsarchive.archive.payloads import Done, Payload, Progress
from newsarchive.archive.reading import Filters, LedgerRow, Stored
from newsarchive.archive.replays import made_ready
from newsarchive.archive.rows import Prepared
from newsarchive.archive.search.finding import Found, Hit
from newsarchive.archive.stories import Copy
from newsarchive.archive.stories import Told as Story
from newsarchive.archive.urgency import Waiting, Wish
from newsarchive.archive.writer import Writer

__all__ = [
    "Archive",
    "ArchiveError",
    "Copy",
    "Difference",
    "Discovered",
    "Done",
    "Entry",
    "Fault",
    "Filters",
    "Found",
    "Frontier",
    "History",
    "Hit",
    "Lead",
    "LedgerRow",
    "MissingError",
    "Outcome",
    "Payload",
    "Prepared",
    "Progress",
    "State",
    "Stats",
    "Status",
    "Stored",
    "Story",
    "Validators",
    "Waiting",
    "Wish",
    "Writer",
    "made_ready",
]
