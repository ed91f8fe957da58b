"""Reads mutated pages for a while and looks for what no page may do: raise, take long, swell, differ, or be no article.

    python -m bench.fuzz --minutes N --seed S [--corpus DIR] [--keep DIR]

The pages are our fixtures and, where given, those of a corpus. Every mutated page is read twice. `--keep` writes the
pages that failed, with a note of what they did. The same seed makes the same pages in the same order.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from newsarchive import Article, Verdict, extract

FIXTURES = Path(__file__).parents[1] / "fixtures"
CAPTURED_AT = datetime(2026, 11, 22, tzinfo=UTC)
SECONDS, GROWTH = 2.0, 400.0
"""What one page may cost: seconds of one processor, and MiB by which it may raise the peak of the whole process."""
MOST = 2_000_000
"""Bytes of a mutated page: the longest pages are tested by themselves (tests/extraction/test_hostile.py)."""

_TAG = re.compile(rb"<[^<>]{1,300}>")
_CHARSETS = b"utf-8 utf-16 iso-8859-1 windows-1251 shift_jis gb18030 euc-kr big5 koi8-r utf-7 nonsense".split()
_TAGS = (
    b"div p table tr td ul li b i a span form select svg math template noscript iframe plaintext frameset ruby".split()
)
_GARBAGE = (
    b"<script>", b"</script>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<style>", b"{{", b"&#x110000;", b"&#0;", b"\x00",
    b"\xed\xa0\x80", b"\xff\xfe", b"\xef\xbb\xbf", b"<a href='http://[", b"<img src=data:x,", b"<time datetime=9999-99-99>",
    b'<meta property="og:title" content="', b'<script type="application/ld+json">{"@type":"NewsArticle","author":[[[{}',
    b'<script type="application/ld+json">{"@type":["NewsArticle"],"headline":{"@value":7},"image":[null,{"url":[]}],'
    b'"datePublished":["x",{}],"keywords":{"a":1},"articleBody":[1],"isAccessibleForFree":{},"author":{"name":{"name":1}}}</script>',
    b"<base href='http://[::'>", b"<link rel=canonical href='//'>", b"<h1>", b"<title>",
)  # fmt: skip

Mutation = Callable[[random.Random, bytes, bytes], bytes]


def flips(dice: random.Random, page: bytes, _other: bytes) -> bytes:
    """Some bytes are others."""
    mutated = bytearray(page)
    for _ in range(dice.randint(1, 200)):
        mutated[dice.randrange(len(mutated))] = dice.randrange(256)
    return bytes(mutated)


def drops(dice: random.Random, page: bytes, _other: bytes) -> bytes:
    """Some tags are gone."""
    share = dice.choice((0.02, 0.2, 0.7))
    return _TAG.sub(lambda tag: b"" if dice.random() < share else tag.group(), page)


def repeats(dice: random.Random, page: bytes, _other: bytes) -> bytes:
    """A stretch of the page, or a tag, stands many times within itself."""
    at = dice.randrange(len(page))
    if dice.random() < 0.5:
        return page[:at] + (b"<" + dice.choice(_TAGS) + b">") * dice.randint(1, 5000) + page[at:]
    tag = b"<" + dice.choice(_TAGS) + b">"
    stretch = tag if dice.random() < 0.5 else page[at : at + dice.randint(10, 3000)]
    return page[:at] + stretch * dice.randint(2, 1 + 500_000 // len(stretch)) + page[at:]


def cuts(dice: random.Random, page: bytes, _other: bytes) -> bytes:
    """The page ends early, begins late, or lacks a stretch."""
    one, other = sorted((dice.randrange(len(page)), dice.randrange(len(page))))
    return dice.choice((page[:one], page[other:], page[:one] + page[other:]))


def lies(dice: random.Random, page: bytes, _other: bytes) -> bytes:
    """The page declares, or is in, another encoding."""
    charset = dice.choice(_CHARSETS)
    if dice.random() < 0.5:
        return (
            re.sub(rb"charset=[\"']?[\w-]+", b"charset=" + charset, page) or b"<meta charset=" + charset + b">" + page
        )
    try:
        return page.decode("utf-8", "replace").encode(charset.decode(), "replace")
    except LookupError:
        return b"<meta charset=" + charset + b">" + page


def splices(dice: random.Random, page: bytes, other: bytes) -> bytes:
    """A stretch of another page stands within this one."""
    at, start = dice.randrange(len(page)), dice.randrange(len(other))
    return page[:at] + other[start : start + dice.randint(10, 50_000)] + page[at:]


def garbage(dice: random.Random, page: bytes, _other: bytes) -> bytes:
    """Bits of scripts, comments, declarations and broken statements stand anywhere."""
    for _ in range(dice.randint(1, 12)):
        at = dice.randrange(len(page))
        page = page[:at] + dice.choice(_GARBAGE) * dice.choice((1, 1, 1, 40)) + page[at:]
    return page


MUTATIONS: dict[str, Mutation] = {
    mutation.__name__: mutation for mutation in (flips, drops, repeats, cuts, lies, splices, garbage)
}


def mutate(dice: random.Random, pages: Sequence[bytes]) -> tuple[str, bytes]:
    """One page mutated once, or by two mutations one after the other, and their names."""
    page, other = dice.choice(pages), dice.choice(pages)
    names = dice.sample(sorted(MUTATIONS), 1 if dice.random() < 0.7 else 2)
    for name in names:
        page = MUTATIONS[name](dice, page, other)[:MOST] or b" "
    return "+".join(names), page


def faults(article: Article) -> list[str]:
    """What makes this no valid article: each in a few words."""
    found: list[str] = []
    texts = [article.url, article.title, article.standfirst, article.section, article.language, article.publisher]
    texts += [*article.body, *article.authors, *article.agencies, *article.tags, *article.aliases]
    for image in article.images:
        texts += [image.url, image.alt, image.caption, image.credit]
        if not image.url.startswith(("http://", "https://")):
            found.append(f"an image at {image.url[:60]!r}")
    for text in texts:
        if text is None:
            continue
        if not text or text != " ".join(text.split()):
            found.append(f"a text that is not folded: {text[:60]!r}")
        elif not _is_encodable(text):
            found.append(f"a text that cannot be kept: {text[:60]!r}")
    for date in (article.published, article.modified):
        if date is not None and not (0 <= date.confidence <= 1 and date.isoformat()):
            found.append(f"a date that is none: {date!r}")
    if not isinstance(article.verdict, Verdict):
        found.append("no verdict")
    try:
        json.dumps(article.provenance).encode()
    except (TypeError, ValueError):
        found.append("a provenance that is no JSON")
    if len(json.dumps(article.provenance, default=str)) > 20_000:
        found.append("a provenance that is not small")
    return found


def _is_encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return "\x00" not in text


@dataclass(slots=True)
class Tally:
    """What was seen of one kind of mutation."""

    pages: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    failed: Counter[str] = field(default_factory=Counter)


def read(page: bytes, url: str) -> tuple[float, list[str]]:
    """The seconds one reading took, and everything that was wrong with a page."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    try:
        article = extract(page, url, captured_at=CAPTURED_AT)
        took = time.process_time() - start
        wrong = faults(article)
        if article != extract(page, url, captured_at=CAPTURED_AT):
            wrong.append("another article the second time")
    except Exception:
        return time.process_time() - start, [traceback.format_exc(limit=-3).strip()]
    if took > SECONDS:
        wrong.append(f"took {took:.1f} s")
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    if grown > GROWTH:
        wrong.append(f"grew by {grown:.0f} MiB")
    return took, wrong


