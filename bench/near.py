"""Near copies: recall and precision on labelled pairs of real pages, and how the cost holds as the archive grows.

    python -m bench.near --pages DIR [--pairs-of N]     (quality; with `pip install datasketch` its MinHash LSH beside ours)
    python -m bench.near --grow 10000 100000 1000000    (cost, on SQLite or --url)

The pairs are made by bench/pairs.py from the pages of DIR (.html, .html.gz), always the same ones. Ours goes the whole way: all
texts are saved into an archive, and a pair is found where both are of one story. The others answer for each pair by themselves.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import blake2b
from importlib import import_module
from pathlib import Path
from zlib import crc32

import numpy as np
from sqlalchemy import insert

from bench import pairs
from bench.archive import Synthesiser
from bench.pairs import Pair, Text
from newsarchive.archive import Archive, near, sketches
from newsarchive.archive.engine import writing
from newsarchive.archive.fingerprints import normalised
from newsarchive.archive.models import Article as ArticleRow
from newsarchive.archive.models import Site, Version
from newsarchive.article import Article, Paragraph

NOW = datetime(2026, 11, 22, tzinfo=UTC)
BATCH, MEASURED, FILLED = 50, 5_000, 5_000
WORDS = 480
Answer = Callable[[Pair], bool]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, help="a folder of saved pages, searched through")
    parser.add_argument("--grow", nargs="+", type=int, metavar="N", help="sizes of the archive to measure at")
    parser.add_argument("--url", help="a database URL for --grow (default: SQLite in a temporary folder)")
    args = parser.parse_args()
    if args.pages:
        quality(args.pages)
    if args.grow:
        with (
            tempfile.TemporaryDirectory() as folder,
            Archive.open(args.url or f"sqlite:///{folder}/near.sqlite") as archive,
        ):
            grow(archive, sorted(args.grow))


def quality(folder: Path) -> None:
    read = pairs.read(folder)
    donors = read[::8]
    texts = [text for number, text in enumerate(read) if number % 8]
    made, labelled = pairs.make(texts, donors)
    copies = sum(pair.same for pair in labelled)
    print(f"{len(texts)} pages, {len(labelled)} pairs: {copies} copies, {len(labelled) - copies} no copies")
    every = [*texts, *made]
    words = {text.name: normalised("\n".join(text.lines)) for text in every}
    methods: dict[str, tuple[Answer, float]] = {}
    for name, make in (
        ("ours", ours),
        ("datasketch", lsh(0.5)),
        ("datasketch 0.25", lsh(0.25)),
        ("SimHash 64, 3 bits", simhash(3)),
        ("SimHash 64, 10 bits", simhash(10)),
    ):
        began = time.process_time()
        with suppress(ImportError):
            answer = make(every, words)
            methods[name] = answer, time.process_time() - began
    print(f"\n{'':32} {'pairs':>6} " + " ".join(f"{name:>20}" for name in methods))
    kinds = sorted({(not pair.same, pair.kind) for pair in labelled})
    found = {name: {pair: answer(pair) for pair in labelled} for name, (answer, _) in methods.items()}
    for other, kind in kinds:
        of_kind = [pair for pair in labelled if pair.kind == kind and pair.same != other]
        rates = [sum(found[name][pair] for pair in of_kind) / len(of_kind) for name in methods]
        print(f"{kind:32} {len(of_kind):>6} " + " ".join(f"{rate:>20.3f}" for rate in rates))
    for label, figure in (("recall", recall), ("precision", precision)):
        print(f"{label:32} {'':>6} " + " ".join(f"{figure(found[name]):>20.4f}" for name in methods))
    rates = [len(every) / spent for _, spent in methods.values()]
    print(f"{'texts a CPU-second':32} {len(every):>6} " + " ".join(f"{rate:>20,.0f}" for rate in rates))
    print(
        "(the first rows are copies, which should be found; ours is the rate of saving into an archive, with all else it writes)"
    )


def recall(found: Mapping[Pair, bool]) -> float:
    same = [pair for pair in found if pair.same]
    return sum(found[pair] for pair in same) / len(same)


def precision(found: Mapping[Pair, bool]) -> float:
    said = [pair for pair in found if found[pair]]
    return sum(pair.same for pair in said) / max(1, len(said))


def ours(texts: Sequence[Text], _words: Mapping[str, str]) -> Answer:
    story: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as folder, Archive.open(f"sqlite:///{folder}/near.sqlite") as archive:
        articles = [_article(number, text) for number, text in enumerate(texts)]
        for start in range(0, len(articles), BATCH):
            archive.save(articles[start : start + BATCH])
        for told in archive.stories(most=len(texts)):
            for copy in told.copies:
                story[texts[int(copy.url.rsplit("/", 1)[1])].name] = told.id
    return lambda pair: story.get(pair.one, -1) == story.get(pair.other, -2)


def _article(number: int, text: Text) -> Article:
    site = f"site{number % 97}.example"
    body = [Paragraph(line) for line in text.lines]
    return Article(
        url=f"https://{site}/{number}", site=site, title=f"{text.title} {number}", body=body, captured_at=NOW
    )


def lsh(threshold: float) -> Callable[[Sequence[Text], Mapping[str, str]], Answer]:
    """datasketch's MinHash LSH at its usual 128 permutations, over the same shingles, for a Jaccard index of `threshold`."""

    def make(texts: Sequence[Text], words: Mapping[str, str]) -> Answer:
        datasketch = import_module("datasketch")
        index = datasketch.MinHashLSH(threshold=threshold, num_perm=128)
        hashed = {}
        for text in texts:
            tokens = words[text.name].split()
            hashed[text.name] = datasketch.MinHash(num_perm=128)
            hashed[text.name].update_batch([" ".join(tokens[at : at + 3]).encode() for at in range(len(tokens) - 2)])
            index.insert(text.name, hashed[text.name])
        met = {text.name: set(index.query(hashed[text.name])) for text in texts}
        print(f"datasketch for {threshold}: {index.b} bands of {index.r}")
        return lambda pair: pair.other in met[pair.one]

    return make


