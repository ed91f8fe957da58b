"""The judge of dates: an ordered list of rules over all candidates, each of which can say why.

First the rules put aside what cannot be the article's date; then the days that are left are weighed: a day costs what
its best place costs, less what other kinds of places that name the same day give it. The cheapest day wins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, time, timedelta

from newsarchive.article import Precision, Zone
from newsarchive.extraction.dates import candidates as roles
from newsarchive.extraction.dates import confidences, visits
from newsarchive.extraction.dates.candidates import Candidate
from newsarchive.extraction.dates.facts import Facts

AGREEMENT = 0.9  # what each further kind of place that names the same day takes off its cost
REPEATED = 0.25  # what a second and third visible mention take off
FARTHEST = 6.8  # the cost beyond which a visible date is anybody's
BYLINE = 2.3  # the cost under which a visible date stands right at the headline
LONG_AFTER = timedelta(days=60)
YEARS_AFTER = timedelta(days=400)  # "/report/2015/" may well be published in 2016
_SKEW = timedelta(minutes=15)
_MOMENT = timedelta(minutes=2)
_DETAIL = {Precision.YEAR: 0, Precision.MONTH: 1, Precision.DAY: 2, Precision.MINUTE: 3, Precision.SECOND: 3}


TOO_EARLY, TOO_LATE = "before the articles numbered lower", "after the articles numbered higher"
SHARED = "a day that too many pages of the site state"
_NOT_OF_IT = frozenset({roles.RELATED, roles.VISIT})

Rule = Callable[[Sequence[Candidate], Facts], None]


def _open(all_: Iterable[Candidate], role: str | None = None) -> list[Candidate]:
    return [one for one in all_ if not one.lost and role in (None, one.role)]


def _byline_or_visit(all_: Sequence[Candidate], _: Facts) -> None:
    """The capture's own day beside the headline is the byline's, when the page shows it once and nothing is older.

    Over the headline, where mastheads stand too, the page's address must name its month.
    """
    today = _open(all_, roles.TODAY)
    alone = len({one.near for one in all_ if one.role in (roles.TODAY, roles.VISIT)}) == 1
    months = {(one.stamp.year, one.stamp.month) for one in all_ if one.source == "url"}
    for one in today:
        day, month = one.date.value.date(), (one.stamp.year, one.stamp.month)
        under = one.near is not None and one.near > 0
        if alone and (month in months or (under and not months)) and not any(_older(other, day) for other in all_):
            one.role = roles.PUBLISHED
            one.notes.append("the very day of the visit, shown where bylines are")
        else:
            one.lose(visits.WHY, roles.VISIT)


def _older(other: Candidate, day: date) -> bool:
    """True for what shows that a page was there before a day: its own dates, its readers' comments, an old picture."""
    if other.day is None or other.stamp.relative or other.role in (roles.TODAY, roles.VISIT, roles.EVENT):
        return False
    if other.source == "image":
        return other.day < day - LONG_AFTER
    told = other.role in (roles.PUBLISHED, roles.MODIFIED, roles.COMMENT) and other.cost < FARTHEST
    return told and other.day < day - timedelta(days=1)


def _not_of_the_article(all_: Sequence[Candidate], _: Facts) -> None:
    for one in _open(all_):
        if one.role not in (roles.PUBLISHED, roles.MODIFIED):
            one.lose(one.why or f"a date of role {one.role}")


def _not_far_off(all_: Sequence[Candidate], _: Facts) -> None:
    for one in _open(all_):
        if one.source in ("text", "time") and one.cost > FARTHEST:
            one.lose("too far from the headline and among too many words")


def _not_after_the_capture(all_: Sequence[Candidate], facts: Facts) -> None:
    if facts.now is None:
        return
    last_day = max(visits.days(facts.now))
    for one in _open(all_):
        utc = one.date.utc
        timed = utc is not None and one.is_timed and facts.now.tzinfo is not None
        late = utc > facts.now + _SKEW if timed and utc else one.date.value.date() > last_day
        if late:
            one.lose("after the capture")


