"""What walls, error pages and live blogs say of themselves, in the languages of the news: patterns, no decisions.

All are for text in lower case: a pattern that has to try both cases takes five times as long.
"""

from __future__ import annotations

import re

from newsarchive.extraction.verdicts import tongues
from newsarchive.extraction.wording import Wording, holds_any

# Titles and headings of the pages that guards against robots show instead of an article.
CHALLENGE = Wording(
    r"^just a moment|attention required!|^access (?:to this page has been )?denied|pardon our interruption",
    r"are you (?:a )?(?:robot|human)|^robot check|human verification",
    r"verify(?:ing)? (?:that )?you(?:'re| are| are not)? (?:a )?(?:human|robot)",
    r"checking (?:if the site connection is secure|your browser)|ddos[- ]guard|security (?:check|verification)",
    r"^one more step|please (?:complete the captcha|verify|enable (?:js|javascript) and)",
    r"unusual (?:traffic|activity)|suspicious activity|you have been blocked|sorry, you have been blocked",
    r"^(?:request )?blocked\b|^captcha|bot (?:verification|detection|protection)|^forbidden$|^403\b.*",
    r"^request (?:rejected|unsuccessful)|^un instant|^einen moment|^un momento|^um momento",
    r"sind sie ein (?:mensch|roboter)|(?:kein|ein) roboter|sicherheits(?:prüfung|überprüfung|abfrage)",
    r"zugriff verweigert|ungewöhnliche(?:n)? (?:aktivität|datenverkehr|zugriffe)",
    r"(?:accès|accès à cette page) (?:refusé|interdit|bloqué)|vérifi\w+ que vous (?:êtes|n['’]êtes)|pas un robot",
    r"activité (?:inhabituelle|suspecte)|vérification de sécurité|acceso denegado|no (?:eres|soy) un robot",
    r"(?:verifica|comprueba|confirma)\w* que (?:eres|no eres|es usted)|actividad inusual|acesso negado",
    r"não (?:sou|é) um robô|verifica(?:ção|ndo) (?:de segurança|se você)|accesso negato|non sei un robot",
    r"verifica che (?:sei|tu sia|non sei)|toegang geweigerd|(?:bent|ben) (?:je|u|ik) (?:een|geen) (?:robot|mens)",
    r"доступ (?:ограничен|запрещ[её]н|заблокирован)|(?:вы|я) не робот|подтвердите, что",
    r"проверка (?:браузера|безопасности)|подозрительн\w+ активност|перевірка (?:браузера|безпеки)",
    r"erişim (?:engellendi|reddedildi)|robot olmadığınızı|تم (?:رفض|حظر) الوصول|لست روبوت",
    r"التحقق من (?:المتصفح|الأمان|أنك)|访问(?:被拒绝|受限|异常)|安全(?:验证|检查)|人机验证|"
    r"请完成(?:验证|安全)|私はロボットでは|アクセスが(?:拒否|制限|ブロック)",
    r"セキュリティ(?:チェック|確認)|로봇이 아닙니다|접근이 (?:거부|차단)|보안 (?:확인|검사)|"
    r"dostęp (?:zablokowany|zabroniony)|nie jesteś robotem",
    r"weryfikacj\w+",
)

# The widgets of captchas, which comment and contact forms have too: a sign only where there is hardly any text.
CAPTCHA = Wording(
    r"g-recaptcha|h-captcha|cf-turnstile|frc-captcha|tcaptcha|captcha\.(?:png|jpg|gif|js|php)|within\.website"
)

