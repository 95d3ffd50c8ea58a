"""What the site needs before it can serve: its own database up to date, and its static files in one folder."""

from __future__ import annotations

import hashlib
import os
from importlib.metadata import version
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

SETTINGS = "odd17.web.config.settings"
_STAMP = "collected"


def prepare() -> None:
    """Bring the database to the current shape and collect static files, unless those collected are the same."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()
    settings.HOME.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("roles_ensure", verbosity=0)
    collect_static(settings.STATIC_ROOT)


def run(command: str, **options: object) -> None:
    """Run one of the site's own commands: how a program outside reaches its services, once :func:`prepare` ran."""
    call_command(command, **options)


def collect_static(root: Path) -> None:
    """Collect, name by content and compress; a stamp written last tells a finished collection from a broken one."""
    stamp = root / _STAMP
    wanted = _fingerprint()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(wanted, encoding="ascii")


def _fingerprint() -> str:
    """Of every file to collect: name and size, our own also by content, and the versions of those who ship them."""
    digest = hashlib.sha256(
        "".join(version(name) for name in ("django", "whitenoise", "django-htmx", "wagtail", "django-allauth")).encode()
    )
    for finder in get_finders():
        for name, storage in finder.list(None):
            digest.update(f"{name} {storage.size(name)}".encode())
            if name.startswith("odd17/"):
                digest.update(Path(storage.path(name)).read_bytes())
    return digest.hexdigest()
