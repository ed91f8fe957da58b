"""Put what an export wrote back into an archive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Final

from newsarchive.archive import Archive
from newsarchive.archive.restoring import Kept
from newsarchive.archive.rows import article
from newsarchive.export.records import DamagedError, articles
from newsarchive.export.sources import Placed, listed, records

BATCH: Final = 250
_SAMPLES: Final = 10


@dataclass(slots=True)
class Imported:
    """What became of the articles of an import, each counted once but for `versions`, which counts texts.

    restored: put back letter by letter. merged: known already, and the versions it lacked were kept like pages read now
    (`new_versions` of them). damaged: not put back, by reason; `samples` says where the first ones are.
    """

    restored: int = 0
    versions: int = 0
    merged: int = 0
    new_versions: int = 0
    unlinked: int = 0
    """Copies whose first article is not in the archive."""
    damaged: Counter[str] = field(default_factory=Counter)
    samples: list[str] = field(default_factory=list)

    @property
    def articles(self) -> int:
        """How many articles were read."""
        return self.restored + self.merged + self.damaged.total()


def read_back(archive: Archive, paths: Iterable[Path], progress: Callable[[int], None] | None = None) -> Imported:
    """Put the articles of files and folders written with all fields and versions into an archive, in constant memory.

    An article nobody knows gets its id (where that is free), versions, aliases and instants back as they were; of one
    that is known, each version it lacks is kept as if its page were read now, so importing twice changes nothing. Records that
    are damaged are counted with their reason and left out. Raises ExportError where a file cannot be read (what came
    before it stays) and ArchiveError.
    """
    return read_files(archive, listed(paths), progress)


def read_files(archive: Archive, files: Iterable[Path], progress: Callable[[int], None] | None = None) -> Imported:
    """What `read_back` does, of files that `listed` has looked at already."""
    found = Imported()
    copies: dict[int, str] = {}
    placed: Iterator[Placed] = chain.from_iterable(records(file) for file in files)
    readable = _readable(articles(placed), found)
    with archive.bulk():  # what search needs is made at the end, at once
        while batch := list(islice(readable, BATCH)):
            _keep(archive, batch, found, copies)
            if len(copies) >= BATCH:
                copies = _linked(archive, copies)
            if progress is not None:
                progress(found.articles)
        found.unlinked = len(_linked(archive, copies))
    return found


def _readable(read: Iterable[tuple[str, Kept | DamagedError]], found: Imported) -> Iterator[Kept]:
    for place, kept in read:
        if isinstance(kept, Kept):
            yield kept
            continue
        found.damaged[str(kept)] += 1
        if len(found.samples) < _SAMPLES:
            found.samples.append(f"{place}: {kept}")


def _keep(archive: Archive, batch: list[Kept], found: Imported, copies: dict[int, str]) -> None:
    for kept, article_id in zip(batch, archive.restore(batch), strict=True):
        if article_id is None:
            _merge(archive, kept, found)
            continue
        found.restored += 1
        found.versions += len(kept.versions)
        if kept.duplicate_of is not None:
            copies[article_id] = kept.duplicate_of


def _merge(archive: Archive, kept: Kept, found: Imported) -> None:
    """The versions a known article lacks, as if their pages were read now."""
    aliases = [lead.url for lead in kept.leads if lead.url != kept.url]
    held = {digest for lead in kept.leads for digest in archive.contents(lead.url)}
    new = [version for version in kept.versions if version["content_digest"].hex() not in held]
    rows = [{**version, "url": kept.url, "site": kept.site} for version in new]
    outcomes = archive.save([article(row, aliases) for row in rows])
    found.merged += 1
    found.new_versions += sum(outcome.status in ("stored", "new_version") for outcome in outcomes)


def _linked(archive: Archive, copies: dict[int, str]) -> dict[int, str]:
    """The copies whose first article is not there yet."""
    return {copy: copies[copy] for copy in archive.link_copies(copies)} if copies else {}
