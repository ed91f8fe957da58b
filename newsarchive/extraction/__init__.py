"""Extraction: one page in, one article's evidence out, with no clock, network, settings or database."""

from newsarchive.extraction.extract import extract, read

__all__ = ["extract", "read"]
