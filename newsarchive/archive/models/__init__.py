"""The schema of the archive: typed models, one a table, with their keys and checks.

Instants are UTC. A date of an article keeps what was stated beside its instant: precision, offset, zone, raw string,
source and confidence. URLs are found by a digest, so that their length has no limit on any database.
"""

from __future__ import annotations

from newsarchive.archive.models.articles import CHANGES, Alias, Article, Site, Version, Withdrawal
from newsarchive.archive.models.captures import Capture, Checkpoint
from newsarchive.archive.models.columns import Base, Instant
from newsarchive.archive.models.exports import Export
from newsarchive.archive.models.kin import Kin, RecentShingles, Shingle, Story, Unlinked
from newsarchive.archive.models.ledger import KINDS, STATES, Host, LedgerEntry, PastOutcome, Run

__all__ = [
    "CHANGES",
    "KINDS",
    "STATES",
    "Alias",
    "Article",
    "Base",
    "Capture",
    "Checkpoint",
    "Export",
    "Host",
    "Instant",
    "Kin",
    "LedgerEntry",
    "PastOutcome",
    "RecentShingles",
    "Run",
    "Shingle",
    "Site",
    "Story",
    "Unlinked",
    "Version",
    "Withdrawal",
]
