"""What can go wrong with an export, said in one line."""

from __future__ import annotations

from pathlib import Path


class ExportError(Exception):
    """The export cannot be written; the message is one line a user can act on. Nothing half-written is left."""


class ExistsError(ExportError):
    """There is a file at the path already, and nobody said it may be replaced."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} exists already: use --force to replace it")
        self.path = path
