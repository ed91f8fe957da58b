"""Bytes into text: which encoding a page is really in, whatever it declares, and what is no page at all."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from typing import NamedTuple

from w3lib.encoding import html_body_declared_encoding, read_bom, resolve_encoding

_SAMPLE, _HEAD = 60_000, 4096
_TAGS = re.compile(rb"<[^<>]{0,2000}>|&#?\w{1,12};")
_RUN = re.compile(rb"[\x80-\xff]+")
_LANG = re.compile(rb"<html[^>]{0,300}?\blang\s*=\s*[\"']?\s*([a-z]{2})", re.IGNORECASE)
_LATIN1 = frozenset(
    ("cp1252", "windows-1252", "iso-8859-1", "iso8859-1", "latin-1", "latin1", "ascii", "iso8859-15", "iso-8859-15")
)

# The letters beyond ASCII that texts in an encoding are full of, the commonest together.
_LATIN_LETTERS: dict[str, str] = {
    "cp1252": "éèàêçôîùâûëïœäöüßáíóúñ¿¡ãõåøæÉÈÀÇÄÖÜÁÍÓÚÑÅØðþ",
    "cp1250": "ąćęłńóśźżčďěňřšťůžýáíéúőűöüôľĺŕăâîşţđŁŚŻČŠŽŘŐ",
    "iso8859-2": "ąćęłńóśźżčďěňřšťůžýáíéúőűöüôľĺŕăâîşţđŁŚŻČŠŽŘŐ",
    "cp1254": "ğışçöüİŞĞÇÖÜâ",
    "cp1257": "āčēģīķļņšūžąęėįųūõäöüŠŽ",
}
_LATIN_LANGUAGES = {
    **dict.fromkeys("pl cs sk hu sl hr ro sq bs".split(), ("cp1250", "iso8859-2")),
    **dict.fromkeys(("tr", "az"), ("cp1254",)),
    **dict.fromkeys(("lt", "lv", "et"), ("cp1257",)),
}
# Words without accents that tell languages apart before the encoding of their accents is known.
_PLAIN_WORDS: dict[str, tuple[bytes, ...]] = {
    language: tuple(word.encode("ascii") for word in words.split())
    for language, words in {
        "hu": "a az hogy nem egy ez is volt de meg el csak mint ki",
        "cs": "se na je ve po jako ale bylo jsou do za pro s z o v i k",
        "pl": "nie na jest do ale przez oraz dla w z i to od po jak co",
        "sk": "sa na je vo po ako ale bolo do za pre s z o v i k od",
        "sl": "in je na se za da so ki pa tudi po ne bi iz",
        "hr": "i je na se da su za od koji kako ne o u s iz ali",
        "ro": "de la cu din care pentru nu mai sau prin ce este",
        "tr": "bir ve bu da de ile olarak en ne gibi kadar",
        "lt": "ir kad bet apie buvo dar kaip po su per prie",
        "lv": "un ir ka par no ar uz lai kas bija",
        "et": "ja on ei et ta kui ka mis aga oma",
        "fr": "le la les de des du et un une que qui dans pour par sur",
        "de": "der die das und in den von zu mit ist des auf im dem",
        "es": "el la los las de del y que en un una por con para se",
        "it": "il la di e che in un per con non del della si",
        "pt": "o a os as de do da que e em um uma para com no na",
        "nl": "de het een van en in is dat op te voor met",
        "sv": "och i att det som en av den med till inte",
        "da": "og i at det er en til af den med ikke",
        "fi": "ja on ei se oli kun joka mutta tai kuin",
        "en": "the of and to in is that for it was on with",
        "vi": "va la co trong cho cac khong mot nguoi",
    }.items()
}
_OTHER_LETTERS: dict[str, str] = {
    "cp1251": "оеаинтсрвлкмдпуяыьзбгіїє",
    "koi8-r": "оеаинтсрвлкмдпуяыьзбг",
    "koi8-u": "оеаинтсрвлкмдпуяьзбгіїє",
    "iso8859-5": "оеаинтсрвлкмдпуяыьзбг",
    "cp866": "оеаинтсрвлкмдпуяыьзбг",
    "cp1253": "αοιετσνηυρπκμλςωάόίέήύώγδθ",
    "iso8859-7": "αοιετσνηυρπκμλςωάόίέήύώγδθ",
    "cp1255": "יוהלאמרתבשנםדעקחפ",
    "cp1256": "اليمونترتبةعدسفكقحجأهشصىپچگی",
    "iso8859-6": "اليمونترتبةعدسفكقحجأهشصى",
    "cp874": "านรอกเงมยลวดทสตะัี่้",
}
_WIDE: dict[str, re.Pattern[str]] = {
    "euc_jp": re.compile("[\u3040-\u30ff]"),
    "cp932": re.compile("[\u3040-\u30ff]"),
    "cp949": re.compile("[이다의는에가을를하고은로지도한인사시자기들년서어일대]"),
    "gb18030": re.compile(
        "[的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年同工也能下过子说产种面]"
    ),
    "big5hkscs": re.compile(
        "[的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年同工也能下過子說產種面]"
    ),
}
_MANY = 1000
_TRAIL = "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
_TRAILS = frozenset(chr(code) for code in range(0x3000) if re.match(_TRAIL, chr(code)))
# One class of first letters for all lengths: a pattern that begins with a class is searched for at the speed of a scan.
_MOJIBAKE = re.compile(
    f"[\u00c2-\u00f4](?:(?<=[\u00c2-\u00df]){_TRAIL}|(?<=[\u00e0-\u00ef]){_TRAIL}{{2}}|(?<=[\u00f0-\u00f4]){_TRAIL}{{3}})"
)


_OF_THE_WEB = frozenset(
    codecs.lookup(name).name
    for name in (
        "utf-8 ascii latin-1 cp866 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-9 iso8859-10 "
        "iso8859-11 iso8859-13 iso8859-14 iso8859-15 iso8859-16 koi8-r koi8-u mac-roman mac-cyrillic cp874 tis-620 cp1250 cp1251 "
        "cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 gbk gb2312 gb18030 big5 big5hkscs cp950 euc-jp euc-jis-2004 iso2022-jp "
        "shift-jis cp932 shift-jis-2004 euc-kr cp949"
    ).split()
)


class Decoded(NamedTuple):
    """A page's text: the encoding it was really in, and whether the bytes are that text in UTF-8 as they stand."""

    encoding: str
    text: str
    is_exact: bool


