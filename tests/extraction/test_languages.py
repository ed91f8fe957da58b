"""The language of an article: what the page says, unless its text clearly says otherwise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.extraction import languages, structured
from newsarchive.page import Page
from newsarchive.recipe import Recipe

SENTENCES = {
    "en": "The council voted by eleven to four after a debate that lasted until midnight, and the work is to begin in spring.",
    "fr": "Le projet a été adopté par vingt-deux voix contre neuf, et les travaux doivent commencer au printemps selon la mairie.",
    "de": "Der Stadtrat hat den Plan nach einer langen Debatte beschlossen, und die Arbeiten sollen im Frühjahr beginnen.",
    "es": "El pleno aprobó el proyecto por once votos a favor y cuatro en contra, y las obras comenzarán en la primavera.",
    "pt": "A câmara aprovou o projeto com onze votos a favor, e as obras não começam antes da primavera, disse a presidente.",
    "it": "Il consiglio ha approvato il progetto con undici voti contro quattro e i lavori della linea non cominceranno che in primavera.",
    "nl": "De gemeenteraad heeft het plan na een lang debat aangenomen en het werk aan de lijn begint in het voorjaar.",
    "sv": "Kommunfullmäktige antog planen med elva röster mot fyra och arbetet med den första sträckan börjar i vår.",
    "nb": "Kommunestyret vedtok planen med elleve mot fire stemmer, og arbeidet med den første strekningen begynner ikke før til våren.",
    "fi": "Kaupunginvaltuusto hyväksyi hankkeen, ja työt alkavat keväällä, kun satama on siirtänyt nosturinsa, mutta se ei ole varmaa.",
    "pl": "Rada miasta przyjęła projekt po pięciu godzinach obrad, a prace na pierwszym odcinku nie ruszą przed wiosną.",
    "cs": "Zastupitelstvo schválilo návrh po pětihodinové debatě a práce na prvním úseku začnou až na jaře, řekl starosta.",
    "hu": "A testület elfogadta a tervet, és a munkálatok csak tavasszal kezdődnek el, mert a daruk még nem kerültek át egy másik helyre.",
    "ro": "Consiliul a aprobat proiectul după o dezbatere de cinci ore, iar lucrările nu vor începe până la primăvară, a spus el.",
    "tr": "Belediye meclisi beş saat süren tartışmanın ardından projeyi kabul etti ve çalışmalar ilkbaharda başlayacak, dedi.",
    "vi": "Hội đồng thành phố đã thông qua dự án với mười một phiếu thuận và công việc sẽ được bắt đầu vào mùa xuân.",
    "id": "Dewan kota menyetujui proyek itu dengan sebelas suara dan pekerjaan akan dimulai pada musim semi, kata wali kota.",
    "sw": "Baraza la mji limepitisha mradi huo kwa kura kumi na moja na kazi ya sehemu ya kwanza itaanza katika majira hayo.",
    "ru": "Городской совет принял проект после пятичасового обсуждения, и работы начнутся весной, но жители просят, чтобы это было не так.",
    "uk": "Міська рада ухвалила проєкт після п’ятигодинного обговорення, і роботи на першій ділянці почнуться навесні.",
    "bg": "Градският съвет прие проекта след дълъг дебат и работата по първата отсечка ще започне през пролетта, каза той.",
    "sr": "Градско веће је усвојило пројекат након расправе од пет сати и радови на деоници ће почети у пролеће.",
    "ar": "أقر المجلس البلدي المشروع بعد نقاش استمر خمس ساعات على أن تبدأ الأشغال في الربيع.",
    "fa": "شورای شهر این طرح را پس از پنج ساعت بحث تصویب کرد و کار در بخش نخست از بهار آغاز می‌شود.",
    "ur": "شہر کی کونسل نے پانچ گھنٹے کی بحث کے بعد منصوبہ منظور کر لیا اور کام بہار میں شروع ہو گا۔",
    "he": "מועצת העיר אישרה את התוכנית לאחר דיון של חמש שעות, והעבודות יתחילו רק באביב, אמר ראש העיר.",
    "hi": "नगर परिषद ने पाँच घंटे की बहस के बाद परियोजना को मंज़ूरी दी और काम वसंत में शुरू होगा, यह कहा गया है।",
    "bn": "পাঁচ ঘণ্টার বিতর্কের পর নগর পরিষদ প্রকল্পটি অনুমোদন করেছে।",
    "ta": "ஐந்து மணி நேர விவாதத்திற்குப் பிறகு நகர சபை திட்டத்தை ஏற்றுக்கொண்டது.",
    "el": "Το δημοτικό συμβούλιο ενέκρινε το σχέδιο ύστερα από πεντάωρη συζήτηση.",
    "ka": "საკრებულომ პროექტი ხუთსაათიანი დებატების შემდეგ დაამტკიცა.",
    "hy": "Ավագանին հինգժամյա քննարկումից հետո հաստատեց նախագիծը։",
    "th": "สภาเทศบาลเห็นชอบโครงการหลังการอภิปรายห้าชั่วโมง",
    "am": "የከተማው ምክር ቤት ፕሮጀክቱን ከአምስት ሰዓት ክርክር በኋላ አጸደቀ።",
    "ja": "市議会は五時間に及ぶ審議の末、この計画を可決した。",
    "zh": "经过五个小时的讨论，市议会通过了这一方案，工程将于春天动工。",
    "zh-Hant": "經過五個小時的討論，市議會通過了這一方案，工程將於春天動工，並為居民種樹。",
    "ko": "시의회는 다섯 시간의 토론 끝에 계획을 통과시켰다.",
}


def _structured(html: str) -> structured.Structured:
    return structured.read(Page(url="https://x.example/", body=html.encode()).tree)


NOTHING = _structured("<p>x")


@pytest.mark.parametrize(("language", "sentence"), SENTENCES.items())
def test_a_sentence_or_two_tell_their_language(language: str, sentence: str) -> None:
    assert languages.read(sentence, NOTHING, None, "https://x.example/a") == language


@pytest.mark.parametrize(
    ("html", "language"),
    [
        ('<html lang="fr-FR">', "fr"),
        ('<html lang="zh-TW">', "zh-Hant"),
        ('<html lang="zh_Hans_CN">', "zh"),
        ('<html lang="en_US.UTF-8">', "en"),
        ('<html lang="iw">', "he"),
        ('<meta property="og:locale" content="pt_BR">', "pt"),
        ('<meta http-equiv="content-language" content="de, en">', "de"),
        ('<meta name="language" content="English">', "en"),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "inLanguage": "sv-SE"}</script>', "sv"),
        ('<html lang="und">', None),
        ('<html lang="{{ lang }}">', None),
    ],
)
def test_without_text_the_page_is_believed(html: str, language: str | None) -> None:
    assert languages.read("", _structured(html), None, "https://x.example/a") == language


def test_a_text_that_clearly_contradicts_the_declaration_wins() -> None:
    assert languages.read(SENTENCES["de"] * 2, _structured('<html lang="en">'), None, "https://x.example/a") == "de"
    assert languages.read(SENTENCES["bn"], _structured('<html lang="en-US">'), None, "https://x.example/a") == "bn"


def test_near_languages_are_decided_by_the_declaration() -> None:
    assert languages.read(SENTENCES["nb"], _structured('<html lang="no">'), None, "https://x.example/a") == "no"
    assert languages.read(SENTENCES["id"], _structured('<html lang="ms">'), None, "https://x.example/a") == "ms"


def test_of_two_declarations_the_one_that_agrees_with_the_text_is_taken() -> None:
    both = _structured('<html lang="en"><meta property="og:locale" content="fr_FR">')
    assert languages.read(SENTENCES["fr"], both, None, "https://x.example/a") == "fr"


def test_a_recipe_says_the_language_of_pages_too_short_to_tell() -> None:
    assert languages.read("Oui.", NOTHING, Recipe(language="fr"), "https://x.example/a") == "fr"


def test_the_address_tells_where_nothing_else_does() -> None:
    assert languages.read("", NOTHING, None, "https://x.example/es/a") == "es"
    assert languages.read("", NOTHING, None, "https://x.example/aktuell/a") is None


@given(st.text(max_size=300))
def test_any_text_has_a_language_or_none(text: str) -> None:
    language, sure = languages.detect(text)
    assert 0.0 <= sure <= 1.0
    assert language is None or languages.normalise(language) == language