def _not_the_moment_of_the_visit(all_: Sequence[Candidate], facts: Facts) -> None:
    """A time of the very minutes of the capture was made for it, when another good place names another day."""
    now = facts.now
    if now is None or now.tzinfo is None:
        return
    for one in _open(all_):
        utc = one.date.utc
        if utc is None or not one.is_timed or one.source in ("feed", "sitemap") or abs(utc - now) > _MOMENT:
            continue
        one.notes.append("the moment of the visit")
        others = [
            other for other in _open(all_, roles.PUBLISHED) if other.cost < 4 and other.day not in (None, one.day)
        ]
        if one.role == roles.PUBLISHED and others:
            one.lose("the moment of the visit, made for it", roles.VISIT)


def _not_before_the_web(all_: Sequence[Candidate], facts: Facts) -> None:
    for one in _open(all_):
        if one.stamp.year < facts.earliest:
            one.lose(f"before {facts.earliest}, when the site cannot have published")


def _within_neighbours(all_: Sequence[Candidate], facts: Facts) -> None:
    for one in _open(all_):
        day = one.day
        if day is None:
            continue
        if facts.known.not_before is not None and day < facts.known.not_before:
            one.lose(TOO_EARLY)
        elif facts.known.not_after is not None and day > facts.known.not_after:
            one.lose(TOO_LATE)


def _not_shared_by_the_site(all_: Sequence[Candidate], facts: Facts) -> None:
    for one in _open(all_):
        if one.day in facts.known.shared_days and one.source != "url":
            one.lose(SHARED)


def _not_long_after_the_address(all_: Sequence[Candidate], _: Facts) -> None:
    """A page published long after the date in its own address was imported or brought up to date, not published.

    Unless the address names no day and the page shows the later date too, to the minute: then it was published again.
    """
    address = next((one for one in _open(all_) if one.source == "url"), None)
    if address is None:
        return
    bound = _last_day(address) + (LONG_AFTER if address.stamp.month is not None else YEARS_AFTER)
    shown = {one.day for one in all_ if one.source in ("time", "text") and one.cost < 3 and one.role not in _NOT_OF_IT}
    for one in _open(all_, roles.PUBLISHED):
        if one is address or one.day is None or one.day <= bound:
            continue
        if address.day is None and one.day in shown and one.is_timed and one.date.value.time() != time(0):
            one.notes.append("published again, long after the date in its address")
            continue
        one.lose(f"long after the date in the address ({address.date.isoformat()})", roles.MODIFIED)


def _not_after_what_is_shown(all_: Sequence[Candidate], _: Facts) -> None:
    """A day that only machines are told is no day of publishing when the address and the page show an earlier one."""
    open_ = _open(all_, roles.PUBLISHED)
    addresses = {one.day for one in open_ if one.source == "url" and one.day is not None}
    shown = {one.day for one in open_ if one.source in ("text", "time") and one.cost < 3} & addresses
    for one in open_:
        if shown and one.day is not None and one.day > max(day for day in shown if day) + timedelta(days=1):
            one.lose("later than the day that both the page and its address show", roles.MODIFIED)


def _visible_update(all_: Sequence[Candidate], _: Facts) -> None:
    """A visible date that is exactly the stated day of change is the change's, when another day of publishing is stated."""
    changed = {one.day for one in _open(all_, roles.MODIFIED) if one.cost < 2}
    stated = {one.day for one in _open(all_, roles.PUBLISHED) if one.cost < 1}
    for one in _open(all_, roles.PUBLISHED):
        if one.source in ("text", "time") and one.day in changed and stated and one.day not in stated:
            one.lose("the stated day of change", roles.MODIFIED)


