"""The command line as a page of documentation, made from the parsers: `python -m newsarchive.cli.manual > docs/cli.md`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from newsarchive.cli import program

HEAD = """\
# The command line

This page is made from the program itself (`make docs`); `newsarchive VERB --help` shows the same.

`-s NAME=VALUE` sets a setting as Scrapy's `-s` does; [settings.md](settings.md) lists ours. Anywhere but in a
Scrapy project a verb works with newsarchive's own settings and spiders. Inside a project (a folder with `scrapy.cfg`) it
works with that project's settings and spiders; newsarchive's add-on and its own spiders join in where they are not named
there, so `newsarchive list` shows both.

| exit code | meaning |
| --- | --- |
| 0 | complete |
| 1 | something failed; one line on stderr says what, the summary counts the reasons |
| 2 | wrong usage; one line on stderr says what |
| 3 | a bounded crawl reached its limit; pages wait for the next run |
| 75 | another crawl of the site is running: try again later |
| 130 | interrupted (Ctrl-C); what was read until then is stored |
"""


def markdown() -> str:
    """The whole page."""
    parts = [HEAD]
    for name, verb in verbs().items():
        parts += list(_verb(f"newsarchive {name}", verb, "##", program.VERBS[name].EXAMPLES))
    return "\n".join(parts).rstrip() + "\n"


def verbs() -> dict[str, argparse.ArgumentParser]:
    """The parser of each verb."""
    return _subparsers(program.parser())


def _subparsers(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            found: dict[str, argparse.ArgumentParser] = action.choices
            return found
    return {}


def _verb(name: str, parser: argparse.ArgumentParser, level: str, examples: object = ()) -> Iterator[str]:
    yield f"{level} {name}\n"
    inner = _subparsers(parser)
    if inner or level == "##":
        yield f"{parser.description}\n"
    if isinstance(examples, tuple) and examples:
        yield "```console\n" + "\n".join(f"$ {example}" for example in examples) + "\n```\n"
    rows = list(_rows(parser))
    if rows:
        yield "| argument | meaning |\n| --- | --- |\n" + "\n".join(rows) + "\n"
    for sub, subparser in inner.items():
        yield from _verb(f"{name} {sub}", subparser, "###")


def _rows(parser: argparse.ArgumentParser) -> Iterator[str]:
    """One row an argument; those every verb has are left to --help."""
    for action in parser._actions:
        if (
            action.dest in ("help", "debug")
            or action.help == argparse.SUPPRESS
            or isinstance(action, argparse._SubParsersAction)
        ):
            continue
        meaning = (action.help or "").replace("|", "\\|")
        yield f"| {_form(action)} | {meaning} |"


def _form(action: argparse.Action) -> str:
    """How an argument is written: `-s NAME=VALUE, --set NAME=VALUE`, `PATH`."""
    shown = action.metavar if isinstance(action.metavar, str) else None
    if shown is None and action.choices is not None:
        shown = "{" + ",".join(str(choice) for choice in action.choices) + "}"
    if not action.option_strings:
        return f"`{shown or action.dest}`".replace("|", "\\|")
    value = "" if action.nargs == 0 else f" {shown or action.dest.upper()}"
    value = f" [{value.strip()}]" if action.nargs == "?" else value
    return ", ".join(f"`{flag}{value}`" for flag in action.option_strings)


if __name__ == "__main__":
    sys.stdout.write(markdown())
