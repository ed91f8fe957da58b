"""Families of words that speak of one thing in the languages of the news; two families together say what one cannot.

A wall, a guard or an error page is worded differently on every site, but it always names the same few things: a guard
speaks of robots and of letting you through, a paywall of subscribing and of an account, a price or the rest of the
text, an error page of a page and of its absence.
"""

from __future__ import annotations

from collections.abc import Sequence

from newsarchive.extraction.verdicts import tongues
from newsarchive.extraction.wording import Wording, holds_any


class Family:
    """Words and patterns that speak of one thing."""

    __slots__ = ("ascii", "others", "pattern")

    def __init__(self, pattern: str, words: tuple[Sequence[str], Sequence[str]] = ((), ())) -> None:
        self.pattern = Wording(tongues.respell(pattern)) if pattern else None
        self.ascii, self.others = words

    def is_in(self, folded: str) -> bool:
        """True when a folded text (see `tongues.fold`) speaks of it."""
        if holds_any(folded, self.ascii) or (not folded.isascii() and holds_any(folded, self.others)):
            return True
        return self.pattern is not None and self.pattern.search(folded) is not None


def family(*patterns: str, words: tuple[Sequence[str], Sequence[str]] = ((), ())) -> Family:
    """A family from lines of patterns separated by bars, for folded text, and of plain words."""
    return Family("|".join(patterns), words)


ROBOT = family(
    r"\bro?bots?\b|\bhuman\b|captcha|automated|automatic (?:access|request)|proof[- ]of[- ]work|\bcrawler|scraping",
    r"roboter|menschlich|ein mensch|(?:kein|ein) programm|automatisierte|robot|humain|automatis[ée]|humano|"
    r"persona real",
    r"es usted una persona|autom[áa]tic[oa]s?\b|automatizad|rob[ôo]|umano|automatic[oi]|menselijk|geautomatiseerd|"
    r"robotem|człowiekiem",
    r"automatyczn|människa|menneske|ihminen|робот|автоматич|людин|человек|insan olduğ|bot değil|روبوت|إنسان|בוט|אדם",
    r"机器人|機器人|自动化|异常|人机|ロボット|人間|自動|로봇|자동|비정상|사람이",
    words=tongues.ROBOT,
)
PASSAGE = family(
    r"verify|verif|confirm|make sure|making sure|prove|access|blocked|banned|continue|request|queries|"
    r"your computer|challenge|check(?:ing)? (?:your|the)|javascript",
    r"poursuivre|continuer|votre (?:lecture|navigateur)|bestätig|überprüf|prüfung|zugriff|gesperrt|fortfahren|"
    r"weiter zur|vérifi|accès|bloqu|acceder|acceso|compr[uo]e[bv]|demuestre",
    r"segurança|acesso|verific|accesso|bevestig|toegang|controle|weryfik|potwierd|dostęp|bekräfta|bekreft|åtkomst|"
    r"подтверд|проверк|проверяем",
    r"доступ|запрос|перевір|doğrula|erişim|التحقق|الوصول|تأكد|אימות|验证|驗證|访问|訪問|確認|認証|アクセス|확인|접속|인증|차단",
    words=tongues.PASSAGE,
)

THING = family(
    r"\bpages?\b|article|story|content|address|url\b|seite|beitrag|artikel|inhalt|adresse|contenu|página|"
    r"art[íi]culo|noticia|notícia",
    r"contenido|conteúdo|endereço|pagina|articolo|notizia|contenuto|indirizzo|bericht|stron[aęyi]|artykuł|stránk|"
    r"článek|článk|obsah",
    r"sid(?:an|en|a)\b|siden|sivu|innehåll|oldal|cikk|pagin[aă]|страниц|материал|стать|адрес|сторінк|сайт|sayfa|"
    r"içerik|haber|halaman",
    r"trang|bài viết|الصفحة|المقال|المحتوى|الرابط|הדף|הכתבה|σελίδα|άρθρο|पृष्ठ|पेज|लेख|页面|頁面|网页|網頁|文章|内容|ページ|記事",
    r"페이지|기사|게시물|주소|site\b|server",
    words=tongues.THING,
)
GONE = family(
    r"not (?:be )?found|can['’]?(?:no)?t (?:be )?f(?:i|ou)nd|expired|removed|deleted|no longer|(?:does not|"
    r"doesn['’]t) exist|unavailable",
    r"isn['’]t (?:here|there)|nothing (?:was )?found|gelöscht|entfernt|nicht \(?mehr\)?|nicht (?:gefunden|"
    r"verfügbar|vorhanden|da)|gibt es nicht",
    r"existiert nicht|supprimé|n['’]existe (?:pas|plus)|n['’]est plus|introuvable|non trouvé|"
    r"pas (?:pu être )?trouvé|no existe|no se (?:ha )?enc",
    r"no encontr|eliminad|retirad[ao]|caducad|não (?:existe|encontr|foi encontr|ach)|removid|excluíd|"
    r"non (?:è (?:presente|stata|disponibile)",
    r"esiste|trovat)|rimoss|cancellat|scadut|bestaat niet|niet (?:gevonden|meer)|verwijderd|usunięt|"
    r"nie (?:istnieje|ma takiej|znale)|wygas",
    r"neexistuje|nenalezen|nenašl|smazán|odstraněn|hittades inte|finns inte|finnes ikke|findes ikke|ikke funnet|"
    r"ikke fundet|tagits bort|fjernet",
    r"ei (?:löydy|ole)|poistettu|nem (?:található|létezik)|nu (?:a fost|există)|удал[её]н|не (?:найден|существует|"
    r"обнаружен)|нет (?:на|такой)",
    r"снят с публикации|не знайдено|не існує|видален|kaldırıl|bulunamad|mevcut değil|silin|tidak ditemukan|"
    r"không (?:tồn tại|tìm thấy)",
    r"غير (?:موجود|متوفر|متاح)|لم يتم العثور|حذف|לא (?:נמצא|קיים)|הוסר|δεν (?:βρέθηκε|υπάρχει)|διαγρ[άα]|नहीं मिल|"
    r"हटा|उपलब्ध नहीं|no se pudo|a fost (?:șters|mutat)|nu exist[ăa]|șters|dihapus|tidak (?:ada|tersedia)|fjernet|"
    r"slettet|flyttet|немає|видалили",
    r"删除|刪除|不存在|未找到|找不到|下架|過期|过期|見つかり|存在しま|削除|終了し|찾을 수 없|삭제|존재하지",
    words=tongues.GONE,
)
BROKEN = family(
    r"critical error|internal error|server error|under maintenance|be (?:right )?back (?:soon|shortly)|backend|"
    r"technical (?:error|difficulties|problem)",
    r"revenons|mise à jour|wartungs|^ wartung $|werden (?:gerade |derzeit )?gewartet|gleich wieder (?:da|für sie)|"
    r"technische (?:störung|probleme)|en maintenance|de retour|erreur (?:interne|technique)",
    r"en mantenimiento|error interno|em manutenção|erro interno|in manutenzione|errore interno|onderhoud|"
    r"przerwa techniczna|údržb|underhåll",
    r"vedlikehold|технически[ех] (?:работ|неполад)|временно недоступ|bakım|bakımda|صيانة|תחזוקה|συντήρηση|维护|維護|"
    r"メンテナンス|점검",
    words=tongues.BROKEN,
)

