"""What is looked for before a slow pattern holds a part of everything the pattern can match: nothing is missed for speed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, product
from typing import Any

import pytest

from newsarchive.extraction import sections
from newsarchive.extraction.authors import bylines, words
from newsarchive.extraction.dates import labels, places
from newsarchive.extraction.images import captions, normalise
from newsarchive.extraction.verdicts import families, phrases
from newsarchive.extraction.wording import Wording, holds_any

parser = pytest.importorskip("re._parser")
MOST = 3_000


def examples(pattern: re.Pattern[str]) -> Iterator[str]:
    """Strings that a pattern matches: every alternative, every optional part once there and once not."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    for op, argument in tree:
        if str(op) == "BRANCH" and len(tree) == 1:
            for branch in argument[1]:
                yield from islice(strings(branch), MOST)
            return
    yield from islice(strings(tree), 40 * MOST)


def strings(items: Sequence[tuple[Any, Any]]) -> Iterator[str]:
    for parts in product(*(list(islice(of(str(op), argument), MOST)) for op, argument in items)):
        yield "".join(parts)


def of(op: str, argument: Any) -> Iterator[str]:
    if op == "LITERAL":
        yield chr(argument)
    elif op in ("NOT_LITERAL", "ANY", "CATEGORY"):
        yield "~"
    elif op == "IN":
        yield from members(argument)
    elif op == "BRANCH":
        for branch in argument[1]:
            yield from strings(branch)
    elif op in ("SUBPATTERN", "ATOMIC_GROUP"):
        yield from strings(argument[-1] if op == "SUBPATTERN" else argument)
    elif op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, most, inner = argument
        once = list(islice(strings(inner), MOST))
        if least == 0:
            yield ""
        if most:
            yield from (text * max(1, least) for text in once)
    else:  # AT, ASSERT, ASSERT_NOT take no text
        yield ""


def members(choices: Sequence[tuple[Any, Any]]) -> Iterator[str]:
    """One character for each literal of a class; of a negated one, of ranges and of categories a single stand-in."""
    for op, argument in choices:
        if str(op) == "LITERAL":
            yield chr(argument)
        elif str(op) == "RANGE":
            yield chr(argument[0])
        elif str(op) == "CATEGORY":
            yield " " if "SPACE" in str(argument) else "7"
        else:
            yield "~"
            return


GUARDED = {
    "image credits": (captions._INLINE, captions._INLINE_PARTS),
    "next pages": (sections._PAGER, sections._PAGER_PARTS),
}
WORDINGS = {
    f"{room.__name__.rpartition('.')[2]} {name}": wording
    for room in (families, phrases, labels, places)
    for name, wording in vars(room).items()
    if isinstance(wording, Wording)
}
GUARDED |= {name: (wording.pattern, wording.parts) for name, wording in WORDINGS.items()}


@pytest.mark.parametrize("name", GUARDED)
def test_every_example_of_a_pattern_holds_a_part_that_is_looked_for_first(name: str) -> None:
    pattern, parts = GUARDED[name]
    found = list(dict.fromkeys(examples(pattern)))
    assert len(found) > 8
    assert [text for text in found if text.isascii() and not holds_any(text.lower(), parts)] == []
    assert [text for text in found if not text.isascii() and not holds_any(text.lower(), parts)] == []


@pytest.mark.parametrize("pattern", [bylines._WROTE, bylines._CLOSING], ids=["wrote", "closing"])
def test_every_example_of_a_closing_line_begins_as_is_looked_for(pattern: re.Pattern[str]) -> None:
    found = list(dict.fromkeys(examples(pattern)))
    assert len(found) > 8
    for text in (*found, *map(str.upper, found), *(text.replace("i", "ı").replace("s", "ſ") for text in found)):
        is_asked = text[:3].casefold() in bylines._HEADS or text[0] in bylines._SIGNS
        assert is_asked or not pattern.match(f"{text} x")


