"""The words sites put into addresses, in the languages of the press: what a path segment says of what lies below it.

Each set holds whole segments in lower case and without accents, as addresses write them; a file's ending is cut before.
"""

from __future__ import annotations

ARTICLE = frozenset(
    "article articles art story stories noticia noticias nota notas artikel artikels artikelen articolo articoli artigo "
    "artigos haber haberler news-story node post posts makale statya stati clanek clanok clanky cikk hir read detail details "
    "berita artikkel artikkeli uutinen nyhet nyheter arti arthro arthra bai-viet khabar liveblog live-blog tekst".split()
)

SECTION = frozenset(
    "category categories categorie categorias categoria kategori kategorie kategorien kategoria kategorija rubrique rubriques "
    "rubrik rubriken rubric rubrics rubrika rubriky rovat rovatok seccion secciones secao section sections sektion chuyen-muc "
    "kolom editorias".split()
)
"""Lists that a site is divided into, and that are looked through for articles."""

ARCHIVE = frozenset(
    "archive archives archivo archivos archivio archiv archief archiwum archivum arhiva arkiv arkisto arsiv arxeio arkhiv "
    "hemeroteca".split()
)
"""Lists of what is old; on many a site also the folder that the old articles themselves lie in."""

LISTING = (
    SECTION
    | ARCHIVE
    | frozenset(
        # topics and tags
        "tag tags tagi tagg taggar etiket etiketler etiqueta etiquetas etiquette etiquettes cimke cimkek stitek stitky hashtag "
        "topic topics topik topico topicos tema temas temat tematy temi thema themen theme themes sujet sujets argomento argomenti "
        "onderwerp onderwerpen amne emne emner aihe aiheet chu-de schlagwort schlagworte stichwort keyword keywords label labels "
        "dossier dossiers serie series sorozat rensai collection collections collectie hub hubs tone searchresult "
        # people
        "author authors auteur auteurs autor autores autoren autore autori autorzy autoria author-profile by byline bylines firma "
        "firmas firme writer writers yazar yazarlar penulis szerzo szerzok munkatarsak skribent skribenter forfatter toimittaja "
        "arthrografos avtor avtory tac-gia signataire signataires contributor contributors columnist columnists columnista "
        "columnistas kolumnist kolumnisten reporter reporters journalist journalists journaliste journalistes redacteur persons "
        "person profile profiles perfil profil user users member members team staff editor expert experts "
        # lists by date or number, and searches
        "page pages paged seite seiten pagina paginas sayfa strona stranka oldal trang sida sivu halaman list lists listing "
        "indeks indice allnews timeline feed search recherche suche buscar busca ricerca zoeken ara cari "
        "szukaj sok".split()
    )
)

SEARCH = frozenset(
    "search recherche rechercher suche buscar buscador busca ricerca cerca zoeken ara arama cari szukaj sok sog haku hledat "
    "vyhladavanie kereses cautare anazitisi poisk tim-kiem".split()
)

ADVERT = frozenset(
    "ad ads adv advert adverts advertisement advertisements advertisement-features advertiser-content advertorial advertorials "
    "adclick sponsor sponsored sponsors sponsored-content sponsored-post sponsoredcontent sponsorlu sponsorowane sponsorowany "
    "gesponsord gesponsert sponsrat sponset sponsoroitu partner-content partnercontent partnered-content partner-studio "
    "partnerstudio partnerinhalte partners native nativead native-advertising branded brandedcontent branded-content "
    "brand-content brandcontent brand-post brand-studio brandstudio brandvoice brand-voice brandlab paid-content paidcontent "
    "paid-post paidpost promoted promotion promo promos press-release press-releases pressrelease pressreleases "
    "communique-de-presse communiques-de-presse newswire prnewswire publi publicite publicidad publicidade publicitario "
    "publicitaria pubblicita publi-reportage publireportage publireportages publirreportaje publirreportajes publirredacional "
    "especial-publicitario contenido-patrocinado patrocinado patrocinados conteudo-patrocinado informazione-pubblicitaria "
    "anzeige anzeigen anzeigensonderveroeffentlichung werbung sonderveroeffentlichung sonderthema sonderthemen advertentie "
    "annons annonser annonsorinnehall annonce-commerciale kommerciel mainos mainokset kaupallinen-yhteistyo reklama reklamy "
    "reklamni artykul-sponsorowany artykuly-sponsorowane material-sponsorowany komercni-sdeleni hirdetes tamogatott-tartalom "
    "szponzoralt publicitate reklam ilan-reklam tanitim iklan quang-cao reportage-ads diafimisi chorigoumeno pr-articles".split()
)