SUBSCRIBE = family(
    r"subscri|\bmembers?\b|membership|\bplans?\b|abonn|\babo\b|\babos\b|suscri|assin[ae]|abbona|prenumer|subskry|"
    r"předplat|predplat|tilaa",
    r"सदस्यता|सब्सक्राइब|후원회원|abona(?:ț|t)|langgan|đăng ký|подпис|передплат|abone|langganan|اشترا|مشترك|للمشتركين|"
    r"מנוי|συνδρομ|会员|會員|訂閱|订阅|付费|付費|会員|有料|購読|구독|유료|\bplus\b|premium",
    words=tongues.SUBSCRIBE,
)
ACCOUNT = family(
    r"log ?in|sign in|\baccount|register|anmelden|einloggen|registrier|\bkonto\b|compte|identifi|connect|"
    r"inicia(?:r)? sesión|regístr|cuenta",
    r"लॉग ?इन|autentific|kirjaudu|profil\b|log ind|вхід|увійти|masuk|accedi|registrat|entrar|cadastr|conta\b|"
    r"inlogg|logga in|logg inn|log ind|zaloguj|přihlás|účet|kirjaudu|войти|вход|регистр|увійти",
    r"giriş|oturum|masuk|đăng nhập|تسجيل|الدخول|סיסמה|כניסה|σύνδεση|εγγραφ|登录|登錄|登入|ログイン|로그인|회원",
    words=tongues.ACCOUNT,
)
PRICE = family(
    r"(?:[€$£¥₽₺]|r\$|us\$)\s?\d|\d\s?(?:€|\$|£|zł|kr\b|kč|руб|₽|грн|tl\b|₺|円|元|원|euros?\b|kronor|lei\b)|"
    r"\ba (?:week|month)|per (?:week|month)",
    r"₹ ?\d|प्रति माह|\d ?lei|/kk|kr\.?(?:/| pr)|im monat|monatlich|(?:30|ersten?) (?:tage|monat)|par mois|al mes|"
    r"al mese|por mês|per maand|miesi[ąę]c|měsíc|i månaden|в месяц|ayda|/月|月額|免费试|free trial",
    words=tongues.PRICE,
)
REST = family(
    r"(?:continue|keep|finish) reading|read (?:on|more|the (?:rest|full|whole))|(?:full|rest of the|"
    r"whole) (?:article|story|text)|your limit|limit of",
    r"free (?:articles|stories)|stories left|weiterlesen|weiter zu lesen|zu ende lesen|artikel lesen|(?:la|lire la) suite|"
    r"reste à lire|il vous reste",
    r"seguir leyendo|continu(?:ar|e|a) (?:a )?(?:leyendo|lendo|lettura|leggere)|leggere tutto|artigo completo|"
    r"lire (?:cet|l)|verder lezen|hele artikel|verder",
    r"पूरा पढ़|citești mai departe|citește (?:mai departe|tot)|læse (?:videre|alle|resten)|adgang til resten|"
    r"baca selengkapnya|czytaj dalej|dostęp do tego artykułu|cały (?:artykuł|tekst)|číst dál|celý článek|"
    r"läsa (?:vidare|hela|mer)|den här artikeln|lese videre|lukemista|читать|дочита",
    r"продолжение|полный текст|devamı|tamamını|haberin|selengkapnya|đọc tiếp|متابعة القراءة|إكمال|لقراءة|המשך|"
    r"συνέχεια|剩余|剩餘|全文|試読|续读|残り|続き|전문|이어서",
    words=tongues.REST,
)
PAUSED = family(words=tongues.PAUSED)
ACCESS = family(words=tongues.ACCESS)
DENIED = family(words=tongues.DENIED)
LIVE = family(words=tongues.LIVE)
MEDIA = family(words=tongues.MEDIA)
ONLY = family(words=tongues.ONLY)
