"""Writing reported errors."""

from __future__ import annotations

import hmac
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from .models import ErrorReport
from .selectors import reports_since

LIMIT = 5
"""Reports that one sender may make in an hour."""


class TooManyReports(Exception):
    """This sender has made ``LIMIT`` reports within the hour."""


def error_report_create(
    *, page: str, figure: str, message: str, email: str, consent: bool, address: str
) -> ErrorReport:
    """Keep a report; raises TooManyReports for a sender in a hurry.

    Without ``consent`` the e-mail is dropped, never stored.
    """
    now = timezone.now()
    sender = _fingerprint(address, now.date().isoformat())
    if reports_since(sender=sender, since=now - timedelta(hours=1)) >= LIMIT:
        raise TooManyReports
    return ErrorReport.objects.create(
        page=page,
        figure=figure,
        message=message,
        email=email if consent else "",
        consent=consent and bool(email),
        sender=sender,
    )


def _fingerprint(address: str, day: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"{day} {address}".encode(), "sha256").hexdigest()