def test_every_example_of_a_tracker_is_one() -> None:
    found = [text for text in examples(normalise._TRACKER) if "?" not in text]  # a path ends there
    assert len(found) > 100
    for text in found:
        for place in (text, text.upper(), f"/{text}", f"cdn.example/{text}/x"):
            assert normalise._is_tracker(place) == (normalise._TRACKER.search(place) is not None)
    assert normalise._is_tracker("cdn.example/a-b/Google-Analytics/x.gif")
    assert not normalise._is_tracker("cdn.example/trackers/facebook.jpg")


def test_the_examples_are_what_the_patterns_match() -> None:
    for pattern, _ in GUARDED.values():
        matched = [
            pattern.search(f" {text} ") is not None or pattern.search(text) is not None for text in examples(pattern)
        ]
        assert sum(matched) > 0.5 * len(matched)


def test_most_wordings_are_guarded() -> None:
    assert sum(wording.parts != ("",) for wording in WORDINGS.values()) > 0.9 * len(WORDINGS)


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        ("abc|defg", ("abc", "defg")),
        (r"ab?c\.d\b", ("c.d",)),
        (r"(?:one|two)? three|[xy]four(?=five)", (" three", "four")),
        (r"(?:one|two) (x+|y)(?:un){0,2}", ("one", "two")),
        (r"a[^]|)]b{2}|(?:c|[(]d\|e)", ("a", "c", "d|e")),
        ("one|(?:two)?", ("",)),
        (r"\d\s?|x", ("",)),
        ("news|newsletter", ("news",)),
    ],
)
def test_the_parts_of_a_wording_are_what_each_of_its_matches_holds(pattern: str, parts: tuple[str, ...]) -> None:
    assert Wording(pattern).parts == parts


def test_a_wording_finds_what_its_pattern_finds_between_two_places() -> None:
    wording = Wording(r"^one\b|two (?:three|four)", "fünf$")
    for text in ("one two", "stone two four", "two  four", "two four", "fünf", "fünf one", ""):
        for start, end in ((0, 99), (1, 99), (0, 4), (2, 8)):
            found, expected = wording.search(text, start, end), wording.pattern.search(text, start, end)
            assert (found and found.span()) == (expected and expected.span())
        assert wording.in_any([text, "six"]) == bool(wording.pattern.search(text))


@pytest.mark.parametrize(
    ("lines", "flags"),
    [
        (words.BYLINE, re.IGNORECASE), (words.ROLES, re.IGNORECASE), (words.RANKS, re.IGNORECASE), (words.HOUSE, re.IGNORECASE),
        (words.LINES, re.IGNORECASE), (words.WEEKDAYS, re.IGNORECASE), (words.AGENCIES, 0), (words.DEGREES, 0),
    ],
    ids="byline roles ranks house lines weekdays agencies degrees".split(),
)  # fmt: skip
def test_alternatives_are_all_phrases_and_nothing_else(lines: tuple[str, ...], flags: re.RegexFlag) -> None:
    """The longest phrase that fits is found, as by a pattern that names each phrase, the longest first."""
    phrases = {phrase.strip() for line in lines for phrase in line.split(",") if phrase.strip()}
    plain = "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in sorted(phrases, key=lambda one: (-len(one), one)))
    slow, fast = re.compile(plain, flags), re.compile(words.alternatives(*lines), flags)
    for text in (f"{phrase}{tail}" for phrase in phrases for tail in ("", " ", "s", ":", " by", " x, ")):
        for said in (text, text.upper(), text[1:], f"x {text} y", text.replace(" ", "\n ")):
            assert [m.span() for m in fast.finditer(said)] == [m.span() for m in slow.finditer(said)]


def test_a_match_in_a_long_text_is_found_near_what_it_needs() -> None:
    wording = Wording(r"""["']?status_?code["']?\s*[:=]\s*404\b""", "guard(?:ian)?-check")
    far = " word " * 20_000
    for found in ("'status_code': 404", "statuscode=404", "guardian-check"):
        assert wording.is_near(far + found + far), found
    for other in ("'status_code': 200", "guardian", ""):
        assert not wording.is_near(far + other + far)
    assert Wording(r"\d+").is_near(far + "1"), "a pattern that needs no plain string is searched for as it is"