def sources(corpus: Path | None) -> Iterator[bytes]:
    """The pages to mutate: our fixtures, then those of a corpus."""
    for path in sorted(FIXTURES.rglob("page.html")):
        yield path.read_bytes()
    for zipped in sorted(corpus.glob("*.zip")) if corpus else ():
        with zipfile.ZipFile(zipped) as archive:
            for gold in json.loads(archive.read("gold.json")).values():
                yield archive.read(gold["page"])


def run(pages: Sequence[bytes], *, minutes: float, seed: int, keep: Path | None) -> dict[str, Tally]:
    """Mutates and reads until the time is over; what was seen, by kind of mutation."""
    dice = random.Random(seed)
    tallies: dict[str, Tally] = {}
    end = time.monotonic() + 60 * minutes
    number = 0
    while time.monotonic() < end:
        names, page = mutate(dice, pages)
        took, wrong = read(page, f"https://news.example/2024/05/06/story-{number}.html")
        for name in names.split("+"):
            tally = tallies.setdefault(name, Tally())
            tally.pages += 1
            tally.seconds += took
            tally.slowest = max(tally.slowest, took)
            tally.failed.update(line.splitlines()[-1][:100] for line in wrong)
        if wrong and keep is not None:
            keep.mkdir(parents=True, exist_ok=True)
            (keep / f"{seed}-{number}.html").write_bytes(page)
            (keep / f"{seed}-{number}.txt").write_text(names + "\n" + "\n".join(wrong) + "\n", "utf-8", "replace")
        number += 1
    return tallies


def table(tallies: dict[str, Tally]) -> str:
    """One line a kind of mutation, then the failures."""
    lines = [f"{'mutation':<10}{'pages':>8}{'ms a page':>12}{'slowest s':>12}{'failed':>9}"]
    for name, tally in sorted(tallies.items()):
        mean = 1000 * tally.seconds / (tally.pages or 1)
        lines.append(f"{name:<10}{tally.pages:>8}{mean:>12.1f}{tally.slowest:>12.2f}{tally.failed.total():>9}")
    failures = sum((tally.failed for tally in tallies.values()), Counter[str]())
    lines += [f"{count:>6} x {what}" for what, count in failures.most_common(20)]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines.append(f"peak memory {peak:.0f} MiB; {'nothing failed' if not failures else 'FAILED'}")
    return "\n".join(lines)


def main() -> None:
    """Fuzzes, prints the table, and ends with 1 where a page failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=1.0, help="how long (1)")
    parser.add_argument("--seed", type=int, default=0, help="which pages (0)")
    parser.add_argument("--corpus", type=Path, help="folder of zips whose pages are mutated too")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="where to write the pages that failed")
    arguments = parser.parse_args()
    tallies = run(list(sources(arguments.corpus)), minutes=arguments.minutes, seed=arguments.seed, keep=arguments.keep)
    print(table(tallies))
    raise SystemExit(any(tally.failed for tally in tallies.values()))


if __name__ == "__main__":
    main()
