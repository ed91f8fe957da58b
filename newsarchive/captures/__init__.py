"""Captures: raw pages kept as WARC files, and saved pages read back, each with when and where it was fetched."""

from newsarchive.captures.crawled import Crawled
from newsarchive.captures.exchange import Exchange, Location, Original
from newsarchive.captures.folder import Folder
from newsarchive.captures.found import Saved, Skipped
from newsarchive.captures.members import Packing
from newsarchive.captures.saved import read
from newsarchive.captures.wanted import Wanted
from newsarchive.captures.writer import CaptureError, CaptureWriter

__all__ = [
    "CaptureError",
    "CaptureWriter",
    "Crawled",
    "Exchange",
    "Folder",
    "Location",
    "Original",
    "Packing",
    "Saved",
    "Skipped",
    "Wanted",
    "read",
]
