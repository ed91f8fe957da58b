"""The pages a verb was pointed at, checked before anything starts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Self

from newsarchive.captures import Saved, Skipped, Wanted, read
from newsarchive.captures.saved import MetaError, instant
from newsarchive.cli import summary, targets
from newsarchive.cli.errors import CommandError, UsageError

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Inputs:
    """Paths of saved pages, and what the command line states of those that do not say it themselves."""

    paths: Sequence[Path]
    url: str | None
    captured_at: datetime | None
    wanted: Wanted = field(default_factory=Wanted)

    @classmethod
    def of(
        cls, paths: Sequence[Path], *, url: str | None, captured_at: str | None, wanted: Wanted | None = None
    ) -> Self:
        """Inputs that hold at least one page; a CommandError or UsageError of one line where they do not."""
        if url and targets.address(url) != url:
            raise UsageError(f"not an http(s) URL: {url!r}")
        try:
            moment = instant(captured_at) if captured_at else None
        except MetaError as error:
            raise UsageError(f"--captured-at: {error}") from error
        inputs = cls(paths, url, moment, wanted or Wanted())
        inputs._check()
        return inputs

    def found(self) -> Iterator[Saved | Skipped]:
        """Every page, and every file or record that gives none."""
        return read(self.paths, url=self.url, captured_at=self.captured_at, wanted=self.wanted)

    def pages(self) -> Iterator[Saved]:
        """Every page; what gives none is told on stderr."""
        for one in self.found():
            if isinstance(one, Skipped):
                summary.stderr(told(one))
            else:
                yield one

    def _check(self) -> None:
        for path in self.paths:
            if not path.exists():
                raise CommandError(f"{path}: no such file or folder")
        reasons: list[str] = []
        for one in self.found():
            if not isinstance(one, Skipped):
                return
            if len(reasons) <= SHOWN:
                reasons.append(told(one) if len(reasons) < SHOWN else "and more")
        if not reasons and self.wanted != Wanted():
            raise CommandError(f"{', '.join(map(str, self.paths))}: no page that the filters take")
        if not reasons:
            raise CommandError(
                f"{', '.join(map(str, self.paths))}: no pages (.html, .htm, .warc, .warc.gz, .warc.zst or .wacz)"
            )
        raise CommandError(reasons[0] if len(reasons) == 1 else f"no page to read: {'; '.join(reasons)}")


def told(skipped: Skipped) -> str:
    """Why a file gave no page, in one line."""
    return f"{skipped.place}: {skipped.reason}{f' ({skipped.detail})' if skipped.detail else ''}"
