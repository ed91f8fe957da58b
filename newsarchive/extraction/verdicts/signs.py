"""Signs of walls, guards and error pages in markup: what platforms write into every page, whatever its language.

All patterns are for text in lower case.
"""

from __future__ import annotations

from newsarchive.extraction.wording import Wording

# What guards write into the pages they show, by vendor.
GUARD = Wording(
    r"cdn-cgi/challenge-platform|cf-browser-verification|cf[-_]chl[-_]|__cf_chl|cf-challenge|challenges\.cloudflare\.com",
    r"_incapsula_resource|incapsula incident|captcha-delivery\.com|datadome|px-captcha|perimeterx|_pxappid|human-challenge",
    r"ddos-guard|awswaf|aws-waf-token|gokuprops|sucuri_cloudproxy|sucuri website firewall|distil_r_|kpsdk|/_sec/cp_challenge",
    r"sec-if-cpt|sec-cpt|bm-verify|akam-sw|akamai[^<]{0,40}reference|reference (?:#|&#35;)\s?[\da-f.]{8}|edgesuite\.net",
    r"geo\.captcha|hcaptcha\.com/1/api|smartcaptcha|showcaptcha|iv\.captcha|sgcaptcha|acw_sc__v2|_waf_|waf[-_](?:block|jschallenge|captcha)",
    r"within\.website|techaro|anubis_|_fs-ch-|fastly[^<]{0,30}challenge|vercel security checkpoint|x-vercel-challenge|/tspd/|bobcmn",
    r"perfdrive\.com|shieldsquare|rbzid|reblaze|qrator|variti|servicepipe|imunify360|bunkerweb|wordfence|slowaes\.decrypt|__test=",
    r"arkoselabs|funcaptcha|geetest|friendlycaptcha|frc-captcha|mcaptcha|altcha|tencentcaptcha|tcaptcha|aliyuncaptcha|yunsuo|safedog",
    r"your support id is|javascript challenge",
    r"bot[-_ ]?(?:challenge|check|protection|verification)|queue-it\.net|error-1020|error code: 10\d\d",
)
# What a guard's foot says, and that of an error page of the same vendor: a sign where no error is named.
GUARD_FOOT = Wording(r"ray id|incident id|\b(?:\d{1,3}\.){3}\d{1,3}\b|support id")
# A script that sets a cookie and comes again.
COOKIE_SET = "document.cookie"
AGAIN = Wording(r"location\.(?:reload|href|replace|assign)|location\s*=|http-equiv=.?refresh")

# The words that servers and content systems put on an error page's heading, in every language alike.
SERVER_ERROR = Wording(
    r"\b(?:error|code|fehler|erreur|http|status)\s*:?(?: code| status)?\s*:?\s*5\d\d\b|^5(?:0[0-9]|2[0-7])\b|\| 5(?:0[0-4]|2[0-7]):",
    r"bad gateway|gateway time-?out|connection timed out|web server is (?:down|returning)|origin (?:is )?unreachable|guru meditation",
    r"error establishing a database connection|server error in|application error|heroku \||runtime error|service unavailable",
    r"site not found|account suspended",
    r"welcome to nginx|index of /|apache2? (?:\w+ )?default page|is parked|domain (?:is )?for sale|domain expired",
)
# The names that sites and content systems give the box, or the whole body, of an error page.
ERROR_BOX = Wording(
    r"(?:^|[\s_-])(?:error-?404|404|page-?404|p404|e404|err-?404|not-?found|error-?page|page-?not-?found|errorpage|page-?error|"
    r"notfound-\w+|not-found-\w+|error-(?:template|content|message|container|wrapper|block|title|text|code|body|view|screen|wrap|box|section)|"
    r"http-?error|status-404|is-404|is-error|page-?missing|missing-?page|nothing-?found|no-page|soft-?404|seite-nicht-gefunden|erreur-?404|"
    r"erro-?404|errore-?404|fehler-?404|fehlerseite|pagina-?no-?encontrada|route-error|route-404)(?:$|[\s_-])"
)
# What scripts for statistics and single-page applications say of the page's state.
ERROR_STATE = Wording(
    r"""["']?(?:status_?code|http_?status|error_?code|response_?code|httpcode)["']?\s*[:=,]\s*["']?(?:40[34]|410|5\d\d)\b""",
    r"""["']?(?:page|page_?type|page_?name|page_?category|content_?type|route|pagetitle|template_?name)["']?\s*[:=,]\s*["']/?"""
    r"""_?(?:http_?)?(?:404|410|500|errors?|not[-_ ]?found|page[-_ ]?not[-_ ]?found|error[-_ ]?(?:page|404|pages)|"""
    r"""404[-_ ]?(?:page|error))["'/]""",
    r"""prerender-status-code["'] content=["'](?:404|410)""",
)
ERROR_PATH = Wording(
    r"/(?:404|410|500|error-?404|not-?found|page-?not-?found|404-\w+|errors?/404|erreur-?404|fehler-?404|_error)(?:[./]|$)"
)

# The names that paywalls of platforms and sites give the box that stands where the rest of an article would be.
WALL_BOX = Wording(
    r"pay[-_]?wall|reg[-_]?wall|register-?wall|registration-?wall|subscri\w*-?wall|login-?wall|content-?(?:gate|wall|lock)|gateway-content|poool",
    r"(?:^|\s)(?:tp-(?:container|modal|backdrop)|piano-|zephr|steady[-_]paywall|plenigo|laterpay|pigeon-|leaky[-_]|pmpro|mepr[-_]|rcp[-_]|"
    r"gh-(?:post-upgrade|cta)|wc-memberships|s2member|evolok|ppc-|pw[-_]|lp-wall)",
    r"members?-only|subscribers?-only|only-(?:members|subscribers)|memberships?-(?:wall|gate|restrict)|restricted[-_]content|content[-_]restrict",
    r"woocommerce-memberships|post-upgrade|premium-(?:box|lock|overlay|wall|layer|gate|message|notice|cta)|article-?lock|(?:^|[\s_-])lock(?:ed|er|out)?(?:$|[\s_-])",
    r"unlock|metered|meter-wall|fade-?out|truncat|abo-?(?:wall|box|schranke|layer|overlay|hinweis|barriere)|bezahl|zahlschranke|schranke",
    r"plus-?(?:wall|overlay|layer|lock|gate|barrier)|(?:^|[\s_-])mur(?:o|et)?(?:$|[\s_-])|paid-?(?:content|wall|area)|barrier|betaal|betalings|maksumuur",
    r"subscri\w*-(?:required|needed|gate|overlay|lock|barrier|block|prompt)|needs-subscri|payment-?wall|read-?more-?wall|login-(?:required|gate)|rw(?:$|\s)",
)

# Hosts whose scripts and frames write the entries of a live blog.
LIVE_EMBED = Wording(
    r"24liveblog|livecenter\.|norkon|arena\.im|scribblelive|liveblog\.pro|livebeep|tickaroo|live\.blog|storifyme|liveblogpro|live-blog-widget|"
    r"livelyblog|shorthand-live|(?:data|id|class)-?=?[\"']?live-?blog"
)
