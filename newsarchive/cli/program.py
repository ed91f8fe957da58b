"""The program: finds the verb, runs it, and turns every way of ending into an exit code."""

from __future__ import annotations

import argparse
import difflib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn, Protocol

from newsarchive import __version__
from newsarchive.cli import (
    backup,
    captures,
    coverage,
    crawl,
    db,
    diff,
    explain,
    export,
    fixture,
    history,
    imports,
    migrate,
    reextract,
    replay,
    search,
    settings,
    sites,
    stats,
    stories,
    version,
    wacz,
    why,
)
from newsarchive.cli.errors import (
    BROKEN_PIPE,
    COMPLETE,
    FAILED,
    INTERRUPTED,
    USAGE,
    CommandError,
    OutputError,
    UsageError,
    told,
)


class Verb(Protocol):
    """What a verb's module holds."""

    @property
    def SUMMARY(self) -> str:  # noqa: N802 - the module's constant
        """The line `newsarchive --help` shows."""

    @property
    def DESCRIPTION(self) -> str:  # noqa: N802
        """What the verb's own help begins with."""

    @property
    def EXAMPLES(self) -> Sequence[str]:  # noqa: N802
        """Whole command lines that work."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the verb's options."""

    def run(self, args: argparse.Namespace) -> int:
        """Do it; the exit code."""


VERBS: dict[str, Verb] = {
    "crawl": crawl,
    "replay": replay,
    "reextract": reextract,
    "captures": captures,
    "wacz": wacz,
    "search": search,
    "export": export,
    "import": imports,
    "stats": stats,
    "coverage": coverage,
    "why": why,
    "history": history,
    "diff": diff,
    "stories": stories,
    "explain": explain,
    "list": sites,
    "settings": settings,
    "migrate": migrate,
    "db": db,
    "backup": backup,
    "fixture": fixture,
    "version": version,
}


class Parser(argparse.ArgumentParser):
    """An argument parser that reports a mistake in one line."""

    def error(self, message: str) -> NoReturn:
        """Raise the mistake, with where to read more."""
        raise UsageError(f"{message} (see {self.prog} --help)")


def parser() -> Parser:
    """The whole command line, as argparse knows it."""
    top = Parser(
        prog="newsarchive",
        description="Point it at a news site: every article kept once, whole and honestly dated.",
        epilog="Exit codes: 0 complete, 1 something failed, 2 wrong usage, 3 a bounded crawl left pages for the next one, "
        "75 another crawl of the site is running, 130 interrupted.",
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"newsarchive {__version__}")
    top.add_argument("--debug", action="store_true", help="show the traceback of an error")
    verbs = top.add_subparsers(dest="verb", metavar="VERB", title="verbs", parser_class=Parser)
    for name, verb in VERBS.items():
        examples = "\n".join(f"  {example}" for example in verb.EXAMPLES)
        sub = verbs.add_parser(
            name,
            help=verb.SUMMARY,
            description=verb.DESCRIPTION,
            epilog=f"examples:\n{examples}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        verb.add_arguments(sub)
        sub.add_argument(
            "--debug", action="store_true", default=argparse.SUPPRESS, help="show the traceback of an error"
        )
        sub.set_defaults(run=verb.run)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line `argv` (default: the process's own) and return the exit code; never raises."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        code = _run(arguments)
        _flush()
    except BrokenPipeError:
        _silence_stdout()
        return BROKEN_PIPE
    except OutputError as error:
        _silence_stdout()
        return _fail(error, debug="--debug" in arguments)
    except KeyboardInterrupt:
        _say("interrupted")
        return INTERRUPTED
    except SystemExit as end:  # argparse ends --help and --version so
        return end.code if isinstance(end.code, int) else COMPLETE
    except Exception as error:  # noqa: BLE001 - the last boundary: every failure ends as a line and a code
        return _fail(error, debug="--debug" in arguments)
    return code


def _flush() -> None:
    """Bring out what was printed."""
    if sys.stdout is None:  # as it is when the shell closed it (>&-)
        return
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(error) from error


def _run(arguments: list[str]) -> int:
    top = parser()
    name = next((argument for argument in arguments if not argument.startswith("-")), None)
    if name is not None and name not in VERBS:
        near = difflib.get_close_matches(name, VERBS, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"the verbs are {', '.join(VERBS)}"
        raise UsageError(f"no verb {name!r}: {hint}")
    args, unknown = top.parse_known_args(arguments)
    if unknown:
        raise UsageError(_unknown(args.verb, unknown))
    if args.verb is None:
        top.print_help()
        return USAGE
    code: int = args.run(args)
    return code


def _unknown(verb: str | None, arguments: Sequence[str]) -> str:
    """What to say of arguments that no option takes."""
    prog = f"newsarchive {verb}" if verb else "newsarchive"
    words = f"; words that begin with a dash stand behind --: {prog} -- {arguments[0]}" if verb == "search" else ""
    return f"unrecognized arguments: {' '.join(arguments)} (see {prog} --help{words})"


def _fail(error: Exception, *, debug: bool) -> int:
    if debug:
        sys.excepthook(type(error), error, error.__traceback__)
    known = told(error)
    if known is None:
        known = CommandError(f"unexpected {type(error).__name__}: {error} (this is a bug; --debug shows where)")
    _say(" ".join(str(known).split()))
    return known.code if known.code else FAILED


def _say(message: str) -> None:
    print(f"newsarchive: {message}", file=sys.stderr)


def _silence_stdout() -> None:
    """Let the interpreter flush into nothing at its end: the reader of the pipe is gone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
