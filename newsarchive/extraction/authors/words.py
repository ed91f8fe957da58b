"""The words that surround authors' names in the languages of the news: tables, no code."""

from __future__ import annotations

import re


def alternatives(*lines: str) -> str:
    """A regular expression for any of the comma-separated phrases in the lines, the longest that fits.

    What several begin with stands in it once: a pattern tries every alternative in turn at every place.
    """
    phrases = {phrase.strip() for line in lines for phrase in line.split(",") if phrase.strip()}
    root = _Branch()
    for phrase in sorted(phrases):
        branch = root
        for letter in phrase:
            branch = branch.setdefault(letter, _Branch())
        branch[""] = _Branch()
    return _pattern(root)


class _Branch(dict[str, "_Branch"]):
    """What may follow the letters before it, by the next letter; "" where a phrase ends."""


def _pattern(branch: _Branch) -> str:
    ways = [re.escape(letter).replace(r"\ ", r"\s+") + _pattern(after) for letter, after in branch.items() if letter]
    if not ways:
        return ""
    whole = ways[0] if len(ways) == 1 and "" not in branch else f"(?:{'|'.join(ways)})"
    return f"{whole}?" if "" in branch else whole


# What stands before a name in a byline.
BYLINE = (
    "by, written by, story by, text by, reported by, reporting by, posted by, published by, words by",
    "article by, report by",
    "an article by, a column by, an interview by, interview by, interview, by:, guest post by, guest column by",
    "special to, op-ed by",
    "authored by, contributed by, compiled by, submitted by, review by, reviewed by, analysis by",
    "commentary by, opinion by",
    "author, authors, words, byline, reporter, writer, from",
    "autorin/autor, autor*in, autor:in, autor/-in, eingestellt von, gespeichert von, gepostet von",
    "veröffentlicht von, publiziert von",
    "artikel von, beitrag von, beitragvon, ein interview von, eine kolumne von, eine reportage von",
    "ein bericht von, ein essay von",
    "escribe, escriben, un article de, une enquête de, une chronique de, mis en ligne par, proposé par, signé",
    "una crónica de",
    "von, verfasst von, geschrieben von, text von, ein beitrag von, ein artikel von, ein gastbeitrag von",
    "eine analyse von",
    "ein kommentar von, kommentar von, eine kolumne von, interview von, aufgezeichnet von, protokoll von",
    "autor, autorin",
    "autoren, autorinnen, autor/in, text, redaktion:, bericht von, gastbeitrag von, es schreibt, erstellt von",
    "analyse von",
    "par, écrit par, publié par, rédigé par, posté par, propos recueillis par, texte de, un texte de, auteur",
    "auteurs",
    "auteure, de notre correspondant, de notre correspondante, de notre envoyé spécial",
    "de notre envoyée spéciale, article de",
    "por, escrito por, publicado por, redactado por, texto de, autora, autores, redacción:, firma, texto",
    "di, a cura di, scritto da, pubblicato da, articolo di, testo di, autore, autrice, autori, da",
    "door, geschreven door, tekst, auteur:, van onze correspondent, van onze redactie",
    "av, skrevet av, text av, tekst, skriven av, journalist, af, skrevet af, kirjoittanut, teksti, eftir, höfundur",
    "autor:, autorka, tekst:, napisał, napisała, przez, opracował, opracowała, oprac., napsal, napsala",
    "připravil, píše",
    "autori:, autoři, szerző, írta, de către, scris de, autorul, shkruar nga, nga, piše, napisao, napisala",
    "avtor, avtorica",
    "автор, авторы, автори, автор:, текст, текст:, подготовил, подготовила, написал, от, пише, аўтар",
    "γράφει ο, γράφει η, του, της, από, από τον, από την, συντάκτης, επιμέλεια, ρεπορτάζ",
    "yazan, yazar, haber, haberi yazan, haber merkezi:, muhabir, oleh, penulis, laporan, reporter:",
    "ditulis oleh, tác giả",
    "bài, theo, na, mwandishi, ni, door:, deur, ngu, ibhalwe ngu",
    "بقلم, كتب, كتبت, كتبها, الكاتب, المحرر, إعداد, تحرير, نشر بواسطة, بواسطة, نوشته, نویسنده, خبرنگار, از, تحریر",
    "מאת, כתב, כתבה, על ידי, מאת:",
    "लेखक, द्वारा, रिपोर्ट, লেখক, லேகக, 文, 文/, 文／, 作者, 作者：, 记者, 記者, 撰文, 撰稿, 来源：, 取材, 執筆, 筆者, 文＝, 記者：",
    "기자:, 글, 글:",
)

