"""`newsarchive import`: what an export wrote, put back into an archive."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from newsarchive.cli import archives, configuration, steps, summary
from newsarchive.cli.errors import COMPLETE, FAILED

if TYPE_CHECKING:
    from newsarchive.export import Imported

SUMMARY = "put exported articles back into an archive"
DESCRIPTION = """Read files or folders that `newsarchive export --full` wrote (.jsonl, .json, .parquet; .gz and .zst too) into the archive.

Articles the archive does not know get their id, versions, aliases, dates and instants back as they were. Of an article
that is known already, each version it lacks is kept as if its page were read now: importing twice changes nothing.
A damaged record is counted with its reason and left out; where a manifest lies beside a file or in a folder, the files'
digests are checked first. Exit code 1 when anything could not be put back."""
EXAMPLES = (
    "newsarchive import everything.jsonl.zst",
    "newsarchive import articles/ -s NEWSARCHIVE_DATABASE_URL=postgresql://localhost/news",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file or a folder that an export wrote")
    parser.add_argument("--json", action="store_true", help="print what was imported as one JSON object")
    configuration.add_settings(parser)


def run(args: argparse.Namespace) -> int:
    """Import, and say what became of the articles."""
    settings = configuration.load(args)
    from newsarchive import export

    files = export.listed(Path(path) for path in args.paths)  # before an archive is made for nothing
    with archives.open_archive(settings) as archive:
        archive.begin_run("import")
        try:
            with steps.counter("articles") as told:
                found = export.read_files(archive, files, told)
        except BaseException:
            archive.end_run("failed")
            raise
        complete = not found.damaged and not found.unlinked
        archive.end_run("complete" if complete else "incomplete", _counts(found))
    if args.json:
        print(json.dumps(_counts(found), ensure_ascii=False))
    else:
        _tell(found)
    for sample in found.samples:
        summary.stderr(sample)
    return COMPLETE if complete else FAILED


def _counts(found: Imported) -> dict[str, object]:
    return {
        "restored": found.restored,
        "versions": found.versions,
        "merged": found.merged,
        "new_versions": found.new_versions,
        "unlinked_copies": found.unlinked,
        "damaged": dict(found.damaged),
    }


def _tell(found: Imported) -> None:
    lines = [f"{found.restored:,} articles restored ({found.versions:,} versions)"]
    if found.merged:
        lines.append(f"{found.merged:,} known already ({found.new_versions:,} new versions)")
    if found.unlinked:
        lines.append(f"{found.unlinked:,} copies whose first article is not in the archive")
    lines += [f"{number:,} damaged: {reason}" for reason, number in found.damaged.most_common()]
    print("\n".join(lines), file=sys.stdout)
