"""Dates: when an article was published and changed, judged from all that a page says, never guessed."""

from newsarchive.extraction.dates.candidates import Hint, Known
from newsarchive.extraction.dates.parsing import clean, parse
from newsarchive.extraction.dates.reading import Dates, explain, read

__all__ = ["Dates", "Hint", "Known", "clean", "explain", "parse", "read"]
