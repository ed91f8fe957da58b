"""Month names of every language are read, in the way each writes its dates."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsarchive.extraction import dates
from newsarchive.extraction.dates.names import TABLE

VISIT = datetime(2025, 12, 25, 14, 0, tzinfo=UTC)
WRITTEN = {
    "hu": "2024. {} 6.",
    "lv": "2024. gada 6. {}",
    "eu": "2024ko {} 6a",
    "zh": "2024年{}6日",
    "ja": "2024年{}6日",
}
NAMES = [
    (language, int(number), name)
    for language, months in TABLE["months"].items()
    for number, spellings in months.items()
    for name in spellings.split("|")
    if language not in ("zh", "ja", "ko")
]


def test_there_are_more_than_forty_languages() -> None:
    assert len({language for language, months in TABLE["months"].items() if len(months) == 12}) >= 40


@pytest.mark.parametrize("language", sorted({language for language, _, _ in NAMES}))
def test_every_month_of_a_language_is_read(language: str) -> None:
    wrong = []
    for of, number, name in NAMES:
        if of != language:
            continue
        raw = WRITTEN.get(language, "6 {} 2024").format(name)
        found = dates.parse(raw, now=VISIT, language=language)
        if found is None or found.isoformat() != f"2024-{number:02}-06":
            wrong.append((raw, found and found.isoformat()))
    assert wrong == []


@pytest.mark.parametrize(
    ("raw", "language", "expected"),
    [
        ("il y a 3 heures", "fr", "2025-12-25"),
        ("il y a 20 minutes", "fr", "2025-12-25T13:40+00:00"),
        ("3 days ago", "en", "2025-12-22"),
        ("vor 2 Tagen", "de", "2025-12-23"),
        ("hace 4 días", "es", "2025-12-21"),
        ("há 2 dias", "pt", "2025-12-23"),
        ("2 giorni fa", "it", "2025-12-23"),
        ("2 dagen geleden", "nl", "2025-12-23"),
        ("2 dni temu", "pl", "2025-12-23"),
        ("2 дня назад", "ru", "2025-12-23"),
        ("2 gün önce", "tr", "2025-12-23"),
        ("قبل 3 أيام", "ar", "2025-12-22"),
        ("منذ يومين", "ar", "2025-12-23"),
        ("3日前", "ja", "2025-12-22"),
        ("3天前", "zh", "2025-12-22"),
        ("3일 전", "ko", "2025-12-22"),
        ("3 ngày trước", "vi", "2025-12-22"),
        ("yesterday", "en", "2025-12-24"),
        ("hier à 10h20", "fr", "2025-12-24T10:20"),
        ("gestern, 10:20 Uhr", "de", "2025-12-24T10:20"),
        ("ayer", "es", "2025-12-24"),
        ("昨日", "ja", "2025-12-24"),
        ("أمس", "ar", "2025-12-24"),
    ],
)
def test_a_time_ago_is_counted_from_the_capture(raw: str, language: str, expected: str) -> None:
    found = dates.parse(raw, now=VISIT, language=language)
    assert found is not None
    assert found.isoformat() == expected


def test_a_time_ago_is_nothing_without_a_known_capture() -> None:
    assert dates.parse("il y a 3 heures", language="fr") is None


def test_a_day_ago_is_counted_in_the_clock_of_the_site() -> None:
    late = datetime(2025, 12, 25, 23, 30, tzinfo=UTC)
    found = dates.parse("aujourd'hui", now=late, language="fr", timezone="Africa/Casablanca")
    assert found is not None
    assert found.isoformat() == "2025-12-26"


def test_one_word_for_two_months_goes_by_the_language_and_is_marked_without_it() -> None:
    polish, croatian = (dates.parse("6. listopada 2024", language=of) for of in ("pl", "hr"))
    unknown = dates.parse("6. listopada 2024")
    assert polish is not None
    assert croatian is not None
    assert unknown is not None
    assert (polish.value.month, croatian.value.month) == (11, 10)
    assert unknown.ambiguous
    assert not croatian.ambiguous
