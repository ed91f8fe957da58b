"""The examples of docs/scheduling.md are run as they stand, but for the folder and the site's address."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsarchive.archive import Archive
from tests.crawling import ROOT

sys.path.insert(0, str(ROOT / "demo"))
from server import serving  # type: ignore[import-not-found]

DOC = (ROOT / "docs" / "scheduling.md").read_text(encoding="utf-8")
STORED = 21


def example(language: str, name: str = "") -> str:
    """The block of the page in a language whose first line names a file."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```", DOC, re.MULTILINE | re.DOTALL)
    found = [block for block in blocks if not name or block.startswith(f"# {name}\n")]
    assert len(found) == 1, name
    return str(found[0])


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    """Where the demo newspaper is up."""
    with serving() as (address, _):
        yield address


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """What stands for /srv/news: a virtual environment, and a folder for logs."""
    (tmp_path / "log").mkdir()
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    script = tmp_path / ".venv" / "bin" / "newsarchive"
    script.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m newsarchive.cli "$@"\n')
    script.chmod(0o755)
    return tmp_path


# The demo is on this machine: it has to be allowed, and need not be spared.
HERE = {"NEWSARCHIVE_ALLOWED_HOSTS": "127.0.0.1"}
FAST = " -s AUTOTHROTTLE_ENABLED=0 -s CONCURRENT_REQUESTS_PER_DOMAIN=16"


def bare(command: str, environment: dict[str, str], folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a line with nothing of this process's environment."""
    words = [f"{name}={value}" for name, value in {"PATH": "/usr/bin:/bin", **environment, **HERE}.items()]
    return subprocess.run(
        ["env", "-i", *words, "/bin/sh", "-c", command], cwd=folder or "/", capture_output=True, text=True, timeout=120, check=False
    )  # fmt: skip


def articles(home: Path) -> int:
    with Archive.open(f"sqlite:///{home / 'news.sqlite'}", create=False) as archive:
        stats = archive.stats()
        return int(stats.articles - stats.duplicates)


def crontab(home: Path, origin: str) -> tuple[dict[str, str], str]:
    """The variables and the line of the crontab."""
    text = example("cron").replace("/srv/news", str(home)).replace("https://example.org", f"{origin}/")
    *settings, line = text.strip().splitlines()
    schedule = re.match(r"((?:[\d*,/-]+ ){5})(.*)", line)
    assert schedule, line
    assert "%" not in schedule[2]  # cron would make a line break of it
    return dict(setting.split("=", 1) for setting in settings), schedule[2].replace(" --quiet", f"{FAST} --quiet")


def test_the_line_of_the_crontab_fills_the_archive_in_cron_s_bare_environment(home: Path, origin: str) -> None:
    variables, command = crontab(home, origin)
    done = bare(command, variables)
    assert (done.stdout, done.stderr) == ("", "")
    assert done.returncode == 0
    assert articles(home) == STORED
    assert (home / "log" / "example.org.log").stat().st_size > 0


def test_the_line_of_the_crontab_says_nothing_while_another_crawl_runs_and_tells_of_a_failure(
    home: Path, origin: str
) -> None:
    variables, command = crontab(home, origin)
    script = home / ".venv" / "bin" / "newsarchive"
    for code, printed in ((3, ""), (75, ""), (1, "example.org: see log/example.org.log\n")):
        script.write_text(f"#!/bin/sh\nexit {code}\n")
        done = bare(command, variables)
        assert (done.stdout, done.returncode) == (printed, 1 if printed else 0)


@pytest.fixture
def units(home: Path, origin: str) -> Path:
    """The units of systemd in a folder, for /srv/news here and a user that is here."""
    folder = home / "units"
    folder.mkdir()
    for kind in ("service", "timer"):
        text = example("ini", f"/etc/systemd/system/newsarchive@.{kind}")
        text = text.replace("/srv/news", str(home)).replace("User=news\n", "User=root\n")
        (folder / f"newsarchive@.{kind}").write_text(text)
    return folder


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not on this machine")
def test_systemd_finds_no_fault_in_the_units(units: Path) -> None:
    for kind in ("service", "timer"):
        unit = units / f"newsarchive@example.org.{kind}"
        (units / f"newsarchive@.{kind}").rename(unit)
    names = [str(units / f"newsarchive@example.org.{kind}") for kind in ("service", "timer")]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *names], capture_output=True, text=True, timeout=60, check=False
    )
    complaints = [line for line in done.stderr.splitlines() if "newsarchive" in line]
    assert complaints == []
    calendar = re.findall(r"OnCalendar=(.*)", (units / "newsarchive@example.org.timer").read_text())
    assert subprocess.run(["systemd-analyze", "calendar", *calendar], capture_output=True, check=False).returncode == 0


def test_the_command_of_the_service_fills_the_archive_in_its_environment(units: Path, home: Path, origin: str) -> None:
    text = (units / "newsarchive@.service").read_text()
    variables = dict(value.split("=", 1) for value in re.findall(r"^Environment=(.*)$", text, re.MULTILINE))
    (command,) = re.findall(r"^ExecStart=(.*)$", text, re.MULTILINE)
    (folder,) = re.findall(r"^WorkingDirectory=(.*)$", text, re.MULTILINE)
    command = command.replace("https://%i", f"{origin}/").replace("%i", "demo").replace(" --quiet", f"{FAST} --quiet")
    done = bare(command, variables, Path(folder))
    assert (done.returncode, done.stderr) == (0, "")
    assert articles(home) == STORED
    assert (home / "log" / "demo.log").exists()


@pytest.mark.skipif(
    shutil.which("logrotate", path=f"{os.environ.get('PATH')}:/usr/sbin") is None, reason="no logrotate here"
)
def test_a_log_is_rotated_and_the_next_crawl_begins_a_new_one(home: Path) -> None:
    file = home / "logrotate.conf"
    file.write_text(example("conf", "/etc/logrotate.d/newsarchive").replace("/srv/news", str(home)))
    file.chmod(0o644)
    log = home / "log" / "example.org.log"
    log.write_text("the first week\n")
    held = log.open("a")  # a crawl that is running
    rotate = [
        shutil.which("logrotate", path=f"{os.environ.get('PATH')}:/usr/sbin") or "",
        "-s",
        str(home / "state"),
        str(file),
    ]
    done = subprocess.run([*rotate, "--force"], capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stderr
    with held:
        held.write("its last line\n")
    assert (home / "log" / "example.org.log.1").read_text() == "the first week\nits last line\n"
    assert not log.exists()
    log.write_text("the second week\n")
    assert subprocess.run([*rotate, "--force"], check=False).returncode == 0
    assert (home / "log" / "example.org.log.2.gz").exists()
