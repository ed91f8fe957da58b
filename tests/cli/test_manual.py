"""docs/cli.md is the program's own help: every verb and option is documented, every example can be typed."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path

import pytest

from newsarchive.cli import manual, program

PAGE = Path(__file__).parents[2] / "docs" / "cli.md"
EXAMPLES = [example for verb in program.VERBS.values() for example in verb.EXAMPLES]


def test_the_page_is_what_the_program_says() -> None:
    assert PAGE.read_text("utf-8") == manual.markdown(), "run `make docs`"


@pytest.mark.parametrize("verb", program.VERBS)
def test_every_verb_and_option_is_documented(verb: str) -> None:
    section = PAGE.read_text("utf-8").partition(f"\n## newsarchive {verb}\n")[2].partition("\n## ")[0]
    assert section, f"{verb} is not documented"
    parser = manual.verbs()[verb]
    shown = [action for action in parser._actions if action.help != argparse.SUPPRESS]
    flags = {flag for action in shown for flag in action.option_strings} - {"-h", "--help", "--debug"}
    assert not [flag for flag in flags if f"`{flag}" not in section]
    assert not [action.dest for action in parser._actions if not action.help]


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_can_be_typed(example: str) -> None:
    words = shlex.split(example.partition(" | ")[0].partition(" > ")[0])
    assert words[0] == "newsarchive"
    assert program.parser().parse_args(words[1:]).verb == words[1]
