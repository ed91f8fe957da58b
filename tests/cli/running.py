"""Ways to run the command line: in this process, or in one of its own where a reactor is needed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from newsarchive.cli import main
from tests.crawling import environment

QUICK = (
    "-s", "AUTOTHROTTLE_ENABLED=0", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=16", "-s", "RETRY_TIMES=0",
    "-s", "NEWSARCHIVE_WORKERS=0",
)  # fmt: skip


@dataclass(frozen=True)
class Done:
    """What a command left: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def line(self) -> str:
        """The one line on stderr, which is all that was said."""
        assert "Traceback" not in self.err, self.err
        assert self.err.count("\n") == 1, self.err
        assert self.err.startswith("newsarchive: "), self.err
        return self.err.strip()


Run = Callable[..., Done]


def runner(capsys: pytest.CaptureFixture[str]) -> Run:
    """A function that runs a command line in this process."""

    def run(*arguments: str | Path) -> Done:
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Done(code, out, err)

    return run


def command(*arguments: str | Path, folder: Path, **env: str) -> Done:
    """Run `newsarchive` in a process of its own, in `folder`, with `folder`/archive.sqlite as the archive."""
    done = subprocess.run(
        [sys.executable, "-m", "newsarchive.cli", *map(str, arguments)],
        cwd=folder, env=environment(folder, **env), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    return Done(done.returncode, done.stdout, done.stderr)


def story(title: str, place: str = "Tanger", *, url: str | None = None, day: str = "2024-03-02") -> str:
    """A page with one article, its own sentences."""
    canonical = f'<link rel="canonical" href="{url}">' if url else ""
    return f"""<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{title} - Exemple</title>
<meta property="og:site_name" content="Exemple"><meta property="og:type" content="article">
<meta property="article:published_time" content="{day}T10:15:00+01:00">{canonical}</head>
<body><header><a href="/">Menu</a></header><main><article><h1>{title}</h1><p class="byline">Par Amina Benali</p>
<p>Le marché de {place} a rouvert samedi matin après trois jours de fermeture, ont annoncé les autorités de la ville.</p>
<p>Plus de deux cents marchands attendaient depuis jeudi devant les grilles de {place}, selon la direction du marché.</p>
<p>Les clients de {place}, eux, demandent des horaires plus longs, dit l'un d'eux, qui vient ici depuis vingt ans.</p>
</article></main><footer>© 2025 Exemple</footer></body></html>"""


def fixture(folder: Path, html: str, url: str, captured_at: str | None = "2025-12-25T10:00:00+00:00") -> Path:
    """A fixture folder with a page and what is known of it."""
    folder.mkdir(parents=True)
    (folder / "page.html").write_text(html, "utf-8")
    meta = {"url": url, "captured_at": captured_at}
    (folder / "meta.json").write_text(json.dumps({key: value for key, value in meta.items() if value}))
    return folder
