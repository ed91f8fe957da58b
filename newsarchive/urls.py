"""Canonical URLs: one name for one article, whatever road led to it."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from tldextract import TLDExtract
from w3lib.url import safe_url_string

# Parameters that say how a reader came, never what is read. Names are compared in lower case.
TRACKING_PREFIXES = (
    "utm_", "mtm_", "matomo_", "piwik_", "hsa_", "_hs", "oly_", "vero_", "wt_mc", "wt_zmc", "wt.mc", "at_custom", "at_link_",
    "at_campaign", "fb_", "_ga", "amp_", "__twitter_", "aspsessionid", "trk_", "dm_i_", "itm_", "spm_",
)  # fmt: skip
TRACKING_PARAMETERS = frozenset(
    "fbclid gclid gclsrc gbraid wbraid dclid msclkid yclid ysclid twclid ttclid tblci rdt_cid li_fat_id epik _openstat "
    "igshid igsh mkt_tok s_cid s_kwcid cmpid cmp xtor xtref xtcr xtnp ncid icid smid "
    "at_medium at_bbc_team at_ptr_name at_format at_creation at_variant at_platform at_emitter at_send_date "
    "at_recipient_id at_recipient_list mc_cid mc_eid mc_tc ns_campaign ns_mchannel ns_source ns_linkname ns_fee "
    "pk_campaign pk_cpn pk_kwd pk_keyword pk_source pk_medium pk_content pk_cid ga_source ga_medium ga_campaign ga_term "
    "ga_content ga_place share_source socialshare ocid ref_src ref_url echobox _gl usqp spm obref "
    "obclickid outbrainclickid wickedid sc_campaign sc_channel sc_content sc_medium sc_outcome sc_geo sc_country "
    "guce_referrer guce_referrer_sig guccounter phpsessid jsessionid cfid cftoken".split()
)
# Parameters that may name the article itself, and are dropped only with a value that names a road.
ROAD_PARAMETERS = frozenset("ref source src from via origin referrer referer share channel".split())
ROAD_VALUES = frozenset(
    "rss feed atom twitter facebook fb linkedin whatsapp telegram instagram email mail newsletter nl social share home "
    "homepage front frontpage hp push notification app google googlenews google_news apple_news flipboard pocket reddit "
    "sitemap mobile web copy link tw x".split()
)
# Forms of one page: dropped with these values only (an empty one is "?amp").
_AMP_PARAMETERS = {
    "amp": frozenset(("", "1", "true", "yes", "amp")),
    "_amp": frozenset(("", "1", "true")),
    "isamp": frozenset(("1", "true")),
    "outputtype": frozenset(("amp", "valid_amp", "amp-type")),
    "output": frozenset(("amp", "amphtml")),
    "format": frozenset(("amp",)),
    "view": frozenset(("amp",)),
    "mode": frozenset(("amp",)),
    "type": frozenset(("amp",)),
}
_TWIN_LABELS = frozenset(("m", "mobile", "mobil", "movil", "touch", "wap", "amp"))
_LISTING_SEGMENTS = frozenset(
    "tag tags topic topics theme themes sujet sujets tema temas thema themen author auteur autor search recherche "
    "category categorie categoria wiki".split()
)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})|%")
_AMP_SUFFIX = re.compile(r"(?:\.amp)+(\.s?html?|\.php|\.aspx?)?$|((?<=.)\.s?html?)(?:\.amp)+$", re.IGNORECASE)
_FILE = re.compile(r"\.(?:s?html?|php|aspx?|jsp|cfm)$", re.IGNORECASE)
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;]*", re.IGNORECASE)
_AMP_CACHE = re.compile(r"^/(?:[a-z]+/)?(s/)?([^/]+\.[^/]+/.*|[^/]+\.[^/]+)$")
_GOOGLE_AMP = re.compile(r"^/amp/(s/)?([^/]+\.[^/]+/.*)$")
_PLACEHOLDER = re.compile(r"\{\{|\}\}|%7B%7B|\$\{|\[object|\bundefined\b|\bnull\b|<%|%3C%", re.IGNORECASE)
_NOWHERE = re.compile(
    r"^/(?:[a-z]{2}(?:[-_][a-z]{2})?)?/?(?:index|home|homepage|default|accueil|inicio|startseite|404|403|500|error|"
    r"erreur|not-?found|page-not-found|login|connexion|subscribe|node|null|undefined)?(?:\.\w{2,5})?/?$",
    re.IGNORECASE,
)
_SPECIFIC = re.compile(r"\d{4,}|(?:[^\W_]+[-_]){3,}|\.s?html?$", re.IGNORECASE)
_VIEW = re.compile(
    r"(?:page|paged?|pg|seite|start|offset|limit|print|output|format|view|sort|order|lang|language|hl|replytocom|"
    r"comment\w*|show\w*|theme|preview|cache|nocache|v|ver|version|t|ts|time|rand\w*|full|single|noamp|noredirect|layout)(?:=|$)",
    re.IGNORECASE,
)
_MAX_LABEL, _MAX_HOST = 63, 253
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_PLAIN = re.compile(
    rf"https?://(?:{_LABEL}\.){{1,9}}{_LABEL}(?::\d{{1,4}})?(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?(?:\?[A-Za-z0-9._~=-]+)?"
)
_MAX_UNWRAPS = 4

_suffixes = TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


def is_web(url: str) -> bool:
    """True for an absolute http or https URL with a host that can be connected to."""
    return is_plain(url) or _split(url) is not None


def is_plain(url: str) -> bool:
    """True for an absolute web URL in which there is nothing to escape, resolve or leave out, as most are; seen in one look."""
    return len(url) <= _MAX_HOST and _PLAIN.fullmatch(url) is not None


def canonical(url: str) -> str:
    """The canonical form of a URL: what is left when everything that does not change the article is out.

    Scheme and host in lower case (IDN as punycode), default port, credentials, fragment (`#!` stays) and tracking
    parameters out, other parameters kept in their order, dot segments resolved, percent-escapes normalised, AMP and
    mobile twins folded into the desktop page. Idempotent, and total: what is not a web URL comes back stripped of outer
    white space and otherwise unchanged (see `is_web`).
    """
    return _canonical(url)


@lru_cache(maxsize=4096)
def _canonical(url: str) -> str:
    parts = _split(url)
    for _ in range(_MAX_UNWRAPS):
        wrapped = _cached_page(parts) if parts else None
        if wrapped is None:
            break
        parts = _split(wrapped)
    if parts is None:
        return url.strip()
    path = _path(parts.path)
    fragment = _escapes(parts.fragment) if parts.fragment.startswith("!") else ""
    return urlunsplit((parts.scheme, _host(parts), path, _query(parts.query), fragment))


def key(url: str) -> str:
    """What two URLs share when they are names of one page: `canonical` without scheme, `www.` and last slash.

    It is for comparing, never for fetching: many sites answer on only one of the forms.
    """
    name = canonical(url)
    if not is_web(name):
        return name
    parts = urlsplit(name)
    return urlunsplit(("", parts.netloc.removeprefix("www."), parts.path.rstrip("/"), parts.query, parts.fragment))[2:]


def is_twin(url: str) -> bool:
    """True for the AMP or mobile form of a page, which often says less than the page itself."""
    parts = _split(url)
    if parts is None:
        return False
    if _cached_page(parts) or _host(parts) != parts.netloc:
        return True
    segments = _segments(parts.path)
    return _without_amp(list(segments)) != segments or any(_is_amp(pair) for pair in parts.query.split("&"))


def identity(url: str, *, declared: str | None = None, base: str | None = None) -> tuple[str, list[str]]:
    """The canonical URL of a fetched page, and the other names (aliases) it went by.

    `declared` is the page's rel=canonical, resolved against `base` (default: `url`); it is believed only when it is
    on the same site, is not the home page, an error page, a section above the page, or a template left unfilled.
    """
    own = canonical(url)
    # Most pages declare the very address they were fetched from: believed or not, it is the name.
    other = declared if declared and (declared.strip() != own or ";" in own) else None
    name = _believed(own, other, base or url) if other else None
    chosen = name or own
    aliases = [alias for alias in dict.fromkeys((url.strip(), own)) if alias != chosen and is_web(alias)]
    return chosen, aliases


def site(url: str) -> str:
    """The site a URL belongs to: its registrable domain ("lematin.ma", "bbc.co.uk", "name.blogspot.com").

    Hosts without one (an IP address, "localhost") keep their host, and their port when it is not the default one.
    Empty for what is not a web URL.
    """
    return _site(canonical(url))


@lru_cache(maxsize=4096)
def _site(name: str) -> str:
    parts = _split(name)
    if parts is None or parts.hostname is None:
        return ""
    return registrable(parts.hostname) or _host(parts)


@lru_cache(maxsize=4096)
def registrable(host: str) -> str | None:
    """The registrable domain of a host name by the public suffix list bundled with tldextract; None without one.

    A top-level domain that the list does not know counts as a public suffix, as the list's own default rule says.
    """
    if ":" in host or host.replace(".", "").isdigit():
        return None
    found = _suffixes(host)
    if found.suffix:
        return found.top_domain_under_public_suffix or None
    return ".".join(host.split(".")[-2:]) if "." in host else None


@lru_cache(maxsize=4096)
def _split(url: str) -> SplitResult | None:
    """The parts of a web URL made safe and in ASCII; None for anything else."""
    url = url.strip()
    if not url[:8].lower().startswith(("http://", "https://")):
        return None
    try:
        parts = urlsplit(safe_url_string(url))
        host, port = parts.hostname, parts.port
    except (ValueError, UnicodeError):
        return None
    if not host or not host.strip(".") or not host.isascii() or re.search(r"[\s<>\"'\\^`{|}%/?#@]", host):
        return None
    if len(host) > _MAX_HOST or any(len(label) > _MAX_LABEL for label in host.split(".")):
        return None
    return parts._replace(scheme=parts.scheme.lower(), netloc=_netloc(parts.scheme.lower(), host.strip("."), port))


def _netloc(scheme: str, host: str, port: int | None) -> str:
    host = f"[{host}]" if ":" in host else host
    return host if port is None or port == _DEFAULT_PORTS[scheme] else f"{host}:{port}"


def _host(parts: SplitResult) -> str:
    """The host (and port) with AMP and mobile labels folded while a registrable domain is left."""
    host = parts.hostname or ""
    while True:
        label, _, rest = host.partition(".")
        if label not in _TWIN_LABELS or not rest or registrable(rest) is None:
            break
        host = rest
    return _netloc(parts.scheme, host, parts.port)


def _cached_page(parts: SplitResult) -> str | None:
    """The publisher's URL inside an AMP cache's (`…cdn.ampproject.org/c/s/host/path`, google.tld/amp/s/…)."""
    host = parts.hostname or ""
    if host == "cdn.ampproject.org" or host.endswith((".cdn.ampproject.org", ".bing-amp.com")):
        match = _AMP_CACHE.match(parts.path)
    elif host.startswith(("www.google.", "google.")):
        match = _GOOGLE_AMP.match(parts.path)
    else:
        return None
    if match is None:
        return None
    scheme = "https" if match[1] else "http"
    return f"{scheme}://{match[2]}" + (f"?{parts.query}" if parts.query else "")


def _path(path: str) -> str:
    return "/" + "/".join(_without_amp(_segments(path)))


def _segments(path: str) -> list[str]:
    """The segments of a path, escapes normalised, dots resolved, session numbers out."""
    segments: list[str] = []
    given = _escapes(path).split("/")[1:] or [""]
    for position, segment in enumerate(given):
        last = position == len(given) - 1
        if segment in (".", ".."):
            if segment == ".." and segments:
                segments.pop()
            if last:
                segments.append("")
        else:
            segments.append(segment)
    return [_SESSION.sub("", segment) for segment in segments]


def _without_amp(segments: list[str]) -> list[str]:
    kept: list[str] = []
    for position, segment in enumerate(segments):
        others = any(s and s.lower() != "amp" for s in segments)
        listing = position > 0 and segments[position - 1].lower() in _LISTING_SEGMENTS
        edge = position == 0 or not any(segments[position + 1 :])
        if segment.lower() == "amp" and others and edge and not listing:
            continue
        kept.append(segment)
    if len(kept) < len(segments) and len(kept) > 1 and not kept[-1] and _FILE.search(kept[-2]):
        kept.pop()
    changes = 1
    while changes and kept and kept[-1]:
        name, changes = _AMP_SUFFIX.subn(lambda m: m[1] or m[2] or "", kept[-1])
        if not name:
            break
        kept[-1] = name
    return kept


def _query(query: str) -> str:
    pairs = _escapes(query).replace("&amp;", "&").split("&")
    return "&".join(pair for pair in pairs if pair and not _is_road(pair))


def _is_road(pair: str) -> bool:
    """True for a parameter that says how the reader came or in which form the page is shown."""
    name, _, value = pair.lower().partition("=")
    if name in TRACKING_PARAMETERS or name.startswith(TRACKING_PREFIXES):
        return True
    if name in ROAD_PARAMETERS:
        return value in ROAD_VALUES
    return _is_amp(pair)


def _is_amp(pair: str) -> bool:
    name, _, value = pair.lower().partition("=")
    return value in _AMP_PARAMETERS.get(name, ())


def _escapes(text: str) -> str:
    """Percent-escapes in upper case, those of unreserved characters opened, a bare per cent sign escaped."""

    def normal(match: re.Match[str]) -> str:
        if match[1] is None:
            return "%25"
        character = chr(int(match[1], 16))
        return character if character in _UNRESERVED else f"%{match[1].upper()}"

    return _ESCAPE.sub(normal, text)


def _believed(own: str, declared: str, base: str) -> str | None:
    """The declared canonical URL in canonical form, or None where it cannot be the name of this page."""
    try:
        target = urljoin(base, declared.strip())
    except ValueError:
        return None
    if _PLACEHOLDER.search(target) or not is_web(target) or site(target) != site(own):
        return None
    name = canonical(target)
    mine, theirs = urlsplit(own), urlsplit(name)
    if key(name) == key(own):
        return name if theirs.scheme == "https" or mine.scheme == "http" else own
    if _NOWHERE.match(theirs.path) and not theirs.query:
        return None
    if mine.path.rstrip("/") == theirs.path.rstrip("/") and _names_more(mine.query, theirs.query):
        return None
    above = mine.path.startswith(theirs.path.rstrip("/") + "/")
    if above and not theirs.query and not _SPECIFIC.search(theirs.path.rstrip("/").rpartition("/")[2]):
        return None
    return name


def _names_more(mine: str, theirs: str) -> bool:
    """True where a query loses a parameter that may say which article is meant: all but page numbers and views."""
    lost = set(mine.split("&")) - set(theirs.split("&")) - {""}
    return any(not _VIEW.match(pair) for pair in lost)
