"""Sketches of texts, by which near copies are found, and the true overlap of two texts; pure functions.

A sketch is a sample of a text's shingles (runs of three words): those whose hashes are the smallest (bottom-k, A. Broder 1997).
Two texts that share a part c of their shingles share each of the sampled ones with about that chance. Only CRC-32 and
64-bit integers are used, so that the same text has the same sketch on every machine, for ever.
"""

from __future__ import annotations

import re
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

VERSION: Final = 1
"""The version of the algorithm; it is mixed into every hash, so that sketches of two versions never meet."""
SIZE: Final = 32
"""Hashes of a sketch."""
BITS: Final = 48
"""Bits of a hash."""
SAME: Final = 0.25
"""The part of the shorter text's shingles two texts must share to be copies: one in four runs of three words."""
ALIKE: Final = 0.15
"""The part of all shingles of the two they must share too: a digest is no copy of each text it holds a piece of."""
_LIMIT: Final = 200_000
"""Characters that are looked at: no text can take long."""
_WORDS: Final = 3
_CHARACTERS: Final = 5
_LONG_WORD: Final = 16
_UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\ua000-\ua4cf\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Letters of scripts that put no space between words: Thai, Lao, Burmese, Khmer, Chinese, Japanese, Yi."""
_FACTORS: Final = tuple(
    np.uint64(factor)
    for factor in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F)
)

Hashes = NDArray[np.uint64]


def sketch(found: Hashes) -> bytes:
    """The sketch of a text's shingles as it is kept: SIZE hashes at most, the smallest ones, in order."""
    return found[:SIZE].astype("<u8").tobytes()


def hashes(sketch_: bytes) -> list[int]:
    """The hashes of a sketch, the smallest first."""
    found: list[int] = np.frombuffer(sketch_, "<u8").tolist()
    return found


def shingles(words: str) -> Hashes:
    """The hashes of all shingles of a normalised text, each once, in order."""
    found = _hashed(*_tokens(words))
    found.sort()
    fresh = np.empty(len(found), bool)
    fresh[:1] = True
    np.not_equal(found[1:], found[:-1], out=fresh[1:])
    return found[fresh]


def overlap(one: Hashes, other: Hashes) -> float:
    """The part of the shorter text's shingles that the other has too, from 0 to 1."""
    shorter = min(len(one), len(other))
    return _shared(one, other) / shorter if shorter else 0.0


def resemblance(one: Hashes, other: Hashes) -> float:
    """The part of all shingles of two texts that both have, from 0 to 1 (the Jaccard index)."""
    shared = _shared(one, other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def same(one: Hashes, other: Hashes) -> bool:
    """Whether two texts are copies of one: they share enough of the shorter one, and the longer one is not much else."""
    return overlap(one, other) >= SAME and resemblance(one, other) >= ALIKE


def _shared(one: Hashes, other: Hashes) -> int:
    shorter, longer = sorted((one, other), key=len)
    if not len(shorter):
        return 0
    places = np.searchsorted(longer, shorter)
    places[places == len(longer)] = 0
    return int(np.count_nonzero(longer[places] == shorter))


def _tokens(words: str) -> tuple[Hashes, int]:
    """What shingles are made of, and how many make one: words, or letters where words are not told apart by spaces."""
    words = words[:_LIMIT]
    encoded = words.encode("utf-8", "replace")
    parts = encoded.split()
    if len(encoded) > _LONG_WORD * len(parts) and (
        len(encoded) > 100 * len(parts) or 5 * len(_UNSPACED.findall(words)) > len(words)
    ):
        letters = words.replace(" ", "").encode("utf-32-le", "replace")
        return np.frombuffer(letters, "<u4").astype(np.uint64), _CHARACTERS
    return np.fromiter(map(crc32, parts), np.uint64, len(parts)), _WORDS


def _hashed(tokens: Hashes, width: int) -> Hashes:
    """The hash of each run of `width` tokens; a text shorter than that has none."""
    number = len(tokens) - width + 1
    if number < 1:
        return np.empty(0, np.uint64)
    mixed = np.full(number, VERSION, np.uint64)
    for place in range(width):
        mixed += tokens[place : place + number]
        mixed *= _FACTORS[place]
        mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(32)
    mixed *= np.uint64(0x94D049BB133111EB)
    return mixed >> np.uint64(64 - BITS)