def simhash(bits: int) -> Callable[[Sequence[Text], Mapping[str, str]], Answer]:
    """A plain SimHash of 64 bits over words, two texts being copies within `bits` of each other."""

    def make(texts: Sequence[Text], words: Mapping[str, str]) -> Answer:
        known: dict[str, int] = {}
        prints: dict[str, int] = {}
        for text in texts:
            codes = [known.setdefault(word, _code(word)) for word in words[text.name].split()]
            planes = np.unpackbits(np.array(codes, "<u8").view(np.uint8).reshape(-1, 8), axis=1).astype(np.int32)
            prints[text.name] = int("".join("1" if total > 0 else "0" for total in (2 * planes - 1).sum(axis=0)), 2)
        return lambda pair: (prints[pair.one] ^ prints[pair.other]).bit_count() <= bits

    return make


def _code(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "little")


def grow(archive: Archive, sizes: Sequence[int]) -> None:
    """Fill an archive with the shingles of synthetic texts, and measure looking up, leaving and linking 5,000 more."""
    synthesiser = Synthesiser()
    vocabulary = np.array(synthesiser.words, object)
    chances = np.array(synthesiser.weights) / synthesiser.weights[-1]
    rng = np.random.default_rng(1)
    kept: dict[int, str] = {}
    held = 0
    costs: list[float] = []
    with writing(archive._engine) as connection:
        connection.execute(insert(Site).values(id=1, name="bench.example", first_seen=NOW))
    print(f"{'articles':>10} {'sketch us':>10} {'link us':>10} {'both us':>10} {'ratio':>6} {'found':>7} {'MiB':>6}")
    for size in sizes:
        while held < size:
            number = min(FILLED, size - held)
            texts = _texts(number, held, vocabulary, chances, rng, {})
            _write(archive, texts, kept)
            _link(archive, texts, FILLED)
            held += number
        texts = _texts(MEASURED, held, vocabulary, chances, rng, kept)
        _write(archive, texts, {})
        sketching, linking = _link(archive, texts, BATCH)
        held += MEASURED
        costs.append(sketching + linking)
        copies = [article_id for article_id in texts if article_id % 12 == 5]
        with archive._engine.connect() as connection:
            listed = ",".join(map(str, copies))
            found = connection.exec_driver_sql(f"SELECT count(*) FROM kin WHERE article_id IN ({listed})").scalar_one()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        figures = [1e6 * cost / MEASURED for cost in (sketching, linking, costs[-1])]
        print(
            f"{held:>10,} " + " ".join(f"{figure:>10.0f}" for figure in figures)
            + f" {costs[-1] / costs[0]:>6.2f} {found / len(copies):>7.3f} {memory:>6,.0f}",
            flush=True,
        )  # fmt: skip


def _texts(
    number: int,
    held: int,
    vocabulary: np.ndarray,
    chances: np.ndarray,
    rng: np.random.Generator,
    kept: Mapping[int, str],
) -> dict[int, str]:
    """Article id to text; with `kept`, one in twelve is a copy of one of these, with a tenth of its words replaced."""
    drawn = np.searchsorted(chances, rng.random((number, WORDS)))
    found: dict[int, str] = {}
    originals = list(kept)
    for row, ids in enumerate(drawn):
        article_id = held + row + 1
        words = vocabulary[ids]
        if originals and article_id % 12 == 5:
            copied = np.array(kept[originals[crc32(str(article_id).encode()) % len(originals)]].split(), object)
            words = np.where(rng.random(WORDS) < 0.1, words, copied)
        found[article_id] = " ".join(words)
    return found


def _write(archive: Archive, texts: Mapping[int, str], kept: dict[int, str]) -> None:
    """The rows that links refer to; the text of one in a hundred, which copies are made of and compared with."""
    with writing(archive._engine) as connection:
        row = {"site_id": 1, "url": "x", "first_seen": NOW, "last_seen": NOW, "versions": 1, "current_version": 1}
        connection.execute(insert(ArticleRow), [{**row, "id": article_id} for article_id in texts])
        for article_id, text in texts.items():
            if article_id % 100 == 0:
                kept[article_id] = text
                values = {
                    "article_id": article_id,
                    "number": 1,
                    "stored_at": NOW,
                    "cause": "site",
                    "verdict": "article",
                }
                digests = {
                    "text_digest": b"",
                    "content_digest": b"",
                    "text_length": len(text),
                    "standfirst_truncated": False,
                }
                connection.execute(insert(Version).values(**values, **digests, body=text))


def _link(archive: Archive, texts: Mapping[int, str], batch: int) -> tuple[float, float]:
    """CPU seconds of sketching, and of looking up, leaving and linking with the commits."""
    given = list(texts.items())
    spent: dict[str, float] = defaultdict(float)
    for start in range(0, len(given), batch):
        began = time.process_time()
        ready = []
        for article_id, text in given[start : start + batch]:
            found = sketches.shingles(text)
            ready.append(near.Text(article_id, sketches.sketch(found), None, found))
        sketched = time.process_time()
        with writing(archive._engine) as connection:
            near.link(connection, ready, NOW, archive._buckets)
        spent["sketch"] += sketched - began
        spent["link"] += time.process_time() - sketched
    return spent["sketch"], spent["link"]


if __name__ == "__main__":
    main()
