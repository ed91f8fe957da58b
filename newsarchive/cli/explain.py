"""`newsarchive explain`: why a page was read as it was."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from newsarchive.cli import configuration
from newsarchive.cli.errors import COMPLETE

if TYPE_CHECKING:
    from newsarchive.cli.evidence import Answer

SUMMARY = "show why a saved page was read as it was"
DESCRIPTION = """Show what was read from a saved page, the rule that gave each field, and everything else the page offered for it;
for dates also why each one won or lost. PAGE is what `newsarchive replay` takes."""
EXAMPLES = (
    "newsarchive explain fixtures/lematin",
    "newsarchive explain page.html --url https://example.org/story --captured-at 2025-12-25 --json",
)
WIDTH = 110
OFFERED = 12


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("page", metavar="PAGE", type=Path, help="a saved page, a folder of them or a WARC file")
    parser.add_argument("--url", help="the address of a page that does not state its own")
    parser.add_argument(
        "--captured-at", metavar="TIME", help="when a page that does not say so was captured (ISO 8601)"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a page, with everything that was offered")
    configuration.add_settings(parser)


def run(args: argparse.Namespace) -> int:
    """Explain every page of PAGE."""
    from newsarchive.cli.inputs import Inputs

    inputs = Inputs.of([args.page], url=args.url, captured_at=args.captured_at)
    settings = configuration.load(args)
    from newsarchive.cli import evidence
    from newsarchive.spiders import reading
    from newsarchive.spiders.sites import Recipes

    recipes = Recipes(configuration.spiders(settings))
    for saved in inputs.pages():
        recipe = recipes.recipe(saved.page.url, saved.page.captured_at)
        article = reading.read(saved.page, recipe).article
        answers = evidence.answers(saved.page, article, recipe)
        if args.json:
            fields = [answer.as_dict() for answer in answers]
            print(json.dumps({"place": saved.place, "fields": fields}, ensure_ascii=False))
        else:
            print("\n".join([saved.place, *(line for answer in answers for line in lines(answer))]))
    return COMPLETE


def lines(answer: Answer) -> list[str]:
    """One field for people: what was chosen and by which rule, then what else there was."""
    rule = f"   ({answer.rule})" if answer.rule and answer.value else ""
    found = [f"  {answer.name:<12}{short(answer.value) if answer.value else '(none)'}{rule}"]
    found += [f"              overruled {place}: {short(value)}" for place, value in answer.overruled]
    seen = dict.fromkeys(answer.offered)
    found += [f"              {place}: {short(value)}" for place, value in list(seen)[:OFFERED]]
    if len(seen) > OFFERED:
        found.append(f"              … {len(seen) - OFFERED} more (--json shows all)")
    return found


def short(text: str) -> str:
    """A text cut to a line."""
    text = " ".join(text.split())
    return text if len(text) <= WIDTH else f"{text[: WIDTH - 1]}…"
