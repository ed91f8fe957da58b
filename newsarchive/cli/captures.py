"""`newsarchive captures`: what is kept raw: verified, listed, shown."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from newsarchive.cli import archives, configuration, summary
from newsarchive.cli.errors import COMPLETE, FAILED, CommandError, UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from newsarchive.captures import Folder
    from newsarchive.captures.verify import Checked

SUMMARY = "verify, list and show the raw pages that are kept"
DESCRIPTION = """Look into the folder where raw pages are kept (NEWSARCHIVE_CAPTURES, or --captures).

`verify` reads every file: every gzip member or zstd frame, every record and digest, every line of the index, and the place
of every version of the archive. `list` and `cat` find an address by the index, without reading the files."""
EXAMPLES = (
    "newsarchive captures verify --repair",
    "newsarchive captures list https://example.org/story",
    "newsarchive captures cat https://example.org/story --at 2025-12-25 > page.html",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    acts = parser.add_subparsers(dest="act", metavar="ACTION", title="actions", required=True, help="what to do")
    verify = acts.add_parser(
        "verify",
        help="check every record, digest and index, and every version's place",
        description="Check everything; exit code 1 where something is wrong and was not mended.",
    )
    verify.add_argument(
        "--repair",
        action="store_true",
        help="cut torn tails (what is cut is kept in NAME.torn-OFFSET) and make indexes anew",
    )
    verify.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    listed = acts.add_parser(
        "list", help="every capture of an address", description="Every capture of an address, oldest first."
    )
    listed.add_argument("url", metavar="URL")
    listed.add_argument("--json", action="store_true", help="one JSON object a line")
    shown = acts.add_parser(
        "cat",
        help="the page as it was",
        description="Write the body of a capture to stdout, without transfer and content coding, byte for byte.",
    )
    shown.add_argument("url", metavar="URL")
    shown.add_argument("--at", metavar="TIME", help="the capture nearest to this time (ISO 8601; default: the newest)")
    shown.add_argument("--raw", action="store_true", help="the body as it was sent, content coding and all")
    shown.add_argument("--headers", action="store_true", help="the status and headers instead of the body")
    for sub in (verify, listed, shown):
        sub.add_argument("--captures", metavar="FOLDER", type=Path, help="the folder (NEWSARCHIVE_CAPTURES)")
        configuration.add_settings(sub)


def run(args: argparse.Namespace) -> int:
    """Do one of the acts."""
    acts = {"verify": _verify, "list": _list, "cat": _cat}
    return acts[args.act](args, folder(args))


def folder(args: argparse.Namespace) -> Folder:
    """The folder of captures that is meant; a CommandError where there is none."""
    from newsarchive import options
    from newsarchive.captures import Folder

    path: Path | None = args.captures or options.value(configuration.load(args), "NEWSARCHIVE_CAPTURES")
    if path is None:
        raise UsageError("which folder of captures? --captures FOLDER, or set NEWSARCHIVE_CAPTURES")
    if not path.is_dir():
        raise CommandError(f"{path}: no such folder")
    return Folder(path)


def _verify(args: argparse.Namespace, kept: Folder) -> int:
    from newsarchive.captures import verify

    checked: list[Checked] = []
    left = 0
    for one in verify.folder(kept.path, repair=args.repair):
        checked.append(one)
        left += sum(problem.done is None for problem in one.problems)
        if not args.json:
            state = "being written, left alone" if one.busy else f"{one.records:,} records, {one.bytes:,} bytes"
            print(f"{one.file}: {state}{'' if one.problems else ', sound'}", flush=True)
            for problem in one.problems:
                print(f"  {problem}", flush=True)
    astray = _astray(args, kept)
    if args.json:
        files = [
            {"file": one.file, "records": one.records, "bytes": one.bytes, "problems": [str(p) for p in one.problems]}
            for one in checked
        ]
        print(json.dumps({"files": files, "versions_without_capture": astray}, ensure_ascii=False))
    for place in astray:
        summary.stderr(f"{place}: no capture is where the archive says")
    return FAILED if left or astray else COMPLETE


def _astray(args: argparse.Namespace, kept: Folder) -> list[str]:
    """The addresses of versions whose capture is not where the archive says, of files that are in the folder."""
    from newsarchive.archive import MissingError
    from newsarchive.captures import Location
    from newsarchive.captures.records import Record

    wrong = []
    names = {file.name for file in kept.files()}
    try:
        opened = archives.open_archive(configuration.load(args), create=False)
    except MissingError:
        return []
    with opened as archive:
        for address, file, offset, length, digest in archive.places():
            if file not in names:
                continue
            record = kept.record(Location(file, offset, length, digest))
            sound = isinstance(record, Record) and record.length == length and record.block is not None
            if not sound or (isinstance(record, Record) and digest and record.get("WARC-Payload-Digest") != digest):
                wrong.append(address)
    return wrong


def _list(args: argparse.Namespace, kept: Folder) -> int:
    lines = kept.captures(args.url)
    if not lines:
        raise CommandError(f"{args.url}: no capture of it in {kept.path}")
    for line in lines:
        place = line.location
        if args.json:
            facts = {
                "url": line.url,
                "captured_at": line.captured_at.isoformat(),
                "status": line.status,
                "type": line.mime,
            }
            facts |= {"file": place.file, "offset": place.offset, "length": place.length, "digest": place.digest}
            print(json.dumps(facts, ensure_ascii=False))
        else:
            kind = "the same as before" if line.is_revisit else line.mime
            where = f"{place.file}:{place.offset}"
            print(
                f"{line.captured_at:%Y-%m-%dT%H:%M:%SZ}  {line.status or '-'}  {kind:<20} {place.length:>10,}  {where}"
            )
    return COMPLETE


def _cat(args: argparse.Namespace, kept: Folder) -> int:
    from newsarchive.captures.members import DamageError

    line = kept.nearest(args.url, _moment(args.at) if args.at else None)
    if line is None:
        raise CommandError(f"{args.url}: no capture of it in {kept.path}")
    try:
        message = kept.message(line.location)
        body = message.body if args.raw else message.opened(2_000_000_000)
    except DamageError as error:
        raise CommandError(f"{line.location.file}:{line.location.offset}: {error}") from error
    if args.headers:
        print(f"HTTP {message.status}")
        print("\n".join(f"{name}: {value}" for name, value in message.headers))
        return COMPLETE
    sys.stdout.flush()
    sys.stdout.buffer.write(body)
    sys.stdout.buffer.flush()
    return COMPLETE


def _moment(text: str) -> datetime:
    from newsarchive.captures.saved import MetaError, instant

    try:
        return instant(text)
    except MetaError as error:
        raise UsageError(f"--at: {error}") from error
