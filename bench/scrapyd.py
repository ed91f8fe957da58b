"""Run the Scrapyd examples of docs/scheduling.md for real: a Scrapyd 1.6 of its own, on loopback, against the demo newspaper.

    python -m bench.scrapyd [--venv DIR]

Makes a virtual environment that also sees the packages of this one, installs scrapyd==1.6.* into it from the package index, starts it
with the page's scrapyd.conf, and asks it with the page's own curl lines to add the project, list its spiders, run one and list
its jobs. Exits 1 when the job does not end or the archive does not hold what the newspaper has.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import venv
from importlib import import_module
from pathlib import Path
from typing import Any

from newsarchive.archive import Archive

ROOT = Path(__file__).resolve().parent.parent
DOC = (ROOT / "docs" / "scheduling.md").read_text(encoding="utf-8").partition("## Scrapyd")[2]
STORED = 21
PATIENCE = 120.0


def block(language: str) -> str:
    """The page's block in a language."""
    found = re.search(rf"^```{language}\n(.*?)^```", DOC, re.MULTILINE | re.DOTALL)
    assert found, language
    return found[1]


def installed(folder: Path) -> Path:
    """The scrapyd of a virtual environment in `folder`, made if it is not there."""
    program = folder / "bin" / "scrapyd"
    if not program.exists():
        venv.create(folder, with_pip=True)
        here = [path for path in sys.path if path.endswith("site-packages")]
        library = next((folder / "lib").glob("python3.*/site-packages"))
        (library / "bench.pth").write_text("\n".join([*here, str(ROOT)]))
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "scrapyd==1.6.*", "setuptools<81"]
        subprocess.run(pip, check=True)
    return program


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def curl(line: str, folder: Path) -> dict[str, Any]:
    """The answer to one line of the page."""
    done = subprocess.run(line, shell=True, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        return {"status": "none", "message": done.stdout + done.stderr}
    return answer


def wait(what: str, ask: Any) -> bool:
    """Ask again until the answer is yes, for PATIENCE seconds at most."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if ask():
            return True
        time.sleep(0.5)
    print(f"! {what}: not within {PATIENCE:.0f} seconds")
    return False


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--venv", type=Path, help="where Scrapyd's virtual environment is, or is to be kept")
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT / "demo"))
    serving = import_module("server").serving
    with tempfile.TemporaryDirectory() as name, serving() as (origin, _):
        folder, port = Path(name), free_port()
        program = installed((options.venv or folder / "venv").absolute())
        (folder / "log").mkdir()
        (folder / "scrapyd.conf").write_text(block("ini").replace("6800", str(port)))
        subprocess.run([sys.executable, "-c", block("python")], cwd=folder, check=True)
        env = dict(os.environ, NEWSARCHIVE_DATABASE_URL=f"sqlite:///{folder / 'news.sqlite'}")
        env |= {"NEWSARCHIVE_ALLOWED_HOSTS": "127.0.0.1"}
        with (folder / "scrapyd.log").open("w") as log:
            daemon = subprocess.Popen([program], cwd=folder, env=env, stdout=log, stderr=log)
        try:
            return played(folder, port, origin)
        finally:
            daemon.terminate()
            daemon.wait(timeout=30)


def played(folder: Path, port: int, origin: str) -> int:
    """Ask all that the page asks; the exit code."""
    lines = [line.replace("6800", str(port)) for line in block("sh").strip().splitlines()]
    lines = [line.replace("https://example.org", f"{origin}/") for line in lines]
    fast = " -d setting=AUTOTHROTTLE_ENABLED=0 -d setting=CONCURRENT_REQUESTS_PER_DOMAIN=16"
    alive = f"curl -s http://127.0.0.1:{port}/daemonstatus.json"
    if not wait("scrapyd is up", lambda: curl(alive, folder).get("status") == "ok"):
        print((folder / "scrapyd.log").read_text())
        return 1
    added, spiders, scheduled, _ = (curl(line + fast * ("schedule.json" in line), folder) for line in lines)
    jobs = lines[3]
    for label, answer in (("addversion", added), ("listspiders", spiders), ("schedule", scheduled)):
        answer.pop("node_name", None)
        print(f"{label}: {json.dumps(answer)}")
    done = wait("the job has ended", lambda: curl(jobs, folder).get("finished"))
    (text,) = [file.read_text() for file in (folder / "log").rglob("*.log")] or [""]
    with Archive.open(f"sqlite:///{folder / 'news.sqlite'}") as archive:
        stats = archive.stats()
    print(f"listjobs: finished; {stats.articles - stats.duplicates} articles in the archive")
    finished = re.search(r"'finish_reason': '(\w+)'", text)
    print(f"the job's log says: {finished[1] if finished else 'nothing'}")
    fine = done and stats.articles - stats.duplicates == STORED
    return int(not (fine and added.get("status") == spiders.get("status") == "ok" and "news" in spiders["spiders"]))


if __name__ == "__main__":
    sys.exit(main())
