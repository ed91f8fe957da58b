"""The `newsarchive` command line: one small file a verb, and what the verbs share."""

from newsarchive.cli.program import main

__all__ = ["main"]