# Days of the week, which stand before a date in a byline; any other word there is part of a name.
WEEKDAYS = (
    "monday, tuesday, wednesday, thursday, friday, saturday, sunday, mon, tue, tues, wed, thu, thur, thurs, fri, sat, sun",
    "montag, dienstag, mittwoch, donnerstag, freitag, samstag, sonnabend, sonntag, mo, di, mi, do, fr, sa, so",
    "lundi, mardi, mercredi, jeudi, vendredi, samedi, dimanche, lunes, martes, miércoles, jueves, viernes, sábado, domingo",
    "lunedì, martedì, mercoledì, giovedì, venerdì, sabato, domenica, segunda-feira, terça-feira, quarta-feira",
    "quinta-feira, sexta-feira, maandag, dinsdag, woensdag, donderdag, vrijdag, zaterdag, zondag",
    "måndag, tisdag, onsdag, torsdag, fredag, lördag, söndag, mandag, tirsdag, lørdag, søndag",
    "poniedziałek, wtorek, środa, czwartek, piątek, sobota, niedziela, pondělí, úterý, středa, čtvrtek, pátek, neděle",
    "понедельник, вторник, среда, четверг, пятница, суббота, воскресенье, понеділок, вівторок, середа, четвер",
    "pazartesi, salı, çarşamba, perşembe, cuma, cumartesi, pazar, senin, selasa, rabu, kamis, jumat, sabtu, minggu",
    "الاثنين, الثلاثاء, الأربعاء, الخميس, الجمعة, السبت, الأحد",
)

# Occupations that follow or precede a name; alone they name nobody.
ROLES = (
    "staff writer, staff reporter, senior writer, senior reporter, senior editor, reporter, writer, editor",
    "editor-in-chief",
    "editor in chief, managing editor, deputy editor, associate editor, news editor, sports editor, political editor",
    "politics editor, business editor, assistant editor, contributing editor, contributing writer, contributor",
    "columnist",
    "correspondent, political correspondent, senior correspondent, special correspondent",
    "foreign correspondent, journalist",
    "guest author, guest writer, guest contributor, producer, digital producer, photographer, photojournalist",
    "videographer",
    "science writer, health writer, technology reporter, business reporter, political reporter, sports writer",
    "sports reporter",
    "freelance writer, freelance journalist, freelancer, author, senior producer, multimedia reporter",
    "news reporter, blogger",
    "for the, special to the, chief correspondent, court reporter, commerce writer, reviews editor, executive editor",
    "features editor, features writer, staff, senior staff writer, digital editor, web editor, content editor, team",
    "redakteur, redakteurin, chefredakteur, chefredakteurin, redaktionsleiter, redaktionsleiterin, volontär",
    "volontärin",
    "korrespondent, korrespondentin, reporterin, journalistin, gastautor, gastautorin, kolumnist, kolumnistin",
    "ressortleiter",
    "ressortleiterin, freier journalist, freie journalistin, freier autor, freie autorin, autor, autorin",
    "fotograf, fotografin",
    "journaliste, rédacteur, rédactrice, rédacteur en chef, rédactrice en chef, chef de rubrique, correspondant",
    "correspondante, envoyé spécial, envoyée spéciale, grand reporter, chroniqueur, chroniqueuse, auteur",
    "auteure, photographe",
    "periodista, redactor, redactora, corresponsal, enviado especial, enviada especial, columnista, director",
    "directora",
    "redactor jefe, colaborador, colaboradora, fotógrafo, jornalista, repórter, correspondente, editora, colunista",
    "giornalista, redattore, redattrice, inviato, inviata, corrispondente, direttore, collaboratore, collaboratrice",
    "journalist:, redacteur, verslaggever, correspondent:, redaktør, journalister, redaktor, dziennikarz",
    "dziennikarka",
    "korespondent, korespondentka, redaktorka, novinář, novinářka, журналист, журналистка, корреспондент",
    "редактор, журналіст",
    "обозреватель, собкор, muhabir, editör, wartawan, jurnalis, kontributor, penulis, phóng viên, mwandishi",
    "记者, 記者, 通讯员, 编辑, 責任編輯, 责任编辑, 기자, 특파원, 선임기자, 인턴기자, संवाददाता, مراسل, محرر, صحفي, صحافي, کارشناس",
)