# Titles and headings of pages for addresses that hold nothing.
MISSING = Wording(
    r"\b(?:error|fehler|erreur|błąd|chyba|hata|erro|errore|ошибка)\s*:?\s*(?:40[034]|410|5\d\d)\b",
    r"^(?:40[34]|410|50[0234])(?![\d.,:%])(?!\s+[^\W\d_]{4,}\s+\w+\s+\w)|\b(?:404|410)\s*(?:[-–—|:.!]|$|error|"
    r"page|not found)",
    r"^(?:http )?(?:status )?(?:500|502|503|504)\b",
    r"page (?:not found|cannot be found|can['’]t be found|could not be found|doesn['’]t exist|does not exist|"
    r"no longer (?:exists|available)|unavailable|missing|you(?:'re| are) looking for|you requested)",
    r"^not found$|content (?:not found|(?:is )?no longer available|unavailable)",
    r"(?:we )?(?:can['’]t|cannot|couldn['’]t|could not) find (?:that|this|the|your) (?:page|article|story|content)",
    r"(?:article|story) (?:not found|has been removed|(?:is )?no longer available)|something went wrong|^oops\b",
    r"internal server error|service (?:temporarily )?unavailable|bad gateway|gateway time-?out",
    r"this (?:page|article|story|content) (?:isn['’]t|is not|is no longer) available|be back soon",
    r"under maintenance",
    r"seite (?:(?:wurde )?(?:leider )?nicht (?:gefunden|mehr verfügbar|verfügbar)|existiert nicht|"
    r"konnte nicht gefunden)",
    r"nicht gefunden",
    r"(?:artikel|inhalt|beitrag)\w* (?:ist )?(?:leider )?nicht (?:mehr )?(?:verfügbar|vorhanden|gefunden)",
    r"wartungsarbeiten|diese seite (?:gibt es|existiert)",
    r"page (?:introuvable|non trouvée|inexistante|demandée n['’]existe)",
    r"(?:cette page|la page)[^.]{0,40}(?:n['’]existe (?:pas|plus)|introuvable|n['’]a pas été trouvée)",
    r"contenu (?:introuvable|indisponible|n['’]est plus)|article (?:introuvable|n['’]est plus disponible)",
    r"site en maintenance|página (?:no (?:encontrada|existe|disponible)|que (?:buscas|busca))",
    r"(?:esta|la) página[^.]{0,30}(?:no existe|no se (?:ha )?encontr)|no (?:hemos )?encontr\w+ (?:la|esta) página",
    r"contenido no (?:disponible|encontrado)|(?:noticia|artículo) no (?:encontrad[ao]|disponible)",
    r"página não (?:encontrada|existe|disponível)|conteúdo não (?:encontrado|disponível)",
    r"pagina (?:non (?:trovata|esiste|disponibile)|niet gevonden|bestaat niet|inexistent|"
    r"nu (?:a fost găsită|există))",
    r"contenuto non (?:disponibile|trovato)",
    r"(?:strona|strony) (?:nie (?:istnieje|została znaleziona)|nie znaleziono)|nie znaleziono",
    r"stránka (?:nenalezena|nebyla nalezena|neexistuje|sa nenašla)",
    r"sid(?:an|en)[^.]{0,20}(?:hittades inte|finns inte|blev ikke fundet|ble ikke funnet|findes ikke|finnes ikke)",
    r"sivua ei (?:löydy|löytynyt)|az oldal nem található|stranica (?:nije pronađena|ne postoji)",
    r"η σελίδα δεν (?:βρέθηκε|υπάρχει)|страница (?:не найдена|не существует|удалена)",
    r"(?:такой )?страницы (?:не существует|нет)|материал (?:не найден|удал[её]н)|сторінк\w (?:не (?:знайден|існу))",
    r"sayfa (?:bulunamadı|mevcut değil)|aradığınız sayfa|halaman (?:tidak ditemukan|yang anda cari)",
    r"không tìm thấy trang|trang (?:không tồn tại)|الصفحة (?:غير موجودة|التي تبحث عنها)|لم يتم العثور",
    r"صفحه (?:مورد نظر )?(?:یافت نشد|پیدا نشد)|הדף (?:לא נמצא|אינו קיים)|पृष्ठ नहीं मिला|पेज नहीं मिला",
    r"页面(?:不存在|未找到|找不到)|找不到(?:页面|網頁|頁面)|頁面不存在|ページが(?:見つかりません|"
    r"存在しません)|お探しのページ|페이지를 찾을 수 없",
    r"^\W*(?:ops|ups|oups|vaya|hoppsan|hoppla|whoops)\b\W|não encontr\w+ (?:a|esta) página|página não encontrada",
)

