"""What to do with an article, given what the archive holds; pure functions.

Identity goes by the canonical URL, then by the aliases, then by the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from newsarchive import urls
from newsarchive.archive import changes, completing, sketches
from newsarchive.archive.completing import Held
from newsarchive.archive.fingerprints import WORTH_COMPARING, normalised, url_key
from newsarchive.archive.outcomes import Outcome, Status
from newsarchive.archive.rows import Prepared, rank, version_text
from newsarchive.article import Verdict


@dataclass(slots=True, kw_only=True, eq=False)
class Kept:
    """An article of the archive, as far as deciding needs it; `id` is None until it is written."""

    id: int | None
    url: str
    site: str
    first_seen: datetime
    last_seen: datetime
    versions: int
    current_version: int
    verdict: str
    captured_at: datetime
    text_digest: bytes
    content_digest: bytes
    title: str | None
    published_at: datetime | None
    """The instant of publication where it is known to the minute."""
    published: tuple[date, date] | None
    held: Held
    text: str | None = None
    """Standfirst and body; None too where nobody needed it."""
    gone_at: datetime | None = None
    """Since when it has been off the site; None where it is there."""
    duplicate_of: Kept | None = None


@dataclass(slots=True, kw_only=True)
class Earlier:
    """A version before the current one: its number, and what the article is known by if it comes back."""

    number: int
    facts: dict[str, Any]


@dataclass(slots=True)
class Known:
    """What the archive holds of the URLs and texts of a batch; it grows as the batch is decided."""

    by_key: dict[bytes, tuple[Kept, str]] = field(default_factory=dict)
    """Digest of a URL to its article and the kind of alias it is."""
    by_text: dict[bytes, Kept] = field(default_factory=dict)
    by_payload: dict[str, Kept] = field(default_factory=dict)
    """Digest of a payload to the article it was first captured for; of pages whose texts alone are too short to prove anything."""
    earlier: dict[tuple[Kept, bytes], Earlier] = field(default_factory=dict)
    """Article and content digest to the version of it that is not the current one, for the articles the batch may change."""

    def find(self, new: Prepared) -> Kept | None:
        """The article one of the URLs leads to.

        Its own canonical URL is proof enough. Any other must lead to the same piece: an address such as /latest, or the one
        of a page that was taken down, leads to another article every day.
        """
        for index, key in enumerate(new.keys):
            kept, kind = self.by_key.get(key, (None, ""))
            if kept is None:
                continue
            if kept.content_digest == new.values["content_digest"] or (index == 0 and kind == "canonical"):
                return kept
            if kind != "text" and _is_same_piece(new, kept):
                return kept
        return None

    def disputed(self, new: Prepared) -> bool:
        """Whether a page names another page its own: one that is archived already, with a text that is not this one's.

        It must have been fetched from an address that did not lead there before, and both texts be long enough to tell.
        """
        canonical, *others = new.keys
        kept, kind = self.by_key.get(canonical, (None, ""))
        if kept is None or kind != "canonical" or not others or kept.content_digest == new.values["content_digest"]:
            return False
        if any(self.by_key.get(key, (None, ""))[0] is kept for key in others) or _is_same_piece(new, kept):
            return False
        words = normalised(kept.text)
        if new.rank < 2 or min(len(words), new.length) < WORTH_COMPARING:
            return False
        return sketches.overlap(sketches.shingles(words), sketches.shingles(new.words)) < sketches.SAME

    def twin(self, new: Prepared) -> Kept | None:
        """The first article with the same text, where the text is long enough to prove something, or the payload is the same."""
        if new.rank < 2:
            return None
        if new.length >= WORTH_COMPARING:
            return self.by_text.get(new.values["text_digest"])
        kept = self.by_payload.get(new.payload) if new.payload is not None else None
        return kept if kept is not None and kept.content_digest == new.values["content_digest"] else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What to write for one article. `kept` is the article it belongs to, None for a new one."""

    status: Status
    kept: Kept | None = None
    twin: Kept | None = None
    replaces: bool = True
    """Whether a new version becomes the current one (not so for a capture older than the current one)."""
    seen: bool = True
    """Whether the current version was seen on the site."""
    reason: str | None = None
    detail: str | None = None
    adds: tuple[str, ...] = ()
    """The fields the current version takes from this reading of its text."""
    change: str | None = None
    """How a new version differs from the current one."""
    returns: Earlier | None = None
    """The earlier version that is at the site again."""
    withdrawn: bool = False
    """Whether the page says that the article was taken down."""


def undisputed(new: Prepared, known: Known) -> Prepared:
    """An article under the URL it was fetched from, where the page wrongly names another article's; else as it is."""
    if not known.disputed(new):
        return new
    keys = dict(list(new.keys.items())[1:])
    fetched = next(iter(keys.values()))
    own = url_key(urls.canonical(fetched))
    keys = {key: keys[key] for key in sorted(keys, key=lambda key: key != own)}
    return replace(new, url=next(iter(keys.values())), keys=keys, disputed=new.url)


def decide(new: Prepared, known: Known) -> Decision:
    """What becomes of an article."""
    decision = _decide(new, known)
    if new.disputed and decision.reason is None and decision.status != "unchanged":
        return replace(
            decision, reason="canonical disputed", detail=decision.detail or f"the page names {new.disputed}"
        )
    return decision


def _decide(new: Prepared, known: Known) -> Decision:
    kept = known.find(new)
    if new.values["cause"] == "rules":
        return _decide_reread(new, kept)
    return _decide_new(new, known) if kept is None else _decide_known(new, kept, known)


