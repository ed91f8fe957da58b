"""The commonest short words and the own letters of languages that share a script: tables, no code."""

from __future__ import annotations

LATIN: dict[str, str] = {
    "en": "the of and to in is that for it was on with as are by this be at from have not has but they his "
    "which their said who will an "
    "were been or we you more about its would after",
    "fr": "le la les de des du et à en un une est que qui dans pour par sur au aux ce il elle ne pas plus avec "
    "se son sa ses ont été cette "
    "mais ou nous sont était être leur selon après",
    "de": "der die das und in den von zu mit ist des auf für im dem nicht ein eine als auch es an werden aus er "
    "hat dass sie nach wird bei "
    "einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch",
    "es": "el la los las de del y que en un una por con para se no es su al lo como más o pero sus le ha este "
    "esta ya fue son entre cuando "
    "muy sobre también hasta hay desde según años",
    "pt": "o a os as de do da dos das e que em um uma para com não por no na nos nas se é foi ao mais como mas "
    "à são ou ser pelo pela isso "
    "também já está ele ela seu sua após segundo disse",
    "it": "il lo la i gli le di del della dei delle e che in un una per con non è da al alla nel nella si sono "
    "come più anche ma ha o dal "
    "dalla questo questa suo sua stato dopo hanno essere anni",
    "nl": "de het een van en in is dat op te voor met zijn niet aan er die ook als door maar om naar bij uit "
    "wordt heeft hij worden over ze "
    "nog dan deze zich werd meer tot geen wel kan ik was",
    "af": "die van en in is het dat nie vir op te met wat sy om hy aan by sal as was ook word kan hulle maar "
    "daar uit deur na ons of ek oor "
    "hierdie baie gesê sê",
    "fy": "de it fan en yn is dat op te foar mei net oan in hat wie ek as troch syn sy hy om nei wurdt mar út dy",
    "lb": "de d den der an vun fir mat dat ass op net e eng en hunn déi ze och ginn huet wéi awer sinn gëtt "
    "sech nach bei um war dass iwwer "
    "sinn datt nët",
    "sv": "och i att det som en på är av för med den till inte har de om ett var vi han men så från kan när "
    "under också ska sig man hon "
    "efter eller vid år säger mot nu blir",
    "da": "og i at det er en til på af for den med der de ikke som har et om var han men fra vi kan også ved "
    "efter eller blev siger blive "
    "skal være ud over hun nu sig når mellem år",
    "nb": "og i å det er en til på av for den med som de ikke har et om var han men fra vi kan også ved etter "
    "eller ble sier skal være ut "
    "over hun nå seg når mellom år at mot bli opp",
    "nn": "og i å det er ein til på av for den med som dei ikkje har eit om var han men frå vi kan også ved "
    "etter eller vart seier skal vere "
    "ut over ho no seg når mellom år at mot bli",
    "is": "og í að á er sem en til það um við var fyrir með af hann ekki þess eru hefur var því þetta eftir ég "
    "segir frá þá verið hún þar "
    "voru sé úr eða hafa verður",
    "fo": "og í at á er sum til tað um við var fyri við av hann ikki eru hevur tí hetta eftir eg sigur frá tá "
    "verið hon tey",
    "fi": "ja on ei se että oli hän ovat kun myös joka mutta tai kuin sen jos niin nyt ole olla vuoden sekä "
    "mukaan voi vain ollut hänen "
    "jo noin vuonna sanoo kertoo mitä tämä",
    "et": "ja on ei see et ta oli kui ka mis aga või oma nii ning selle kes siis nad mida veel juba pole olid "
    "tema välja aasta ütles "
    "eesti üle pärast ei ole",
    "lv": "un ir ka no par ar uz lai kas bija nav arī bet pēc kā tas vai to tiek gadā savu gada pie viņš jau "
    "līdz šo būs ko kad teica",
    "lt": "ir yra kad su į iš tai bei dėl apie buvo ne kaip bet o per už jis nuo po ar kurie taip savo metų "
    "jau dar kai sakė pagal",
    "pl": "w i na z do się nie że jest to o od po jak ale za co przez dla przy są oraz był ma tym tego być już "
    "jego także roku które który "
    "czy może tylko po mówi",
    "cs": "a v se na je že s z do o i to za ve by pro jsou jako po k od ale jeho podle který které bylo však "
    "před při už co jeho není byl "
    "také aby má tím let řekl",
    "sk": "a v sa na je že s z do o aj to za vo by pre sú ako po k od ale jeho podľa ktorý ktoré bolo však pred "
    "pri už čo nie bol tiež aby má "
    "rokov povedal",
    "sl": "in v je na se za da so z ki pa tudi po ne s bi o iz ali od kot pri le do še kar bil ker bo že pred "
    "med bila več leta ni lahko",
    "hr": "i u je na se da su za s o od će nije koji kako bi kao to što iz ali ili do li sam po te je samo "
    "nakon sve godine bio koja koje "
    "također kazao rekao",
    "sr": "i u je na se da su za s o od će nije koji kako bi kao to što iz ali ili do li sam po te je samo "
    "nakon sve godine bio koja koje "
    "takođe rekao kaže posle",
    "hu": "a az és hogy nem is egy ez van volt de meg csak már el be mint még ha ki azt s le nagy kell vagy "
    "után lett között szerint olyan "
    "pedig ezt mert lesz magyar",
    "ro": "de și în a la cu pe din nu o că este un pentru se au mai care fost ce sau după prin dar al ale fi "
    "sunt va lui când până acest "
    "această a fost spus într",
    "sq": "të e në dhe i për me një që nga është se ka u nuk më do kjo ky por si janë ishte pas edhe ne ai "
    "kanë tha shumë ku",
    "tr": "ve bir bu da de için ile olarak çok daha olan ne gibi kadar sonra en o ise ama var değil olduğu oldu "
    "dedi göre her yeni iki "
    "türkiye olduğunu eden kendi",
    "az": "və bu bir ilə də üçün ki olan olub edib da sonra daha çox görə isə kimi onun bildirib olaraq "
    "azərbaycan tərəfindən var həmin ən",
    "uz": "va bu bilan uchun bir ham bo‘lgan deb qilish ushbu edi o‘z emas yil kerak bo‘yicha o‘zbekiston "
    "keyin qildi esa",
    "tk": "we bu bilen üçin bir hem bolan diýip türkmenistanyň ýyl boýunça soň etmek türkmen",
    "vi": "và của là có trong được cho các với không một đã những người này khi từ để đến ở tại về năm cũng ra "
    "sẽ như vào nhiều hơn ông phải",
    "id": "yang dan di untuk dengan dari ini itu pada tidak akan ke dalam juga oleh adalah telah ada para "
    "tersebut bisa sebagai atau karena "
    "kata sudah lebih saat bahwa mereka",
    "ms": "yang dan di untuk dengan dari ini itu pada tidak akan ke dalam juga oleh adalah telah ada para "
    "tersebut boleh sebagai atau kerana "
    "kata sudah lebih ketika bahawa mereka beliau turut",
    "tl": "ang ng sa na mga ay at si para hindi ni ito kay mula may nang kung ayon siya niya pa rin lang din "
    "naman ito'y noong kanyang",
    "sw": "na ya wa kwa ni katika za la kuwa cha hiyo hii huo alisema pia watu kama huyo baada yake wake vya "
    "lakini ili mwaka zaidi nchi",
    "ca": "el la els les de del i que en un una per amb no es és al com més ha han dels seu seva però també ser "
    "va als entre sobre segons "
    "aquest aquesta fins anys",
    "gl": "o a os as de do da dos das e que en un unha para con non por no na nos nas se é foi ao máis como "
    "pero son ou ser polo pola tamén "
    "xa está seu súa despois galicia",
    "eu": "eta da ez du bat dira zuen izan dute baina ere egin dela hori dituzte beste zen duen baino ditu "
    "gero arte euskal dago urte",
    "ga": "an na agus ar go i is a le do bhí sé tá de nach atá gur ag ach seo sin faoi níos chun bheith leis dúirt",
    "gd": "an na agus air a gu tha e ann chan bha do le gun na aig bho seo sin cuideachd airson",
    "cy": "y yr yn a i o ar ei mae ac am wedi bod eu gan ond fod â oedd hefyd un gyda er fel wrth dweud nid hyn",
    "mt": "il li ta u fil dan minn kien biex għal ma l huwa din ukoll kif meta kienet tal wara qal jew aktar",
    "zu": "ukuthi futhi kodwa uma noma kanye ngoba lapho nje ku le ngesikhathi uthe abantu yena kule okuyiwona "
    "ngo ukuze yi lokhu",
    "xh": "ukuba kwaye kodwa okanye ukuze xa le kunye kwi oku uthe abantu yakhe apho ngenxa nje ngexesha ukuthi",
    "st": "le ho ba ka o ya e tsa ha hore mme ke sa ea re bo fela empa leng tse hae joalo batho",
    "tn": "le go ba ka o ya e tsa ga gore mme ke sa fa re bo fela mo batho gagwe ne jaaka",
    "so": "oo ka iyo ku ay in ah waxa la uu si ee soo kale aan wax dalka sheegay waa kala lagu",
    "ha": "da a na ya ta ne ce shi kuma cewa don wannan sun kan ga an amma domin wani",
    "yo": "ni ti ń sí àwọn náà pé fún wọn kan tó jẹ́ bí kò sì láti lọ",
    "ig": "na nke ndị ka ya ọ bụ n'ime maka ga ha otu kwuru bụ site",
    "rw": "mu ku na ko bya ya cya uyu ibi kandi ngo aho ari abantu kuri cyane nyuma",
    "mg": "ny sy tamin amin dia izay fa ho no ao an ireo tsy ka nisy izany malagasy ary",
    "ht": "nan ki yo pou ak yon gen se te sou ap li pa tout ayiti lan kap fè moun",
    "eo": "la de kaj en estas ke al por ne kun de la pri sed ankaŭ aŭ kiu kiuj ĝi esti oni",
    "ku": "û li ji bo ku di de ya ên jî wê ev xwe bi ne kir her dike kurdistanê",
    "la": "et in est non ad cum ut sed quod qui ex de per quae etiam esse sunt",
}