# Words of consent walls, lower case: what is asked, and the buttons that answer.
CONSENT: tuple[str, ...] = tuple(
    (
        "cookie|consent|your privacy|privacidad|privacidade|la tua privacy|gizlilik|integritet|prywatnoś|"
        "je privacy|uw privacy|privacy settings|privacy choices|privacy policy|privacy preferences|personal data|"
        "personalised ad|personalized ad|personalised content|personalized content|our partners|our vendors|"
        "legitimate interest|accept all|accept and continue|reject all|manage options|manage preferences|"
        "manage settings|gdpr|datenschutz|einwillig|zustimm|personalisierte werbung|personalisierte anzeigen|"
        "personalisierte inhalte|akzeptieren|personenbezogen|mit werbung|werbefrei|pur-abo|pur abo|ohne werbung|"
        "tracking|berechtigtes interesse|consentement|données personnelles|vie privée|tout accepter|tout refuser|"
        "accepter et|accepter les cookies|continuer sans accepter|nos partenaires|traceurs|"
        "publicités personnalisées|publicité personnalisée|consentimiento|datos personales|aceptar todo|"
        "aceptar y continuar|aceptar todas|rechazar|nuestros socios|publicidad personalizada|consentimento|"
        "dados pessoais|aceitar tudo|aceitar todos|aceitar e|nossos parceiros|consenso|dati personali|"
        "accetta tutti|accetta e|accetta tutto|nostri partner|pubblicità personalizzata|toestemming|"
        "persoonsgegevens|alles accepteren|alles weigeren|akkoord|onze partners|samtycke|samtykke|godkänn|godta|"
        "tillad|accepter alle|personuppgifter|personopplysninger|hyväksy|eväste|suostumus|zgodę|zgoda|zgody|"
        "danych osobowych|dane osobowe|akceptuj|zaufani partnerzy|zaufanych partnerów|przejdź do serwisu|souhlas|"
        "osobních údajů|přijmout|soukromí|hozzájárul|elfogad|adatkezelés|consimțământ|согласи|согласен|"
        "персональных данных|принять все|конфиденциальност|çerez|kişisel veri|kabul et|rıza|συγκατάθεση|αποδοχή|"
        "προσωπικών δεδομένων|ملفات تعريف الارتباط|موافق|الخصوصية|עוגיות|פרטיות|クッキー|同意|プライバシー|쿠키|"
        "동의|개인정보|隐私|隱私|ip address|ip addresses|ip-adres|adresses ip|direcciones ip|indirizzi ip|"
        "on a device|auf einem gerät|op je apparaat|sur votre terminal|du terminal|en un dispositivo|"
        "sul tuo dispositivo|på din enhet|på din enhed|na urządzeniu|v zařízení|geolocation|géolocalisation|"
        "geolocalización|geolocalizzazione|audience research|études d’audience|study your audience|"
        "anpassade annonser|tilpassede annonser|gepersonaliseerde|profilowani|profilazione|zpracováním|"
        "withdraw your|widerruf|partenaires|socios|partnerzy|vendors|terze parti|tredjepart|annonspartner|"
        "publicité ciblée|identifiant publicitaire|acceptera|nödvändiga|evästei|henkilötieto|kumppani|parteneri|"
        "date cu caracter|consimț|confidențialit|samarbejdspartnere|persondata|tilpassede|パートナー|個人データ|"
        "端末の情報|広告の最適化|informativa|cookie policy|finalità|retirer votre|retirar tu|återkalla|"
        "våra partner|naše partne|partnerů|and our partners|partners use|integriteit"
    ).split("|")
)
CONSENT = tuple(dict.fromkeys(CONSENT + tongues.CONSENT))
# Of these a consent wall has at least one: its object, not the manner of asking.
CONSENT_CORE: tuple[str, ...] = tuple(
    (
        "cookie|consent|privacy|privac|privat|cookies|consens|consim|gdpr|rodo|lgpd|datenschutz|daten|einwillig|"
        "tracking|werbung|werbefrei|données|vie privée|traceur|ads|publicit|datos|dados|dati |confiden|personal|"
        "persoon|person|gegeven|integrit|samtyck|samtykk|eväste|kakor|yksity|henkilö|suostum|prywatn|zgod|danych|"
        "dane|souhl|súhlas|soukrom|súkrom|osobn|süti|adat|çerez|gizli|kişisel|küpsis|sīk|slapuk|duomen|piškot|"
        "kolačić|kolacic|zasebn|galetes|vafrakök|bisc|куки|бисквитк|колачић|конфиденц|конфіденц|персонал|персон|"
        "личн|согла|згод|съглас|сагласн|поверит|приватн|απορρ|ιδιωτ|προσωπικ|συγκατ|الارتباط|كوكيز|خصوصي|بيانات|"
        "شخصي|עוגיות|קוקיז|פרטי|کوکی|حریم|رازداری|ذاتی|कुकी|गोपनीय|निजता|কুকি|গোপনীয়|குக்கீ|தனியுரிமை|คุกกี้|ส่วนบุคคล|"
        "ส่วนตัว|riêng tư|cá nhân|privasi|pribadi|peribadi|隐私|隱私|个人|個人|クッキー|プライバシー|쿠키|개인|"
        "კონფიდ|ქუქი|թխուկ|գաղտն|friðhelgi"
    ).split("|")
)
# The words that name it, and of all words those that a text without foreign letters can hold.
CONSENT_OBJECTS = tuple(word for word in CONSENT if holds_any(word, CONSENT_CORE))
NOT_LATIN = re.compile("[\u0370-\u1dff\u2e80-\uffef]")
CONSENT_LATIN = tuple(word for word in CONSENT if not NOT_LATIN.search(word))
CONSENT_OBJECTS_LATIN = tuple(word for word in CONSENT_OBJECTS if not NOT_LATIN.search(word))
# Those with whom a site shares what it learns: a wall names them, a report about walls hardly.
CONSENT_PARTNERS: tuple[str, ...] = tuple(
    (
        "partner|vendor|third part|third-part|socios|socis|parceiro|partenaire|партн|שותפ|شركا|شرکا|พันธมิตร|"
        "đối tác|mitra|合作|パートナー|파트너|συνεργ|kumppan|samarbejd|terze parti|tredjepart|iş ortak|साझेदार|"
        "भागीदार|অংশীদার|கூட்டாளர்"
    ).split("|")
)

