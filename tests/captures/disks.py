"""Disks that are full or may not be written, mounted for a test where that is allowed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def disk(folder: Path, size: str, *more: str) -> Iterator[Path]:
    """A file system in memory of that size at a folder that is made for it; the test is skipped where none can be mounted."""
    if not shutil.which("mount") or os.geteuid():
        pytest.skip("a small file system cannot be mounted here")
    folder.mkdir()
    options = ",".join((f"size={size}", *more))
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("a small file system cannot be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)