CYRILLIC: dict[str, str] = {
    "ru": "и в не на что с по как это он для но из за то от был было его все также о при до или уже после года "
    "которые только так мы она они сообщил ы",
    "uk": "і в не на що з у та до за від як це його для про або й але був було також року які після під час "
    "він вони вже щоб є",
    "be": "і ў не на што з у да за ад як гэта яго для пра але быў было таксама гады якія пасля пад час ён яны ўжо каб",
    "bg": "и в не на че с за да се от е по като ще са при това до той има със след бе може още който която "
    "през няма но",
    "sr": "и у не на да је се за са од су као који што из о ће али или до није после све године био која рекао "
    "каже како би",
    "mk": "и во не на дека со од за да се е по како ќе се при ова до тој има по бил може кои која но што го ги ја",
    "kk": "және бұл мен үшін бар деп бір болып де еді осы екі туралы кейін болған оның қазақстан жылы бойынша",
    "ky": "жана бул менен үчүн бар деп бир болуп эле ушул кийин болгон анын кыргыз жылы боюнча",
    "mn": "нь бол юм байна энэ гэж ба монгол болон их улсын тухай хүн жил байсан мөн",
    "tg": "ва дар аз ба ин ки бо барои аст тоҷикистон он буд шуд мекунад",
    "tt": "һәм бу белән өчен дә бер да иде татар булган татарстан",
    "uz": "ва бу билан учун бир ҳам бўлган деб ушбу эди ўз ўзбекистон кейин",
}

