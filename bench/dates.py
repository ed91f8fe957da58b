"""How right, how sure and how fast the dates of real pages are: the table of the goals, measured.

`python bench/dates.py --corpus DIR [--peers htmldate,trafilatura]`: DIR holds zips of pages/ with a gold.json each
({id: {"page", "url", "date", "datetime"?}}) and, maybe, peers.json with what others scored. Pages are read without a
capture time, as it is not known of them. A peer named must be importable; it is measured on the same pages in the same
run. F1 counts the day: a wrong answer costs precision, no answer costs recall.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from newsarchive.article import PublishedDate
from newsarchive.extraction import dates
from newsarchive.extraction import outline as outlines
from newsarchive.extraction import structured as statements
from newsarchive.page import Page

GOALS = {"htmldate.date": (0.962, 0.975), "fundus.date": (0.992, 0.996), "trafilatura.date": (0.940, 0.955)}
INSTANT_GOAL, SURE_GOAL, CPU_GOAL = (0.92, 0.95), (0.97, 0.99), (1.5, 1.0)
SURE = 0.9
FOLDS = 5


@dataclass
class Score:
    """Counts of one row: right, wrong and missing answers."""

    right: int = 0
    wrong: int = 0
    missing: int = 0

    def add(self, answer: str | None, gold: str) -> None:
        if answer is None:
            self.missing += 1
        elif answer == gold:
            self.right += 1
        else:
            self.wrong += 1

    @property
    def pages(self) -> int:
        return self.right + self.wrong + self.missing

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missing)


@dataclass
class Tally:
    """All that one run of our own rules counts."""

    days: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    folds: dict[tuple[str, int], Score] = field(default_factory=lambda: defaultdict(Score))
    instants: Score = field(default_factory=Score)
    sure: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    seconds: float = 0.0
    whole_seconds: float = 0.0
    pages: int = 0
    misses: list[tuple[str, str, str | None, str]] = field(default_factory=list)


def pages(corpus: Path) -> Iterator[tuple[str, dict[str, Any], bytes]]:
    """The pages of every zip that have an answer for the date: the zip's name, the answer, the bytes."""
    for path in sorted(corpus.glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            for gold in json.loads(archive.read("gold.json")).values():
                if gold.get("date"):
                    # Some answers are no date at all (NaN): counted, as the corpus's own scorer does, never met.
                    yield path.stem, {**gold, "date": str(gold["date"])}, archive.read(gold["page"])


def measure(corpus: Path) -> Tally:
    """Our own answers, counted."""
    tally = Tally()
    for name, gold, body in pages(corpus):
        begun = time.process_time()
        page = Page(url=gold["url"], body=body)
        structured, outline = statements.read(page.tree), outlines.read(page.tree)
        started = time.process_time()
        found = dates.read(page, structured, outline).published
        ended = time.process_time()
        tally.seconds += ended - started
        tally.whole_seconds += ended - begun
        tally.pages += 1
        count(tally, name, gold, found)
    return tally


def count(tally: Tally, name: str, gold: dict[str, Any], found: PublishedDate | None) -> None:
    """One answer against the gold: its day, its instant, its confidence."""
    day = found.isoformat()[:10] if found else None
    tally.days[name].add(day, gold["date"])
    fold = sum(map(ord, urlsplit(gold["url"]).hostname or "")) % FOLDS
    tally.folds[name, fold].add(day, gold["date"])
    if gold.get("datetime"):
        tally.instants.add(str(found and same_instant(found, gold["datetime"])) if found else None, "True")
    if found:
        band = f"{min(int(found.confidence * 10), 9) / 10:.1f}"
        tally.sure[band].add(day, gold["date"])
    if day != gold["date"]:
        tally.misses.append((gold["url"], gold["date"], day, found.rule or found.source if found else "none"))


def same_instant(found: PublishedDate, gold: str) -> bool:
    """True for the same instant to the minute; where a side has no zone, the wall clocks are compared."""
    wanted = datetime.fromisoformat(gold)
    if found.value.tzinfo is not None and wanted.tzinfo is not None:
        return abs((found.value - wanted).total_seconds()) < 60
    cut = {"second": 0, "microsecond": 0}
    return found.value.replace(tzinfo=None, **cut) == wanted.replace(tzinfo=None, **cut)


def htmldate(body: bytes, url: str) -> str | None:
    answer = import_module("htmldate").find_date(body, url=url, original_date=True)
    return str(answer) if answer else None


def trafilatura(body: bytes, url: str) -> str | None:
    known = import_module("trafilatura").extract_metadata(body.decode("utf-8", "replace"), default_url=url)
    return str(known.date) if known and known.date else None


PEERS: dict[str, Callable[[bytes, str], str | None]] = {"htmldate": htmldate, "trafilatura": trafilatura}


def measure_peer(corpus: Path, ask: Callable[[bytes, str], str | None]) -> tuple[dict[str, Score], float]:
    """A peer's answers on the same pages, and its CPU milliseconds a page."""
    days: dict[str, Score] = defaultdict(Score)
    seconds, asked = 0.0, 0
    for name, gold, body in pages(corpus):
        started = time.process_time()
        try:
            answer = ask(body, gold["url"])
        except Exception as error:
            print(f"{gold['url']}: {error}", file=sys.stderr)
            answer = None
        seconds += time.process_time() - started
        asked += 1
        days[name].add(answer, gold["date"])
    return days, seconds / max(1, asked) * 1000


def report(tally: Tally, published: dict[str, Any]) -> None:
    """The table of the goals."""
    print(f"{'row':34}{'ours':>8}{'goal':>8}{'aim':>8}{'best peer':>11}   folds by host")
    for name, score in tally.days.items():
        row = f"{name}.date"
        goal, aim = GOALS.get(row, (0.0, 0.0))
        peer = max((scores[row]["f1"] for scores in published.values() if row in scores), default=0.0)
        folds = [tally.folds[name, i].f1 for i in range(FOLDS) if tally.folds[name, i].pages]
        spread = f"{min(folds):.3f}-{max(folds):.3f}"
        print(f"{row + ' F1':34}{score.f1:8.4f}{goal:8.3f}{aim:8.3f}{peer:11.3f}   {spread}", end="")
        print(f"   right {score.right} wrong {score.wrong} none {score.missing}")
    if tally.instants.pages:
        share = tally.instants.right / tally.instants.pages
        print(f"{'same instant to the minute':34}{share:8.3f}{INSTANT_GOAL[0]:8.2f}{INSTANT_GOAL[1]:8.2f}")
    right = sum(score.right for band, score in tally.sure.items() if float(band) >= SURE)
    answers = sum(score.pages for band, score in tally.sure.items() if float(band) >= SURE)
    label = f"right where confidence >= {SURE}"
    print(f"{label:34}{right / max(1, answers):8.3f}{SURE_GOAL[0]:8.2f}{SURE_GOAL[1]:8.2f}   ({answers} answers)")
    cpu, whole = (value / max(1, tally.pages) * 1000 for value in (tally.seconds, tally.whole_seconds))
    print(f"{'CPU ms a page, dates alone':34}{cpu:8.2f}{CPU_GOAL[0]:8.2f}{CPU_GOAL[1]:8.2f}", end="")
    print(f"   (with parsing, outline and structured data: {whole:.2f})")
    print("\nconfidence   answers   right")
    for band in sorted(tally.sure):
        score = tally.sure[band]
        print(f"{band:>10}{score.pages:10}{score.right / score.pages:8.3f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--corpus", type=Path, required=True, help="folder of zips with gold.json")
    parser.add_argument("--peers", default="", help=f"measure these too, comma-separated: {', '.join(PEERS)}")
    parser.add_argument("--misses", action="store_true", help="list every page that is not answered as its gold says")
    args = parser.parse_args()
    if not list(args.corpus.glob("*.zip")):
        print(f"no zip in {args.corpus}: nothing measured", file=sys.stderr)
        return 1
    names = [name for name in args.peers.split(",") if name]
    for name in names:
        try:
            PEERS[name], import_module(name)
        except (KeyError, ImportError) as error:
            print(f"cannot measure {name}: {error}", file=sys.stderr)
            return 2
    file = args.corpus / "peers.json"
    tally = measure(args.corpus)
    report(tally, json.loads(file.read_text("utf-8")) if file.exists() else {})
    for name in names:
        days, cpu = measure_peer(args.corpus, PEERS[name])
        rows = "  ".join(f"{row} {score.f1:.4f}" for row, score in days.items())
        print(f"\n{name}: {rows}  CPU {cpu:.2f} ms a page")
    if args.misses:
        print()
        for url, gold, day, rule in sorted(set(tally.misses), key=str):
            print(f"{gold}  ours {day}  by {rule}  {url}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