# Offers after an article that are no wall: a newsletter, a comment form, a feed, an app.
OTHER_OFFER = Wording(
    r"newsletter|inbox|comment|kommentar|commentaire|comentari|comentário|reacti(?:e|on)|boletín|infolettre|rss\b|"
    r"podcast|whatsapp|telegram",
    r"facebook|youtube|рассылк|комментари|bülten|yorum|نشرة|تعليق|评论|評論|コメント|メール|댓글|이메일|e-?mail|e-post|mailbox|mejl",
)

# The names that consent platforms and sites give the box of their dialogue.
CONSENT_HINTS = Wording(
    r"(?:^|[\s_-])(?:cmp|consent|cookies?|cookie-?(?:wall|dialog|modal|popup|banner)|cookiewall|gdpr|rodo|lgpd|"
    r"privacy-?(?:gate|wall|modal)|"
    r"didomi[\w-]*|onetrust[\w-]*|usercentrics[\w-]*|uc-banner|qc-cmp\w*|iubenda[\w-]*|sp-?message[\w-]*|"
    r"gravito\w*|coi-?page[\w-]*|"
    r"truste[\w-]*|cookiebot[\w-]*|cybot\w*|fc-(?:consent|dialog)[\w-]*|axeptio[\w-]*|tarteaucitron\w*|sn-b|"
    r"klaro)(?:$|[\s_-])"
)

