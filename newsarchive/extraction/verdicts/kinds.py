"""What a page with words of its own can be besides an article: video or gallery, index, nothing."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from newsarchive.article import Verdict
from newsarchive.extraction.outline import Medium
from newsarchive.extraction.structured import strings
from newsarchive.extraction.verdicts import families, phrases
from newsarchive.extraction.verdicts.evidence import Evidence, is_linked_heading
from newsarchive.extraction.verdicts.tongues import fold

_ROOT = re.compile(
    r"^/?(?:index\.(?:html?|php|aspx?)|home|startseite|accueil|inicio|portada)?/?$|^/[a-z]{2}(?:-[a-z]{2})?/?$"
)
_SLIDE = re.compile(
    r"^(?:\W|bild|foto|photo|image|imagen|immagine|фото|kuva|slide)*\s*\d{1,3}\s*(?:/|of|von|de|di|sur|av|af|z|ze|из|з|의|van|da|/)\s*\d{1,3}\W*$",
    re.IGNORECASE,
)
_NUMBERED_CAPTION = re.compile(
    r"^(?:bild|foto|photo|image|fig|kuva|фото)?\s*\d{1,3}\s?/\s?\d{1,3}(?:\s*[:.–—-]|\s+[^\W\d])", re.IGNORECASE
)
_PLAYERS = (
    "youtube", "youtu.be", "vimeo", "dailymotion", "player", "embed", "jwplayer", "jwplatform", "brightcove", "video", "spotify",
    "soundcloud", "acast", "megaphone", "podigee", "simplecast", "omny", "spreaker", "ivoox", "buzzsprout", "rutube", "glomex",
)  # fmt: skip
_LISTING = re.compile(
    r"/(?:tags?|topics?|themen?|thema|themes?|sujets?|dossiers?|categor(?:y|ies|ia|ie)|kategorie|rubri(?:k|que|ca|k\w+)|sections?|ressort|archives?|archiv|author|authors|autor|autore[ns]|auteurs?|latest|ultimas?|page/\d+|search|suche|recherche|buscar)(?:/|$)",
)
_COLLECTION = frozenset(("CollectionPage", "SearchResultsPage", "ItemList", "ProfilePage"))
_DATE = re.compile(
    r"\d{1,2}[./-]\s?\d{1,2}[./-]\s?(?:19|20)?\d\d|\b(?:19|20)\d\d\b|\b\d{1,2}[:.]\d\d\b|[年년]|[۰-۹٠-٩]{4}"
)
_LINE = 320
_LEAF = re.compile(r"/(?!index\.)[^/]+\.(?:html?|php|aspx?|shtml|jsp)$")
_SHORT, _MEDIUM, _LONG = 700, 2000, 5000


def media(page: Evidence) -> str | None:
    """A page whose point is a video, a gallery or a sound: few words, and a player or many pictures."""
    if page.body_weight > _MEDIUM:
        return None
    stated = (page.structured.meta("og:type") or "").lower()
    main = _main_types(page)
    addressed = bool(phrases.VIDEO_PATH.search(page.path))
    titled = _has_media_title(page)
    if not (stated.startswith(("video", "music")) or main or addressed or titled):
        return _told_by_shape(page)
    page.doubt(Verdict.MEDIA, "stated" if main or stated.startswith(("video", "music")) else "address or heading")
    if _ROOT.match(page.path) or (
        page.linked_headings > 12 and not main and page.body_weight < 150 and not stated.startswith("video")
    ):
        return None
    votes = stated.startswith(("video", "music")) + bool(main) + addressed + titled + _shows(page)
    told = page.is_stated_article and not main and page.body_weight > 300 and len(page.body) > 1
    enough = 2 if page.body_weight < _SHORT and not told else 3
    return "player or pictures and few words" if votes >= enough else None


def _has_media_title(page: Evidence) -> bool:
    """True when a headline says, at its start or its end, that the page shows a film, pictures or a sound."""
    if phrases.GALLERY_TITLE.in_any(page.headings[:3]):
        return True
    title = page.title
    return any(families.MEDIA.is_in(fold(part)) for part in {title[:18], title[-14:]}) if title else False


def _told_by_shape(page: Evidence) -> str | None:
    """A page that says nothing of being a film or a gallery, and has little but a player or numbered pictures."""
    if page.body_weight > 300 or _ROOT.match(page.path) or page.linked_headings > 25:
        return None
    if sum(1 for block in page.outline.blocks if _is_slide(block.text)) >= 4:
        return "numbered pictures"
    heading = next((block.index for block in page.outline.blocks if block.tag == "h1"), None)
    if heading is None or page.body_weight > 200:
        return None
    if any(_is_player(medium) and abs(medium.before - heading) <= 4 for medium in page.outline.media):
        return "a player under the heading and few words"
    return None


def _is_slide(text: str) -> bool:
    """True for the number of a picture among all ("3 / 12", "Bild 3 von 12"), or a caption that begins with it."""
    return _SLIDE.match(text) is not None if len(text) < 18 else _NUMBERED_CAPTION.match(text) is not None


def _is_player(medium: Medium) -> bool:
    """True for a film, a sound, or a frame whose address is a player's."""
    if medium.tag in ("video", "amp-video", "audio"):
        return True
    if medium.tag != "iframe":
        return False
    source = medium.node.attributes.get("src") or medium.node.attributes.get("data-src") or ""
    return any(name in source for name in _PLAYERS)


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
    if any(_is_player(medium) for medium in page.outline.media):
        return True
    figures = sum(1 for block in page.outline.blocks if block.tag == "figcaption" or _is_slide(block.text))
    return figures >= 5 or (
        page.page.tree.css_first(
            '[class*="video-player"], [class*="videoplayer" i], [id*="player"], [class*="player"], [class*="slide"], [class*="gallery" i], '
            '[class*="galeri" i], [class*="lightbox"], [class*="carousel"], [class*="jwplayer"], '
            '[class*="brightcove"], [class*="podcast" i]'
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
    if _lists_other_stories(page):
        return None
    if page.body_weight < _SHORT and headings >= 8:
        return "linked headlines"
    if headings >= 6 and page.own_text < _SHORT and not page.is_stated_article:
        return "linked headlines with summaries"
    return None


def _lists_other_stories(page: Evidence) -> bool:
    """True when a page at an article's address says a line of its own first, and lists stories under another heading."""
    if (
        not (page.is_article_address or _LEAF.search(page.path))
        or page.linked_headings > 15
        or page.body_weight > _LINE
    ):
        return False
    blocks = page.outline.blocks
    heading = next((block.index for block in blocks if block.tag in ("h1", "h2") and block.link_density < 0.5), None)
    if heading is None:
        return False
    line = 0
    for block in blocks[heading + 1 :]:
        if is_linked_heading(block):
            introduced = blocks[block.index - 1]
            aside = introduced.index > line and introduced.weight < 80 and introduced.link_density < 0.5
            return line > 0 and (aside or block.box.tag == "aside" or block.box.said.out)
        if not line and block.weight > 24 and block.link_density < 0.5:
            line = block.index
    return False


def _is_own_article(page: Evidence) -> bool:
    """True when a page at a site's root states one article with a text to it."""
    if page.body_weight < _MEDIUM:
        return False
    return page.is_stated_article or any(strings(thing.get("headline")) for thing in page.structured.articles)


def nothing(page: Evidence) -> str | None:
    """An error page of no known wording, told by its shape: a site's menus, a short heading, a line or two, no date.

    A page that states no article, and has neither a date nor a paragraph of a story's length, tells no story.
    """
    if page.body_weight > _LINE or page.is_stated_article or _ROOT.match(page.path) or page.linked_headings > 25:
        return None
    blocks = page.outline.blocks
    heading = next((block for block in blocks if block.tag in ("h1", "h2") and block.link_density < 0.5), None)
    if heading is None or heading.weight > 140 or sum(1 for block in blocks if block.link_density > 0.8) < 3:
        return None
    near = [block for block in blocks[max(0, heading.index - 3) : heading.index + 8] if block.link_density < 0.5]
    if any(block.times or _DATE.search(block.text) for block in near) or len(near) < 2:
        return None
    return "a heading and a line between menus"


def empty(page: Evidence) -> str | None:
    """A page without words of its own: a shell for scripts, a frame set, a lone title."""
    if page.body_weight == 0:
        return "no text"
    if page.body_weight < 60 and not page.is_stated_article:
        return "hardly any text"
    return None
