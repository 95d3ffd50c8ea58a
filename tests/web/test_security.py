"""What every answer carries, and what the deployment check says."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from odd17.web.config.environment import flag, secret_key


@pytest.mark.parametrize("path", ["/", "/nulle-part/", "/comptes/login/", "/robots.txt", "/api/v1/domains", "/en/"])
def test_every_answer_has_a_strict_policy(client: Client, path: str) -> None:
    policy = client.get(path).headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self'")
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/"])
def test_only_the_desk_runs_what_is_written_in_a_page_and_calls_nobody(client: Client, path: str) -> None:
    policy = client.get(path).headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self'; script-src 'self' 'unsafe-inline';")
    assert "unsafe-eval" not in policy
    assert "http" not in policy


def test_every_answer_forbids_frames_and_sniffing(client: Client) -> None:
    headers = client.get("/").headers
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_static_files_are_named_by_content_and_carry_the_policy(client: Client, site_home: Path) -> None:
    page = client.get("/").content.decode()
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    assert address.startswith("/static/odd17/odd17.")
    assert (site_home / "static" / address.removeprefix("/static/")).is_file()
    assert (site_home / "static" / f"{address.removeprefix('/static/')}.gz").is_file()


def test_a_host_that_is_not_ours_is_refused() -> None:
    assert Client(SERVER_NAME="evil.example").get("/").status_code == 400


def test_the_deployment_check_is_clean_under_production_settings(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "ODD17_HOME": str(tmp_path),
        "ODD17_HTTPS": "1",
        "ODD17_HOSTS": "odd17.example",
        "DJANGO_SETTINGS_MODULE": "odd17.web.config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no issues" in done.stdout


def test_migrations_are_up_to_date(site_home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"],
        env={**os.environ, "ODD17_HOME": str(site_home), "DJANGO_SETTINGS_MODULE": "odd17.web.config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_secret_key_is_made_once_and_kept_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ODD17_SECRET_KEY", raising=False)
    key = secret_key(tmp_path / "home")
    assert len(key) >= 50
    assert secret_key(tmp_path / "home") == key
    file = tmp_path / "home" / "secret_key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["secret_key"]
    file.write_text("short")
    with pytest.raises(ImproperlyConfigured, match="remove the file"):
        secret_key(tmp_path / "home")
    monkeypatch.setenv("ODD17_SECRET_KEY", "given")
    assert secret_key(tmp_path / "home") == "given"


def test_a_switch_that_is_neither_on_nor_off_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ODD17_DEBUG", "perhaps")
    with pytest.raises(ImproperlyConfigured, match="ODD17_DEBUG"):
        flag("ODD17_DEBUG")


def test_web_workers_never_load_the_drawing_engine() -> None:
    code = (
        "import odd17.web.config.wsgi, sys; print([m for m in ('altair', 'vl_convert', 'typst') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=dict(os.environ), capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
