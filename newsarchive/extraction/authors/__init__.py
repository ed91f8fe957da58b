"""Who wrote an article: people and agencies, as the page credits them; nobody is invented."""

from newsarchive.extraction.authors.names import agencies, clean, is_agency
from newsarchive.extraction.authors.sources import Authors, read

__all__ = ["Authors", "agencies", "clean", "is_agency", "read"]
