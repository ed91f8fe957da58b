"""Compile the names of months, weekdays, elapsed times and zones from Babel's CLDR data, the tz database and hijridate.

Run by hand when Babel brings newer data: `python bench/date_names.py` rewrites
newsarchive/extraction/dates/names.json. Babel and hijridate are needed here alone, never when a page is read.
"""

from __future__ import annotations

import json
import re
import zoneinfo
from collections import defaultdict
from importlib import import_module, resources
from itertools import pairwise
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parents[1] / "newsarchive" / "extraction" / "dates" / "names.json"
LANGUAGES = (
    "af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fil fr ga gl gu he hi hr hu hy id is it ja ka kk km kn "
    "ko ky lb lo lt lv mk ml mr ms mt my nb ne nl nn pa pl ps pt ro ru si sk sl so sq sr sv sw ta te th tr uk ur uz vi zh zu"
).split()
VARIANTS = {
    "ar": "ar_MA ar_DZ ar_TN ar_LB ar_IQ ar_SA ar_MR".split(),
    "de": ["de_AT"],
    "en": "en_AU en_CA en_GB en_IN en_NZ en_ZA".split(),
    "es": "es_MX es_PE es_US es_AR".split(),
    "fr": "fr_CA fr_CH".split(),
    "pt": ["pt_PT"],
    "ro": ["ro_MD"],
    "sr": ["sr_Latn"],
    "bs": ["bs_Cyrl"],
    "uz": ["uz_Cyrl"],
    "zh": ["zh_Hant"],
    "it": ["it_CH"],
}
EXTRA_MONTHS = {
    "ar": {
        1: "جانفي يناير", 2: "فيفري فبراير شباط", 3: "مارس آذار اذار", 4: "أفريل ابريل أبريل نيسان إبريل",
        5: "ماي مايو أيار ايار", 6: "جوان يونيو حزيران يونيه", 7: "جويلية يوليو تموز يوليوز يوليه",
        8: "أوت أغسطس آب غشت اغسطس", 9: "سبتمبر أيلول ايلول شتنبر", 10: "أكتوبر اكتوبر", 11: "نوفمبر نونبر",
        12: "ديسمبر دجنبر",
    },
    "ckb": {
        1: "کانوونی_دووەم", 2: "شوبات", 3: "ئازار", 4: "نیسان", 5: "ئایار", 6: "حوزەیران", 7: "تەمموز", 8: "ئاب",
        9: "ئەیلوول", 10: "تشرینی_یەکەم", 11: "تشرینی_دووەم", 12: "کانوونی_یەکەم",
    },
    "de": {1: "jänner jan jaenner", 2: "feber", 3: "mrz maerz märz mär", 6: "juno", 7: "julei", 9: "sept"},
    "en": {1: "jan", 2: "febr", 6: "jun", 7: "jul", 9: "sept sep"},
    "es": {1: "ene", 9: "setiembre set sept", 4: "abr", 8: "ago", 12: "dic"},
    "eu": {
        number: f"{name}ren {name}k"
        for number, name in enumerate(
            "urtarrila otsaila martxoa apirila maiatza ekaina uztaila abuztua iraila urria azaroa abendua".split(), 1
        )
    },
    "fr": {1: "jan janv", 2: "fevr fév", 7: "juill juil", 8: "aout", 9: "sept", 12: "dec déc"},
    "it": {1: "genn", 9: "sett", 6: "giu", 7: "lug"},
    "ku": {
        1: "rêbendan çile", 2: "reşemî sibat", 3: "adar", 4: "avrêl nîsan", 5: "gulan", 6: "pûşper hezîran",
        7: "tîrmeh", 8: "gelawêj tebax", 9: "îlon", 10: "cotmeh", 11: "mijdar", 12: "berfanbar kanûn",
    },
    "lb": {3: "mäerz"},
    "nl": {3: "mrt", 5: "mei", 10: "okt"},
    "pl": {9: "wrz"},
    "pt": {2: "fev", 9: "set", 10: "out", 12: "dez"},
    "ro": {1: "ian", 5: "mai", 6: "iun", 7: "iul", 9: "sept", 11: "noi", 10: "oct"},
    "ru": {3: "мар", 5: "май мая", 9: "сент"},
    "tr": {1: "oca", 2: "şub subat", 8: "agustos", 9: "eylul", 11: "kasim", 12: "aralik"},
    "uk": {},
    "ur": {1: "جنوری", 2: "فروری", 3: "مارچ", 4: "اپریل", 5: "مئی", 6: "جون", 7: "جولائی", 8: "اگست", 9: "ستمبر"},
    "br": {
        1: "genver", 2: "c'hwevrer", 3: "meurzh", 4: "ebrel", 5: "mae", 6: "mezheven", 7: "gouere", 8: "eost",
        9: "gwengolo", 10: "here", 11: "du", 12: "kerzu",
    },
}  # fmt: skip
SKIP_WORDS = frozenset({"du", "an", "a", "d", "m", "mae"})  # too common to be believed as a month
UNITS = ("second", "minute", "hour", "day", "week", "month", "year")


