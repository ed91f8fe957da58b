"""How well article links are told from the others on section pages: precision and recall, site by site.

`python -m bench.links [--half open|held] [--wrong]` reads fixtures/links/*: a section page written like those of a kind
of site (section.html) and the label of each of its links (labels.json: "article", "section", "tag", "author", "page",
"video", "gallery", "service", "file", "advert", "offsite", "front"). Rules are improved by looking at the open half
alone; the held half tells what they are worth on sites nobody looked at.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from newsarchive.discovery import links
from newsarchive.discovery.link import Link, LinkKind
from newsarchive.urls import key

FIXTURES = Path(__file__).parents[1] / "fixtures" / "links"
ARTICLE = "article"
NEVER = ("advert", "offsite")


@dataclass
class Score:
    """Counts of one site or of many: links called articles rightly (right) and wrongly (wrong), and articles missed."""

    right: int = 0
    wrong: list[Link] = field(default_factory=list)
    missed: list[tuple[str, Link | None]] = field(default_factory=list)
    let_in: list[str] = field(default_factory=list)
    links: int = 0

    def add(self, other: Score) -> None:
        """Count another's counts too."""
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed
        self.let_in += other.let_in
        self.links += other.links

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + len(self.wrong))

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + len(self.missed))


def sites(half: str | None = None) -> Iterator[tuple[str, Score]]:
    """The score of each fixture site, by name; `half` is "open", "held" or None for both."""
    for folder in sorted(FIXTURES.iterdir()):
        labels = json.loads((folder / "labels.json").read_text("utf-8"))
        if half in (None, labels["half"]):
            yield folder.name, score((folder / "section.html").read_bytes(), labels["url"], labels["links"])


def score(page: bytes, url: str, labels: dict[str, str]) -> Score:
    """The links of one page against their labels, twins of a link counted once."""
    truth = {key(target): label for target, label in labels.items()}
    found = {key(link.url): link for link in links.read(LexborHTMLParser(page), url).links}
    result = Score(links=len(truth))
    for name, one in found.items():
        label = truth.get(name)
        if one.kind is LinkKind.ARTICLE:
            if label == ARTICLE:
                result.right += 1
            else:
                result.wrong.append(one)
        if label in NEVER:
            result.let_in.append(one.url)
    for target, label in labels.items():
        link = found.get(key(target))
        if label == ARTICLE and (link is None or link.kind is not LinkKind.ARTICLE):
            result.missed.append((target, link))
    return result


def total(half: str | None = None) -> Score:
    """The scores of all sites of a half together."""
    whole = Score()
    for _, one in sites(half):
        whole.add(one)
    return whole


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("open", "held"), help="only the sites of this half")
    parser.add_argument("--wrong", action="store_true", help="show every link that was judged wrongly, and why")
    options = parser.parse_args()
    print(f"{'':24} links  precision  recall  adverts and off-site let in")
    for name, one in sites(options.half):
        print(f"{name:24} {one.links:5}  {one.precision:9.3f}  {one.recall:6.3f}  {len(one.let_in)}")
        for wrong in one.wrong if options.wrong else ():
            print(f"    no article: {wrong.url}  {wrong.score}: {', '.join(wrong.why)}")
        for target, lost in one.missed if options.wrong else ():
            why = f"{lost.score}: {', '.join(lost.why)}" if lost else "left out"
            print(f"    missed: {target}  {why}")
    for half in (options.half,) if options.half else ("open", "held", None):
        whole = total(half)
        print(f"{half or 'all':24} {whole.links:5}  {whole.precision:9.3f}  {whole.recall:6.3f}  {len(whole.let_in)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