def _not_outvoted(all_: Sequence[Candidate], _: Facts) -> None:
    """A bare day that a single element tells machines is a slip, when byline and scripts both state another day."""
    open_ = [one for one in _open(all_, roles.PUBLISHED) if one.day is not None]
    shown = {one.day for one in open_ if one.source in ("time", "text") and one.cost < BYLINE}
    agreed = shown & {one.day for one in open_ if one.source == "script"}
    told = [one for one in open_ if confidences.kind(one) == "machine" and one.cost < 3]
    if len(agreed) == 1 and len(told) == 1 and not told[0].is_timed and told[0].day not in shown:
        told[0].lose("outvoted by the byline and the page's scripts, which agree")


RULES: tuple[Rule, ...] = (
    _byline_or_visit,
    _not_of_the_article,
    _not_far_off,
    _not_before_the_web,
    _not_after_the_capture,
    _not_the_moment_of_the_visit,
    _within_neighbours,
    _not_shared_by_the_site,
    _not_long_after_the_address,
    _not_after_what_is_shown,
    _visible_update,
    _not_outvoted,
)


def judge(all_: Sequence[Candidate], facts: Facts) -> tuple[Candidate | None, Candidate | None]:
    """The published and the modified date among all candidates; every other one is told why it lost."""
    for rule in RULES:
        rule(all_, facts)
    published = _weighed(_open(all_, roles.PUBLISHED))
    _not_changed_before(published, all_)
    modified = _weighed(_open(all_, roles.MODIFIED))
    for one in _open(all_):
        winner = published if one.role == roles.PUBLISHED else modified
        if winner is not None and one is not winner:
            agrees = "agrees with" if one.day == winner.day else "is trusted less than"
            one.lose(f"{agrees} {winner.rule}")
    if published is not None:
        published.date = replace(published.date, confidence=confidences.of_published(published, all_))
    if modified is not None:
        modified.date = replace(modified.date, confidence=confidences.of_modified(modified))
    return published, modified


def _not_changed_before(published: Candidate | None, all_: Sequence[Candidate]) -> None:
    """A change before the publishing is the editors' own and no change of what was published."""
    for one in _open(all_, roles.MODIFIED) if published is not None else ():
        if published is not None and one.date.value.date() < published.date.value.date():
            one.lose("a change before it was published")


def _weighed(rest: list[Candidate]) -> Candidate | None:
    """The best candidate of the cheapest day."""
    days: dict[date | str, list[Candidate]] = {}
    address = next((one for one in rest if one.source == "url"), None)
    for one in rest:
        if _outside(one, address):
            one.cost += 1.5
        day = one.date.value.date() if one.stamp.day else one.date.isoformat()
        days.setdefault(day, []).append(one)
    if not days:
        return None
    cheapest = min(days.values(), key=lambda group: (_cost(group), min(one.cost for one in group)))
    best = min(cheapest, key=lambda one: (one.cost - _worth(one), one.cost))
    others = sorted({one.rule for one in cheapest if one is not best})
    best.why = f"first by {best.rule}" + (f", and {', '.join(others[:4])} agree" if others else "")
    return best


def _worth(one: Candidate) -> float:
    """What a candidate tells more than its day: a time of day, and the zone of it."""
    return 0.5 * _DETAIL[one.date.precision] + (0.4 if one.is_timed and one.date.zone is Zone.STATED else 0.0)


def _outside(one: Candidate, address: Candidate | None) -> bool:
    """True for a day that lies outside the month or year in the page's own address."""
    if address is None or one.day is None or one is address:
        return False
    grace = timedelta(days=1 if address.stamp.month is not None else 366)
    first, last = address.date.value.date() - timedelta(days=1), _last_day(address) + grace
    return address.day is None and not first <= one.day <= last


def _cost(group: list[Candidate]) -> float:
    kinds = {confidences.kind(one) for one in group if one.cost < 5}
    again = sum(one.source == "text" and one.cost < 5 for one in group) - 1
    return min(one.cost for one in group) - AGREEMENT * max(0, len(kinds) - 1) - REPEATED * min(2, max(0, again))


def _last_day(one: Candidate) -> date:
    """The last day of the year, month or day that a candidate names."""
    year, month = one.stamp.year, one.stamp.month
    if month is None:
        return date(year, 12, 31)
    if one.day is None:
        return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return one.day
