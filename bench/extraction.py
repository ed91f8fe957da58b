"""Measures extraction on a corpus with known answers: quality, pages per CPU-second, memory, against peers if installed.

    python -m bench.extraction --corpus DIR [--peers trafilatura,resiliparse,newspaper4k] [--by-host]

DIR holds the zips and their `score.py`. Every extractor reads every page in a process of its own, one page at a time;
only the reading is timed. `--by-host` adds the body figures that count: learned without the host that is scored (needs
`pip install lightgbm`).
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

CAPTURED_AT = datetime(2026, 11, 22, tzinfo=UTC)
Prediction = dict[str, Any]
Reader = Callable[[bytes, str], Prediction]
PACKAGES = {
    "newsarchive": "newsarchive",
    "trafilatura": "trafilatura",
    "resiliparse": "resiliparse",
    "newspaper4k": "newspaper",
}


def ours() -> Reader:
    """The whole article, all fields."""
    from newsarchive import extract

    def read(html: bytes, url: str) -> Prediction:
        article = extract(html, url, captured_at=CAPTURED_AT)
        date = article.published.isoformat() if article.published else None
        return {"title": article.title, "body": article.text, "authors": article.authors, "date": date}

    return read


def trafilatura() -> Reader:
    """trafilatura.bare_extraction as its own evaluation calls it."""
    bare_extraction = import_module("trafilatura").bare_extraction

    def read(html: bytes, url: str) -> Prediction:
        found = bare_extraction(html, url=url, with_metadata=True, include_comments=False)
        if found is None:
            return {}
        authors = (found.author or "").split("; ") if found.author else []
        return {"title": found.title, "body": found.text, "authors": authors, "date": found.date}

    return read


def resiliparse() -> Reader:
    """resiliparse's main-content plain text, which gives no other field."""
    plain = import_module("resiliparse.extract.html2text").extract_plain_text
    detect = import_module("resiliparse.parse.encoding").detect_encoding
    parse = import_module("resiliparse.parse.html").HTMLTree.parse_from_bytes

    def read(html: bytes, _url: str) -> Prediction:
        tree = parse(html, detect(html))
        return {"title": tree.title, "body": plain(tree, main_content=True)}

    return read


def newspaper4k() -> Reader:
    """newspaper4k without its language tools."""
    newspaper = import_module("newspaper")

    def read(html: bytes, url: str) -> Prediction:
        article = newspaper.Article(url, fetch_images=False)
        article.download(input_html=html.decode("utf-8", "replace"))
        article.parse()
        date = article.publish_date.date().isoformat() if article.publish_date else None
        return {"title": article.title, "body": article.text, "authors": article.authors, "date": date}

    return read


READERS: dict[str, Callable[[], Reader]] = {
    "newsarchive": ours, "trafilatura": trafilatura, "resiliparse": resiliparse, "newspaper4k": newspaper4k,
}  # fmt: skip