# What stands where the rest of an article would be, for those who have not paid or registered.
WALL = Wording(
    r"subscribe (?:now |today )?(?:to|and) (?:continue|keep|read|unlock|finish)",
    r"(?:continue|keep|finish) reading (?:this|with|by|the (?:full|rest))",
    r"(?:to|and) (?:read|continue reading|unlock|access) (?:the )?(?:full|rest of|this|complete|"
    r"entire) (?:article|story|text|report)?",
    r"already (?:a )?(?:subscriber|member|subscribed|have an account|registered)",
    r"(?:this|the) (?:article|story|content|report) is (?:(?:only )?(?:available )?(?:for|to)|reserved for|"
    r"exclusive to) (?:\w+ )?(?:subscribers|members|registered|premium)",
    r"(?:subscribers?|members?)[- ]only|(?:exclusive|only) (?:for|to) (?:our )?(?:subscribers|members)",
    r"(?:log|sign) in (?:or (?:subscribe|register) )?to (?:continue|read|keep)",
    r"you(?:'ve| have) (?:reached|used|read) (?:your|all|the)[^.]{0,40}(?:free|limit|articles)",
    r"(?:free|remaining) articles? (?:left|remaining|this month)|register (?:for free )?to (?:continue|read|keep)",
    r"unlock (?:this|the) (?:article|story)|start your (?:free )?(?:trial|subscription)",
    r"become a (?:subscriber|member) to|premium (?:article|content)",
    r"(?:diesen |den (?:ganzen|vollständigen|kompletten) )?(?:artikel|text|beitrag) (?:jetzt )?(?:weiterlesen|"
    r"freischalten|lesen) (?:mit|sie)",
    r"weiterlesen (?:mit|als)|jetzt (?:weiterlesen|freischalten|abonnieren|testen)",
    r"(?:nur|exklusiv) für (?:\S+ )?(?:abonnent|mitglieder|registrierte|premium|plus)",
    r"(?:abonnent|abonniert|registriert|abo)\S*\? ?(?:hier |jetzt )?(?:anmelden|einloggen|login)",
    r"(?:bereits|schon) (?:abonnent|ein abo|registriert|kunde|digital)",
    r"mit (?:\S+ )?(?:plus|abo|\+) (?:weiter)?lesen|lesen sie (?:mit|den (?:ganzen|vollständigen))",
    r"(?:probemonat|probeabo|monat) (?:gratis|kostenlos|für \d)",
    r"um (?:diesen|den) (?:artikel|text|inhalt)[^.]{0,40}(?:zu lesen|lesen zu)|als abonnent\w* (?:lesen|weiter)",
    r"(?:réservé|accessible|exclusivité)e?s? (?:aux|à nos|uniquement aux) (?:\S+ )?(?:abonnés|membres|inscrits)",
    r"(?:il vous reste|lire la suite|la suite est|pour lire la suite)[^.]{0,80}(?:abonn|réserv|à lire|découvrir|"
    r"article)",
    r"abonnez-vous (?:pour|dès|et|à partir)|déjà (?:abonné|inscrit|membre)",
    r"(?:profitez|poursuivez) (?:de )?(?:votre|la) lecture",
    r"(?:s['’]abonner|s['’]identifier|connectez-vous) pour (?:lire|continuer|poursuivre|accéder)",
    r"(?:exclusiv[oa]|solo|sólo|reservad[oa]) (?:para|a) (?:\S+ )?(?:suscriptores|socios|registrados|usuarios)",
    r"suscríb(?:ete|ase) (?:para|y|desde|por)|(?:ya )?(?:eres|soy|es) (?:suscriptor|socio)",
    r"(?:para )?(?:seguir|continuar|sigue|continúa) leyendo|inicia sesión (?:para|o)",
    r"(?:exclusivo|só|apenas) para assinantes|(?:já é|sou|seja) assinante|já é (?:assinante|cadastrado)",
    r"assine (?:para|já|e|agora)|continu(?:e|ar) (?:lendo|a ler|a leitura)",
    r"(?:riservat[oa]|solo|esclusiv[oa]) (?:agli|per gli|ai) (?:\S+ )?abbonati|(?:sei|già) (?:già )?abbonat[oa]",
    r"abbonati (?:per|a|ora|subito)\b|continua a leggere|per continuare a leggere",
    r"(?:alleen|exclusief|enkel) voor (?:\S+ )?(?:abonnees|leden)|(?:verder|lees) (?:lezen|verder)\b",
    r"(?:al|reeds) (?:abonnee|een abonnement|lid)|neem een abonnement|word abonnee",
    r"(?:endast|bara|kun|for) (?:för |for )?(?:prenumeranter|abonnenter|inloggade)",
    r"(?:läs|les|læs) (?:vidare|videre|hele|hela)|bli (?:prenumerant|abonnent)",
    r"(?:redan|allerede) (?:prenumerant|abonnent)|logga in för att läsa|logg inn for å lese|log ind for at læse",
    r"tilaajille|jatka lukemista|(?:tylko|wyłącznie|dostępn\w+) dla (?:\S+ )?(?:subskrybent|prenumerat|abonent)",
    r"(?:czytaj|dostęp do) (?:dalej|cał)|(?:masz|posiadasz) (?:już )?(?:subskrypcję|prenumeratę|konto)",
    r"pozostało \d+%|(?:pouze|jen|len) pro (?:předplatitele|predplatiteľov)|(?:pokračovat|pokračovať) ve? čtení",
    r"(?:máte|mám) (?:již|už) předplatné|odemkn\w+",
    r"(?:только|доступ\w*|эксклюзивно) (?:для|по) (?:\S+ )?(?:подписчик|подписк)|(?:оформите|купите) подписку",
    r"уже (?:подписаны|есть подписка)|чита(?:ть|йте) (?:далее|полностью) (?:по|с) подписк",
    r"(?:sadece|yalnızca) abone|abone ol(?:un|arak)? (?:ve )?(?:okumaya|devam)|aboneler(?:e|imize) özel",
    r"devamını okumak için|للمشتركين فقط|اشترك (?:الآن )?(?:لمواصلة|لقراءة|للاطلاع)|(?:لمواصلة|لمتابعة) القراءة",
    r"سجل الدخول ل|למנויים בלבד|כדי להמשיך לקרוא|הצטרפו למנוי|有料(?:会員|記事)|会員限定|残り\d+文字|"
    r"続きを読む(?:には|に)",
    r"ログインして(?:続き|読む)|この記事は(?:会員|有料)|구독(?:하고|자 전용|하시면)|유료 (?:회원|"
    r"기사)|로그인 후 (?:이용|전체)|(?:订阅|訂閱)(?:后|以|後|即可)",
    r"会员(?:专享|可读)|會員(?:專享|限定|專屬)|付费阅读|登录后(?:阅读|查看)|剩余内容",
)
WALL_HINTS = Wording(
    r"pay-?wall|reg-?wall|piano|subscri|premium|locked|meter|abo(?:nn|-)|offer|gate|restrict|suscri|assinante|"
    r"abbonat|login|register|"
    r"truncat|member|prenumer|wall"
)

