"""What pages print where an image should stand, in the languages they say it."""

from __future__ import annotations

import re
from functools import lru_cache

_NO_IMAGE = re.compile(
    r"^\W*(?:no (?:image|photo|picture)s?(?: available| found| yet)?|image (?:not|un)[- ]?available|image not found|"
    r"kein bild(?: vorhanden| verfügbar)?|keine? (?:bilder|foto|fotos|abbildung)|pas d['’ ]image|aucune image|sans image|"
    r"image (?:non|in)disponible|image non disponible|sin (?:imagen|foto)|no hay imagen|imagen no disponible|sem (?:imagem|foto)|"
    r"imagem (?:indisponível|não disponível)|nessuna (?:immagine|foto)|senza immagine|immagine non disponibile|geen (?:afbeelding|foto)|"
    r"ingen (?:bild|bilde|billede|foto)|ei kuvaa|brak (?:zdjęcia|obrazu|obrazka|foto)|bez (?:obrázku|obrázka|slike|fotky)|nincs kép|"
    r"fără imagine|нет (?:изображения|фото|картинки)|без фото|немає (?:зображення|фото)|няма снимка|χωρίς εικόνα|resim yok|"
    r"görsel yok|foto(?:ğraf)? yok|tidak ada gambar|tiada gambar|không có (?:ảnh|hình ảnh|hình)|لا توجد صورة|لا صورة|بدون صورة|"
    r"بدون عکس|عکسی موجود نیست|אין תמונה|कोई (?:चित्र|तस्वीर|छवि) नहीं|কোনো ছবি নেই|暂无图片|无图片|暫無圖片|無圖片|没有图片|图片不存在|"
    r"画像なし|画像はありません|画像無し|이미지 없음|사진 없음|이미지가 없습니다|ไม่มีรูปภาพ|ไม่มีภาพ)\W*$"
)
_NOTHING = frozenset({"none", "null", "na", "n/a"})


def says_no_image(text: str) -> bool:
    """True for "No Image", "Image non disponible", "لا توجد صورة" and the like, alone."""
    return len(text) < 60 and _matches(text)


@lru_cache(maxsize=4096)
def _matches(text: str) -> bool:
    return _NO_IMAGE.match(text.lower()) is not None


def says_nothing(text: str) -> bool:
    """True for `says_no_image`, and for what programs print for an empty value ("null", "n/a")."""
    return text.strip(" .:-").casefold() in _NOTHING or says_no_image(text)
