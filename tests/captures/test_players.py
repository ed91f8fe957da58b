"""pywb gives back what was captured, and the wacz tool takes what we pack (more of it: `python -m bench.interop`)."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from bench import interop
from newsarchive.captures import Folder
from tests.cli.running import QUICK, command
from tests.crawling import environment

ARTICLES = (
    "/ville/2025/11/03/la-halle-aux-poissons-rouvre-ses-portes.html",
    "/ville/2025/11/04/le-tramway-du-phare-change-de-trace.html",
)


@pytest.fixture
def programs() -> Path:
    """Where the other tools are; where they are not, that is said loudly."""
    folder = interop.TOOLS / "bin"
    if not (folder / "wacz").exists() or not (folder / "wayback").exists():
        message = "NO PYWB AND NO WACZ, so nobody else has looked at our captures: `make test` installs them"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(message)
        pytest.skip(message)
    return folder


@pytest.mark.slow
def test_other_tools_take_the_captures_of_the_demo_and_give_its_articles_back_byte_for_byte(
    programs: Path, tmp_path: Path
) -> None:
    with interop.demo().serving() as (origin, _):
        (tmp_path / "urls.txt").write_text("\n".join(origin + path for path in ARTICLES))
        allowed = ("-s", "NEWSARCHIVE_ALLOWED_HOSTS=127.0.0.1", "-s", "NEWSARCHIVE_CAPTURES=captures")
        done = command("crawl", "news", "-a", "urls=urls.txt", "--json", *allowed, *QUICK, folder=tmp_path)
    assert done.json["stored"] == len(ARTICLES), done
    with interop.pywb(programs, tmp_path, Folder(tmp_path / "captures").files()) as base:
        right, wrong = interop.given_back(base, tmp_path)
    assert (right, wrong) == (len(ARTICLES), [])
    assert command("wacz", "-o", "demo.wacz", "--captures", "captures", folder=tmp_path).code == 0
    checked = subprocess.run(
        [programs / "wacz", "validate", "-f", "demo.wacz"], cwd=tmp_path, env=environment(tmp_path),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (checked.returncode, "is valid" in checked.stdout) == (0, True), checked