def pages(corpus: Path) -> Iterator[tuple[str, str, str, bytes]]:
    """Corpus, id, URL and bytes of every page."""
    for path in sorted(corpus.glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            for key, gold in json.loads(archive.read("gold.json")).items():
                yield path.stem, key, gold["url"], archive.read(gold["page"])


def run(name: str, corpus: Path, out: Path) -> dict[str, float]:
    """Reads every page with one extractor, in this process; writes its predictions, returns what it cost."""
    read = READERS[name]()
    for _, _, url, html in list(_first(pages(corpus), 5)):
        _safely(read, html, url)
    cpu, raised, count = 0.0, 0, 0
    with out.open("w", encoding="utf-8") as stream:
        for zip_name, key, url, html in pages(corpus):
            start = time.process_time()
            found = _safely(read, html, url)
            cpu += time.process_time() - start
            count += 1
            raised += found is None
            row = {"corpus": zip_name, "id": key, **(found or {})}
            stream.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8") + "\n")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"pages": count, "cpu": cpu, "raised": raised, "memory": memory}


def _first(items: Iterator[Any], count: int) -> Iterator[Any]:
    for _, item in zip(range(count), items, strict=False):
        yield item


def _safely(read: Reader, html: bytes, url: str) -> Prediction | None:
    try:
        return read(html, url)
    except Exception:
        return None


def scorer(corpus: Path) -> ModuleType:
    """The corpus' own scorer."""
    spec = spec_from_file_location("score", corpus / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"no score.py in {corpus}")
    module = module_from_spec(spec)
    sys.modules["score"] = module
    spec.loader.exec_module(module)
    return module


def cross_validated(corpus: Path, out: Path) -> None:
    """Writes the titles and texts of every page, read with weights that never saw a page of its host."""
    from newsarchive.extraction import bodies, standfirsts, structured, titles, weights
    from newsarchive.extraction import outline as outlines
    from newsarchive.page import Page

    learn = import_module("bench.learn")
    every = list(learn.samples(corpus))
    hosts = {sample.key: sample.host for sample in every}
    learned = {
        fold: weights.load(learn.dump(learn.fit([s for s in every if learn.fold_of(s.host) != fold]), learn.LIMIT))
        for fold in range(learn.FOLDS)
    }
    with out.open("w", encoding="utf-8") as stream:
        for zip_name, key, url, html in pages(corpus):
            if (zip_name, key) not in hosts:
                continue
            page = Page(url=url, body=html, captured_at=CAPTURED_AT)
            said, outline = structured.read(page.tree), outlines.read(page.tree)
            headline = titles.title(outline, said, url)
            fold = learn.fold_of(hosts[zip_name, key])
            body = bodies.read(outline, said, headline.block, title=headline.text, learned=learned[fold])
            standfirst = standfirsts.read(outline, said, body, headline.block)
            rest = standfirsts.without(body.paragraphs, standfirst)
            lead = [standfirst.text] if standfirst.text and standfirst.text not in rest else []
            row = {"corpus": zip_name, "id": key, "title": headline.text, "body": "\n".join([*lead, *rest])}
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")


def measure(name: str, corpus: Path, out: Path) -> dict[str, float]:
    """`run` in a process of its own, so that its memory is its own."""
    command = [sys.executable, __file__, "--corpus", str(corpus), "--one", name, "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{name} failed:\n{done.stderr[-2000:]}")
    found: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def table(names: list[str], rows: dict[str, dict[str, dict[str, float]]], costs: dict[str, dict[str, float]]) -> str:
    """The one table: a column an extractor."""
    keys = sorted({key for row in rows.values() for key in row}, key=lambda k: (k.split(".")[1], k))
    lines = [["", *names]]
    for key in keys:
        measure_of = "acc" if key.endswith(".title") else "f1"
        cells = [rows[name].get(key) for name in names]
        lines.append([f"{key} {measure_of}", *("" if c is None else f"{c[measure_of]:.4f}" for c in cells)])
    measured = [name for name in names if name in costs]
    speed = {name: costs[name]["pages"] / costs[name]["cpu"] for name in measured}
    lines.append(["pages a CPU-second", *(f"{speed[n]:.0f}" if n in speed else "" for n in names)])
    lines += [
        [f"... against {peer}", *(f"{speed[n] / speed[peer]:.2f}x" if n in speed else "" for n in names)]
        for peer in measured
        if peer != "newsarchive"
    ]
    lines.append(["peak memory, MiB", *(f"{costs[n]['memory']:.0f}" if n in costs else "" for n in names)])
    lines.append(["pages that raise", *(f"{costs[n]['raised']:.0f}" if n in costs else "" for n in names)])
    widths = [max(len(line[i]) for line in lines) for i in range(len(names) + 1)]
    head, *rest = ("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)
    return "\n".join([head, "  ".join("-" * width for width in widths), *rest])


def versions(names: list[str]) -> str:
    """What was measured, on what."""
    found = [f"Python {platform.python_version()}", f"selectolax {version('selectolax')}"]
    for name in names:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return f"{', '.join(found)}; {platform.machine()} {platform.system()}, one process"


def main() -> None:
    """Measures, and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True, help="folder of the zips and score.py")
    parser.add_argument("--peers", default="", help="comma-separated: trafilatura, resiliparse, newspaper4k")
    parser.add_argument("--by-host", action="store_true", help="cross-validate the learned weights by host")
    parser.add_argument("--one", choices=READERS, help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    corpus = arguments.corpus.resolve()
    if not any(corpus.glob("*.zip")):
        raise SystemExit(f"no corpus in {corpus}")
    if arguments.one:
        print(json.dumps(run(arguments.one, corpus, arguments.out)))
        return
    score = scorer(corpus)
    answers = dict(score.gold())
    names = ["newsarchive"]
    for peer in filter(None, arguments.peers.split(",")):
        if peer not in PACKAGES:
            raise SystemExit(f"unknown peer {peer}: one of {', '.join(PACKAGES)}")
        if find_spec(PACKAGES[peer]) is None:
            print(f"{peer}: not installed, left out (pip install {peer})")
        else:
            names.append(peer)
    rows: dict[str, dict[str, dict[str, float]]] = {}
    costs: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in list(names):
            out = Path(folder) / f"{name}.jsonl"
            costs[name] = measure(name, corpus, out)
            rows[name] = score.table(out, answers)
        if arguments.by_host and find_spec("lightgbm") is None:
            print("by host: lightgbm is not installed, left out (pip install lightgbm)")
        elif arguments.by_host:
            out = Path(folder) / "by-host.jsonl"
            cross_validated(corpus, out)
            found = score.table(out, answers)
            rows["by host"] = {key: row for key, row in found.items() if key.split(".")[1] in ("body", "seg", "title")}
            names.insert(1, "by host")
    print(table(names, rows, costs))
    print(versions(names))


if __name__ == "__main__":
    main()