# A headline or an address that says the page is being written while things happen.
LIVE_TITLE = Wording(
    r"^(?:[+*•\s]*)(?:live|liveblog|live[- ]?blog|live[- ]?ticker|newsblog|news-blog|newsticker|news-ticker|"
    r"ticker|en direct|direct|en vivo|directo|en directo|ao vivo|diretta|in diretta|live updates?|live news|"
    r"as it happened|minuto a minuto|minute by minute|minute par minute|онлайн|прямая трансляция|хроника|canlı|"
    r"مباشر|بث مباشر|לייב|livestream|løpende|direkte|liverapport|liverapportering|suora|seuraa|na żywo|"
    r"relacja na żywo|online|živě|élő|ζωντανά|实时|直播|即時|速報中|실시간)\s*(?:[:|–—\-+•]|updates?\b)",
    r"(?:\blive ?blog\b|\blive[- ]?ticker\b|\bnewsblog\b|\bnews[- ]?ticker\b|\blive updates?\b|\bas it happened\b|"
    r"\blive (?:coverage|report(?:ing)?)\b|hetki hetkeltä|minut for minut|minut på minut|minutt for minutt|"
    r"perc(?:ről|ről) percre|percről percre|"
    r"– live$|\| live$|[-–] as it happened|\bminuto a minuto\b|\bem tempo real\b|\bla diretta\b|"
    r"\bsuivez (?:en direct|le direct)\b|\bblog en vivo\b|\blöpande\b|\bliveblogg\b|\blivefeed\b|"
    r"текстовая трансляция|онлайн-трансляция|canlı (?:anlatım|blog)|تغطية مباشرة|لحظة بلحظة|relacja (?:na żywo|"
    r"live)|עדכונים שוטפים|דיווח חי|laporan langsung|tường thuật|онлайн-трансляція|наживо)",
    r"(?:en direct|en directo|en vivo|in diretta|ao vivo|em direto|im liveticker|im liveblog|na żywo|онлайн|live)\W*$",
    r",\s*(?:en direct|en directo|en vivo|la diretta|in diretta|ao vivo|em direto|na żywo|онлайн|live)\s*[|:–—-]|"
    r"dakika dakika",
)
LIVE_PATH = Wording(
    r"/live(?:[/.]|$)|/(?:live(?:-?blogs?|-?ticker|-updates?|-news|-reporting|feed|-coverage)|newsblog|"
    r"news-?ticker|en-direct|"
    r"direct|directo|en-vivo|ao-vivo|diretta|minuto-a-minuto|as-it-happened|liveblogg?|onlayn|online-translyaciya|"
    r"canli|na-zywo|relacja-live)(?:[/_.-]|$)|-(?:en-direct|en-directo|en-vivo|ao-vivo|in-diretta|na-zywo|"
    r"onlayn)(?:[/_.]|$)|"
    r"[-/]live(?:blog|ticker)?[-_]?(?:updates?)?(?:[/.]|$|-\d)|liveblog|"
    r"live-blog|liveticker|-(?:news-?blog|news-?ticker|live-?ticker|ticker)(?:[-_./]|$)|/na-?zhivo|/uzivo|/u-zivo|/zive|/elo(?:ben)?/|/otse|"
    r"/tiesraide|/tiesiogiai|/directe/|/zuzenean|/suora|/seuraa|/direkte|/direktesending|/lopende|/pryamoy-efir|/naz[hy]v?[iy]vo|/en_vivo|/en_directo",
)
LIVE_HINTS = Wording(
    r"live-?blog|live-?ticker|live-?(?:entry|post|update|feed|event|stream-item|item|card)|ticker-?(?:entry|item|"
    r"post|element)|newsticker|liveblog|minute-?by|block-time|update-entry|liveentry|timeline-?(?:item|entry|"
    r"post)|directo|en-direct"
)

