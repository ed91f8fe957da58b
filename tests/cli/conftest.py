"""Every test of the command line runs in its own folder, outside of any project, with nothing set from outside."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.running import Run, runner


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of its own, and an environment that says nothing."""
    for name in list(os.environ):
        if name.startswith(("NEWSARCHIVE_", "SCRAPY_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """A function that runs a command line in this process."""
    return runner(capsys)
