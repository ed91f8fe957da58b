"""Small articles for the tests of the archive."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from newsarchive.article import (
    Article,
    DateEvidence,
    Image,
    Paragraph,
    ParagraphKind,
    Precision,
    PublishedDate,
    Verdict,
    Zone,
)

CAPTURED = datetime(2025, 12, 25, 9, 30, tzinfo=UTC)
LATER = CAPTURED + timedelta(days=1)
LONG = (
    "Le port de la ville a rouvert lundi matin après trois semaines de travaux, et les premiers bateaux de pêche ont pu "
    "sortir avant l'aube. Les marins disent avoir perdu un mois de revenus ; la région promet une aide avant la fin de "
    "l'hiver, sans en préciser le montant."
)


def article(number: int = 1, /, **fields: Any) -> Article:
    """An article of example.org with a text of its own."""
    values: dict[str, Any] = {
        "url": f"https://example.org/news/{number}",
        "site": "example.org",
        "title": f"Le port rouvre, jour {number}",
        "body": [Paragraph(LONG), Paragraph(f"C'est le bulletin numéro {number}.")],
        "published": PublishedDate(
            value=datetime(2025, 12, 24, 18, 5, tzinfo=timezone(timedelta(hours=1))),
            precision=Precision.MINUTE,
            raw="2025-12-24T18:05+01:00",
            source="json-ld",
            confidence=0.95,
            zone=Zone.STATED,
            rule="datePublished",
        ),
        "language": "fr",
        "captured_at": CAPTURED,
    }
    return Article(**{**values, **fields})


def full(number: int = 1) -> Article:
    """An article with every field filled."""
    return article(
        number,
        standfirst="Les bateaux sortent de nouveau.",
        standfirst_truncated=True,
        body=[
            Paragraph("Reprise", ParagraphKind.SUBHEAD),
            Paragraph(LONG),
            Paragraph("« Enfin », dit un marin.", ParagraphKind.QUOTE),
            Paragraph("العربية 中文 😀", ParagraphKind.LIST_ITEM),
        ],
        modified=PublishedDate(
            value=datetime(2025, 12, 25), precision=Precision.DAY, raw="25/12/2025", source="text", confidence=0.4
        ),
        authors=["Inès Ferrand", "O'Neil, Jr."],
        agencies=["AFP"],
        images=[Image(url="https://example.org/port.jpg", alt="Le port", caption="Lundi", credit="I. Ferrand")],
        section="Économie",
        tags=["port", "pêche"],
        publisher="Exemple SA",
        verdict=Verdict.ARTICLE,
        is_free=False,
        amp_url="https://example.org/amp/1",
        aliases=[f"https://m.example.org/news/{number}"],
        date_evidence=[
            DateEvidence(raw="jeudi 25 décembre", value="2025-12-25", source="text", role="visit", why="masthead")
        ],
        provenance={"title": "og:title", "body": {"rule": "outline", "score": 0.5}},
        extractor="0.1.0",
    )