# Names of nobody: placeholders that content systems print where an author is missing.
NOBODY = (
    "admin, administrator, root, user, guest, webmaster, unknown, unbekannt, null, none, undefined, n/a, na",
    "test, anonymous",
    "author, authors, autor, auteur, by, editor, redactor, super user, superuser, site admin, wp admin",
    "wordpress, no author",
    "beitrag, beiträge, alle beiträge, artikel, redigiert, publisher, sponsored, sponsored post, stand",
    "team member, guest post, min, mins",
    "um, am, on, at, le, à, el, a las, alle, ore, il, den, op, om, kl, kl., uhr, в, o, às, as, a, the, and",
    "und, et, y, in, im",
    "contributor, contributors, default, staff writer, see more, view all, view profile, more, read more",
    "follow, contact",
    "biography, profile, about the author, about, share, email, e-mail, twitter, facebook, linkedin, instagram",
    "copy link",
    "print, comments, comment, website, rss, all posts, posts, view bio, author archive, home, news",
    "admin user, manager",
    "nobody, sin autor, sans auteur, ohne autor, keine angabe, desconocido, inconnu, external, dev",
    "editor team account",
    "edit, bearbeiten, super contributeur, subscribe, sign up, newsletter, gift article, listen, save, updated",
    "published, opinion, analysis, exclusive",
)

# News agencies and wires as bylines credit them; matched without case, whole.
AGENCIES = (
    "AFP, Agence France-Presse, Agence France Presse, AFP Deutschland, Reuters, Thomson Reuters, AP",
    "Associated Press",
    "The Associated Press, AP News, dpa, DPA, afp, reuters, apa",
    "Deutsche Presse-Agentur, dpa-AFX, dpa-infocom, APA, Austria Presse Agentur, SDA",
    "Keystone-SDA, Keystone-ATS, ATS, SID, KNA, epd, EFE, Agencia EFE, Agencias, Europa Press, EP, ANSA",
    "Adnkronos, AGI, LaPresse",
    "Askanews, Lusa, Agência Lusa, Agência Brasil, Agência Estado, Estadão Conteúdo, Folhapress, Télam",
    "Notimex, MAP, APS, TAP",
    "Belga, ANP, NTB, TT, TT Nyhetsbyrån, Ritzau, STT, BNS, PAP, ČTK, CTK, TASR, SITA, MTI, Agerpres, Mediafax",
    "BTA, Hina",
    "Tanjug, FENA, SRNA, TASS, ТАСС, ITAR-TASS, РИА Новости, RIA Novosti, Интерфакс, Interfax, Укринформ",
    "Ukrinform, УНИАН, UNIAN, Интерфакс-Украина, БелТА, BelTA, Казинформ, Kazinform, Anadolu, Anadolu Agency",
    "Anadolu Ajansı, DHA, İHA, IHA, ΑΠΕ-ΜΠΕ, AMNA, MENA, WAM, QNA, IRNA, ISNA, Tasnim",
    "وكالات, أ ف ب, فرانس برس, رويترز, و م ع, واس, وام, أ ش أ, إرنا, ایسنا, ایرنا, مهر",
    "Xinhua, 新华社, 新華社, 中新社, 中新网, 中央社, CNA, Kyodo, Kyodo News, 共同, 共同通信, 共同通信社",
    "時事, 時事通信, 時事通信社, Jiji, JIJI",
    "Jiji Press, Yonhap, 연합뉴스, 뉴시스, 뉴스1, Newsis, PTI, Press Trust of India, ANI, IANS, UNI, भाषा, एएनआई",
    "पीटीआई, APP, BSS, Antara",
    "Bernama, PNA, VNA, TTXVN, AAP, Australian Associated Press, NZME, PA, PA Media, Press Association",
    "The Canadian Press",
    "Canadian Press, La Presse Canadienne, UPI, Bloomberg, Bloomberg News, Dow Jones, Dow Jones Newswires, Newswires",
    "Al Jazeera and news agencies, Agencies, News Agencies, Agence, Agences, Agenturen, Agenzie, Agentur",
    "Wire Reports, Wires",
    "NAMPA, SAnews, AllAfrica, PANA, Getty Images, PR Newswire, Business Wire, GlobeNewswire, ots",
    "Tribune News Service, TNS, McClatchy, CNN Newsource, CNN Wire, NNPA, Stacker, The Conversation",
    "StatePoint, zumapress",
)

