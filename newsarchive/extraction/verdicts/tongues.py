"""Plain words of each family in languages that the patterns of `families` do not reach, grouped by what they speak of.

All are for folded text (see `fold`); a word written with a space before or after it stands alone there.
"""

from __future__ import annotations

from collections.abc import Sequence

# Typographic apostrophes, Greek accents and one Bengali letter are written in two ways each; a folded text has one.
_FOLDS = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "ά": "α", "έ": "ε", "ή": "η", "ί": "ι", "ό": "ο", "ύ": "υ", "ώ": "ω"}
    | {
        "ϊ": "ι",
        "ΐ": "ι",
        "\u09df": "\u09af\u09bc",
        "ي": "ی",
        "ى": "ی",
        "ك": "ک",
        "\u200c": " ",
        "\xa0": " ",
        "\u0307": "",
    }
)


def respell(text: str) -> str:
    """A text with each letter and apostrophe in one spelling."""
    return text if text.isascii() else text.translate(_FOLDS)


def fold(text: str) -> str:
    """A text in lower case, respelt, with a space at both ends."""
    return f" {respell(text.lower())} "


def words(*lines: str) -> tuple[Sequence[str], Sequence[str]]:
    """Words from lines of alternatives separated by bars: those in ASCII, and all others, folded."""
    parts = [part.translate(_FOLDS) for line in lines for part in line.split("|")]
    return [part for part in parts if part.isascii()], [part for part in parts if not part.isascii()]