VIDEO_PATH = Wording(
    r"/(?:videos?|vidéos?|watch|clips?|mediathek|mediatheque|replay|tv|fernsehen|programa|player|galer(?:y|ie|ia|"
    r"ies)|gallery|galleries|photo-?galler(?:y|ies)|photos?|pictures?|picture-gallery|fotos?|fotogaler(?:ia|ie|"
    r"iler|i|ij\w*)|fotostrecken?|bilderstrecken?|bilder|diaporamas?|slideshows?|fotogalerias?|imagenes|"
    r"multimedia|in-pictures|podcasts?|audio|foto|fotoreportaz\w*|фото|видео|video-?galer\w*|"
    r"foto-?galer\w*|wideo|kuvat|kuvagalleria|відео|movies?|fotogaller\w*|galleria|galleri|bildspel)(?:[/_.-]|$)",
)
GALLERY_TITLE = Wording(
    r"^(?:\W*)(?:video|vidéo|watch|in pictures|in photos|photos?|pictures?|gallery|photo gallery|slideshow|"
    r"fotostrecke|bilderstrecke|bilder|fotos?|galerie|diaporama|en images|galería|fotogalería|galeria|"
    r"fotogalleria|fotogallery|le foto|fotogalerie|bildspel|billedserie|fotogaleri|zdjęcia|фото(?:галерея|"
    r"репортаж)?|видео|"
    r"відео|фото|kuva(?:galleria|t)?|listen|audio|portfolio|wideo|foto['’]s|صور|فيديو|写真|動画|組圖|组图|图集|视频|영상|"
    r"포토)\s*(?:[:|–—\-\].】]|\()",
    r"[-–—|]\s*(?:foto-?galler(?:y|ia)|photo gallery|fotostrecke|fotogalería|galería|diaporama)\s*[-–—|:]",
    r"(?:die |the )?(?:schönsten|besten|best) (?:bilder|fotos|photos|pictures)$",
    r"[|\-–:(]\s*(?:video|vidéo|gallery|photos|galerie|fotostrecke|bilder|diaporama|galería|fotogalería|"
    r"fotogallery|slideshow|in pictures|en images|podcast|zdjęcia|фото|видео)\)?\s*$",
    r"\bin (?:pictures|photos)\b|\ben (?:images|imágenes)\b",
)
