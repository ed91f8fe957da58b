"""What a fetched page turned out to be: an article, part of one, or something that only looks like a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from newsarchive.article import Verdict
from newsarchive.extraction.outline import Outline
from newsarchive.extraction.structured import Structured
from newsarchive.extraction.verdicts import kinds, live, walls
from newsarchive.extraction.verdicts.evidence import Evidence
from newsarchive.page import Page

Rule = Callable[[Evidence], str | None]

# In order: what cannot be an article first, then what an article can be besides.
RULES: tuple[tuple[Verdict, Rule], ...] = (
    (Verdict.BOT_CHALLENGE, walls.challenge),
    (Verdict.ERROR_PAGE, walls.missing),
    (Verdict.CONSENT_WALL, walls.consent),
    (Verdict.BOT_CHALLENGE, walls.unworded_challenge),
    (Verdict.LIVE_BLOG, live.live_blog),
    (Verdict.MEDIA, kinds.media),
    (Verdict.INDEX, kinds.index),
    (Verdict.TEASER, walls.paywall),
    (Verdict.ERROR_PAGE, kinds.nothing),
    (Verdict.EMPTY, kinds.empty),
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and the rule that gave it; `doubts` are signs of another verdict that were overruled, by that verdict."""

    verdict: Verdict
    rule: str
    doubts: dict[str, str] = field(default_factory=dict)


def read(
    page: Page, structured: Structured, outline: Outline, body: Sequence[str], title: str | None, url: str
) -> Judgement:
    """The verdict on a page; `body` are the paragraphs found, `title` the headline."""
    if not page.body or page.body.isspace():
        return Judgement(Verdict.EMPTY, "no bytes")
    if (media_type := page.foreign_type) is not None:
        return Judgement(Verdict.NOT_HTML, media_type)
    evidence = Evidence(page, structured, outline, body, title, url)
    for verdict, rule in RULES:
        if (reason := rule(evidence)) is not None:
            evidence.doubts.pop(verdict.value, None)
            return Judgement(verdict, reason, evidence.doubts)
    return Judgement(Verdict.ARTICLE, "text", evidence.doubts)
