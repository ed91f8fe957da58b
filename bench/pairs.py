"""Labelled pairs of texts, copies and no copies, made from real pages; the same pages give the same pairs."""

from __future__ import annotations

import gzip
import math
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zlib import crc32

from newsarchive import extract
from newsarchive.article import Verdict

CAPTURED_AT = datetime(2026, 11, 22, tzinfo=UTC)
MOST_WORDS = 1500
SHARES = (0.05, 0.1, 0.2, 0.3)


@dataclass(frozen=True, slots=True)
class Text:
    """A text of its own name."""

    name: str
    language: str
    title: str
    lines: tuple[str, ...]

    @property
    def words(self) -> list[str]:
        return " ".join(self.lines).split()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts by name, and whether one is a copy of the other."""

    one: str
    other: str
    kind: str
    same: bool


def read(folder: Path) -> list[Text]:
    """The articles of saved pages, one a text: pages that share a run of eight words with several others are left out."""
    texts: list[Text] = []
    taken: Counter[int] = Counter()
    for path in sorted(path for path in folder.rglob("*") if path.name.endswith((".html", ".htm", ".html.gz"))):
        raw = path.read_bytes()
        html = gzip.decompress(raw) if path.suffix == ".gz" else raw
        article = extract(html, f"https://pages.example/{len(texts)}", captured_at=CAPTURED_AT)
        text = Text(str(len(texts)), article.language or "", article.title or "", tuple(map(str, article.body)))
        runs = set(_runs(text.words, 8))
        if article.verdict != Verdict.ARTICLE or len(text.words) < 120 or sum(run in taken for run in runs) > 5:
            continue
        taken.update(runs)
        texts.append(Text(text.name, text.language, text.title, tuple(_shortened(text.lines))))
    return texts


def make(texts: Sequence[Text], donors: Sequence[Text], seed: int = 1) -> tuple[list[Text], list[Pair]]:
    """Texts made from others, and the pairs of them; what is added to a text (frames, other sentences) is the donors'."""
    rng = random.Random(seed)
    made: list[Text] = []
    pairs: list[Pair] = []
    spoken: dict[str, list[Text]] = defaultdict(list)
    for text in donors:
        spoken[text.language].append(text)
    for number, text in enumerate(texts):
        others = spoken.get(text.language) or donors
        kinds = list(COPIES)
        for kind in (kinds[(3 * number + step) % len(kinds)] for step in range(3)):
            lines = COPIES[kind](list(text.lines), rng, others)
            copy = Text(f"{text.name}/{kind}", text.language, text.title, tuple(lines))
            made.append(copy)
            pairs.append(Pair(text.name, copy.name, kind, same=True))
        other = Text(f"{text.name}/translated", "xx", text.title, tuple(_translated(text.lines, number)))
        made.append(other)
        pairs.append(Pair(text.name, other.name, "translated", same=False))
    for text, near in _same_topic(texts):
        pairs.append(Pair(text.name, near.name, "same topic", same=False))
    for one, other in zip(texts[::2], texts[1::2], strict=False):
        size = min(len(one.words), len(other.words)) // 7
        block = _some(rng, spoken.get(one.language) or donors, size)
        framed = [
            Text(f"{text.name}/framed", text.language, text.title, (*text.lines, *block)) for text in (one, other)
        ]
        made += framed
        pairs += [
            Pair(text.name, frame.name, "same frame added", same=True)
            for text, frame in zip((one, other), framed, strict=True)
        ]
        pairs.append(Pair(framed[0].name, framed[1].name, "same frame, other text", same=False))
    return made, pairs


Maker = Callable[[list[str], random.Random, Sequence[Text]], list[str]]


def _truncated(lines: list[str], rng: random.Random, _others: Sequence[Text]) -> list[str]:
    words = " ".join(lines).split()
    return [" ".join(words[: int(len(words) * rng.uniform(0.4, 0.8))]) + " […]"]


def _reparagraphed(lines: list[str], rng: random.Random, _others: Sequence[Text]) -> list[str]:
    words = " ".join(lines).replace("'", "’").replace("«", "“").replace("»", "”").split()
    cuts = sorted(rng.sample(range(1, len(words)), k=min(len(words) - 1, 12)))
    return [" ".join(words[a:b]) for a, b in zip([0, *cuts], [*cuts, len(words)], strict=True)]


def _headed(lines: list[str], rng: random.Random, others: Sequence[Text]) -> list[str]:
    return [_some(rng, others, 12)[0], _some(rng, others, 30)[0], *lines]


