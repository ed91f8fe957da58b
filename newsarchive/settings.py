"""The Scrapy settings of newsarchive: polite and safe by default, each choice explained; `-s` overrides any of them.

newsarchive's own settings (NEWSARCHIVE_*) are listed in docs/settings.md; the environment sets them too.
"""

from __future__ import annotations

from newsarchive import options as _options

BOT_NAME = "newsarchive"
SPIDER_MODULES = ["newsarchive.spiders"]
NEWSPIDER_MODULE = "newsarchive.spiders"
# Our `crawl` and `runspider` end with exit code 0 (complete), 1 (something failed) or 2 (wrong usage).
COMMANDS_MODULE = "newsarchive.commands"
# The add-on does what cannot be written down as a constant: the user agent, made from NEWSARCHIVE_CONTACT, and the
# environment. Any other Scrapy project gets all the rest of this file through it, too: see docs/addon.md.
ADDONS = {"newsarchive.addon.NewsArchive": 500}

# --- Polite -----------------------------------------------------------------------------------------------------------
# robots.txt is obeyed, by the name "newsarchive" (the product token of our user agent).
ROBOTSTXT_OBEY = True
ROBOTSTXT_PARSER = "newsarchive.middlewares.robots.BoundedRobotParser"
# The delay between two requests to a host follows how fast it answers, up to a minute when it struggles.
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0
AUTOTHROTTLE_MAX_DELAY = 60.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
# Two requests at a time to one host at most, however many hosts are crawled at once.
CONCURRENT_REQUESTS = 32
CONCURRENT_REQUESTS_PER_DOMAIN = 2

# Scrapy starts this many tasks for the output of every page, whatever its size: its default of 100 costs as much time as
# the download. newsarchive's own spiders, whose pages give one item each, set 1.
CONCURRENT_ITEMS = 8

# --- Bounded ----------------------------------------------------------------------------------------------------------
# A whole download, however slowly it drips, takes 30 seconds at most; a page is 10 MB at most, compressed or not.
DOWNLOAD_TIMEOUT = 30
DOWNLOAD_MAXSIZE = 10_000_000
DOWNLOAD_WARNSIZE = 0
REDIRECT_MAX_TIMES = 10
# Pages may wait, up to this many bytes of them, while the archive writes a batch; with Scrapy's 5 MB the downloads would
# pause for every batch.
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 20_000_000
# The ledger tells what was given up, and why.
RETRY_GIVE_UP_LOG_LEVEL = "INFO"

# --- Safe -------------------------------------------------------------------------------------------------------------
# A page is not to be trusted: its links reach the web and nothing else. Scrapy's defaults would read a page's
# <a href="file:///etc/hostname">.
DOWNLOAD_HANDLERS = {
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
    # Scrapy's own, but with a limit to headers as well as to bodies.
    "http": "newsarchive.middlewares.connections.BoundedHttpHandler",
    "https": "newsarchive.middlewares.connections.BoundedHttpHandler",
}
# Names are resolved by the guard, which lets through public addresses only; the address it judged is the one connected
# to. NEWSARCHIVE_ALLOWED_HOSTS makes exceptions.
TWISTED_DNS_RESOLVER = "newsarchive.middlewares.guard.GuardedResolver"
# Nobody may run code in a running crawl.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

# --- Nothing silent ---------------------------------------------------------------------------------------------------
# Every page requested ends as one row of the archive's ledger and one count of the stats, with its reason.
DOWNLOADER = "newsarchive.middlewares.downloads.RecordingDownloader"
EXTENSIONS = {
    "newsarchive.middlewares.crawl_delay.CrawlDelay": 500,  # after AutoThrottle (0), whose delay it may raise
    "newsarchive.pipelines.session.Session": 0,  # owns the archive's writer, and keeps the books
    "scrapy.extensions.telnet.TelnetConsole": None,
    "scrapy.extensions.remote_control.RemoteControl": None,
}
DOWNLOADER_MIDDLEWARES = {
    # Scrapy's own at its own place, but one that keeps a row for what it filters.
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "newsarchive.middlewares.offsite.RecordingOffsite": 50,
    # As Scrapy's, but as RFC 9309 says: a robots.txt that cannot be read forbids, a missing one allows.
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "newsarchive.middlewares.robots.Robots": 100,
    # Scrapy's own, but one that reads no page that cannot have such a tag.
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "newsarchive.middlewares.refreshes.MetaRefresh": 580,
    # A page visited before is asked for with a condition, where its host proves honest about what has changed.
    "newsarchive.middlewares.conditional.Conditional": 740,
    # After HttpProxy (750), since a proxy changes who is connected to; before anything is sent.
    "newsarchive.middlewares.guard.Guard": 760,
    # Nearer to the downloader than Retry (550), so that a host is paused before its page is asked for again.
    "newsarchive.middlewares.backoff.BackOff": 770,
    # Next to the downloader, where a body is as it was sent and a redirect is still one. Off without NEWSARCHIVE_CAPTURES.
    "newsarchive.middlewares.captures.Captures": 995,
}
SPIDER_MIDDLEWARES = {
    # Scrapy's own at its own place, but one that keeps a row for every page it filters.
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
    "newsarchive.middlewares.statuses.RecordingHttpErrors": 50,
    # Nearest to the spider, so that it sees what a callback gave or raised before anyone else handles it.
    "newsarchive.middlewares.callbacks.RecordingCallbacks": 1100,
}

# --- Pipelines: one a field, in this order ----------------------------------------------------------------------------
# The fields first, in the order a reader meets them; each is independent of the others, whatever the item's kind.
# Then the item as a whole: what is no article leaves, then what the archive already has (it is known by its clean URL
# and its clean text, so this must come after all the fields), and last the store.
ITEM_PIPELINES = {
    "newsarchive.pipelines.title.Title": 100,
    "newsarchive.pipelines.body.Body": 200,
    "newsarchive.pipelines.date.Dates": 300,
    "newsarchive.pipelines.authors.Authors": 400,
    "newsarchive.pipelines.images.Images": 500,
    "newsarchive.pipelines.verdict.Verdicts": 600,
    "newsarchive.pipelines.deduplicate.Deduplicate": 700,
    "newsarchive.pipelines.store.Store": 800,
}
# A duplicate is nothing to warn of.
DEFAULT_DROPITEM_LOG_LEVEL = "INFO"

# --- Output -----------------------------------------------------------------------------------------------------------
# `-O articles.json` gives articles with the field names of `newsarchive export`.
FEED_EXPORT_ENCODING = "utf-8"
FEED_EXPORTERS = {
    "json": "newsarchive.pipelines.feeds.ArticleJson",
    "jsonlines": "newsarchive.pipelines.feeds.ArticleJsonLines",
    "jsonl": "newsarchive.pipelines.feeds.ArticleJsonLines",
    "jl": "newsarchive.pipelines.feeds.ArticleJsonLines",
    "csv": "newsarchive.pipelines.feeds.ArticleCsv",
    "xml": "newsarchive.pipelines.feeds.ArticleXml",
}
# A file that is overwritten is replaced at the end, whole: a crawl that is killed leaves the old one.
FEED_STORAGES = {
    "": "newsarchive.pipelines.feeds.WholeFileStorage",
    "file": "newsarchive.pipelines.feeds.WholeFileStorage",
}
LOG_LEVEL = "INFO"

# --- newsarchive's own settings: their defaults, overridden by the environment (and by -s) ----------------------------
globals().update({_option.name: _option.default for _option in _options.OPTIONS})
globals().update(_options.from_environment())