RECORDING = frozenset(
    "video videos videa videot videogalerija v_video wideo reels av watch tv webtv "
    "live-tv tivi vod audio audios podcast podcasts listen escuchar playlist playlists iplayer program programs "
    "programa programas programma programme uitzending uitzendingen sendung sendungen emission emissions emisiones replay "
    "gallery galleries gallerie galleria galerie galerien galeri galeria galerias fotogalerie fotogaleria fotogaleri "
    "foto-gallery photo-gallery photogallery photo photos photoreport foto fotos fotky kuvat bilder bildstrecke bilderstrecke "
    "fotostrecke diaporama diaporamas portfolio slideshow slideshows imagenes web-stories webstories visual-stories "
    "foto-news cartoon cartoons cartoon-gallery infografik".split()
)

SERVICE = frozenset(
    # the house
    "login logout signin sign-in signup register registration inscription connexion anmelden account compte mon-compte "
    "my-account konto profile.php about about-us aboutus uber-uns ueber-uns over-ons om-oss o-nas a-propos qui-sommes-nous "
    "chi-siamo quienes-somos impressum impresszum imprint kunye contact contacts contactus contact-us contactez-nous contacto "
    "contatti kontakt kontakty iletisim lien-he epikoinonia privacy privacy-policy privacy-statement datenschutz "
    "confidentialite politique-de-confidentialite politica-de-privacidade gizlilik-politikasi polityka-prywatnosci terms "
    "terms-of-use terms-of-service terms-and-conditions terms-conditions agb cgu cgv mentions-legales legal aviso-legal "
    "regulamin disclaimer cookies cookie-policy cookiepolicy help aide faq hilfe hjalp ayuda ajuda accessibility "
    "accessibilite careers career karriere jobs karir stellenmarkt donate sitemap plan-du-site mapa-do-site rss feeds "
    "institucional corporate corporativo estaticos mediadaten advertise advertise-with-us advertising werben "
    # the till
    "subscribe subscription subscriptions abo abonnement abonnements abonnementen abonnez-vous suscripcion suscripciones "
    "suscribete assinatura assine abbonati abbonamenti prenumerata elofizetes syndromes membership subscriber cart panier shop "
    "store boutique loja tienda winkel newsletter newsletters e-paper epaper epapers unsubscribe "
    # the machine
    "api widget widgets cgi-bin cdn-cgi wp-login.php wp-login wp-admin wp-content wp-json share mailto print imprimer "
    "send_friend sendtofriend email-friend comment comments commentaires kommentare guestbook forum forums viewtopic "
    # what is looked up or played, and is new every day without being news
    "weather forecast meteo wetter tiempo previsao-do-tempo clima pogoda pocasi idojaras weer vader vaer hava-durumu kairos "
    "thoi-tiet cuaca horoscope horoscopes horoskop horoskope horoscopo oroscopo uranai burclar zodia astrology astrologie "
    "astrologia ramalan tarot crossword crosswords mots-croises crucigrama crucigramas cruciverba kreuzwortraetsel kreuzwort "
    "krzyzowka korsord kryssord keresztrejtveny puzzle puzzles puzzels sudoku quiz quizz quizzes jeux juegos jogos "
    "spiele giochi gry spel lottery lotto loteria loterias loterie poll polls sondage umfrage encuesta enquete oylama "
    "prayer-times horaires-de-priere namaz-vakitleri jadwal-salat classifieds classified annonces petites-annonces "
    "annonces-legales anuncios annunci kleinanzeigen obituaries-notices necrologi necrologies esquelas traueranzeigen trauer "
    "coupons coupon vouchers voucher gutscheine gutschein codes-promo code-promo cupones descuentos rabattkod rabattkoder "
    "shopping escaparate kaufberatung guides-d-achat guide-d-achat comparateur vergleich produktvergleich tv-guide program-tv "
    "programme-tv programma-tv fernsehprogramm tv-programm programacion guia-tv quote quotes ticker kurse cotations bourse-cours "
    "live-score livescore scores-fixtures fixtures standings calculator kalkulator kalkulator-kpr rechner simulateur "
    "veranstaltung veranstaltungen evenements agenda-culturel teletekst teletext".split()
)