THING = words(
    "матеріал|публікаці|публикаци|стаття|статтю|publication|publicación|publicação|pubblicazione|post |notizia",
    "this address|diese adresse|cette adresse|esta dirección|hier |here | leht | lehte| lehe|artikl| uudis|aadress",
    " lapa| lapu|raksts|saturs|adrese|puslap|straipsn|turiny|adres| stran |strani|članek|članak|članka|članku",
    "vsebin|stranic|sadržaj|vijest|vest |správ|tartalom| cím|pàgina|contingut|notícia|página|noticia| orri|eduki",
    "albiste| síða| síðu|frétt|leathanach|faqe|faqja|artikull|səhifə|sahifa|bladsy|paġna|dudalen|tudalen|pahina",
    "ukurasa|makala| laman|tautan|liên kết|đường dẫn|nội dung|страниц|чланак|вест |вести|садржај|статия|новина",
    "новинат|съдържани|старонк|навин| бет |беттің|хуудас|გვერდ|էջ|صفحه|مطلب|خبر|نشانی|محتوا|صفحہ|مضمون|لنک|رابط",
    "مقال|پاڼه|পাতা|পৃষ্ঠা|পেজ|সংবাদ|খবর|লিংক|পাতাটি|பக்கம்|பக்கத்|செய்தி|கட்டுரை|పేజీ|వార్త|पान |पृष्ठ|बातमी|समाचार|खबर",
    "ख़बर|લેખ|પૃષ્ઠ|પાનું|પેજ|સમાચાર|ਪੰਨਾ|ਪੇਜ|ਖ਼ਬਰ|പേജ്|വാർത്ത|താൾ|ಪುಟ|ಸುದ್ದಿ|පිටුව|පුවත|पाना|စာမျက်နှာ|သတင်း|ទំព័រ|អត្ថបទ",
    "ໜ້າ|ຂ່າວ|หน้า|ข่าว|บทความ|เนื้อหา|ลิงก์|連結|链接|新聞|新闻|內容|稿件|文檔|서비스|ウェブ|リンク|コンテンツ|记录|דף",
    "כתבה|עמוד|ገጽ|ገፅ|ιστοσελιδα|διευθυνση|περιεχομεν|αρθρο|σελιδα|leht|oldalt|oldalon|cikket|artigo|ligazón|lien",
    "enlace|enllaç|vínculo|lenke|länk",
)
GONE = words(
    "finner ikke|finner dessverre ikke|fant ikke|fandt ikke|finder ikke|hittar inte|hittade inte|flyttet|slettet",
    "flyttad|n'existe|ne correspond à aucun|verloren|smarrit|perdid|zaginę|ztrac|nie mamy|nemáme|nincs meg",
    "konnte nicht|wurde nicht|no está publicad|ya no está|nothing here|nothing at|there is nothing|nothing to see",
    "ist leider nichts|ist nichts|gibt es nichts|rien ici|rien à cette|nada aquí|nada por aquí|nada aqui",
    "niente qui|niets te vinden|ingenting här|inget här|ingenting her|intet her|täällä ei|nic tu nie|nic tu není",
    "semmi|nimic aici|недоступний|знято|зняла|burada bir şey yok|لا شیء|כאן אין|ei leitud|ei leia|ei leidnud",
    "ei eksisteeri|ei ole enam|kustutatud|eemaldatud|nav atrast|netika atrast|neeksistē|nepastāv|izdzēst|dzēsts",
    "dzēsta|vairs nav|nerast|neegzistuo|pašalint|ištrint| nėra|nebėra|ni bila najden|ni najden|ne obstaja| ni več",
    "odstranjen|izbrisan|ne najdemo|nismo našli|nije pronađen|ne postoji|uklonjen|obrisan|nismo pronašli",
    "ne možemo pronaći|nije dostupn|više nije|nenašli|nenašla|nebyla nalezena|nebol nájden|nebola nájden|odstránen",
    "vymazan|zmazan|nelze najít|nem talál|nem létezik|nem elérhető|töröl|eltávolít|nincs |megszűnt|no s'ha trobat",
    "no hem trobat|no es troba|no trobad|no existeix|esborrat|eliminat|ja no |non se atop|non atop|non existe",
    "ez da aurkitu|ez dago|ezabatu|fannst ekki|finnst ekki|er ekki til|níor aimsíodh|nuk u gjet|nuk ekziston|u hoq",
    "fshirë|tapılmadı|mövcud deyil|silinib|topilmadi|mavjud emas|nie gevind|bestaan nie|ma nstab|heb ei",
    "hindi nahanap|hindi makita|hindi mahanap|haipatikani|haikupatikana|haukupatikana|tidak ditemui|tidak dijumpai",
    "tidak wujud|tak ditemukan|sudah tidak|không còn|không có|đã bị xóa|đã bị xoá|đã bị gỡ|đã được gỡ|не е намерен",
    "не беше намерен|не бе намерен|не съществува|изтрит|премахнат|не намерихме|липсва|није пронађен|не постоји",
    "уклоњен|обрисан|избрисан|нисмо пронашли|не е пронајден|не постои|не знойдзен|не існуе|табылмады|олдсонгүй",
    "не знайшли|не удалось найти|не нашли|не нашлось|не найти|больше нет|снята с|недоступ|ვერ მოიძებნა|არ მოიძებნა",
    "არ არსებობს|წაშლილ|չի գտնվել|չգտնվեց|գոյություն չունի|یافت نشد|پیدا نشد|پیدا نکرد|وجود ندارد|حذف شده",
    "در دسترس نیست|نہیں ملا|نہیں ملی|نہیں مل|موجود نہیں|ہٹا دی|دستیاب نہیں|ونه موندل|لم نعثر|لا توجد|لا یوجد",
    "لم نجد|تعذر العثور|غیر موجود|غیر متوفر|غیر متاح|تمت ازالة|تمت إزالة|ازیل|أزیل|لم تعد|לא מצאנו|לא קיימת",
    "לא נמצאה|אינו קיים|אינה קיימת|אינו זמין|הוסרה|נמחק|পাওয়া যায়নি|খুঁজে পা|মুছে ফেল|সরিয়ে|পাওয়া গেল না",
    "বিদ্যমান নেই|আর নেই|கிடைக்கவில்லை|காணப்படவில்லை|காணவில்லை|நீக்கப்பட்ட|இல்லை|కనుగొనబడలేదు|దొరకలేదు|కనబడలేదు|తొలగించ",
    "सापडल|आढळल|उपलब्ध नाही|अस्तित्वात नाही|नहीं मि|नहीं है|नहीं रहा|भेटिएन|फेला परेन|મળ્યું નથી|મળ્યો નથી|મળી નથી",
    "ઉપલબ્ધ નથી|ਨਹੀਂ ਮਿਲ|കണ്ടെത്താനായില്ല|കണ്ടെത്തിയില്ല|ലഭ്യമല്ല|നിലവിലില്ല|ಕಂಡುಬಂದಿಲ್ಲ|ಸಿಗಲಿಲ್ಲ|ಲಭ್ಯವಿಲ್ಲ|හමු නොවී",
    "සොයාගත නොහැක|හමු නොවු|မတွေ့|မရှိ|រកមិនឃើញ|ບໍ່ພົບ|ไม่พบ|ถูกลบ|ไม่มีหน้า|ไม่มีอยู่|หาไม่เจอ|หาไม่พบ|ไม่สามารถค้นหา|አልተገኘም",
    "无法找到|無法找到|沒有找到|没有找到|走失|走丢|不见了|失效|已移除|移除|無此|无此|找不著|ございません|お探しの",
    "ありません|なくなり|移動し|찾지 못|없는 페이지|없는 기사|없습니다|사라졌|δεν βρεθηκε|δεν υπαρχει",
    "δεν ειναι διαθεσιμ|δεν βρηκαμε|διαγραφ|αφαιρεθηκε|καταργηθηκε|nu mai exist|nu am găsit|nu am gasit|negăsit",
    "ștears|is gone|has gone|went missing|has moved|been moved|been taken down|withdrawn|no such|can't find",
    "cannot find|couldn't find|could not find|did not find|didn't find|has been pulled|not exist|nicht finden",
    "nicht auffind|gibt's nicht|offline genommen|depubliziert|abgelaufen|verschoben|n'a pas été trouv",
    "n'avons pas trouv|pas trouv|a été dépubli|plus disponible|plus en ligne|a expiré|a été retir|no hemos encontr",
    "no hemos podido encontr|no está disponible|no disponible|no encontramos|ha caducado|ha sido eliminad|já não",
    "não conseguimos|não está disponível|indisponível|foi apagad|foi removid|non riusciamo a trovare",
    "non abbiamo trovato|non è più|non disponibile|è stata spostata|kunnen we niet vinden|niet (meer) |is verhuisd",
    "niet beschikbaar|kunde inte hitta|kunde vi inte hitta|har tagits bort|är borttagen|kunne ikke finde",
    "kunne ikke finne|eksisterer ikke|ikke længere|ikke lenger|ei löytynyt|emme löyt|ei ole olemassa|ei ole enää",
    "nie znaleźli|nie odnale|nie została znaleziona|została usunięta|już nie ma|nie jest dostępn|bulamadık",
    "bulunmuyor|yayından kald|artık yok",
)
PAUSED = words(
    "momentanément|temporairement|temporalmente|temporaneamente|temporariamente|tijdelijk|chwilowo|tymczasowo",
    "dočasně|dočasne|átmenetileg|temporar |временно|тимчасово|privremeno|привремено|začasno|ajutiselt|īslaicīgi",
    "laikinai|tilapäisesti|tillfälligt|midlertidig|geçici olarak|مؤقتا|موقتا|זמנית|προσωρινα|अस्थायी|সাময়িক|தற்காலிக",
    "ชั่วคราว|tạm thời|sementara|暂时|暫時|只今|ただいま|일시적|temporarily|vorübergehend|zurzeit nicht",
    "derzeit nicht|momentan nicht|technique|técnico|tecnico|teknisk|technisch|tekninen",
)
BROKEN = words(
    "scheduled maintenance|planned maintenance|down for maintenance|undergoing maintenance|database connection",
    "bad gateway|gateway time|timed out|server is down|database error|account suspended|account has been suspended",
    "application error|runtime error|service unavailable|too many connections|origin is unreachable",
    "try again in a few minutes|technischer fehler|interner fehler|maintenance en cours|problème technique",
    "incident technique|error del servidor|mantenimiento|manutenção|manutenzione|technische storing",
    "prace techniczne|przerwa techniczna|błąd serwera|karbantart|mentenanță|поддръжка на|технические работы",
    "технічні роботи|радови на одржавањ|održavanje stranice|vzdrževalna dela|hooldustöö|apkopes darb",
    "techniniai darbai|huoltokatko|tekninen vika|tekniskt fel|teknisk feil|teknisk fejl|vedligeholdelse",
    "sunucu hatası|bakım çalış|صیانة|خطأ فی الخادم|در دست تعمیر|עבודות תחזוקה|תקלה טכנית|συντηρηση|रखरखाव",
    "রক্ষণাবেক্ষণ|பராமரிப்பு|ปิดปรับปรุง|bảo trì|pemeliharaan|系统维护|系統維護|服务器错误|メンテナンス|점검 중",
    "서버 오류|manteniment",
)
ROBOT = words(
    "una persona|essere umano|uma pessoa|une personne|ein mensch|eine person|een mens|osobą|osoba |real person",
    "ihminen|pravi človek|stvarna osoba| browser|webbläsare|navigateur|navegador|przeglądark|prohlížeč|prehliadač",
    "böngésző|tarayıcı|браузер|متصفح|דפדפן|مرورگر|ब्राउज़र|ব্রাউজার|உலாவி|เบราว์เซอร์|trình duyệt|peramban|浏览器",
    "瀏覽器|ブラウザ|브라우저|πρόγραμμα περιήγησης|selain|nettleser|pregledač|preglednik|brskalnik|naršykl|pārlūk",
    "brauser|robot|captcha|ordinateur|bot |bots|člověk|čovjek|čovek|ember |uman|žmog|cilvēk|inime|humà|manusia",
    "insan|vélmenni|maður|человек|человеком|човек|ρομποτ|ανθρωπος|הרובוט|רובוט|בוט|אנוש|ربات|روبات|روبوت|انسان|آدم",
    "روبوٹ|रोबोट|इंसान|मानव|बॉट|রোবট|মানুষ|বট|ரோபோ|மனித|หุ่นยนต์|บอท|มนุษย์|người thật|con người|真人|机器|機器|人間",
    "로봇|사람|unusual|ungewöhnlich|inhabituel|inusual|insólit|incomum|ongewoon|nietypow|podejrzan|ovanlig",
    "usædvanlig|uvanlig|epätavalli|neobvykl|nezvykl|szokatlan|neobișnuit|neuobičajen|neobičn|необичай|необичн",
    "необычн|незвич|ασυνηθ|olağandışı|olağan dışı|غیر عادی|غیر اعتیادی|غیرعادی|غیر معمولی|مشبوه|חריג|असामान्य",
    "অস্বাভাবিক|வழக்கத்திற்கு|ผิดปกติ|bất thường|tidak biasa|tidak wajar|mencurigakan|异常|異常|不審|비정상|ebaharilik",
    "neparast|neįprast|suspicious|too many requests|rate limit|zu viele anfragen|trop de requêtes",
    "demasiadas solicitudes|muitas solicitações|troppe richieste|te veel verzoeken|zbyt wiele żądań",
    "för många förfrågningar|слишком много запросов|çok fazla istek|太多请求|请求过于|過多|verdächtig|suspect",
    "sospechos|suspeit|sospett|verdacht|misstänkt|mistænkelig|mistenkelig|epäilyttäv|подозрител|підозріл|şüpheli",
    "مشكوك|חשוד|संदिग्ध|সন্দেহজনক|น่าสงสัย|đáng ngờ|可疑|不正な|의심|your browser and|ihren browser|votre navigateur",
    "su navegador|tu navegador|seu navegador|il tuo browser|uw browser|je browser|twoją przeglądark|din webbläsare",
    "din browser|ваш браузер|tarayıcınız|متصفحک|הדפדפן שלך|браузърът",
)
PASSAGE = words(
    "fortsæt|fortsett|fortsätt|flueben|kryss av|kryssa|prosegui|pokračuj|nadaljuj|zaškrtn|zaznacz|bifează|pipálja",
    "vink|vinka|cochez|marque la casilla|marque a caixa|spunta|setzen sie|conferma|tieni premuto|mantén puls",
    "mantenga|maintenez|halten sie|premi e tieni|hold |wait while|please wait|bitte warten|veuillez patienter",
    "espere|aguarde|attendere|even geduld|vänta|vent |odota|proszę czekać|čekejte|várjon|așteptați|подождите",
    "зачекайте|bekleyin|请稍候|お待ちください|잠시|verify|confirm|unblock|let you in|proceed|before you|überprüf",
    "bestätig|vérif|comprob|verific|confirma|controleer|sprawdz|sprawdź|potwierdź|bekräft|kontroller|vahvista",
    "varmista|tarkist|estetty|jatka|bekræft|spærret|blokeret|blockera|ověř|ověřujeme|přístup|pokračovat|zablok",
    "overte|overujeme|prístup|ellenőr|igazol|hozzáférés|letilt|folytat|erősítse|acces|blocat|continua|potvrd",
    "provjer|proverava|prover|pristup|blokiran|nastav|potrdi|preveri|dostop|kinnita|kontrolli|juurdepääs|ligipääs",
    "blokeeri|jätka|patvirtin|patikrin|prieig|užblok|tęst|apstiprin|pārbaud|piekļuv|bloķ|turpin|confirmeu",
    "comproveu|accés|bloquejat|verifika|konfirmasi|akses|diblokir|lanjut|pastikan|memeriksa|xác minh|xác nhận",
    "truy cập|chặn|kiểm tra|επιβεβαι|επαληθευ|ελεγχ|προσβαση|αποκλεισ|συνεχ|потвърд|провер|достъп|блокиран|продълж",
    "потврд|приступ|подтверд|доступ|заблок|підтверд|перевір|продовж|تأیید|تایید|دسترسی|مسدود|بررسی|ادامه|تصدیق",
    "رسائی|بلاک|جاری|التحقق|تحقق|تأکد|الوصول|حظر|متابعة|אמת|אישור|גישה|חסומ|נחסמ|להמשיך|ודא|בודקים|सत्याप|पुष्टि",
    "पहुंच|पहुँच|ब्लॉक|जाँच|जांच|जारी|যাচাই|নিশ্চিত|প্রবেশ|ব্লক|சரிபார்|உறுதி|அணுக|தடு|ยืนยัน|ตรวจสอบ|เข้าใช้|เข้าถึง",
    "บล็อก|ระงับ|拦截|攔截|拒绝|拒絕|验证码|繼續|继续|校验|確認|検証|続行|ブロック|制限|認証|확인|차단|계속|제한",
)
ACCESS = words(
    "access|zugriff|zugang|accès|acceso|acesso|accesso|accés|toegang|åtkomst|adgang|tilgang|tillträde|pääsy|käyttö",
    "hozzáférés|acces|přístup|prístup|dostęp|dostop|pristup|juurdepääs|ligipääs|prieig|piekļuv|πρόσβαση|доступ",
    "достъп|приступ|пристап|erişim|giriş|وصول|دخول|גישה|دسترسی|رسائی|पहुंच|पहुँच|প্রবেশ|அணுக|เข้าถึง|การเข้า|truy cập",
    "akses|访问|訪問|存取|アクセス|접근|접속|request|anfrage|requête|solicitud|richiesta|verzoek|żądanie|запрос",
)
DENIED = words(
    "denied|refused|forbidden|blocked|rejected|restricted|verweigert|gesperrt|blockiert|untersagt|refusé|interdit",
    "bloqué|restreint|denegad|bloquead|prohibid|restringid|negado|proibid|negato|bloccat|vietat|geweigerd",
    "geblokkeerd|ontzegd|nekad|nekas|spärrat|blockerad|nægtet|nektet|spærret|blokeret|sperret|evätty|estetty",
    "kielletty|megtagad|letilt|tiltva|refuzat|interzis|blocat|odepřen|zamítnut|zakáz|zablokov|odmietnut|zabroni",
    "zablok|odmów|отказан|забран|блокиран|одбијен|забрањ|odbijen|zabranjen|zavrnjen|onemogočen|keelatud",
    "blokeeritud|uždraust|apribotas|užblokuot|liegta|bloķēt|denegat|prohibit|απαγορ|αποκλεισ|απορριφθ|запрещ",
    "ограничен|заблок|заборонен|обмежен|reddedil|engellen|yasak|غیر مسموح|محظور|مرفوض|رفض|حظر|ممنوع|נדחת|נחסמ|חסומ",
    "אסור|مسدود|غیرمجاز|अस्वीकृत|वर्जित|निषिद्ध|প্রত্যাখ্যান|নিষিদ্ধ|மறுக்க|நிராகரி|ถูกปฏิเสธ|ปฏิเสธ|ห้าม|bị từ chối|bị chặn",
    "bị cấm|ditolak|diblokir|dilarang|拒绝|拒絕|禁止|受限|被封|拒否|ブロック|거부|차단|제한",
)