def outcome(new: Prepared, decision: Decision, kept: Kept | None, number: int | None) -> Outcome:
    """The answer to who handed the article in."""
    twin = decision.twin
    return Outcome(
        url=new.url,
        status=decision.status,
        article_id=kept.id if kept else None,
        version=number,
        duplicate_of=twin.url if twin and decision.returns is None else None,
        reason=decision.reason,
        detail=decision.detail,
        change=decision.change,
    )


def _decide_reread(new: Prepared, kept: Kept | None) -> Decision:
    """A stored page read again by other rules: who hands it in has seen that it reads otherwise."""
    if kept is None:
        return Decision(status="rejected", reason="not in the archive")
    if not new.verdict.is_readable:
        return Decision(status="unchanged", kept=kept, seen=False, reason=new.verdict.value)
    if new.seen < kept.captured_at:
        return Decision(status="unchanged", kept=kept, seen=False, reason="the site changed meanwhile")
    return Decision(status="new_version", kept=kept, twin=kept.duplicate_of, seen=False)


def _decide_new(new: Prepared, known: Known) -> Decision:
    if not new.verdict.is_readable:
        return Decision(status="rejected", reason=new.verdict.value)
    if not new.length and not new.values["title"]:
        return Decision(status="rejected", reason="empty", detail="neither title nor text")
    twin = known.twin(new)
    if twin is None:
        return Decision(status="stored")
    same = twin.site == new.site and twin.content_digest == new.values["content_digest"] and _dates_agree(new, twin)
    if not same:
        return Decision(status="duplicate", twin=twin)
    adds = _adds(new, twin)
    return Decision(status="duplicate", kept=twin, twin=twin, adds=adds, detail=_completed(adds))


def _decide_known(new: Prepared, kept: Kept, known: Known) -> Decision:
    if new.values["content_digest"] == kept.content_digest:
        adds = _adds(new, kept)
        return Decision(status="unchanged", kept=kept, adds=adds, detail=_completed(adds))
    if new.rank < rank(kept.verdict):
        detail = f"{new.verdict.value} does not replace {kept.verdict}"
        return Decision(status="unchanged", kept=kept, seen=False, reason=new.verdict.value, detail=detail)
    earlier = known.earlier.get((kept, new.values["content_digest"]))
    if new.seen < kept.captured_at:
        if earlier is not None:
            return Decision(status="unchanged", kept=kept, seen=False, detail="an earlier version, seen earlier")
        return Decision(
            status="new_version", kept=kept, replaces=False, seen=False, detail="captured before the current version"
        )
    twin = known.twin(new)
    twin = twin if twin is not kept else None
    if earlier is not None:
        detail = f"version {earlier.number} again"
        return Decision(status="unchanged", kept=kept, twin=twin, returns=earlier, detail=detail)
    return _decide_changed(new, kept, twin)


def _decide_changed(new: Prepared, kept: Kept, twin: Kept | None) -> Decision:
    """What becomes of a text the article never had."""
    better = new.rank > rank(kept.verdict)
    old, now = changes.wording(kept.title, kept.text or ""), changes.wording(new.values["title"], text_of(new))
    less = changes.less(old, now)
    if less == "notice":
        detail = "a notice says that it was taken down"
        return Decision(status="unchanged", kept=kept, seen=False, reason="withdrawn", detail=detail, withdrawn=True)
    if less == "teaser":
        detail = "the beginning of the text alone does not replace it"
        return Decision(status="unchanged", kept=kept, seen=False, reason=Verdict.TEASER.value, detail=detail)
    change = changes.kind(old, now)
    if change is None and not better:
        return Decision(status="unchanged", kept=kept, detail="only counters, dates of the visit or links changed")
    if kept.gone_at is not None and new.seen > kept.gone_at:
        return Decision(status="new_version", kept=kept, twin=twin, change="restored")
    return Decision(status="new_version", kept=kept, twin=twin, change=change)


def text_of(new: Prepared) -> str:
    """Standfirst and body of an article that is handed in, as lines."""
    return version_text(new.values["standfirst"], new.values["body"])


def _adds(new: Prepared, kept: Kept) -> tuple[str, ...]:
    """What a page with the text of the current version adds to it; one that is no article adds nothing."""
    if not new.verdict.is_readable:
        return ()
    return completing.additions(kept.held, new.values, earlier=new.seen < kept.captured_at)


def _completed(adds: tuple[str, ...]) -> str | None:
    return f"completed: {', '.join(adds)}" if adds else None


def _is_same_piece(new: Prepared, kept: Kept) -> bool:
    """Whether a changed page is still the same piece.

    Its text or its title is the same; or its minute of publication is, and half of the words of its title are.
    """
    if new.length and new.values["text_digest"] == kept.text_digest:
        return True
    title, other = set(normalised(new.values["title"]).split()), set(normalised(kept.title).split())
    if not title or not other:
        return False
    same_minute = new.published_at is not None and new.published_at == kept.published_at
    return title == other or (same_minute and 2 * len(title & other) >= min(len(title), len(other)))


def _dates_agree(new: Prepared, kept: Kept) -> bool:
    """Whether both can have been published on one day, give or take a time zone; an unknown date agrees with any."""
    first, last = new.values["published_from"], new.values["published_to"]
    if first is None or kept.published is None:
        return True
    margin = 1
    other_first, other_last = kept.published
    return bool(
        first.toordinal() - margin <= other_last.toordinal() and other_first.toordinal() - margin <= last.toordinal()
    )
