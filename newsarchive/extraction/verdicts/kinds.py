"""What a page with words of its own can be besides an article: live blog, video or gallery, index, nothing."""

from __future__ import annotations

import re
from itertools import pairwise
from urllib.parse import urlsplit

from newsarchive.article import Verdict
from newsarchive.extraction.structured import strings, types
from newsarchive.extraction.verdicts import phrases
from newsarchive.extraction.verdicts.evidence import Evidence

_CLOCK = re.compile(
    r"^(?:(?:ore|um|kl\.?|às|à|a las|alle|saat|godz\.?)\s*)?(?:\d{1,2}[:.h]\d{2}(?:\s*(?:uhr|h|[ap]\.?m\.?|gmt|cet|cest|et|bst|est|edt))?"
    r"|\d+\s*(?:min|h)\w*\s+ago|il y a \d+|vor \d+|\d{1,3}(?:\.?\s?\+\s?\d+)?['’′](?:\s|$)|\d{2,3}\.(?:\s?\+\s?\d+)?$)",
    re.IGNORECASE,
)
_OPENED_BY_CLOCK = re.compile(
    r"^(?:ore|um|kl\.?|às|saat)?\s*\d{1,2}[:.h]\d{2}(?:\s*(?:uhr|h|[ap]\.?m\.?))?\s*[-–—:|•]\s", re.IGNORECASE
)
_ROOT = re.compile(
    r"^/?(?:index\.(?:html?|php|aspx?)|home|startseite|accueil|inicio|portada)?/?$|^/[a-z]{2}(?:-[a-z]{2})?/?$"
)
_LISTING = re.compile(
    r"/(?:tags?|topics?|themen?|thema|themes?|sujets?|dossiers?|categor(?:y|ies|ia|ie)|kategorie|rubri(?:k|que|ca|k\w+)|sections?|ressort|archives?|archiv|author|authors|autor|autore[ns]|auteurs?|latest|ultimas?|page/\d+|search|suche|recherche|buscar)(?:/|$)",
)
_COLLECTION = frozenset(("CollectionPage", "SearchResultsPage", "ItemList", "ProfilePage"))
_BEFORE_TIME = frozenset(("kl", "or", "um", "sa", "às", "à ", "à1", "à2"))
_TIME = re.compile(
    r"^(?:klo|kl\.?|ore|um|saat|às|à)?\s?(\d{1,2})[:.h](\d\d)\s*(?:uhr|wib|([ap])\.?m\.?)?$", re.IGNORECASE
)
_SHORT, _MEDIUM, _LONG, _BRIEF, _ENTRIES, _TIMED = 700, 2000, 5000, 100, 4, 14


def live_blog(page: Evidence) -> str | None:
    """A report written while things happen: stated so, or a live title or address over entries with clock times."""
    if any("LiveBlogPosting" in types(thing) for thing in page.structured.articles):
        return "json-ld"
    if _is_logged(page):
        return "entries by the clock"
    titled = _has_live_title(page.headings[:3])
    addressed = _is_live_path(page.path)
    if not titled and not addressed:
        return None
    page.doubt(Verdict.LIVE_BLOG, "live heading" if titled else "live address")
    clocks = sum(
        1
        for block in page.outline.blocks
        if (len(block.text) < 80 and (_CLOCK.match(block.text) or block.times)) or _OPENED_BY_CLOCK.match(block.text)
    )
    if page.body_weight < (_BRIEF if clocks >= 4 else 3 * _BRIEF):
        return None
    if clocks >= 4 or (titled and addressed and clocks >= 2):
        return "live heading and clock times"
    entries = sum(1 for box in page.outline.boxes if phrases.LIVE_HINTS.search(box.hints))
    return "live heading and entries" if entries >= 4 else None


def _is_logged(page: Evidence) -> bool:
    """True when a text is a row of entries, each under a clock time of its own, and the times run one way."""
    minutes: list[int] = []
    blocks = page.outline.blocks
    short = [
        block
        for block in blocks[:-1]
        if len(text := block.text) <= _TIMED and (text[0].isdigit() or text[:2].lower() in _BEFORE_TIME)
    ]
    told = frozenset(page.body) if len(short) >= _ENTRIES else ()
    for block in short if told else ():
        if (match := _TIME.match(block.text)) and blocks[block.index + 1].text in told:
            hour, minute, half = match.groups()
            minutes.append((int(hour) % 12 + 12 * (half in "pP") if half else int(hour)) * 60 + int(minute))
    steps = [later - earlier for earlier, later in pairwise(minutes)]
    return len(minutes) >= _ENTRIES and (all(step < 0 for step in steps) or all(step > 0 for step in steps))