def decode(body: bytes, declared: str | None = None) -> tuple[str, str]:
    """The name of the encoding used and the text; see `read`."""
    return read(body, declared)[:2]


def read(body: bytes, declared: str | None = None) -> Decoded:
    """The text of a page; a declaration that the bytes contradict is not believed.

    In order: byte-order mark, valid UTF-8, what header and meta declare where the bytes agree, what the bytes look
    like, windows-1252. Text that was encoded twice is mended where that is certain. Never an error; NULs are dropped.
    """
    name, text, is_exact = _read(body, declared)
    if b"\x00" in body:
        text, is_exact = text.replace("\x00", ""), False
    if not text.isascii() and _may_be_twice(text):
        mend = mended(text)
        if mend is not text:
            text, is_exact = mend, False
    return Decoded(name, text, is_exact)


def _read(body: bytes, declared: str | None) -> tuple[str, str, bool]:
    if body[:1] > b"\x7f" or body[:1] == b"\x00":
        bom = read_bom(body)[0]
        if bom is not None:
            text = body.decode(bom, "replace").lstrip("\ufeff").encode("utf-8", "replace").decode("utf-8")
            return bom, text, False
    if 27 in body and b"\x1b$" in body and any("2022" in name for name in _stated(body, declared)):
        return "iso-2022-jp", body.decode("iso2022_jp", "replace"), False
    if wide := _utf16(body):
        return wide, body.decode(wide, "replace").encode("utf-8", "replace").decode("utf-8"), False
    try:
        return "utf-8", body.decode("utf-8"), True
    except UnicodeDecodeError:
        pass
    if (mostly := _mostly_utf8(body)) is not None:
        return "utf-8", mostly, False
    return *_legacy(body, [name for name in _stated(body, declared) if name != "utf-8"]), False


def _stated(body: bytes, declared: str | None) -> list[str]:
    """The encodings that the header and the page declare, by the names of Python's codecs, each once.

    Only those the web has: Python knows codecs that are no character sets (hex, zip) or are never a page's (EBCDIC). UTF-16
    is told by the bytes alone.
    """
    found = [resolve_encoding(name) for name in (declared, html_body_declared_encoding(body)) if name]
    return list(dict.fromkeys(name for name in found if name and codecs.lookup(name).name in _OF_THE_WEB))