SUBSCRIBE = words(
    "medlem|plusartik|jäsen|socio|sócio|membre|liikme|narys|biedr|členst|člena|członk|tagság|membru|član |чланов",
    "учасник|digitalpass|digital pass|e-paper|epaper|zum angebot|zu den angeboten|angebote|see offers|view offers",
    "offers for you|voir les offres|découvrir l'offre|nos offres|ver ofertas|ver planes|scopri le offerte",
    "vedi offerte|bekijk aanbieding|se erbjudande|se tilbud|zobacz ofert|zobrazit nabídk|ver oferta|supporter",
    "upgrade|unlock|all-access|tarif|subscri|member|plusz|előfiz|abonat|abonează|abonamen|abonir|predplat|předplat",
    "pretplat|naročnik|naročnin|naroči |претплат|абонир|абонам|абонат|подпиш|tellija|telli |tellimus|digipak|abonē",
    "abonent|abonement|prenumer|prenumerat|subscriu|subscripci|subscrip|harpidetu|áskrift|síntiús|abonoh|abonelik",
    "abunə|obuna|საბსკრ|გამოწერ|բաժանորդ|مشترک|اشتراک|عضویت|مشترکین|اعضا|سبسکر|খবর সাবস্ক্রাইব|সাবস্ক্রাইব|গ্রাহক|সদস্য",
    "சந்தா|உறுப்பினர்|సభ్యత్వ|చందా|सदस्य|वर्गणी|सब्सक्राइब|ग्राहक|สมาชิก|สมัคร|thành viên|hội viên|trả phí|đặt mua|gói ",
    "berlangganan|pelanggan|langgan|订户|訂戶|付費|付费|會員|会员|vip|premium|プラン|購入|有料|定期購読|구독|유료",
    "회원|멤버십|συνδρομ|συνδρομητ|מנוי|מנויים|plus-|digitaal|abonne|bliv |köp |kjøp |køb |unterstütz|mitglied",
    "freischalt|testabo|probeabo|soutenez|soutien|adhér|hazte socio|hazte premium|suscríb|torne-se|assinatura",
    "iscriviti|sostieni|word lid|steun|stöd oss|støtt|tue meitä|zostań|wykup|staňte se|podpoř|podpor |támogat",
    "susține|подкрепи|поддержите|підтрим|destekle",
)
ACCOUNT = words(
    "log in|sign in|sign up|bejelentkez|belép|regisztr|fiók|autentific|conectează|cont |prijav|registrac|registrir",
    "uživatelsk|račun|пријав|регистр|вписване|влез|акаунт|профил|logi sisse|sisselog|registreeru|konto|ieiet|ienāc",
    "pieslēdz|reģistr|prisijung|registruok|paskyr|inicia sessió|registra't|compte|saioa hasi|innskrá|logáil|hyr ",
    "giriş|üye ol|daxil ol|kirish|შესვლა|რეგისტრ|մուտք|գրանց|ورود|وارد شوید|ثبت نام|ثبت‌نام|حساب|لاگ ان|اکاؤنٹ",
    "رجسٹر|লগইন|লগ ইন|নিবন্ধন|உள்நுழை|பதிவு|లాగిన్|లాగ్ ఇన్|लॉगिन|लॉग इन|साइन इन|रजिस्टर|खाता|เข้าสู่ระบบ|ลงทะเบียน|ล็อกอิน",
    "đăng nhập|tài khoản|đăng ký|masuk|daftar|akun|登入|登录|註冊|注册|帳號|账号|サインイン|ログイン|登録|로그인",
    "가입|συνδεθ|συνδεση|εισοδος|εγγραφ|λογαριασμ|התחבר|להתחבר|כניסה|הירשמ|הרשמה|חשבון|войдите|авторизу|увійд",
    "авториз|зареєстр|logga in|logg på|logg deg|log på|loggaa|tunnus|aanmelden|inloggen|accedi|entra |registrati",
    "iniciar sesión|entre na|faça login|fazer login|iniciar sessão|regista|se connecter|connexion|créer un compte",
    "inscriv|anmeld|einlogg|zaloguj|logowan|přihlas|prihlás|prihlas",
)
PRICE = words(
    " ft/| ft | ft-| forint|havi |leva| лв|дин| dinara|ден |mdl| lei|лей|zł/|kč/|€/|eur/|/kk|/mån|/mnd|/md|/mo",
    "/mois|/mes|/mese|/hó|/luna|/ay|/月|月々|月額|per maand|per month|/month|månad|måned|måneden|kuukau|kuus|mēnes",
    "mėnes|mesečn|mjesečn|месечн|месец|μηνα|mensual|mensuel|mensile|mesec|miesięczn|měsíčně|mesačne|havonta|lunar",
    "pe lună|tháng|/bulan|sebulan|per bulan|ต่อเดือน|บาท|ماهانه|تومان|ماہانہ|روپے|شهریا|درهم|ریال|দিন|টাকা|মাসে",
    "மாதம்|ரூ|प्रति माह|महीने|रुपये|लिए ₹|元/|nt$|원/|월 |₪|لشهر|mois |mês |im monat|monatlich|pro monat|jährlich",
    "par an|par mois|al mese|al mes|por mes|gratis|kostenlos|gratuit|gratuito|за месяц|на месяц|за місяць|₴|грн",
)
REST = words(
    "pokračovan|pokračování|fortsetzung|fortsættelse|fortsättning|fortsettelse|folytatás|nadaljevanje|tęsinys",
    "turpinājum|continuarea|continuação|continuazione|continuación|vervolg|ciąg dalszy|dalszy ciąg|продължение",
    "наставак|συνεχεια|läs allt|les alt|læs alt|lue kaikki|read everything|tout lire|leer todo|ler tudo",
    "alles lezen|czytaj wszystko|остатак|остатък|rest tekst|resto del|resto do|reste de|rest des|rest van",
    "resten av|resten af|zbytek|zvyšok|zbyt|maradék|restul|want to read more|read the full|möchten sie weiter",
    "verder lezen|vill du läsa|vil du lese|vil du læse|haluatko lukea|unlimited access|sblocca|desbloque|débloque",
    "freigeschaltet|lås upp|lås opp|lås op|odblokuj|odemkn|egész cikk|teljes cikk|olvasná|olvasd tovább",
    "olvasd végig|továbbolvas|tovább olvas|citește|articol integral|întregul articol|articolul complet",
    "restul articol|čitaj|čitanje|cijeli članak|cijelog članka|ceo članak|celog članka|nastavak|preberi|branje",
    "celoten članek|celotni članek|прочети|целия|цялата статия|прочетете|наставите|читање|цео чланак|дочит|далі",
    "повний текст|читати далі|повну версію|полностью|целиком|edasi lugemiseks|loe edasi|artikli lugemiseks|lugeda",
    "tervikartikl|lasīt|visu rakstu|turpināt las|skaityti|visą straipsn|toliau|seguir llegint|continua llegint",
    "article complet|llegir|irakurtzen|lesa áfram|lexo|devamını|tamamını|okumaya|oxumaq|გაგრძელება|წაიკითხ|կարդալ",
    "شارکت|ادامهٔ مطلب|ادامه مطلب|خواندن|متن کامل|مکمل|پڑھنے|پڑھیں|بقیه|باقی|لمتابعة|المقال کامل|قراءة|পুরো|বাকি",
    "পড়তে|সম্পূর্ণ|முழு|படிக்க|தொடர்ந்து|పూర్తి|చదవ|पूर्ण|वाच|पूरा|पूरी|आगे पढ़|पढ़ने|อ่านต่อ|อ่านฉบับเต็ม|อ่านทั้งหมด|toàn bộ",
    "đọc tiếp|đọc toàn|xem tiếp|xem đầy đủ|baca|lengkap|全文|未读|未讀|继续阅读|繼續閱讀|剩下|余下|続き|続けて読",
    "全て|すべて読|記事全文|계속 읽|전문|나머지|전체|υπολοιπο|ολοκληρ|διαβασ|להמשך|המשך|לקריאה|הכתבה המלאה",
    "to continue|to read|to keep reading|full story|rest of|remaining|unlimited|zum weiterlesen|um weiterzulesen",
    "ganzen artikel|vollständigen|komplett lesen|alles lesen|lies alles|alle artikel|zugang zu|lire l'intégralité",
    "lire l'article|pour lire|suite de|en intégralité|accès illimité|tous nos articles|leer completo",
    "leer el artículo|para leer|seguir leyendo|noticia completa|acceso ilimitado|todo el contenido|ler o artigo",
    "ler na íntegra|para ler|leia mais|acesso ilimitado|todo o conteúdo|leggi tutto|per leggere|leggi l'articolo",
    "accesso illimitato|lees verder|om verder|het hele|volledige|onbeperkt|alle artikelen|läs vidare|läsa",
    "hela artikel|alla artiklar|les videre|lese hele|hele saken|alle saker|læs hele|læse|hele artikl|alle artikl",
    "lue koko|lukeaksesi|jatka luk|koko artikkel|kaikki jutut|przeczyta|czytać|pełn|cały|dočíst|dočtete|celý text",
    "čítať|celý článok",
)
ONLY = words(
    "dostupné pre|dostupný pre|dostupné pro|dostupný pro|dostupan pret|dostopen naroč|available for|verfügbar für",
    "disponible pour|disponible para|disponível para|disponibile per|beschikbaar voor|tillgänglig för",
    "tilgængelig for|tilgjengelig for|reserved for|exclusive|only for|only to|available to|is for |for our",
    "members only|subscribers only|nur für|nur mit|exklusiv|vorbehalten|zur verfügung|réservé|exclusi|uniquement",
    "reservad|solo para|sólo para|apenas para|só para|riservat|solo per|esclusiv|alleen voor|voorbehouden",
    "exclusief|enkel voor|endast|bara för|är för|er for |kun for|for abonnent|forbeholdt|kun til|vain |tilaajille",
    "tylko dla|wyłącznie|dla abonent|pouze|jen pro|len pre|iba pre|csak |számára|doar |numai |само за|само |samo ",
    "лише|тільки|только|для подписчик|для передплат|μονο|αποκλειστικα|sadece|yalnızca|özel|فقط|حصری|רק ל|בלבד|केवल",
    "सिर्फ|শুধু|মাত্র|மட்டும்|மட்டுமே|เฉพาะ|dành cho|dành riêng|chỉ |khusus|hanya|仅|僅|专享|專享|專屬|限定|専用|전용",
    "ainult|tikai|tik |només|bakarrik|eingöngu|tələb|صرف",
)
LIVE = words(
    "live|ticker|direkt|direct|vivo|dirett|minut|онлайн|трансляц|на живо|наживо|лайв|уживо|uživo|v živo|naživo",
    "živě|otseblogi|otsepil|otse |tiešraid|tiešsaist|tiesiogiai|zuzenean|percről|élőben|élő |ζωντανα|λεπτο προς",
    "canlı|dakika|مباشر|لحظة|آخر التطورات|اول باول|לייב|עדכונים|דיווח|زنده|لحظه به لحظه|براہ راست|لمحہ|लाइव|লাইভ",
    "நேரலை|లైవ్|อัปเดต|อัพเดต|สด|นาทีต่อนาที|trực tiếp|cập nhật|tường thuật|langsung|terkini|实时|實時|直播|即时",
    "即時|滚动|滾動|最新情況|最新情况|ライブ|実況|速報|中継|随時更新|실시간|속보|생중계|løpende|følg|seuraa|suora",
    "hetki|relacja|żywo|online|hronik|хроник|tempo real",
)

