"""Crawl a whole corpus on loopback into an archive, and say whether it is all there, how good, and how fast.

    python -m bench.crawl --corpus DIR [--repeat N]

Prints: what became of every page (stored, or a named reason), errors in the log, whether `newsarchive stats` agrees with
the log, what a second crawl stores, body F1 of the stored texts, and the crawl rate beside a bare Scrapy spider that
fetches the same pages in the same run, a command a site as well: of whole commands, of the time from a spider's opening to its
close (Scrapy's elapsed time), and in processor time, which another job on the machine does not change much. Exits 1 when a page
has no outcome, the log has an exception, the stats do not agree with the log, or a second crawl stores anything.
"""

from __future__ import annotations

import argparse
import compileall
import importlib.util
import json
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.site import Site, serving
from newsarchive.archive import Archive

ROOT = Path(__file__).resolve().parent.parent
FAST = {
    "TWISTED_DNS_RESOLVER": "bench.site.LoopbackResolver",
    "AUTOTHROTTLE_ENABLED": "0",
    "DOWNLOAD_DELAY": "0",
    "CONCURRENT_REQUESTS": "16",
    "CONCURRENT_REQUESTS_PER_DOMAIN": "16",
    "RETRY_ENABLED": "0",
}
_ELAPSED = re.compile(r"'elapsed_time_seconds': ([\d.]+)")


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds for all pages: of whole commands, of their spiders, of the processor (workers included, the server not)."""

    command: float
    spider: float
    processor: float

    def __sub__(self, other: Pace) -> Pace:
        return Pace(self.command - other.command, self.spider - other.spider, self.processor - other.processor)


def now(spider: float = 0.0) -> Pace:
    """The clocks as they stand; the processor's is that of all commands that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Pace(time.perf_counter(), spider, used.ru_utime + used.ru_stime)


def environment() -> dict[str, str]:
    """The environment of a command: Python's compiled files are kept, as those of an installed package are."""
    given = dict(os.environ, PYTHONPATH=str(ROOT), NEWSARCHIVE_ALLOWED_HOSTS="127.0.0.1")
    given.pop("PYTHONDONTWRITEBYTECODE", None)
    return given


