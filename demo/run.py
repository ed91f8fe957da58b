"""The demo: crawl the bundled newspaper twice, store it once, export it, and say where to look."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(HERE))

from server import serving  # noqa: E402

OUT = Path(os.environ.get("NEWSARCHIVE_DEMO_OUT", HERE / "out"))
STORED, DUPLICATES = 21, 2  # the wire's copy, and an AMP page
REJECTED = {"robots": 1, "consent_wall": 1, "error_page": 1, "http 404": 1}
# A site on this machine need not be spared.
FAST = ("-s", "AUTOTHROTTLE_ENABLED=False", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=16")


def newsarchive(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one command of newsarchive against the demo's own archive."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("NEWSARCHIVE_", "SCRAPY_"))
    }
    environment |= {
        "NEWSARCHIVE_DATABASE_URL": f"sqlite:///{OUT / 'archive.sqlite'}",
        "NEWSARCHIVE_ALLOWED_HOSTS": "127.0.0.1",
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.run(
        [sys.executable, "-m", "newsarchive.cli", *arguments],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def crawl(origin: str, wrong: list[str], *more: str) -> dict[str, Any]:
    """Crawl the site once and return the counts."""
    done = newsarchive("crawl", f"{origin}/", *FAST, *more, "--json")
    if done.returncode != 0:
        wrong.append(f"crawl ended with exit code {done.returncode}: {done.stderr.strip()[-600:]}")
    try:
        counts: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        wrong.append(f"crawl gave no summary: {done.stdout[-200:]!r}")
        return {}
    return counts


def tell(counts: dict[str, Any]) -> str:
    """The counts of a crawl in a line."""
    names = ("fetched", "stored", "unchanged", "duplicate", "listing", "rejected", "failed")
    return ", ".join(f"{counts.get(name, 0)} {name}" for name in names)


def check(first: dict[str, Any], second: dict[str, Any], asked: list[str], wrong: list[str]) -> None:
    """Compare two crawls with what the site holds."""
    reasons = first.get("rejected_for", {})
    expected = {"stored": STORED, "duplicate": DUPLICATES, "failed": 0}
    for name, number in expected.items():
        if first.get(name) != number:
            wrong.append(f"first crawl: {name} {first.get(name)}, not {number}")
    for reason, number in REJECTED.items():
        if reasons.get(reason) != number:
            wrong.append(f"first crawl: rejected ({reason}) {reasons.get(reason, 0)}, not {number}")
    if second.get("stored") != 0 or second.get("new_version"):
        wrong.append(f"second crawl stored {second.get('stored')}")
    if any(path.startswith("/prive/") for path in asked):
        wrong.append("a folder that robots.txt closes was fetched")


def exports(wrong: list[str]) -> list[dict[str, Any]]:
    """Export as JSON and CSV; the articles of the JSON."""
    for name in ("articles.json", "articles.csv"):
        done = newsarchive("export", "-o", str(OUT / name), "--force")
        if done.returncode != 0:
            wrong.append(f"export of {name} ended with exit code {done.returncode}: {done.stderr.strip()[-300:]}")
            return []
    articles: list[dict[str, Any]] = json.loads((OUT / "articles.json").read_text("utf-8"))
    with (OUT / "articles.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = sum(1 for _ in csv.DictReader(file))
    if not len(articles) == rows == STORED:
        wrong.append(f"exported {len(articles)} articles as JSON and {rows} as CSV, not {STORED}")
    return articles


def look(articles: list[dict[str, Any]], wrong: list[str]) -> None:
    """Compare articles with what their pages say."""
    by_end = {article["url"].rstrip("/").rpartition("/")[2]: article for article in articles}
    facts: dict[str, dict[str, Any]] = {
        "18842.html": {"date_published": "2004", "date_published_precision": "year"},
        "la-criee-demenage": {"date_published": None},
        "la-halle-aux-poissons-rouvre-ses-portes.html": {
            "date_published": "2025-11-03T08:15:00+01:00",
            "language": "fr",
        },
        "der-leuchtturm-bekommt-eine-stimme.html": {"language": "de"},
        "budget-la-nuit-du-conseil.html": {"verdict": "teaser"},
        "live-coastal-cup-final.html": {"verdict": "live_blog"},
    }
    for end, fields in facts.items():
        for name, value in fields.items():
            if by_end.get(end, {}).get(name, "no such article") != value:
                wrong.append(f"{end}: {name} is {by_end.get(end, {}).get(name, 'missing')!r}, not {value!r}")


def main() -> int:
    """Run the demo; 0 when everything is as it should be."""
    started = time.monotonic()
    wrong: list[str] = []
    OUT.mkdir(parents=True, exist_ok=True)
    for old in OUT.glob("a*.*"):
        old.unlink()
    with serving() as (origin, asked):
        print(f"A newspaper is up at {origin}/")
        first = crawl(origin, wrong)
        print(f"First crawl:  {tell(first)}")
        for reason, number in sorted(first.get("rejected_for", {}).items()):
            print(f"              rejected: {number} {reason}")
        second = crawl(origin, wrong, "-a", "revisit=yes")  # as if everything were due again
        print(f"Second crawl: {tell(second)}")
    check(first, second, asked, wrong)
    articles = exports(wrong)
    look(articles, wrong)
    for article in sorted(articles, key=lambda article: article["date_published"] or ""):
        when = f"{article['date_published'] or 'unknown'} ({article['date_published_precision'] or 'no date'})"
        print(f"  {when:34} {article['language']}  {article['title']}")
    shown = OUT.relative_to(Path.cwd()) if OUT.is_relative_to(Path.cwd()) else OUT
    print(f"Look at {shown}/archive.sqlite, {shown}/articles.json and {shown}/articles.csv")
    print(f"Done in {time.monotonic() - started:.1f} s.")
    for line in wrong:
        print(f"WRONG: {line}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