# What stands before or after a headline, or as its first word, where the page shows a film, pictures or a sound.
MEDIA = words(
    "vídeo|vídeos|vidéos|videos|[video|(video|video:|video -|[wideo|(wideo|wideo:|[foto|(foto|foto:|fotos:|galeria",
    "galéria|galerija|galerii|fotogal|fotók|képek|képgal|videó|videod|videot|fotky|video |vidéo|diaporama",
    "slideshow|photos|photo gallery|photo essay|in pictures|بالفیدیو|فیدیو|بالصور|صور:|שידור|צפו|וידאו|סרטון|גלריה",
    "בתמונות|ویدیو|ویدئو|فیلم|تصاویر|ویڈیو|वीडियो|विडियो|तस्वीर|फोटो|ভিডিও|ছবিতে|காணொளி|வீடியோ|புகைப்பட|คลิป|ชมภาพ",
    "ประมวลภาพ|ภาพชุด|วิดีโอ|chùm ảnh| ảnh:|loạt ảnh|clip| foto |potret|βιντεο|φωτογραφι|δειτε|видео|відео|снимки",
    "галери|галере|фото|слике|slike:|nuotrauk|pildid|galerie|bilder|bildstrecke|bildspel|billeder|kuvat|katso",
    "titta|bekijk|kijk:|guarda|assista|veja|mira|oglądaj|zobacz|podcast|podkast|écoutez|regardez|escucha|ouça",
    "ascolta|lyssna|lyt |luister|posłuchaj|组图|組圖|图集|圖集|视频|影片|影音|動画|写真|フォト|音声|영상|동영상",
    "포토|화보|사진|fotogalerie|fotoreport|fotorelacja|fotoreportage|im film|im video|im bild|watch|listen|album",
)