ARABIC: dict[str, str] = {
    "ar": "في من على إلى أن التي الذي عن مع هذا هذه ما كان قال بعد لا بين وقال كما أو قد ذلك وفي خلال إن حول غير",
    "fa": "در به از که این را با است برای آن یک می خود تا بر شده کرد شد هم نیز ها گفت بود",
    "ur": "کے میں کی ہے اور سے کا کو نے پر کہ ہیں یہ اس کر بھی نہیں ایک تھا گیا تھے کہا وہ جو",
    "ps": "د په او چې ته کې له دا یې سره هم نه وه کړی شوي افغانستان دی خو ده",
    "ckb": "لە بە و کە ئەم بۆ ئەو لەگەڵ دەکات کوردستان هەر نییە بوو",
    "ug": "ۋە بۇ بىلەن ئۈچۈن بىر ئۇيغۇر قىلىپ دەپ",
    "sd": "جي ۾ جو ۽ آهي کي کان سان هو ته نه",
}

DEVANAGARI: dict[str, str] = {
    "hi": "के में की है और से का को ने पर कि हैं यह इस कर भी नहीं एक था गया थे कहा वह जो हो लिए",
    "mr": "आहे आणि या च्या ही हे व तर होते होता नाही केली केला असून मात्र त्या आहेत यांनी म्हणून करून झाली",
    "ne": "र को मा छ पनि का छन् लाई ले यो भने गरेको भएको हो नेपाल गर्न एक थियो",
    "sa": "च न तु सः इति अस्ति एव तत् तस्य",
}

HEBREW: dict[str, str] = {
    "he": "של את על לא כי הוא עם זה גם היא אל או אבל כל אם היה מה יותר אחרי לאחר בין",
    "yi": "און די דער אין צו פון איז אַז מיט דאָס נישט האָט זענען אַ װאָס אויף",
}

