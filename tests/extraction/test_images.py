"""The real images of an article: stand-ins out, captions and credits apart, the main one first."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive import Image
from newsarchive.extraction import images, outline, structured
from newsarchive.extraction.images.captions import parted
from newsarchive.page import Page

BASE = "https://www.harbourpost.example/news/tram-1.html"
PROSE = (
    "<p>"
    + "The council voted by eleven to four after a debate that lasted until shortly before midnight. " * 3
    + "</p>"
)


def _read(html: str) -> list[Image]:
    page = Page(url=BASE, body=html.encode())
    return images.read(page, structured.read(page.tree), outline.read(page.tree)).images


def _urls(html: str) -> list[str]:
    return [image.url for image in _read(html)]


@pytest.mark.parametrize(
    "value",
    [
        "No Image", "no image", "No photo available", "Image not available", "Kein Bild", "Kein Bild vorhanden", "Pas d'image",
        "Aucune image",
        "Image non disponible", "Sin imagen", "Imagen no disponible", "Sem imagem", "Nessuna immagine", "Geen afbeelding", "Ingen bild",
        "Brak zdjęcia", "Нет фото", "Нет изображения", "Немає фото", "Resim yok", "Tidak ada gambar",
        "لا توجد صورة", "بدون عکس", "אין תמונה",
        "暂无图片", "無圖片", "画像なし", "이미지 없음", "None", "null", "N/A", "", "   ",
        "https://x.example/img/blank.gif", "https://x.example/spacer.gif", "https://x.example/1x1.png", "https://x.example/pixel.gif",
        "https://x.example/placeholder.png", "https://x.example/a/default.jpg", "https://x.example/no-image.jpg", "https://x.example/noimage.png",
        "https://x.example/nophoto.jpg", "https://x.example/no_photo_small.jpg", "https://x.example/logo.png", "https://x.example/site-logo-512.png",
        "https://x.example/default-image.jpg", "https://x.example/image-placeholder.jpg", "https://x.example/image-not-found.png",
        "https://x.example/kein-bild.gif", "https://x.example/sin-imagen.jpg", "https://x.example/loading.gif", "https://x.example/icon.svg",
        "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==", "javascript:void(0)", "about:blank", "ftp://x.example/a.jpg",
        "https://www.facebook.com/tr?id=1&ev=PageView", "https://vg08.met.vgwort.de/na/abc", "https://sb.scorecardresearch.com/p?c1=2",
        "http://[broken/a.jpg",
    ],
)  # fmt: skip
def test_what_stands_for_no_image_is_no_image(value: str) -> None:
    assert images.clean(value, base_url=BASE) is None


@pytest.mark.parametrize(
    ("value", "url"),
    [
        ("/img/tram.jpg", "https://www.harbourpost.example/img/tram.jpg"),
        ("tram.jpg", "https://www.harbourpost.example/news/tram.jpg"),
        ("//cdn.example/tram.jpg?w=1200", "https://cdn.example/tram.jpg?w=1200"),
        ("https://cdn.example/a b/tram.jpg#x", "https://cdn.example/a%20b/tram.jpg"),
        ({"src": "data:image/gif;base64,R0lGOD", "data-src": "/img/tram.jpg"}, "https://www.harbourpost.example/img/tram.jpg"),
        ({"src": "/img/lazy.gif", "data-original": "/img/tram.jpg"}, "https://www.harbourpost.example/img/tram.jpg"),
        ({"src": "/t-320.jpg", "srcset": "/t-320.jpg 320w, /t-1600.jpg 1600w, /t-800.jpg 800w"}, "https://www.harbourpost.example/t-1600.jpg"),
        ({"srcset": "/t.jpg 1x, /t2.jpg 2x"}, "https://www.harbourpost.example/t2.jpg"),
        ({"src": "/x.gif", "data-srcset": "/t,w_600.jpg 600w, /t,w_1200.jpg 1200w"}, "https://www.harbourpost.example/t,w_1200.jpg"),
        ({"@type": "ImageObject", "contentUrl": "/img/tram.jpg"}, "https://www.harbourpost.example/img/tram.jpg"),
        ({"url": "/img/tram.jpg"}, "https://www.harbourpost.example/img/tram.jpg"),
        ("https://x.example/photos/lighthouse-default-view.jpg", "https://x.example/photos/lighthouse-default-view.jpg"),
        ("https://x.example/2024/logopaedie-praxis.jpg", "https://x.example/2024/logopaedie-praxis.jpg"),
    ],
)  # fmt: skip
def test_a_real_image_keeps_its_address(value: Any, url: str) -> None:
    image = images.clean(value, base_url=BASE)
    assert image is not None
    assert image.url == url


def test_an_image_of_one_pixel_is_none() -> None:
    assert images.clean({"src": "/a.jpg", "width": "1", "height": "1"}, base_url=BASE) is None


def test_what_is_said_of_an_image_is_kept() -> None:
    item = {"url": "/a-tram.jpg", "alt": "A tram", "caption": "The <b>first</b> tram", "credit": "M. Lind"}
    assert images.clean(item, base_url=BASE) == Image(
        url="https://www.harbourpost.example/a-tram.jpg", alt="A tram", caption="The first tram", credit="M. Lind"
    )


@given(
    st.one_of(
        st.text(max_size=80),
        st.dictionaries(st.sampled_from(["src", "srcset", "data-src", "url", "alt", "width"]), st.text(max_size=60)),
    )
)
def test_what_is_clean_passes_unchanged(value: Any) -> None:
    once = images.clean(value, base_url=BASE)
    assert once is None or images.clean(once, base_url=BASE) == once


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://x.example/2024/harbour-tram-1200x800.jpg", "https://x.example/2024/harbour-tram-300x200.jpg"),
        ("https://x.example/harbour-tram.jpg?w=300", "https://x.example/harbour-tram.webp?w=1200"),
        ("https://x.example/images/320w/d09eab.jpg", "https://x.example/images/1280w/d09eab.jpg"),
        ("https://cdn.example/resize/600x/https://x.example/harbour-tram.jpg", "https://x.example/harbour-tram.jpg"),
    ],
)
def test_size_variants_are_one_image(one: str, other: str) -> None:
    assert images.key(one) == images.key(other)


def test_different_images_are_not_one() -> None:
    assert images.key("https://x.example/2024/05/1.jpg") != images.key("https://x.example/2024/06/1.jpg")
    assert images.key("https://x.example/harbour-tram-1.jpg") != images.key("https://x.example/harbour-tram-2.jpg")


def test_a_figure_gives_url_alt_caption_and_credit() -> None:
    html = (
        "<article><h1>Tram</h1><figure><img src='/tram-old-quay.jpg' alt='A tram'>"
        "<figcaption>The first tram on the quay. <span class='credit'>Photo: Mara Lind</span></figcaption></figure>"
        + PROSE
        + "</article>"
    )
    assert _read(html) == [
        Image(
            url="https://www.harbourpost.example/tram-old-quay.jpg",
            alt="A tram",
            caption="The first tram on the quay.",
            credit="Mara Lind",
        )
    ]


@pytest.mark.parametrize(
    ("caption", "apart"),
    [
        ("The old quay (Photo: Mara Lind)", ("The old quay", "Mara Lind")),
        ("The old quay. Foto: Mara Lind/dpa", ("The old quay.", "Mara Lind/dpa")),
        ("Le vieux quai. © Mara Lind", ("Le vieux quai.", "Mara Lind")),
        ("The old quay (AFP/Getty Images)", ("The old quay", "AFP/Getty Images")),
        ("The old quay", ("The old quay", None)),
        (None, (None, None)),
    ],
)
def test_a_credit_inside_a_caption_is_set_apart(caption: str | None, apart: tuple[str | None, str | None]) -> None:
    assert parted(caption, None) == apart


def test_the_image_that_structured_data_names_is_the_main_one() -> None:
    html = (
        '<meta property="og:image" content="https://www.harbourpost.example/second-picture-1200x630.jpg"><article><h1>Tram</h1>'
        "<img src='/first-picture.jpg'>" + PROSE + "<img src='/second-picture-800x600.jpg'>" + PROSE + "</article>"
    )
    assert [url.rsplit("/", 1)[1] for url in _urls(html)] == ["second-picture-800x600.jpg", "first-picture.jpg"]


def test_an_image_stated_but_not_shown_is_the_main_one() -> None:
    data = json.dumps(
        {"@type": "NewsArticle", "image": {"@type": "ImageObject", "url": "https://cdn.example/hero-picture.jpg"}}
    )
    assert _urls(f'<script type="application/ld+json">{data}</script><h1>Tram</h1>{PROSE}') == [
        "https://cdn.example/hero-picture.jpg"
    ]


def test_portraits_logos_teasers_and_trackers_are_left_out() -> None:
    html = (
        "<header><img src='/harbour-masthead-logo.png'></header><article><h1>Tram</h1>"
        "<div class='author-box'><img src='/people/mara-lind.jpg'></div><img src='/img/share-this.svg'>"
        + PROSE
        + "<img src='https://metrics.example/p.gif' width='1' height='1'><img src='/img/spacer.gif'>"
        + PROSE
        + "<div class='related'><a href='/other'><img src='/other-story.jpg'></a></div></article>"
        "<aside><img src='/advertisement-shoes.jpg'></aside>"
    )
    assert _urls(html) == []


def test_the_largest_source_of_a_picture_is_taken() -> None:
    html = (
        "<article><h1>Tram</h1><picture><source srcset='/tram-quay-1600.webp 1600w, /tram-quay-800.webp 800w'>"
        "<img src='/tram-quay-400.jpg'>"
        "</picture>" + PROSE + "</article>"
    )
    assert _urls(html) == ["https://www.harbourpost.example/tram-quay-1600.webp"]


def test_a_lazy_image_is_found_in_its_noscript_twin() -> None:
    html = (
        "<article><h1>Tram</h1><div><img src='data:image/gif;base64,R0'><noscript><img src='/tram-by-night.jpg'></noscript></div>"
        + PROSE
        + "</article>"
    )
    assert _urls(html) == ["https://www.harbourpost.example/tram-by-night.jpg"]


def test_one_image_shown_twice_is_given_once() -> None:
    html = (
        "<article><h1>Tram</h1><img src='/tram-quay-300x200.jpg'>"
        + PROSE
        + "<img src='/tram-quay-1200x800.jpg'>"
        + PROSE
        + "</article>"
    )
    assert len(_urls(html)) == 1


@pytest.mark.parametrize(
    "head",
    [
        "<base href=https://cdn.harbourpost.example/v2/>",
        "<base><base target=_top><base href='//cdn.harbourpost.example/v2/'>",
    ],
)
@pytest.mark.parametrize("again", ["", "<base href=https://other.example/>"])
def test_a_relative_address_starts_from_the_first_base_that_has_one(head: str, again: str) -> None:
    html = f"<head>{head}</head><body><h1>Tram</h1><figure><img src=img/tram-7.jpg></figure>{PROSE}{again}"
    assert _urls(html) == ["https://cdn.harbourpost.example/v2/img/tram-7.jpg"]


def test_a_base_that_is_no_address_is_none() -> None:
    html = f"<head><base href='mailto:x'></head><h1>Tram</h1><img src=tram-7.jpg>{PROSE}"
    assert _urls(html) == ["https://www.harbourpost.example/news/tram-7.jpg"]
