"""Where a link stands on its page: below a heading, in a card, in the menu, among advertisements or recordings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

_MAX_ANCESTORS = 14
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5"))
_CHROME = frozenset(("nav", "footer", "header"))
_CHROME_ROLES = frozenset(("navigation", "contentinfo", "banner", "menu", "menubar"))
_CHROME_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|footer|breadcrumbs?|pagination|pager|social|toolbar)(?:$|[\s_-])", re.I
)
_ADVERT_NAMES = re.compile(
    r"(?:^|[\s_-])(?:ads?|advert\w*|sponsor(?:ed|s)?|promoted|outbrain|taboola|publicit\w*|pub|werbung|anzeige|partner-content|"
    r"native-?ad|dfp|adsense)(?:$|[\s_-])",
    re.I,
)
_RECORDING_NAMES = re.compile(
    r"(?:^|[\s_-])(?:videos?|audios?|podcasts?|galler(?:y|ies)|galeria|player)(?:$|[\s_-])", re.I
)
_CARD_NAMES = re.compile(
    r"(?:^|[\s_-])(?:card|teaser|story|headline|title|titre|article|news|post|entry)(?:$|[\s_-])", re.I
)


@dataclass(frozen=True, slots=True)
class Place:
    """What the ancestors of an anchor say of it."""

    heading: bool = False
    card: bool = False
    chrome: bool = False
    advert: bool = False
    recording: bool = False


class Places:
    """The places of one page's anchors; what is above many of them is looked at once."""

    def __init__(self) -> None:
        self._known: dict[int, Place] = {}

    def of(self, anchor: LexborNode) -> Place:
        """Where an anchor stands."""
        place = Place()
        chain: list[LexborNode] = []
        node = anchor.parent
        while node is not None and node.tag not in ("body", "html") and len(chain) < _MAX_ANCESTORS:
            if node.mem_id in self._known:
                place = self._known[node.mem_id]
                break
            chain.append(node)
            node = node.parent
        for ancestor in reversed(chain):
            place = _joined(place, ancestor)
            self._known[ancestor.mem_id] = place
        return place


def _joined(place: Place, node: LexborNode) -> Place:
    tag = node.tag or ""
    attributes = node.attributes
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    # A card's own <header> or <nav> is not the site's.
    in_article = place.card and tag == "header"
    chrome = not in_article and (
        tag in _CHROME or (attributes.get("role") or "") in _CHROME_ROLES or bool(_CHROME_NAMES.search(names))
    )
    return Place(
        heading=place.heading or tag in _HEADINGS,
        card=place.card or tag == "article" or bool(_CARD_NAMES.search(names)),
        chrome=place.chrome or chrome,
        advert=place.advert or bool(_ADVERT_NAMES.search(names)),
        recording=place.recording or bool(_RECORDING_NAMES.search(names)),
    )
