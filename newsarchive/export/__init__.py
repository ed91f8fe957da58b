"""What gives the archive back: JSON, JSON Lines and CSV, streamed."""

from newsarchive.export.errors import ExistsError, ExportError
from newsarchive.export.exporting import Report, format_of, write
from newsarchive.export.fields import FIELDS, markdown
from newsarchive.export.formats import FORMATS, escaped, unescaped
from newsarchive.export.periods import days

__all__ = [
    "FIELDS",
    "FORMATS",
    "ExistsError",
    "ExportError",
    "Report",
    "days",
    "escaped",
    "format_of",
    "markdown",
    "unescaped",
    "write",
]
