"""The real images of an article: absolute URLs with caption and credit apart, the main one first."""

from newsarchive.extraction.images.normalise import clean, key
from newsarchive.extraction.images.sources import read

__all__ = ["clean", "key", "read"]