def _edited(share: float) -> Maker:
    """Words here and there replaced, left out and put in."""

    def edit(lines: list[str], rng: random.Random, others: Sequence[Text]) -> list[str]:
        store = rng.choice(others).words
        edited: list[str] = []
        for line in lines:
            words: list[str] = []
            for word in line.split():
                act = rng.choice("rrdi") if rng.random() < share else ""
                words += {"": [word], "r": [rng.choice(store)], "d": [], "i": [word, rng.choice(store)]}[act]
            edited.append(" ".join(words))
        return edited

    return edit


def _rewritten(share: float) -> Maker:
    """Whole sentences replaced."""

    def rewrite(lines: list[str], rng: random.Random, others: Sequence[Text]) -> list[str]:
        sentences = [sentence for line in lines for sentence in line.split(". ") if sentence]
        return [
            _some(rng, others, len(sentence.split()))[0] if rng.random() < share else f"{sentence}."
            for sentence in sentences
        ]

    return rewrite


def _framed(lines: list[str], rng: random.Random, others: Sequence[Text]) -> list[str]:
    size = len(" ".join(lines).split())
    return [*_some(rng, others, size // 8), *lines, *_some(rng, others, size // 5)]


def _wire(lines: list[str], rng: random.Random, others: Sequence[Text]) -> list[str]:
    """What a site makes of an agency's copy: cut, edited, another headline, its own frame."""
    words = " ".join(lines).split()
    cut = [" ".join(words[: int(len(words) * rng.uniform(0.6, 0.9))])]
    return _framed(_headed(_edited(0.08)(cut, rng, others), rng, others), rng, others)


COPIES: dict[str, Maker] = {
    "truncated": _truncated,
    "re-paragraphed": _reparagraphed,
    "other headline": _headed,
    **{f"{share:.0%} of the words edited": _edited(share) for share in SHARES},
    **{f"{share:.0%} of the sentences rewritten": _rewritten(share) for share in SHARES},
    "frame added": _framed,
    "cut, edited, headed, framed": _wire,
}


def _some(rng: random.Random, others: Sequence[Text], number: int) -> list[str]:
    """A run of words of another text, as a list of one line."""
    words = rng.choice(others).words
    start = rng.randrange(max(1, len(words) - number))
    return [" ".join(words[start : start + max(number, 5)])]


def _translated(lines: Sequence[str], seed: int) -> Iterator[str]:
    """The lines with every word replaced by one and the same other word; numbers, and one name in two, stay."""
    for line in lines:
        words: list[str] = []
        for word in line.split():
            code = crc32(f"{seed % 3} {word.casefold()}".encode())
            stays = any(letter.isdigit() for letter in word) or (word[:1].isupper() and code % 2)
            words.append(
                word if stays else "".join("aeioubcdfgklmnprst"[(code >> 3 * i) % 18] for i in range(2 + code % 7))
            )
        yield " ".join(words)


def _same_topic(texts: Sequence[Text]) -> Iterator[tuple[Text, Text]]:
    """Each text with the one of its language whose words are most like its own (cosine of tf-idf)."""
    counts = [Counter(word.casefold().strip(".,;:!?«»\"'()") for word in text.words) for text in texts]
    found: Counter[str] = Counter(word for count in counts for word in count)
    weights: list[dict[str, float]] = []
    postings: dict[str, list[int]] = defaultdict(list)
    for number, count in enumerate(counts):
        rare = {
            w: (1 + math.log(n)) * math.log(len(texts) / found[w])
            for w, n in count.items()
            if 1 < found[w] < len(texts) / 10
        }
        length = math.sqrt(sum(weight**2 for weight in rare.values())) or 1.0
        weights.append({word: weight / length for word, weight in rare.items()})
        for word in rare:
            postings[word].append(number)
    for number, text in enumerate(texts):
        scores: Counter[int] = Counter()
        for word, weight in weights[number].items():
            for other in postings[word]:
                if other != number and texts[other].language == text.language:
                    scores[other] += weight * weights[other][word]  # type: ignore[assignment]
        for other, _ in scores.most_common(1):
            yield text, texts[other]


def _runs(words: Sequence[str], width: int) -> Iterator[int]:
    for start in range(len(words) - width + 1):
        yield crc32(" ".join(words[start : start + width]).casefold().encode())


def _shortened(lines: Sequence[str]) -> Iterator[str]:
    left = MOST_WORDS
    for line in lines:
        if left > 0:
            yield line
        left -= len(line.split())
