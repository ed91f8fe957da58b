"""`scrapy genspider`: Scrapy's own, with one more template: `-t news` writes a site's file and its fixture folder."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scrapy.commands import genspider
from scrapy.utils.conf import closest_scrapy_cfg

from newsarchive import urls

TEMPLATE = "news"
_TEMPLATES = Path(__file__).parent / "templates"
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")


class Command(genspider.Command):
    """Scrapy's `genspider`, in any project; all its own templates work as before."""

    def long_desc(self) -> str:
        """What `scrapy genspider -h` says."""
        return (
            "Generate a new spider from a template. `-t news NAME DOMAIN` writes the file of a news site and the folder "
            "for its saved pages, and says what to do next."
        )

    def run(self, args: list[str], opts: Any) -> None:
        """Write the spider; exit code 2 for a name or a domain that cannot be one."""
        news = opts.template == TEMPLATE and len(args) == 2 and not (opts.list or opts.dump)
        if news and not _NAME.fullmatch(args[0]):
            self._refuse(f"a spider's name has letters, digits, - and _, not {args[0]!r}")
        elif news and not urls.is_web(genspider.verify_url_scheme(args[1])):
            self._refuse(f"not the address of a site: {args[1]!r}")
        elif news and self.settings and not opts.force and self._spider_exists(args[0]):
            self.exitcode = 2
        else:
            super().run(args, opts)

    def _refuse(self, message: str) -> None:
        sys.stderr.write(f"scrapy: {message}\n")
        self.exitcode = 2

    def _generate_template_variables(self, module: str, name: str, url: str, template_name: str) -> dict[str, Any]:
        found: dict[str, Any] = super()._generate_template_variables(module, name, url, template_name)
        if template_name == TEMPLATE:
            home = urls.canonical(url)
            host = urlsplit(home).hostname or ""
            found |= {"domain": host.removeprefix("www."), "url": home if home.endswith("/") else f"{home}/"}
        return found

    def _genspider(self, module: str, name: str, url: str, template_name: str, template_file: Any) -> Path:
        spider: Path = super()._genspider(module, name, url, template_name, template_file)
        if template_name == TEMPLATE:
            self._say(name, url, spider, _fixtures(name))
        return spider

    def _say(self, name: str, url: str, spider: Path, folder: Path) -> None:
        """What was written, and what to do next."""
        home = urls.canonical(url)
        crawl = f"crawl {name}" if closest_scrapy_cfg() else f"runspider {_shown(spider)}"
        sys.stdout.write(
            f"with a folder for its saved pages:\n  {_shown(folder)}\n\n"
            "What to do next:\n"
            f"  1. look at {_shown(spider)}: its time zone, language and country\n"
            f"  2. save one article of {home} and see what is read from it:\n"
            "       scrapy fetch --nolog ARTICLE_URL > page.html\n"
            f"       newsarchive fixture add page.html --url ARTICLE_URL \\\n"
            f'         --captured-at "$(date -u +%FT%TZ)" --site {name}\n'
            f"  3. crawl it: scrapy {crawl} -a max_pages=20\n"
        )

    def _find_template(self, template: str) -> Path | None:
        if template == TEMPLATE:
            return _TEMPLATES / f"{TEMPLATE}.tmpl"
        found: Path | None = super()._find_template(template)
        return found

    def _list_templates(self) -> None:
        super()._list_templates()
        sys.stdout.write(f"  {TEMPLATE}\n")


def _fixtures(name: str) -> Path:
    """The new folder `fixtures/NAME` of the project (of the working folder, outside one), with what belongs there."""
    configuration = closest_scrapy_cfg()
    root = Path(configuration).parent if configuration else Path()
    folder = root / "fixtures" / name
    folder.mkdir(parents=True, exist_ok=True)
    readme = folder / "README.md"
    if not readme.exists():
        readme.write_text(_README.format(name=name), encoding="utf-8")
    return folder


def _shown(path: Path) -> str:
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative


_README = """\
# Saved pages of {name}

One folder a page: `page.html` as it was fetched, `meta.json` (`url`, `captured_at`, and `encoding` where the server
named one), and `article.json`, what must be read from it. Add one, and review its `article.json`:

    newsarchive fixture add page.html --url ARTICLE_URL --captured-at 2026-01-31T12:00+00:00 --site {name}

The tests read every folder here.
"""