def cldr(name: str) -> Any:
    """A locale of Babel by its identifier, read afresh: resolving one locale's aliases writes into data others share."""
    import_module("babel.localedata")._cache.clear()
    return import_module("babel").Locale.parse(name)


def words(value: str) -> list[str]:
    """A CLDR name and the way it is written without its closing stop."""
    return [word for word in {value.strip(), value.strip().rstrip(".")} if len(word) > 1 and not word.isdigit()]


def names(language: str, kind: str) -> dict[int, set[str]]:
    """All spellings of months (1..12) or days (0 Monday .. 6 Sunday) in a language and its variants."""
    found: dict[int, set[str]] = defaultdict(set)
    for locale in [language, *VARIANTS.get(language, ())]:
        table = getattr(cldr(locale), kind)
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated", "short"):
                for number, name in dict(table.get(context, {}).get(width, {})).items():
                    if kind == "days" and width == "short":
                        continue
                    found[number].update(words(name))
    return found


def elapsed(language: str) -> list[tuple[str, str]]:
    """The patterns of times ago ("il y a {0} heures") of a language, with their units."""
    fields = dict(cldr(language)._data["date_fields"])
    found: set[tuple[str, str]] = set()
    for unit in UNITS:
        for width in ("", "-short", "-narrow"):
            past = dict(fields.get(unit + width, {})).get("past", {})
            found.update((unit, pattern) for pattern in dict(past).values() if "{0}" in pattern and len(pattern) > 4)
    return sorted(found)


def zones() -> dict[str, list[str]]:
    """The IANA zones of each country, the one most people keep first."""
    found: dict[str, list[str]] = defaultdict(list)
    text = resources.files("tzdata").joinpath("zoneinfo/zone.tab").read_text()
    for line in text.splitlines():
        if not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            if zone in zoneinfo.available_timezones():
                found[country].append(zone)
    return dict(sorted(found.items()))


def hijri() -> dict[str, Any]:
    """The months of the Umm al-Qura calendar: its first day as an ordinal and each month's length less 28."""
    ummalqura = import_module("hijridate.ummalqura")
    starts = list(ummalqura.MONTH_STARTS)
    lengths = [later - earlier for earlier, later in pairwise(starts)]
    first_year = ummalqura.HIJRI_RANGE[0][0]
    first = import_module("hijridate").Hijri(first_year, 1, 1).to_gregorian()
    ordinal = first.toordinal()
    return {"year": first_year, "ordinal": ordinal, "lengths": "".join(str(length - 28) for length in lengths)}


def main() -> None:
    months: dict[str, dict[str, str]] = {}
    weekdays: dict[str, dict[str, str]] = {}
    for language in sorted({*LANGUAGES, *EXTRA_MONTHS}):
        extra = EXTRA_MONTHS.get(language, {})
        given = names(language, "months") if language in LANGUAGES else {}
        months[language] = {}
        for number in range(1, 13):
            added = {word.replace("_", " ") for word in extra.get(number, "").split()}
            spellings = {w.lower() for w in {*given.get(number, ()), *added} if not re.search(r"\d", w)} - SKIP_WORDS
            if spellings:
                months[language][str(number)] = "|".join(sorted(spellings))
        if language in LANGUAGES:
            days = names(language, "days")
            weekdays[language] = {str(n): "|".join(sorted({w.lower() for w in days[n]} - SKIP_WORDS)) for n in range(7)}
    ago = {language: ["\t".join(pair) for pair in elapsed(language)] for language in LANGUAGES}
    table = {"months": months, "weekdays": weekdays, "ago": ago, "zones": zones(), "hijri": hijri()}
    TARGET.write_text(json.dumps(table, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(months)} languages, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
