"""Let other tools read what newsarchive captures: warcio, fastwarc, pywb and the wacz tool.

    python -m bench.interop [--venv DIR]

pywb and wacz cannot be installed beside newsarchive (they pin older versions of what Scrapy needs), so they get a virtual
environment of their own in DIR (default: the one `make test` makes), with the versions of constraints-interop.txt. The
demo's newspaper is crawled with captures; then `warcio check` and `warcio index` read every file, fastwarc counts the same
records, `wacz validate` takes the WACZ of the archive, and pywb, on loopback, gives every article back byte for byte, both
from the WARC files and from the WACZ. Exits 1 when one does not.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from newsarchive.archive import Archive
from newsarchive.captures import Folder, Location

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.prefix) / "interop"
PINNED = ("-c", str(ROOT / "constraints-interop.txt"), "pywb", "wacz")
FAST = ("-s", "AUTOTHROTTLE_ENABLED=0", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=16")


def run(*command: str | Path, cwd: Path, accept: tuple[int, ...] = (0,), env: dict[str, str] | None = None) -> str:
    """What a command printed; SystemExit with what it said when it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in accept:
        raise SystemExit(f"interop: {' '.join(map(str, command))}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return done.stdout


def tools(folder: Path) -> Path:
    """The programs of a virtual environment with the other tools, made where it is not there yet."""
    if not (folder / "bin" / "wacz").exists():
        venv.create(folder, with_pip=True)
        run(folder / "bin" / "pip", "install", "--quiet", *PINNED, cwd=ROOT)
    return folder / "bin"


def demo() -> Any:
    """The module that serves the demo's newspaper."""
    sys.path.insert(0, str(ROOT / "demo"))
    spec = importlib.util.spec_from_file_location("server", ROOT / "demo" / "server.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def crawled(folder: Path) -> None:
    """The demo's newspaper, crawled twice into `folder` with captures, and packed."""
    ours = {
        "NEWSARCHIVE_DATABASE_URL": f"sqlite:///{folder / 'archive.sqlite'}",
        "NEWSARCHIVE_CAPTURES": str(folder / "captures"),
        "NEWSARCHIVE_ALLOWED_HOSTS": "127.0.0.1",
        "PYTHONPATH": str(ROOT),
    }
    newsarchive = (sys.executable, "-m", "newsarchive.cli")
    with demo().serving() as (origin, _):
        for _ in range(2):
            run(*newsarchive, "crawl", f"{origin}/", "--quiet", *FAST, cwd=folder, env=ours)
    run(*newsarchive, "captures", "verify", cwd=folder, env=ours)
    run(*newsarchive, "wacz", "-o", folder / "demo.wacz", "--text", cwd=folder, env=ours)


@contextmanager
def pywb(bin_: Path, folder: Path, add: list[Path]) -> Iterator[str]:
    """pywb on loopback with a collection of files; gives where it is."""
    (folder / "pywb").mkdir(exist_ok=True)
    place = folder / "pywb"
    name = f"c{len(list(place.glob('collections/*')))}"
    run(bin_ / "wb-manager", "init", name, cwd=place)
    unpack = ["--unpack-wacz"] if add[0].suffix == ".wacz" else []
    run(bin_ / "wb-manager", "add", *unpack, name, *add, cwd=place)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(bin_ / "wayback"), "-p", str(port), "-b", "127.0.0.1"]
    with (place / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=place, stdout=log, stderr=log)
    try:
        for _ in range(100):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}/{name}"
    finally:
        server.terminate()
        server.wait()


def given_back(base: str, folder: Path) -> tuple[int, list[str]]:
    """How many articles pywb gives back byte for byte, and what was wrong with the others."""
    right, wrong = 0, []
    kept = Folder(folder / "captures")
    with Archive.open(f"sqlite:///{folder / 'archive.sqlite'}") as archive:
        for _, file, offset, length, digest in archive.places():
            location = Location(file, offset, length, digest)
            record: Any = kept.record(location)
            url = f"{base}/{record.date:%Y%m%d%H%M%S}id_/{record.url}"
            try:
                with urllib.request.urlopen(url, timeout=20) as answer:
                    same = answer.read() == kept.message(location).opened(10**8)
            except urllib.error.URLError as error:
                same, url = False, f"{url}: {error}"
            right += same
            wrong += [] if same else [url]
    return right, wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--venv", type=Path, default=TOOLS, help="where the other tools are put")
    options = parser.parse_args()
    bin_ = tools(options.venv)
    bad: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        crawled(folder)
        files = Folder(folder / "captures").files()
        count = "import sys; from fastwarc.warc import ArchiveIterator as A; print(sum(1 for p in sys.argv[1:] for _ in A(p)))"
        for file in files:
            checked = run(sys.executable, "-m", "warcio.cli", "check", "-v", file, cwd=folder, accept=(0, 1))
            bad += [f"warcio check: {line}" for line in checked.splitlines() if "failed" in line]
        lines = run(sys.executable, "-m", "warcio.cli", "index", *files, cwd=folder).splitlines()
        fast = int(run(sys.executable, "-c", count, *files, cwd=folder))
        print(f"{len(files)} files, {len(lines)} records: warcio check and warcio index clean, fastwarc reads {fast}")
        bad += [] if fast == len(lines) else ["fastwarc reads another number of records"]
        print(run(bin_ / "wacz", "validate", "-f", folder / "demo.wacz", cwd=folder).strip().splitlines()[-1])
        for what, add in (("WARC files", files), ("WACZ", [folder / "demo.wacz"])):
            with pywb(bin_, folder, add) as base:
                right, wrong = given_back(base, folder)
            print(f"pywb gives back from the {what} byte for byte: {right} pages, {len(wrong)} not")
            bad += wrong
    for line in bad[:20]:
        print("!", line)
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
