"""What gives the archive back, and takes it back in: JSON, JSON Lines, CSV, Parquet and JSON-LD, streamed."""

from newsarchive.export.errors import ExistsError, ExportError
from newsarchive.export.exporting import ALL, Report, format_of, write
from newsarchive.export.fields import FIELDS, markdown
from newsarchive.export.folders import write_folder
from newsarchive.export.formats import FORMATS, escaped, unescaped
from newsarchive.export.importing import Imported, read_back, read_files
from newsarchive.export.manifests import Manifest
from newsarchive.export.periods import days
from newsarchive.export.sources import listed

__all__ = [
    "ALL",
    "FIELDS",
    "FORMATS",
    "ExistsError",
    "ExportError",
    "Imported",
    "Manifest",
    "Report",
    "days",
    "escaped",
    "format_of",
    "listed",
    "markdown",
    "read_back",
    "read_files",
    "unescaped",
    "write",
    "write_folder",
]
