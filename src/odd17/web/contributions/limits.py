"""Who is in too much of a hurry: the same limits, kept in the same place, as for accounts."""

from __future__ import annotations

from allauth.core import ratelimit
from django.core import signing
from django.http import HttpRequest

from .models import new_token

SECONDS = 3
"""Nobody reads and fills a form in less."""

_DAY = 24 * 3600
_signer = signing.TimestampSigner(salt="odd17.contributions.start")


def new_stamp() -> str:
    """What a form carries: when it was shown, and a number of its own, so that it counts once."""
    return _signer.sign(new_token()[:16])


def is_stamp(stamp: str) -> bool:
    """Whether it is one of ours, of today."""
    return _age_is_at_most(stamp, _DAY)


def is_hasty(stamp: str) -> bool:
    """Whether the form was sent back sooner than a person would."""
    return _age_is_at_most(stamp, SECONDS)


def _age_is_at_most(stamp: str, seconds: float) -> bool:
    try:
        _signer.unsign(stamp, max_age=seconds)
    except signing.BadSignature:
        return False
    return True


def may(request: HttpRequest, action: str, key: str) -> bool:
    """Count an ``action`` of this sender about ``key``; False where there were too many (``ACCOUNT_RATE_LIMITS``)."""
    return bool(ratelimit.consume(request, action=action, key=key.lower()))
