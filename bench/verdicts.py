"""Measures verdicts: our labelled pages by set and by class, and the article pages of a corpus.

    python -m bench.verdicts [--corpus DIR]

The labelled pages are those of fixtures/verdicts (see its README for what each set scored at first sight). Of the
corpus, pages with a known body count; each should be called an article, a teaser or a live blog.
"""

from __future__ import annotations

import argparse
import json
import zipfile
from collections import Counter
from pathlib import Path

from newsarchive import Verdict, extract

LABELLED = Path(__file__).parents[1] / "fixtures" / "verdicts"
GOOD = (Verdict.ARTICLE, Verdict.TEASER, Verdict.LIVE_BLOG)
SETS = ("first", "second", "third", "held", "dev-a", "dev-b", "dev-c", "dev-d", "dev-e", "held4")


def labelled() -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]], list[str]]:
    """By class and set how many pages there are and how many are judged right, and the pages judged wrong."""
    pages: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    wrong: list[str] = []
    for path in sorted(LABELLED.rglob("expected.json")):
        label = json.loads(path.read_text("utf-8"))
        url = json.loads(path.with_name("meta.json").read_text("utf-8"))["url"]
        got = extract(path.with_name("page.html").read_bytes(), url).verdict
        place = (label["verdict"], label["set"])
        pages[place] += 1
        right[place] += got == label["verdict"]
        if got != label["verdict"]:
            wrong.append(f"{path.parent.relative_to(LABELLED)}: {got.value}")
    return pages, right, wrong


def of_corpus(corpus: Path) -> dict[str, Counter[Verdict]]:
    """By zip, how often each verdict is given to pages with a known body."""
    found: dict[str, Counter[Verdict]] = {}
    for path in sorted(corpus.glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            for gold in json.loads(archive.read("gold.json")).values():
                if "body" in gold or "with" in gold:
                    verdict = extract(archive.read(gold["page"]), gold["url"]).verdict
                    found.setdefault(path.stem, Counter())[verdict] += 1
    return found


def main() -> None:
    """Measures, and prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, help="folder of the zips; without it the labelled pages alone")
    arguments = parser.parse_args()
    if arguments.corpus is not None and not any(arguments.corpus.glob("*.zip")):
        raise SystemExit(f"no corpus in {arguments.corpus}")
    pages, right, wrong = labelled()
    classes = sorted({verdict for verdict, _ in pages})
    print(f"{'labelled pages':<16}" + "".join(f"{name:>11}" for name in SETS))
    for verdict in classes:
        cells = (f"{right[verdict, s]}/{pages[verdict, s]}" if pages[verdict, s] else "" for s in SETS)
        print(f"{verdict:<16}" + "".join(f"{cell:>11}" for cell in cells))
    shares = (sum(right[v, s] for v in classes) / (sum(pages[v, s] for v in classes) or 1) for s in SETS)
    print(f"{'right':<16}" + "".join(f"{share:>11.1%}" for share in shares))
    print("\n".join(["wrong:", *(f"  {line}" for line in wrong)]) if wrong else "none wrong")
    if arguments.corpus is None:
        return
    by_zip = of_corpus(arguments.corpus)
    print("\narticle pages called article, teaser or live blog")
    for name, counts in by_zip.items():
        rest = ", ".join(f"{count} {verdict.value}" for verdict, count in counts.most_common() if verdict not in GOOD)
        print(f"  {name:<12}{sum(counts[v] for v in GOOD) / counts.total():>8.2%} of {counts.total()}   {rest}")
    every = sum(by_zip.values(), Counter[Verdict]())
    print(f"  {'all':<12}{sum(every[v] for v in GOOD) / every.total():>8.2%} of {every.total()}")


if __name__ == "__main__":
    main()