def _utf16(body: bytes) -> str | None:
    """UTF-16 without a mark, known by the NULs beside its angle brackets."""
    head = body[:200]
    if head.count(0) * 5 < len(head) or len(head) < 8:
        return None
    if b"<\x00" in head and head.find(b"<\x00") % 2 == 0:
        return "utf-16-le"
    return "utf-16-be" if b"\x00<" in head and head.find(b"\x00<") % 2 == 0 else None


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """A handler of decoding errors: stray bytes in a UTF-8 page are read as windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    return stray.decode("cp1252", "replace"), error.end


codecs.register_error("newsarchive-cp1252", _as_cp1252)


def _mostly_utf8(body: bytes) -> str | None:
    """The text of a page in UTF-8 with a few stray bytes, or None where it is no such page."""
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    good = len(body) - len(text) - broken
    if good < 20 or broken * 20 > good:
        return None
    return body.decode("utf-8", "newsarchive-cp1252")


def _legacy(body: bytes, stated: list[str]) -> tuple[str, str]:
    """A page in none of Unicode's encodings: what it declares where that reads well, else what it looks like."""
    sample = _TAGS.sub(b" ", body[: _SAMPLE * 4])[:_SAMPLE]
    if not _RUN.search(sample):
        sample = body[:_SAMPLE]
    found = _guess(sample, _language(body, sample))
    for name in stated:
        codec = _latin9(name, sample)
        if found is None or _reads_as_well(codec, found, sample):
            return codec, body.decode(codec, "replace")
    codec = found or _latin9("cp1252", sample)
    return codec, body.decode(codec, "replace")


def _language(body: bytes, sample: bytes) -> str | None:
    """The language that the page declares, else the one whose plain words its text is full of."""
    match = _LANG.search(body[:_HEAD])
    if match:
        return match.group(1).decode("ascii").lower()
    words = Counter(re.findall(rb"[a-z]+", sample[:12_000].lower()))
    counts = {language: sum(words[word] for word in common) for language, common in _PLAIN_WORDS.items()}
    best = max(counts, key=lambda language: (counts[language], language))
    rest = max(count for language, count in counts.items() if language != best)
    return best if counts[best] > 3 and counts[best] > 1.3 * rest else None


def _reads_as_well(stated: str, found: str, sample: bytes) -> bool:
    """True when a declared encoding reads the sample no worse than the one its bytes look like."""
    if stated == found:
        return True
    if stated.lower() in _LATIN1:
        return False
    if found in _WIDE or stated in _WIDE:
        return _errors(stated, sample) <= _errors(found, sample)
    if (found in _OTHER_LETTERS) != (stated in _OTHER_LETTERS):
        return found not in _OTHER_LETTERS
    table = _OTHER_LETTERS if found in _OTHER_LETTERS else _LATIN_LETTERS
    return _share(stated, sample, table.get(stated, table[found])) >= _share(found, sample, table[found]) - 0.05


def _guess(sample: bytes, language: str | None) -> str | None:
    """The encoding that the bytes beyond ASCII look like; None where Western letters are as good as any."""
    runs = _RUN.findall(sample)
    if not runs:
        return None
    long = sum(len(run) for run in runs if len(run) > 1)
    total = sum(map(len, runs))
    if long > 0.6 * total and total > 8:
        return _wide(sample) or _best(_OTHER_LETTERS, sample, 0.55)
    own = _LATIN_LANGUAGES.get(language or "")
    if own:
        return _best({name: _LATIN_LETTERS[name] for name in own}, sample, 0.3)
    if language is not None:
        return None
    best = _best(_LATIN_LETTERS, sample, 0.0)
    if best is None or best == "cp1252":
        return None
    western = _share("cp1252", sample, _LATIN_LETTERS["cp1252"])
    return best if _share(best, sample, _LATIN_LETTERS[best]) > western + 0.25 else None


def _best(table: dict[str, str], sample: bytes, least: float) -> str | None:
    ranked = [(_share(name, sample, letters), -place, name) for place, (name, letters) in enumerate(table.items())]
    share, _, name = max(ranked)
    return name if share > least else None


def _share(encoding: str, sample: bytes, letters: str) -> float:
    """The share of a sample's characters beyond ASCII that are common letters of an encoding's languages."""
    counts = Counter(
        _RUN.sub(lambda match: match.group(0), b"".join(_RUN.findall(sample)))[:8000].decode(encoding, "replace")
    )
    total = sum(counts.values()) or 1
    return sum(counts[letter] for letter in letters) / total - 2 * counts["\ufffd"] / total


def _errors(encoding: str, sample: bytes) -> int:
    return sample.decode(encoding, "replace").count("\ufffd")


