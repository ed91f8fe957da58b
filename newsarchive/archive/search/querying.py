"""What a user typed, as a query every database understands; any text is one.

Words (all of them are wanted), "a phrase", and the beginning of a word (`telecom*`, three letters or more). Everything
else is punctuation. Pure functions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

from newsarchive.archive.search.words import tokens

MOST_WORDS: Final = 32
"""Words and phrases of a query that are looked for; more are left out, and `Query.cut` says so."""
LONGEST_QUERY: Final = 10_000
_SHORTEST_PREFIX: Final = 3
_SHORTEST_STEM, _LONGEST_ENDING = 6, 6
_PART: Final = re.compile(r'"([^"]*)(?:"|$)|([^\s"]+)')


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow each other; with `prefix` the last one is the beginning of a word."""

    words: tuple[str, ...]
    prefix: bool = False


_Write = Callable[[Phrase], str]


@dataclass(frozen=True, slots=True)
class Query:
    """Phrases to look for: one of each group must be there."""

    groups: tuple[tuple[Phrase, ...], ...] = ()
    facts: tuple[tuple[Phrase, ...], ...] = ()
    cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.groups or self.facts)


def parse(text: str, languages: Collection[str | None]) -> Query:
    """The query of a text, its words as articles of these languages have them (None: as they are written)."""
    groups: list[tuple[Phrase, ...]] = []
    for found in _PART.finditer(text[:LONGEST_QUERY]):
        quoted, word = found.groups()
        group = _group(quoted if word is None else word, languages, prefix=word is not None and word.endswith("*"))
        if group and group not in groups:
            groups.append(group)
    cut = len(groups) > MOST_WORDS or len(text) > LONGEST_QUERY
    return Query(groups=tuple(groups[:MOST_WORDS]), cut=cut)


def _group(text: str, languages: Collection[str | None], *, prefix: bool) -> tuple[Phrase, ...]:
    """One phrase for each form its words have in these languages."""
    forms = [tuple(tokens(text, language)[:MOST_WORDS]) for language in sorted(languages, key=str)]
    phrases = [Phrase(words) for words in forms if words]
    if prefix and (plain := tuple(tokens(text, None)[:MOST_WORDS])) and len(plain[-1]) >= _SHORTEST_PREFIX:
        phrases = [Phrase(plain, prefix=True), *phrases]
        # What is kept of a word may be shorter than the beginning that was typed: telecommun for telecommunicatio*.
        last = plain[-1]
        shorter = range(max(_SHORTEST_STEM, len(last) - _LONGEST_ENDING), len(last))
        phrases += [Phrase((*plain[:-1], last[:length])) for length in shorter]
    return tuple(dict.fromkeys(phrases))


def fts5(query: Query, *, title: bool = False) -> str:
    """The query in the language of SQLite's FTS5; with `title` its words must stand in the title."""
    where = "title : " if title else ""
    words = [f"{where}({_any(group, _fts5_phrase)})" for group in query.groups]
    return " AND ".join([*words, *(f"({_any(group, _fts5_phrase)})" for group in query.facts)])


def tsquery(query: Query, *, title: bool = False) -> str:
    """The query in the language of PostgreSQL's tsquery; with `title` its words must stand in the title."""
    words = [f"({_any(group, _title_phrase if title else _ts_phrase, ' | ')})" for group in query.groups]
    return " & ".join([*words, *(f"({_any(group, _ts_phrase, ' | ')})" for group in query.facts)])


def looked_for(query: Query) -> tuple[frozenset[str], tuple[str, ...]]:
    """All words of a query, and all beginnings of words: what a snippet marks."""
    phrases = [phrase for group in query.groups for phrase in group]
    whole = {word for phrase in phrases for word in (phrase.words[:-1] if phrase.prefix else phrase.words)}
    return frozenset(whole), tuple(phrase.words[-1] for phrase in phrases if phrase.prefix)


def _any(group: Sequence[Phrase], write: _Write, between: str = " OR ") -> str:
    return between.join(write(phrase) for phrase in group)


def _fts5_phrase(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.words)}"{" *" if phrase.prefix else ""}'


def _ts_phrase(phrase: Phrase, weight: str = "") -> str:
    words = [f"'{word}'" + (f":{weight}" if weight else "") for word in phrase.words]
    if phrase.prefix:
        words[-1] = f"'{phrase.words[-1]}':*{weight}"
    return f"({' <-> '.join(words)})"


def _title_phrase(phrase: Phrase) -> str:
    return _ts_phrase(phrase, "A")