# Letters that only, or nearly only, one language of the script writes.
LETTERS: dict[str, str] = {
    "ą": "pl lt",
    "ę": "pl lt",
    "ń": "pl",
    "ź": "pl",
    "ž": "cs sk sl hr sr lt lv et",
    "š": "cs sk sl hr sr lt lv et",
    "č": "cs sk sl hr sr lt lv",
    "ş": "tr az",
    "ö": "de sv fi et hu tr is",
    "ä": "de sv fi et sk",
    "ü": "de et hu tr",
    "ё": "ru be",
    "ъ": "bg ru",
    "ß": "de",
    "ñ": "es",
    "¿": "es",
    "ã": "pt",
    "õ": "pt et",
    "ø": "da nb nn",
    "å": "sv da nb nn",
    "ł": "pl",
    "ż": "pl",
    "ś": "pl",
    "ř": "cs",
    "ů": "cs",
    "ě": "cs",
    "ľ": "sk",
    "ĺ": "sk",
    "ŕ": "sk",
    "ô": "sk fr",
    "ő": "hu",
    "ű": "hu",
    "ș": "ro",
    "ț": "ro",
    "ă": "ro vi",
    "ţ": "ro",
    "ğ": "tr az",
    "ı": "tr az",
    "ə": "az",
    "ð": "is fo",
    "þ": "is",
    "ė": "lt",
    "ų": "lt",
    "į": "lt",
    "ā": "lv",
    "ē": "lv",
    "ņ": "lv",
    "ķ": "lv",
    "ģ": "lv",
    "ơ": "vi",
    "ư": "vi",
    "ạ": "vi",
    "ế": "vi",
    "ộ": "vi",
    "ë": "sq lb",
    "ħ": "mt",
    "ġ": "mt",
    "ċ": "mt",
    "ŵ": "cy",
    "ŷ": "cy",
    "ć": "hr sr pl",
    "đ": "hr sr vi",
    "ŭ": "eo",
    "ĝ": "eo",
    "ẹ": "yo ig",
    "ọ": "yo ig",
    "ṣ": "yo",
    "ê": "ku fr pt",
    "œ": "fr",
    "ň": "tk cs sk",
    "ý": "cs sk is tk",
    "ы": "ru be kk ky mn",
    "э": "ru be kk ky mn",
    "і": "uk be kk",
    "ї": "uk",
    "є": "uk",
    "ґ": "uk",
    "ў": "be uz",
    "ј": "sr mk",
    "љ": "sr mk",
    "њ": "sr mk",
    "ћ": "sr",
    "ђ": "sr",
    "ќ": "mk",
    "ѓ": "mk",
    "ѕ": "mk",
    "ә": "kk tt",
    "қ": "kk uz tg",
    "ғ": "kk uz tg",
    "ұ": "kk",
    "ң": "kk ky tt",
    "ө": "kk ky mn tt",
    "ү": "kk ky mn tt",
    "һ": "kk tt",
    "ҳ": "uz tg",
    "ҷ": "tg",
    "ӣ": "tg",
    "پ": "fa ur ps ckb",
    "چ": "fa ur ps ckb",
    "گ": "fa ur ckb",
    "ژ": "fa ckb",
    "ٹ": "ur",
    "ڈ": "ur",
    "ڑ": "ur",
    "ں": "ur",
    "ے": "ur",
    "ہ": "ur",
    "ټ": "ps",
    "ډ": "ps",
    "ړ": "ps",
    "ښ": "ps",
    "ې": "ps ug",
    "ڕ": "ckb",
    "ڵ": "ckb",
    "ێ": "ckb",
    "ۆ": "ckb ug",
    "ۇ": "ug",
    "ة": "ar",
    "إ": "ar",
    "أ": "ar",
    "ى": "ar",
    "۾": "sd",
    "ڪ": "sd",
    "ٿ": "sd",
}

# Languages near enough for a short text to be taken for one another: a declaration decides between them.
NEAR: tuple[frozenset[str], ...] = tuple(
    frozenset(group.split())
    for group in (
        "nb nn no da",
        "hr sr bs sh me cnr sl",
        "id ms",
        "gl pt",
        "cs sk",
        "zu xh ss nd nr",
        "st tn nso",
        "nl af fy",
        "ru be uk",
        "bg mk",
        "tr az tk",
        "kk ky tt",
        "hi mr ne sa bho mai",
        "fa prs ps",
        "tl fil ceb",
        "bn as",
        "am ti",
        "rw rn",
        "de lb gsw als",
        "en sco",
        "ku kmr ckb",
        "et ekk",
        "lv ltg",
        "es ast ca gl",
        "ga gd",
        "so om",
        "ht fr",
        "it la scn vec lmo co",
        "ja zh",
    )
)