def _has_live_title(texts: list[str]) -> bool:
    return phrases.LIVE_TITLE.in_any(texts)


def _is_live_path(path: str) -> bool:
    return phrases.LIVE_PATH.search(path) is not None


def media(page: Evidence) -> str | None:
    """A page whose point is a video, a gallery or a sound: few words, and a player or many pictures."""
    if page.body_weight > _MEDIUM:
        return None
    stated = (page.structured.meta("og:type") or "").lower()
    main = _main_types(page)
    addressed = bool(phrases.VIDEO_PATH.search(page.path))
    titled = phrases.GALLERY_TITLE.in_any(page.headings[:3])
    if not (stated.startswith(("video", "music")) or main or addressed or titled):
        return None
    page.doubt(Verdict.MEDIA, "stated" if main or stated.startswith(("video", "music")) else "address or heading")
    if _ROOT.match(page.path) or (
        page.linked_headings > 12 and not main and page.body_weight < 150 and not stated.startswith("video")
    ):
        return None
    votes = stated.startswith(("video", "music")) + bool(main) + addressed + titled + _shows(page)
    enough = 2 if page.body_weight < _SHORT else 3
    return "player or pictures and few words" if votes >= enough else None


def _main_types(page: Evidence) -> set[str]:
    """The media types the page states outside of an article."""
    wanted = {
        "VideoObject",
        "ImageGallery",
        "MediaGallery",
        "AudioObject",
        "PodcastEpisode",
        "RadioEpisode",
        "TVEpisode",
        "VideoGallery",
    }
    return page.kinds & wanted if not page.structured.articles or page.body_weight < _SHORT else set()


def _shows(page: Evidence) -> bool:
    """True when the page has a player or a good many pictures with captions."""
    media_of_page = page.outline.media
    if any(medium.tag in ("video", "amp-video", "audio") for medium in media_of_page):
        return True
    players = ("youtube", "vimeo", "dailymotion", "player", "embed", "jwplayer", "brightcove", "video")
    for medium in media_of_page:
        if medium.tag == "iframe":
            source = medium.node.attributes.get("src") or medium.node.attributes.get("data-src") or ""
            if any(name in source for name in players):
                return True
    figures = sum(1 for block in page.outline.blocks if block.tag == "figcaption")
    return figures >= 5 or (
        page.page.tree.css_first(
            '[class*="video-player"], [class*="videoplayer" i], [id*="player"], [class*="slide"], [class*="gallery"]'
        )
        is not None
    )


def index(page: Evidence) -> str | None:
    """A page that leads to articles: many linked headlines, and no text of its own that outweighs them."""
    root = bool(_ROOT.match(page.path)) and not any(char.isdigit() for char in urlsplit(page.url).query)
    if page.is_closed:
        return None
    stated = page.is_article_address or (page.is_stated_article and (page.body_weight > 300 or page.is_headed))
    if not root and (page.body_weight > _LONG or (stated and page.body_weight > 40)):
        return None
    headings = page.linked_headings
    if headings < 5:
        return None
    page.doubt(Verdict.INDEX, f"{headings} linked headlines")
    if root and headings >= 6 and not _is_own_article(page):
        return "front page"
    if stated and page.body_weight > 40:
        return None
    collection = bool(page.kinds & _COLLECTION) and not page.is_stated_article
    listing = bool(_LISTING.search(page.path))
    weak = page.body_weight < max(_SHORT, 60 * headings) or page.own_text < _SHORT
    if (collection or listing) and weak:
        return "collection"
    if page.body_weight < _SHORT and headings >= 8:
        return "linked headlines"
    if headings >= 6 and page.own_text < _SHORT and not page.is_stated_article:
        return "linked headlines with summaries"
    return None


def _is_own_article(page: Evidence) -> bool:
    """True when a page at a site's root states one article with a text to it."""
    if page.body_weight < _MEDIUM:
        return False
    return page.is_stated_article or any(strings(thing.get("headline")) for thing in page.structured.articles)


def empty(page: Evidence) -> str | None:
    """A page without words of its own: a shell for scripts, a frame set, a lone title."""
    if page.body_weight == 0:
        return "no text"
    if page.body_weight < 60 and not page.is_stated_article:
        return "hardly any text"
    return None