def _wide(sample: bytes) -> str | None:
    """The East Asian encoding of a sample, by the characters its language cannot do without."""
    best: tuple[float, str] | None = None
    for name, common in _WIDE.items():
        text = sample.decode(name, "replace")
        beyond = sum(1 for char in text if char > "\x7f")
        if not beyond or text.count("\ufffd") > 0.02 * beyond + 1:
            continue
        share = len(common.findall(text)) / beyond - 4 * text.count("\ufffd") / beyond
        halfwidth = sum(1 for char in text if "\uff61" <= char <= "\uff9f") / beyond
        if best is None or share - halfwidth > best[0]:
            best = (share - halfwidth, name)
    return best[1] if best and best[0] > 0.1 else None


def _latin9(encoding: str, sample: bytes) -> str:
    """Latin-9 instead of a Western encoding where its œ, Š, Ž and € show and no byte is of windows-1252's own."""
    if encoding.lower() not in _LATIN1 or re.search(rb"[\x80-\x9f]", sample):
        return encoding
    inside = re.findall(
        rb"[A-Za-z\xc0-\xff][\xbd\xbc\xa8\xb8\xa6\xb4\xbe](?=[A-Za-z\xc0-\xff])|(?<![\w\xc0-\xff])\xbduvre|(?<=\s)\xbcuvre",
        sample,
    )
    euro = re.findall(rb"\d\s?(?:\xa0)?\xa4|\xa4\s?\d", sample)
    return "iso8859-15" if inside or euro else encoding


def _may_be_twice(text: str) -> bool:
    """True where a letter that begins characters encoded twice has one after it that goes on: a search for single letters."""
    if "â" in text and "â€" in text:
        return True
    for letter in "ÃÂÐ":
        place, tries = text.find(letter), 0
        while place >= 0:
            if text[place + 1 : place + 2] in _TRAILS or tries > _MANY:
                return True
            place, tries = text.find(letter, place + 1), tries + 1
    return False


def mended(text: str) -> str:
    """Text that was read as windows-1252 though it was UTF-8, read right; unchanged unless that is certain.

    Certain means: every sequence that starts like a double-encoded character is a whole one, there are at least three,
    and no letter beyond ASCII is left over that a right reading would have shown by itself.
    """
    found = _MOJIBAKE.findall(text)
    if len(found) < 3:
        return text
    rest = _MOJIBAKE.sub("", text)
    if (
        any(char in rest for char in "ÃÂâ")
        or sum(1 for char in rest if "\u00c0" <= char <= "\u024f") > len(found) // 10
    ):
        return text
    return _MOJIBAKE.sub(_once, text)


def _once(match: re.Match[str]) -> str:
    try:
        return b"".join(_byte(char) for char in match.group(0)).decode("utf-8")
    except UnicodeError:
        return match.group(0)


def _byte(char: str) -> bytes:
    return char.encode("latin-1") if ord(char) < 256 else char.encode("cp1252")


_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BM", "image/bmp"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "application/ogg"),
    (b"wOF", "font/woff"),
    (b"\x00\x00\x01\x00", "image/x-icon"),
    (b"{\\rtf", "application/rtf"),
    (b"MZ", "application/octet-stream"),
    (b"\xd0\xcf\x11\xe0", "application/msword"),
)
_MARKUP = re.compile(rb"<(?:!doctype|!--|\?xml|/?[a-z][a-z0-9:-]*[\s/>])", re.IGNORECASE)
_FEED = re.compile(rb"<(?:rss|feed|rdf:rdf|urlset|sitemapindex|opml|error|svg)\b", re.IGNORECASE)
_JSON = re.compile(rb"(?:[\w.$]{1,40}\s*\(\s*)?(?:\{\s*(?:\"|\})|\[\s*(?:[\[{\"\d\]-]|true|false|null))")


_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\x0c\x1b"))  # what text does not hold, whatever its encoding


def foreign_type(body: bytes) -> str | None:
    """The media type of bytes that are plainly no HTML page (PDF, image, JSON, feed, plain text), or None for a page."""
    head = body[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n\x0c")
    if head.startswith(b"<"):
        if _FEED.match(head) or (head[:5].lower() == b"<?xml" and _FEED.search(head) and b"<html" not in head.lower()):
            return "application/xml"
        return None
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp":
        return "video/mp4"
    for magic, media_type in _MAGIC:
        if head.startswith(magic) and (len(magic) > 2 or b"\x00" in head[:64]):
            return media_type
    if read_bom(body)[0] or _utf16(body):
        return None
    sample = body[:_HEAD] + body[len(body) // 2 :][:_HEAD]
    if len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) // 25:
        return "application/octet-stream"
    if _JSON.match(head) and body.rstrip()[-1:] in b"}])" + b";":
        return "application/json"
    if _MARKUP.search(body, 0, 65_536):
        return None
    return "application/octet-stream" if head.count(0) > len(head) // 20 else "text/plain"
