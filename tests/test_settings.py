"""Settings: read alike from a file, the environment and the command line; a bad value is one clear line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings

from newsarchive import options
from newsarchive.addon import NewsArchive
from tests.crawling import ROOT, scrapy


def test_the_page_of_documentation_is_made_from_the_code() -> None:
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == options.markdown()


@pytest.mark.parametrize("option", options.OPTIONS, ids=lambda option: option.name)
def test_every_option_is_documented_and_its_default_can_be_read(option: options.Option) -> None:
    assert option.name.startswith("NEWSARCHIVE_")
    assert option.doc.endswith(".")
    option.parse(option.default)
    option.parse(str(option.default))


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("NEWSARCHIVE_DATABASE_URL", "postgresql+psycopg://u:p@h/n", "postgresql+psycopg://u:p@h/n"),
        ("NEWSARCHIVE_CAPTURES", "", None),
        ("NEWSARCHIVE_CAPTURES", "warc", Path("warc")),
        ("NEWSARCHIVE_CONTACT", " https://example.org/bot ", "https://example.org/bot"),
        ("NEWSARCHIVE_WORKERS", "0", 0),
        ("NEWSARCHIVE_WORKERS", 3, 3),
        ("NEWSARCHIVE_BATCH_SECONDS", "0.5", 0.5),
        ("NEWSARCHIVE_ROBOTS_MAX_SIZE", "1.5 MB", 1_500_000),
        ("NEWSARCHIVE_ROBOTS_MAX_SIZE", 400, 400),
        ("NEWSARCHIVE_ALLOWED_HOSTS", ["a.example"], (options.HostRule(name="a.example"),)),
        ("NEWSARCHIVE_ALLOWED_HOSTS", "", ()),
    ],
)
def test_a_value_is_read_to_its_type(name: str, text: Any, value: Any) -> None:
    assert options.value({name: text}, name) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("NEWSARCHIVE_DATABASE_URL", "news.sqlite"),
        ("NEWSARCHIVE_DATABASE_URL", ""),
        ("NEWSARCHIVE_CONTACT", "a\r\nX-Evil: 1"),
        ("NEWSARCHIVE_CONTACT", "a (b)"),
        ("NEWSARCHIVE_WORKERS", "-1"),
        ("NEWSARCHIVE_WORKERS", "many"),
        ("NEWSARCHIVE_WORKERS", "1.5"),
        ("NEWSARCHIVE_EXTRACTION_TIMEOUT", "nan"),
        ("NEWSARCHIVE_EXTRACTION_TIMEOUT", "0"),
        ("NEWSARCHIVE_BATCH_SIZE", True),
        ("NEWSARCHIVE_ROBOTS_MAX_SIZE", "0"),
        ("NEWSARCHIVE_ROBOTS_MAX_SIZE", "big"),
        ("NEWSARCHIVE_ALLOWED_HOSTS", "http://example.org"),
        ("NEWSARCHIVE_ALLOWED_HOSTS", "10.0.0.0/33"),
        ("NEWSARCHIVE_ALLOWED_HOSTS", "example.org:0"),
        ("NEWSARCHIVE_ALLOWED_HOSTS", "127.1"),
    ],
)
def test_a_value_that_cannot_be_read_is_told_in_one_line(name: str, text: Any) -> None:
    with pytest.raises(options.OptionError) as told:
        options.value({name: text}, name)
    message = str(told.value)
    assert message.startswith(f"{name} takes ")
    assert "\n" not in message


def test_a_message_does_not_show_a_password() -> None:
    with pytest.raises(options.OptionError) as told:
        options.value({"NEWSARCHIVE_CAPTURES": "x://me:secret@host/\x00"}, "NEWSARCHIVE_CAPTURES")
    assert "secret" not in str(told.value)


def test_a_misspelt_setting_is_told_with_the_near_one() -> None:
    with pytest.raises(options.OptionError, match="NEWSARCHIVE_WORKER, did you mean NEWSARCHIVE_WORKERS"):
        options.check({"NEWSARCHIVE_WORKER": 3})


def test_the_environment_is_nearer_than_the_settings_file_and_s_is_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSARCHIVE_BATCH_SIZE", "7")
    settings = Settings()
    settings.set("NEWSARCHIVE_BATCH_SIZE", 5, "project")
    NewsArchive().update_settings(settings)
    assert options.value(settings, "NEWSARCHIVE_BATCH_SIZE") == 7
    settings.set("NEWSARCHIVE_BATCH_SIZE", "9", "cmdline")
    NewsArchive().update_settings(settings)
    assert options.value(settings, "NEWSARCHIVE_BATCH_SIZE") == 9


def test_the_user_agent_is_made_from_the_contact() -> None:
    assert options.user_agent({"NEWSARCHIVE_CONTACT": "https://e.org"}, "1.2") == "newsarchive/1.2 (+https://e.org)"
    assert options.user_agent({}, "1.2") == "newsarchive/1.2"


def test_polite_and_bounded_by_default() -> None:
    settings = Settings()
    settings.setmodule("newsarchive.settings")
    assert settings.getbool("ROBOTSTXT_OBEY")
    assert settings.getbool("AUTOTHROTTLE_ENABLED")
    assert settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") <= 2
    assert settings.getint("DOWNLOAD_TIMEOUT") == 30
    assert settings.getint("DOWNLOAD_MAXSIZE") == 10_000_000
    assert not settings.getbool("TELNETCONSOLE_ENABLED")
    assert not settings.getbool("REMOTE_CONTROL_ENABLED")
    handlers = settings.getwithbase("DOWNLOAD_HANDLERS")
    assert {scheme for scheme, handler in handlers.items() if handler} == {"http", "https"}


@pytest.mark.parametrize("command", ["crawl", "shell", "settings"])
def test_a_bad_value_never_gives_a_traceback(tmp_path: Path, command: str) -> None:
    arguments = {"crawl": ["crawl", "lematin"], "shell": ["shell", "-c", "1"], "settings": ["settings"]}[command]
    run = scrapy(tmp_path, *arguments, NEWSARCHIVE_WORKERS="many")
    assert "Traceback" not in run.log
    if command != "settings":
        assert run.code == 2
        assert (
            run.log.strip().splitlines()[-1].endswith("takes a number of processes from 0 to 256, or auto, not 'many'")
        )
