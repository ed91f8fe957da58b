"""Which encoding a page is really in, whatever it declares."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive import charsets

FRENCH = "Le cœur du projet a coûté 12 € par mètre, dit l’œuvre : un œil sur la façade déjà cédée."
TEXTS = {
    "fr": "Le projet a été adopté par vingt-deux voix contre neuf, au terme d'une séance de près de cinq heures à l'hôtel de ville.",
    "de": "Der Stadtrat hat den Plan am Abend für gut befunden. Anwohner wünschen sich breitere Gehwege und Bäume, größer als bisher.",
    "es": "El pleno aprobó el proyecto por once votos a favor y cuatro en contra. ¿Qué dirá la oposición mañana? Habrá más señales.",
    "pl": "Rada miasta przyjęła projekt stosunkiem głosów jedenaście do czterech. Mieszkańcy proszą o szersze chodniki i drzewa.",
    "cs": "Zastupitelstvo schválilo návrh jedenácti hlasy proti čtyřem po pětihodinové debatě. Práce začnou na jaře.",
    "hu": "A képviselő-testület tizenegy szavazattal fogadta el a tervet, és a munkálatok tavasszal kezdődnek, őszintén örülünk neki.",
    "tr": "Belediye meclisi beş saat süren tartışmanın ardından projeyi kabul etti. Çalışmalar ilkbaharda başlayacak, vinçler taşınıyor.",
    "lt": "Miesto taryba po penkių valandų diskusijų pritarė projektui. Gyventojai prašo platesnių šaligatvių ir medžių.",
    "ru": "Городской совет принял проект одиннадцатью голосами против четырёх после пятичасового обсуждения в ратуше.",
    "uk": "Міська рада ухвалила проєкт одинадцятьма голосами проти чотирьох. Її мешканці чекають на широкі тротуари.",
    "el": "Το δημοτικό συμβούλιο ενέκρινε το σχέδιο με έντεκα ψήφους υπέρ και τέσσερις κατά, ύστερα από πεντάωρη συζήτηση.",
    "he": "מועצת העיר אישרה את התוכנית ברוב של אחד עשר נגד ארבעה לאחר דיון של חמש שעות באולם.",
    "ar": "أقر المجلس البلدي المشروع بأحد عشر صوتا مقابل أربعة بعد نقاش استمر خمس ساعات في المدينة.",
    "th": "สภาเทศบาลเห็นชอบโครงการด้วยคะแนนสิบเอ็ดต่อสี่หลังการอภิปรายห้าชั่วโมง",
    "ja": "市議会は五時間に及ぶ審議の末、十一対四の賛成多数でこの計画を可決した。工事は春に始まる予定だ。",
    "zh": "经过五个小时的讨论，市议会以十一票对四票通过了这一方案。下城区的居民希望人行道更宽。",
    "zh-TW": "經過五個小時的討論，市議會以十一票對四票通過了這一方案。居民希望人行道更寬，並用樹木代替停車位。",
    "ko": "시의회는 다섯 시간의 토론 끝에 찬성 열한 표, 반대 네 표로 계획을 통과시켰다. 공사는 봄에 시작될 예정이다.",
}
ENCODED = [
    ("fr", "cp1252"), ("de", "cp1252"), ("es", "cp1252"), ("pl", "cp1250"), ("pl", "iso8859-2"), ("cs", "cp1250"), ("hu", "iso8859-2"),
    ("tr", "cp1254"), ("lt", "cp1257"), ("ru", "cp1251"), ("ru", "koi8-r"), ("ru", "iso8859-5"), ("uk", "cp1251"), ("uk", "koi8-u"),
    ("el", "cp1253"), ("el", "iso8859-7"), ("he", "cp1255"), ("ar", "cp1256"), ("th", "cp874"), ("ja", "cp932"), ("ja", "euc_jp"),
    ("zh", "gb18030"), ("zh-TW", "big5"), ("ko", "cp949"), ("ru", "utf-16-le"), ("de", "utf-16-be"),
]  # fmt: skip


def _page(text: str, language: str = "", meta: str = "") -> str:
    return f'<html lang="{language}"><head>{meta}<title>t</title></head><body><p>{text}</p></body></html>'


@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1"])
@pytest.mark.parametrize(("language", "encoding"), ENCODED)
def test_a_page_is_read_right_whatever_its_header_says(language: str, encoding: str, declared: str | None) -> None:
    page = _page(TEXTS[language], language)
    assert charsets.decode(page.encode(encoding), declared)[1] == page


@pytest.mark.parametrize("declared", [None, "iso-8859-1", "windows-1251", "shift_jis", "no-such-encoding"])
def test_valid_utf8_is_utf8_whatever_the_header_says(declared: str | None) -> None:
    assert charsets.decode(_page(FRENCH).encode(), declared) == ("utf-8", _page(FRENCH))


def test_a_meta_element_that_lies_about_utf8_is_not_believed() -> None:
    page = _page(FRENCH, "fr", '<meta charset="utf-8">')
    assert charsets.decode(page.encode("cp1252"))[1] == page


@pytest.mark.parametrize("declared", [None, "iso-8859-1", "utf-8"])
def test_latin_9_is_told_from_windows_1252_by_its_oe_and_its_euro(declared: str | None) -> None:
    page = _page(FRENCH.replace("’", "'"), "fr")
    assert charsets.decode(page.encode("iso8859-15"), declared) == ("iso8859-15", page)


def test_a_declared_encoding_is_believed_where_the_bytes_agree() -> None:
    assert charsets.decode("Gdańsk".encode("iso8859-2"), "iso-8859-2") == ("iso8859-2", "Gdańsk")
    assert charsets.decode("東京".encode("iso2022_jp"), "iso-2022-jp")[1] == "東京"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_decides_and_is_no_text(encoding: str) -> None:
    assert charsets.decode(FRENCH.encode(encoding), "iso-8859-1")[1] == FRENCH


def test_stray_bytes_in_a_utf8_page_are_read_as_windows_1252() -> None:
    body = _page("é" * 50).encode() + "caf\u00e9 \u201cici\u201d".encode("cp1252")
    assert charsets.decode(body)[1].endswith("café “ici”")


def test_text_encoded_twice_is_mended() -> None:
    twice = _page("Déjà vu à l’hôtel : l’été s’achève").encode().decode("cp1252").encode()
    assert charsets.decode(twice)[1] == _page("Déjà vu à l’hôtel : l’été s’achève")


@pytest.mark.parametrize(
    "text", ["SÃO PAULO, CÂMARA, AÇÃO", "Ã© écrit mal, été, déjà, forêt", "Â la carte", "RÂUL și câine"]
)
def test_text_that_only_looks_encoded_twice_is_left_alone(text: str) -> None:
    assert charsets.decode(_page(text).encode())[1] == _page(text)


def test_nuls_are_dropped_and_lone_surrogates_never_made() -> None:
    assert charsets.decode(b"<p>a\x00b</p>")[1] == "<p>ab</p>"
    charsets.decode(b"\xff\xfe\x00\xd8a\x00")[1].encode("utf-8")


@given(st.binary(max_size=400), st.sampled_from([None, "utf-8", "gb18030", "utf-16", "x", ""]))
def test_any_bytes_become_text_that_can_be_written_again(body: bytes, declared: str | None) -> None:
    _, text = charsets.decode(body, declared)
    text.encode("utf-8")
    assert "\x00" not in text


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (b"%PDF-1.4 ...", "application/pdf"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b'  {"a": [1, 2]}', "application/json"),
        (b'callback({"a": 1});', "application/json"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<urlset></urlset>', "application/xml"),
        (b"plain words, no markup at all", "text/plain"),
        (b"<!doctype html><p>x", None),
        (b'<?xml version="1.0"?><!DOCTYPE html><html xmlns="x"><body></body></html>', None),
        (b"Loose words before <b>markup</b>", None),
        (b"", "text/plain"),
    ],
)
def test_what_is_no_page_is_known_by_its_first_bytes(body: bytes, media_type: str | None) -> None:
    assert charsets.foreign_type(body) == media_type


def test_a_large_page_in_an_unknown_encoding_is_read_quickly() -> None:
    body = _page("Городской совет принял проект. " * 40_000).encode("cp1251")
    assert "Городской" in charsets.decode(body)[1]


def test_bytes_of_no_text_are_no_page_even_where_they_hold_a_tag() -> None:
    noise = bytes((n * 197 + n // 256 * 61) % 256 for n in range(60_000))
    assert charsets.foreign_type(noise[:30_000] + b"<p>" + noise[30_000:]) == "application/octet-stream"
    assert charsets.foreign_type(b"Un texte simple <p>et une balise") is None