# Words that say a byline part is an organisation, a desk or a house credit rather than a person.
HOUSE = (
    "staff, team, desk, newsroom, editorial board, editors, redaktion, redaktionsnetzwerk, redacción",
    "redaccion, redazione",
    "rédaction, redactie, redaksi, redakcja, redakce, redakcia, redaktionen, toimitus, szerkesztőség",
    "editorial, reporters",
    "agency, press, media, news, magazine, magazin, zeitung, zeitschrift, anstalt, landesanstalt, union, bund",
    "online, university, institute, network, agentur, agenturen, agencies, агентство",
    "редакция, редакція, 編集部, 编辑部",
    "新聞, 新闻网, 新聞社, 通信社, 日报, デジタル, オンライン, 뉴스팀, 편집국, أخبار, التحرير, هيئة التحرير, وكالة",
    "gmbh, ag, e.v., verlag, verein, stiftung, company, inc., ltd, foundation, .com, .de, .net, .org, .at, .ch",
    "tv, radio",
)

# Degrees and honours after a name.
DEGREES = (
    "PhD, Ph.D., Ph.D, MD, M.D., M.D, MS, M.S., MSc, M.Sc., MA, M.A., MBA, MPH, M.P.H., RD, RDN, RN, LD, LDN",
    "CDN, CPT, CSCS, DO, D.O.",
    "DDS, DMD, DVM, PharmD, PsyD, JD, J.D., Esq., Esq, BSc, B.Sc., BA, B.A., BS, LLM, LL.M., LMFT, LCSW, CFP",
    "CPA, CFA, FACP, MEd",
    "NP, FNP, APRN, PA-C, DPT, OD, FAAP, FACOG, OBE, MBE, CBE",
)

# Nouns of rank that make the part after a name's comma a description of the person.
RANKS = (
    "officer, head, chief, director, editor, reporter, correspondent, writer, professor, president, ceo, cto",
    "founder, co-founder",
    "manager, analyst, producer, columnist, contributor, lead, specialist, strategist, consultant, researcher",
    "fellow, lecturer",
    "expert, librarian, dietitian, doctor, attorney, lawyer, chair, chairman, secretary, spokesperson, intern, staff",
    "redakteur, redakteurin, leiter, leiterin, geschäftsführer, geschäftsführerin, pressesprecher",
    "pressesprecherin, chefredakteur",
    "chefredakteurin, korrespondent, korrespondentin, professorin, volontär, volontärin, rechtsanwalt",
    "rechtsanwältin",
    "directeur, directrice, rédacteur, rédactrice, journaliste, chargé, chargée, avocat, avocate, professeur",
    "professeure",
    "director, directora, periodista, redactor, redactora, jefe, jefa, corresponsal, abogado, profesor",
    "profesora, presidente",
    "direttore, direttrice, giornalista, redattore, redattrice, inviato, diretor, diretora, jornalista",
    "repórter, verslaggever",
    "redacteur, redaktør, journalist, journalistin, redaktor, dziennikarz, редактор, корреспондент, журналист",
    "muhabir, editör",
)

# What makes a part a line about the publication and not a name.
LINES = (
    "published, posted, updated, last updated, first published, modified, created, added, submitted on",
    "filed under, filed, tagged",
    "veröffentlicht, publiziert am, publiziert, erstellt am, aktualisiert, zuletzt aktualisiert, stand",
    "eingestellt am, gepostet",
    "publié, mis à jour, modifié, créé le, publicado, publicada, actualizado, actualizada, modificado",
    "atualizado, pubblicato",
    "aggiornato, gepubliceerd, bijgewerkt, geplaatst, publicerad, publisert, oppdatert, uppdaterad",
    "opublikowano, aktualizacja",
    "опубликовано, обновлено, yayınlanma, güncelleme, diterbitkan, photo, photos, photo by, photograph",
    "photography, foto, fotos",
    "foto:, bild:, bild, picture, image, images, illustration, graphic, video, video by, source, quelle",
    "fuente, fonte",
    "getty, shutterstock, copyright, all rights, reading time, min read, lesezeit, temps de lecture, share",
    "follow, tags, kategorie",
    "kategorien, category, categories, kommentare, comments, leave a comment, contributions from",
    "with contributions from",
    "contributions, fact checked by, fact-checked by, medically reviewed by, edited by, übersetzung",
    "translated by, traduction",
    "zeige alle, alle beiträge, view all, see all, more from, more by, mehr von, alle artikel, all articles",
    "mehr artikel, read more, about the",
    "pressemitteilung, pressemeldung, presseaussendung, press release, communiqué de presse, nota de prensa",
    "show all, search for, email, e-mail, contact, call, tel, telefon, twitter, facebook, instagram, linkedin",
    "sponsored, in partnership",
    "この記事の筆者, フォロー, すべて見る, 続きを読む, 更新, 公開, 发布, 發布, 时间, 입력, 수정",
)