def run(command: list[str], env: dict[str, str], accept: tuple[int, ...] = (0,)) -> str:
    """Standard output of a command; SystemExit with what it said when it fails."""
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode not in accept:
        raise SystemExit(f"bench: {' '.join(command)}\nexit code {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


class Crawl:
    """One crawl of all sites into one database: its counts, its log, its pace."""

    def __init__(self, sites: list[Site], folder: Path, name: str, *more: str) -> None:
        self.folder, self.log = folder, folder / f"{name}.log"
        self.env = environment() | {"NEWSARCHIVE_DATABASE_URL": f"sqlite:///{folder / 'bench.sqlite'}"}
        self.counts: Counter[str] = Counter()
        began = now()
        for site in sites:
            settings = [word for name, value in FAST.items() for word in ("-s", f"{name}={value}")]
            command = [sys.executable, "-m", "newsarchive.cli", "crawl", site.root + "/", "--json", "--quiet"]
            out = run([*command, "--log-file", str(self.log), *settings, *more], self.env)
            summary = json.loads(out)
            self.counts.update({key: value for key, value in summary.items() if isinstance(value, int)})
        self.pace = now(sum(map(float, _ELAPSED.findall(self.log.read_text(encoding="utf-8"))))) - began

    def errors(self) -> list[str]:
        """The lines of the log that tell of an exception."""
        text = self.log.read_text(encoding="utf-8", errors="replace")
        return [line for line in text.splitlines() if re.search(r"Traceback|\] (ERROR|CRITICAL):", line)]

    def newsarchive(self, *words: str) -> str:
        return run([sys.executable, "-m", "newsarchive.cli", *words], self.env)


def bare(sites: list[Site], folder: Path) -> Pace:
    """How fast a bare spider is that fetches the articles of all sites, a command a site, too."""
    began, elapsed = now(), 0.0
    for site in sites:
        urls = folder / "urls.txt"
        urls.write_text("\n".join(site.root + path for path in site.articles), encoding="utf-8")
        out = json.loads(run([sys.executable, "-m", "bench.bare", str(urls)], environment()))
        if out["pages"] != len(site.articles):
            raise SystemExit(f"bench: the bare spider got {out['pages']} of {len(site.articles)} pages of {site.name}")
        elapsed += out["seconds"]
    return now(elapsed) - began


def score(corpus: Path, sites: list[Site], rows: list[dict[str, Any]], folder: Path) -> dict[str, Any]:
    """The scorer's table over what was stored; a page found by any of its URLs counts as that article."""
    spec = importlib.util.spec_from_file_location("score", corpus / "score.py")
    assert spec
    assert spec.loader
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    by_url = {url: row for row in rows for url in [row["url"], *(row.get("aliases") or [])]}
    predictions = folder / "newsarchive.jsonl"
    with predictions.open("w", encoding="utf-8") as out:
        for site in sites:
            for path, key in site.articles.items():
                row = by_url.get(site.root + path)
                if row:
                    body = "\n".join(part for part in (row["standfirst"], row["body"]) if part)
                    answer = {
                        "title": row["title"],
                        "body": body,
                        "date": row["date_published"],
                        "authors": row["authors"],
                    }
                    line = {"corpus": site.name.removesuffix(".test"), "id": key, **answer}
                    out.write(json.dumps(line, ensure_ascii=False) + "\n")
    table: dict[str, Any] = scorer.table(predictions, dict(scorer.gold()))
    return table


def outcomes(sites: list[Site], first: Crawl) -> tuple[Counter[str], list[str]]:
    """What the ledger says of every article page, and the pages it does not know."""
    counts: Counter[str] = Counter()
    missing = []
    with Archive.open(first.env["NEWSARCHIVE_DATABASE_URL"]) as archive:
        for site in sites:
            for path in site.articles:
                row = archive.look_up(site.root + path)
                if row is None:
                    missing.append(site.root + path)
                else:
                    counts[row.state + (f": {row.reason}" if row.reason else "")] += 1
    return counts, missing


def tell_paces(total: int, paces: list[tuple[Pace, Pace]]) -> None:
    """Print the rates of the bare spider and of ours, side by side."""
    print("\nsame run, server on the same cores        bare   newsarchive  ratio")
    for one, ours in paces:
        for what, theirs, mine in (
            ("pages a second, spider open to close", one.spider, ours.spider),
            ("pages a second, whole commands", one.command, ours.command),
        ):
            print(f"  {what:38}{total / theirs:7.0f}{total / mine:12.0f}{theirs / mine:9.2f}")
        mine, theirs = 1000 * ours.processor / total, 1000 * one.processor / total
        print(f"  {'ms of the processor a page':38}{theirs:7.1f}{mine:12.1f}{theirs / mine:9.2f}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--corpus", type=Path, default=ROOT.parent / "shared" / "corpus", help="the folder with the zips"
    )
    parser.add_argument("--repeat", type=int, default=3, help="how often the bare spider and the crawl are timed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, serving(options.corpus) as sites:
        return report(options, sites, Path(name))


def report(options: argparse.Namespace, sites: list[Site], folder: Path) -> int:
    """Measure and print; the exit code."""
    compileall.compile_dir(ROOT / "newsarchive", quiet=1)
    paces: list[tuple[Pace, Pace]] = []
    total = sum(len(site.articles) for site in sites)
    first: Crawl | None = None
    for n in range(options.repeat):
        place = folder / str(n)
        place.mkdir()
        crawl = Crawl(sites, place, "first")
        paces.append((bare(sites, folder), crawl.pace))
        first = first or crawl
    assert first
    counts, missing = outcomes(sites, first)
    stats = json.loads(first.newsarchive("stats", "--json"))
    rows = [json.loads(line) for line in first.newsarchive("export", "--format", "jsonl", "-o", "-").splitlines()]
    second = Crawl(sites, first.folder, "second", "-a", "revisit=yes")
    errors = first.errors() + second.errors()
    names = "scrapy twisted sqlalchemy selectolax".split()
    print(f"{date.today()}, Python {platform.python_version()}, " + ", ".join(f"{n} {version(n)}" for n in names))
    print(f"\n{total} article pages on {len(sites)} sites, each with its outcome:")
    for reason, count in counts.most_common():
        print(f"  {count:5}  {reason}")
    print(f"  {len(missing):5}  without an outcome")
    print(f"exceptions in the logs: {len(errors)}")
    originals = stats["articles"] - stats["duplicates"]
    print(f"stored by the log {first.counts['stored']}, by `newsarchive stats` {originals}")
    print(f"(and {stats['duplicates']} copies of them on other sites, each linked to the first)")
    print(f"a second crawl stored {second.counts['stored']} and saw {second.counts['unchanged']} unchanged")
    print("\nquality of what is stored (scorer of the corpus):")
    for row, figures in score(options.corpus, sites, rows, folder).items():
        print(
            f"  {row:20} "
            + "  ".join(f"{k} {v:.3f}" if isinstance(v, float) else f"{k} {v}" for k, v in figures.items())
        )
    tell_paces(total, paces)
    for line in [*errors[:10], *missing[:10]]:
        print("!", line)
    agree = originals == first.counts["stored"]
    return int(bool(errors or missing or second.counts["stored"] or not agree))


if __name__ == "__main__":
    sys.exit(main())
