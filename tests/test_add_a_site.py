"""docs/add-a-site.md works as it is printed: its commands are run, in its order, in a copy of the project."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.crawling import ROOT

PAGE = (ROOT / "docs" / "add-a-site.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
ORIGIN = "127.0.0.1:8000"


def copy(folder: Path) -> None:
    for name in ("newsarchive", "demo", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "out"))
    for name in ("scrapy.cfg", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)


def test_a_newcomer_adds_a_site_by_the_page(tmp_path: Path) -> None:
    copy(tmp_path)
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("NEWSARCHIVE_", "SCRAPY_", "COV"))
    }
    path = os.pathsep.join([str(Path(sys.executable).parent), kept.get("PATH", "")])
    environment = kept | {"PYTHONPATH": str(tmp_path), "PATH": path}
    server = subprocess.Popen(
        [sys.executable, "demo/server.py", "0"], cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        host = server.stdout.readline().split("/")[2]
        script = ["set -e"]
        for language, text in BLOCKS:
            block = text.replace(ORIGIN, host)
            if language == "python":
                script.append(f"cat > newsarchive/spiders/phare.py <<'END'\n{block}END")
            elif "demo/server.py" not in block:
                script.append(block.replace("scrapy crawl phare", "scrapy crawl phare -s AUTOTHROTTLE_ENABLED=0"))
        done = subprocess.run(
            ["bash", "-c", "\n".join(script)], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=180, check=False,
        )  # fmt: skip
    finally:
        server.terminate()
        server.wait()
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    saved = json.loads((tmp_path / "fixtures" / "phare" / "cinema" / "article.json").read_text("utf-8"))
    assert saved["title"] == "Le cinéma des Docks tourne encore, soixante-dix ans après"
    articles = json.loads((tmp_path / "phare.json").read_text("utf-8"))
    assert len(articles) >= 15
    assert not any("réservé aux abonnés" in article["body"] for article in articles)


def test_the_page_prints_every_step() -> None:
    commands = " ".join(text for language, text in BLOCKS if language == "sh")
    for step in ("genspider -t news", "scrapy fetch", "fixture add", "pytest", "scrapy crawl", "export"):
        assert step in commands
