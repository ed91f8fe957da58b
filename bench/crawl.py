"""Crawl a whole corpus on loopback into an archive, and say whether it is all there, how good, and how fast.

    python -m bench.crawl --corpus DIR [--repeat N]

Prints: what became of every page (stored, or a named reason), errors in the log, whether `newsarchive stats` agrees with
the log, what a second crawl stores, body F1 of the stored texts, and the crawl rate beside a bare Scrapy spider that
fetches the same pages in the same run. Exits 1 when a page has no outcome, the log has an exception, the stats do not
agree with the log, or a second crawl stores anything.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
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


def run(command: list[str], env: dict[str, str], accept: tuple[int, ...] = (0,)) -> str:
    """Standard output of a command; SystemExit with what it said when it fails."""
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode not in accept:
        raise SystemExit(f"bench: {' '.join(command)}\nexit code {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


class Crawl:
    """One crawl of all sites into one database: its counts, its log, its seconds."""

    def __init__(self, sites: list[Site], folder: Path, name: str, *more: str) -> None:
        self.folder, self.log = folder, folder / f"{name}.log"
        self.env = dict(
            os.environ, NEWSARCHIVE_DATABASE_URL=f"sqlite:///{folder / 'bench.sqlite'}", PYTHONPATH=str(ROOT)
        )
        self.env["NEWSARCHIVE_ALLOWED_HOSTS"] = "127.0.0.1"
        self.counts: Counter[str] = Counter()
        self.seconds = 0.0
        for site in sites:
            settings = [word for name, value in FAST.items() for word in ("-s", f"{name}={value}")]
            command = [sys.executable, "-m", "newsarchive.cli", "crawl", site.root + "/", "--json", "--quiet"]
            began = time.perf_counter()
            out = run([*command, "--log-file", str(self.log), *settings, *more], self.env)
            self.seconds += time.perf_counter() - began
            summary = json.loads(out)
            self.counts.update({key: value for key, value in summary.items() if isinstance(value, int)})

    def errors(self) -> list[str]:
        """The lines of the log that tell of an exception."""
        text = self.log.read_text(encoding="utf-8", errors="replace")
        return [line for line in text.splitlines() if re.search(r"Traceback|\] (ERROR|CRITICAL):", line)]

    def newsarchive(self, *words: str) -> str:
        return run([sys.executable, "-m", "newsarchive.cli", *words], self.env)


def bare(sites: list[Site], folder: Path) -> float:
    """Pages a second of a bare spider."""
    urls = folder / "urls.txt"
    urls.write_text("\n".join(site.root + path for site in sites for path in site.articles), encoding="utf-8")
    out = json.loads(run([sys.executable, "-m", "bench.bare", str(urls)], dict(os.environ, PYTHONPATH=str(ROOT))))
    return float(out["pages"] / out["seconds"])


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
    rates: list[tuple[float, float]] = []
    total = sum(len(site.articles) for site in sites)
    first: Crawl | None = None
    for n in range(options.repeat):
        place = folder / str(n)
        place.mkdir()
        crawl = Crawl(sites, place, "first")
        rates.append((bare(sites, folder), total / crawl.seconds))
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
    print("\npages a second, same run (server included):  bare   newsarchive  ratio")
    for one, ours in rates:
        print(f"{'':43}{one:7.0f}{ours:12.0f}{ours / one:9.2f}")
    for line in [*errors[:10], *missing[:10]]:
        print("!", line)
    agree = originals == first.counts["stored"]
    return int(bool(errors or missing or second.counts["stored"] or not agree))


if __name__ == "__main__":
    sys.exit(main())
