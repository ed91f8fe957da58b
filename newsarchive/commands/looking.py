"""What the commands that only look at a page (shell, fetch, view, parse) leave out: they archive nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from newsarchive.commands import ending

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings


def prepare(settings: BaseSettings | None, args: list[str]) -> None:
    """Turn off what would open the archive; a local file that the user names (`scrapy shell ./page.html`) may be read."""
    assert settings is not None
    ending.check(settings)
    settings["EXTENSIONS"].set("newsarchive.pipelines.session.Session", None, "cmdline")
    for name in ("deduplicate.Deduplicate", "store.Store"):
        settings["ITEM_PIPELINES"].set(f"newsarchive.pipelines.{name}", None, "cmdline")
    if args and (args[0].startswith("file:") or ("://" not in args[0] and Path(args[0]).is_file())):
        handler = "scrapy.core.downloader.handlers.file.FileDownloadHandler"
        settings["DOWNLOAD_HANDLERS"].set("file", handler, "cmdline")
