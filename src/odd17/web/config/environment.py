"""What the settings read from the environment and from ``ODD17_HOME``."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_MINIMUM_KEY = 50  # Django's own check asks for as many characters


def flag(name: str) -> bool:
    """Whether the variable is switched on (``1``, ``true``, ``yes``, ``on``); absent or empty is off."""
    value = os.environ.get(name, "").strip().lower()
    if value not in {"", "0", "1", "false", "true", "no", "yes", "off", "on"}:
        raise ImproperlyConfigured(f"{name} is {value!r}: write 1 or 0.")
    return value in {"1", "true", "yes", "on"}


def names(name: str, default: str) -> list[str]:
    """A comma-separated list of host names."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def text(name: str, default: str) -> str:
    """The variable, or ``default`` where it is absent or empty."""
    return os.environ.get(name, "").strip() or default


@dataclass(frozen=True, slots=True)
class Mail:
    """How e-mails leave: Django's backend ``smtp``, or ``filebased`` where no server is named."""

    backend: str
    folder: Path | None = None
    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    starttls: bool = False
    ssl: bool = False


def mail(home: Path) -> Mail:
    """``ODD17_SMTP`` read as an address; where it is absent, e-mails are files in ``home``."""
    address = os.environ.get("ODD17_SMTP", "").strip()
    if not address:
        return Mail("filebased", folder=home / "mail")
    parts = urlsplit(address)
    ports = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
    if parts.scheme not in ports or not parts.hostname:
        raise ImproperlyConfigured("ODD17_SMTP is not understood: write smtps://user:password@host:465.")
    return Mail(
        "smtp",
        host=parts.hostname,
        port=parts.port or ports[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "smtp+tls",
        ssl=parts.scheme == "smtps",
    )


def secret_key(home: Path) -> str:
    """``ODD17_SECRET_KEY``, or the key kept in ``home``, made the first time and readable by its owner only.

    Several workers may start at once: the file is written aside and linked into place, so that the first one wins
    and nobody reads half a key.
    """
    if key := os.environ.get("ODD17_SECRET_KEY"):
        return key
    path = home / "secret_key"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        aside = home / f".secret_key.{os.getpid()}"
        aside.touch(mode=0o600)
        aside.write_text(secrets.token_urlsafe(64), encoding="ascii")
        try:
            os.link(aside, path)
        except FileExistsError:
            pass
        finally:
            aside.unlink()
    key = path.read_text(encoding="ascii").strip()
    if len(key) < _MINIMUM_KEY:
        raise ImproperlyConfigured(f"{path} does not hold a usable key: remove the file and start again.")
    return key
