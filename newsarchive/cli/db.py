"""`newsarchive db`: look after the database."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from newsarchive.cli import archives, configuration, steps, summary
from newsarchive.cli.errors import COMPLETE, FAILED

if TYPE_CHECKING:
    from newsarchive.archive import Archive

SUMMARY = "check the database, index it for search, give back its space"
DESCRIPTION = """Look after the database. While a crawl writes, `check` and `index` may run, too.

`check` reads all of it and changes nothing: SQLite's own check of its file, foreign keys, articles without versions or URLs,
the digests of every text made again, and whether the index of search has every version. It exits with 1 where it finds a fault.
`index` brings into the index of search what it lacks: articles of before there was one, and of a bulk load broken off.
`vacuum` gives the space of removed rows back to the disk and merges the index of search, which makes searches faster. SQLite
writes its file anew for that: it takes as much free space again, and whoever writes waits."""
EXAMPLES = (
    "newsarchive db check",
    "newsarchive db index --rebuild --database news.sqlite",
    "newsarchive db vacuum",
)
_ACTIONS = {
    "check": "find what is wrong with the database; exit 1 where something is",
    "index": "bring into the index of search what it lacks",
    "vacuum": "give free space back to the disk and merge the index of search",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions and their options."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", title="actions", required=True, help="what to do")
    for name, help_ in _ACTIONS.items():
        action = actions.add_parser(name, help=help_, description=DESCRIPTION)
        action.formatter_class = argparse.RawDescriptionHelpFormatter
        if name == "index":
            action.add_argument("--rebuild", action="store_true", help="empty the index first")
        configuration.add_settings(action)


def run(args: argparse.Namespace) -> int:
    """Do what was asked."""
    settings = configuration.load(args)
    acts: dict[str, Any] = {"check": _check, "index": _index, "vacuum": _vacuum}
    with archives.open_archive(settings, create=False) as archive:
        code: int = acts[args.action](archive, args)
    return code


def _check(archive: Archive, _: argparse.Namespace) -> int:
    with steps.counter("versions checked") as done:
        faults = archive.check(done)
    for fault in faults:
        print(fault)
    if faults:
        kinds = f"{len(faults)} kinds of faults" if len(faults) > 1 else "a fault"
        summary.stderr(f"{archive}: {kinds}; the number behind each is how many rows have it")
        return FAILED
    print(f"{archive}: no fault found")
    return COMPLETE


def _index(archive: Archive, args: argparse.Namespace) -> int:
    with steps.counter("versions indexed") as done:
        number = archive.index(done, rebuild=args.rebuild)
    print(f"{archive}: {number:,} versions indexed")
    return COMPLETE


def _vacuum(archive: Archive, _: argparse.Namespace) -> int:
    before = archive.size()
    with steps.counter("steps of the index merged") as done:
        archive.vacuum(done)
    after = archive.size()
    told = f"{before:,} bytes before, {after:,} now" if before is not None and after is not None else "done"
    print(f"{archive}: {told}")
    return COMPLETE
