"""Captures: raw pages kept as WARC files, and saved pages read back, each with when and where it was fetched."""

from newsarchive.captures.exchange import Exchange, Location
from newsarchive.captures.found import Saved, Skipped
from newsarchive.captures.saved import read
from newsarchive.captures.writer import CaptureError, CaptureWriter

__all__ = ["CaptureError", "CaptureWriter", "Exchange", "Location", "Saved", "Skipped", "read"]