# What consent walls name in each language: cookies, privacy, partners, personal data, a device, agreeing and refusing.
CONSENT: tuple[str, ...] = tuple(
    (
        "accept|reject|decline|your choice|tracking-free|süti|sütik|adatvédelm|adatai|személyes adat|partnereink|"
        "eszközön|elfogadom|hozzájárul|nem fogadom|beállítás|személyre szabott|reklám|απορρητ|απόρρητ|ιδιωτικότητ|"
        "συνεργάτες|προσωπικά δεδομένα|προσωπικών|συσκευή|συμφωνώ|αποδέχομαι|αποδοχή|απόρριψη|επιλογές|"
        "εξατομικευμέν|διαφημ|бисквитк|поверителност|лични данни|партньор|устройство|съгласен|съгласие|приемам|"
        "приеми|отказвам|персонализиран|реклам|колачић|приватност|лични подаци|личних податак|партнер|уређај|"
        "прихват|сагласн|одби|оглас|kolačić|kolacic|privatnost|osobne podatke|osobnih podataka|lične podatke|"
        "ličnih podataka|partneri|uređaj|prihvać|prihvat|pristaj|privol|suglas|saglas|odbij|oglas|postavke|"
        "podešavanja|piškot|zasebnost|osebne podatke|osebnih podatkov|partnerji|naprav|sprejm|strinja|soglas|zavrn|"
        "oglase|küpsis|privaatsus|isikuandme|partnerite|partnerid|seadme|nõustu|nõusolek|keeldu|isikupärasta|"
        "reklaami|sīkdat|sīkfail|privātum|personas dat|partner|ierīc|piekrīt|piekriš|noraid|personaliz|reklām|"
        "slapuk|privatum|asmens duomen|įrengin|sutink|sutikim|atmesti|suasmenint|reklam|súbor cookie|súbory cookie|"
        "osobných údajov|osobné údaje|súkromi|partnermi|zariaden|súhlas|prijať|prijm|odmietn|prispôsoben|"
        "osobní údaje|soukromí|zařízení|souhlasím|přijmout|odmítnout|partnery|přizpůsoben|galetes|privadesa|"
        "dades personals|socis|dispositiu|accepta|acceptar|rebutja|consentiment|personalitzad|vafrakök|friðhelgi|"
        "persónuupplýsing|samþykk|çerezler|gizliliğ|kişisel veri|iş ortak|cihaz|kabul et|reddet|onay|açık rıza|"
        "kişiselleştir|файлы cookie|файлів cookie|файли cookie|куки|персональні дані|персональных|персональних|"
        "партнери|партнёр|пристро|устройств|приймаю|прийняти|згод|погоджу|відхил|отклон|принимаю|конфіденційн|"
        "персоналізован|ملفات تعريف|كوكيز|الكوكيز|خصوصيت|خصوصية|بيانات شخصية|بياناتك|البيانات الشخصية|شركاؤنا|"
        "شركائنا|جهازك|الموافقة|أوافق|أقبل|قبول|رفض|إعلانات مخصصة|עוגיות|קוקיז|פרטיות|נתונים אישיים|מידע אישי|"
        "שותפינו|שותפים|במכשיר|מסכים|הסכמה|אישור|קבל|דחה|מותאמ|פרסומות|کوکی|حریم خصوصی|داده‌های شخصی|اطلاعات شخصی|"
        "شرکای|دستگاه|موافق|می‌پذیرم|پذیرش|رد کردن|رضایت|کوکیز|رازداری|ذاتی معلومات|ذاتی ڈیٹا|شراکت دار|ڈیوائس|"
        "متفق|مسترد|कुकी|कुकीज़|गोपनीयता|निजता|व्यक्तिगत डेटा|व्यक्तिगत जानकारी|साझेदार|भागीदार|डिवाइस|उपकरण|सहमत|"
        "स्वीकार|अस्वीकार|सहमति|विज्ञापन|কুকি|গোপনীয়তা|ব্যক্তিগত তথ্য|ব্যক্তিগত ডেটা|অংশীদার|ডিভাইস|সম্মত|সম্মতি|গ্রহণ|"
        "প্রত্যাখ্যান|বিজ্ঞাপন|குக்கீ|தனியுரிமை|தனிப்பட்ட|கூட்டாளர்|சாதன|ஒப்புக்|சம்மத|ஏற்|நிராகரி|விளம்பர|คุกกี้|ความเป็นส่วนตัว|"
        "ข้อมูลส่วนบุคคล|พันธมิตร|พาร์ทเนอร์|อุปกรณ์|ยินยอม|ยอมรับ|ปฏิเสธ|โฆษณา|quyền riêng tư|dữ liệu cá nhân|đối tác|"
        "thiết bị|đồng ý|chấp nhận|từ chối|quảng cáo|privasi|data pribadi|data peribadi|mitra|perangkat|setuju|"
        "terima|tolak|persetujuan|iklan|cookie|cookies|个人信息|个人数据|合作伙伴|设备|同意|接受|拒绝|个性化|隐私|"
        "隱私|個人資料|合作夥伴|裝置|接受全部|拒絕|個人化|廣告|广告|クッキー|個人情報|個人データ|パートナー|端末|"
        "デバイス|許可|拒否|広告|設定|쿠키|개인정보|개인 데이터|파트너|기기|동의|수락|허용|거부|맞춤형|광고|"
        "კონფიდენციალურობ|ქუქი|թխուկ|գաղտնիութ|we value|we care about|your data|personal information|store and/or|"
        "store or access|access information|information on a device|third parties|third-party|ad-free|ad free|"
        "without ads|without tracking|with ads|manage my|do not accept|do not agree|i agree|i accept|agree and|"
        "opt out|opt-out|preferences|weiter mit|werbetracking|werbung|mit tracking|ablehnen|einstellungen|zwecke|"
        "endgerät|gerät|speichern|accepter|refuser|paramétrer|avec publicité|sans publicité|publicité|"
        "s’abonner et refuser|intérêt légitime|stocker|appareil|terminal|aceptar|configurar|publicidad|dispositivo|"
        "interés legítimo|almacen|aceitar|recusar|publicidade|armazen|rejeitar|definições|accetta|rifiuta|"
        "pubblicità|personalizza|memorizz|accepteren|weigeren|instellingen|advertenties|apparaat|opslaan|acceptera|"
        "avvisa|neka|annonser|inställningar|enhet|lagra|afvis|annoncer|indstillinger|enhed|gemme|godta|avvis|"
        "innstillinger|lagre|hyväksyn|hylkää|mainon|asetukset|laite|tallen|zgadzam|odrzuć|ustawienia|urządzen|"
        "przechow|cele"
    ).split("|")
)
