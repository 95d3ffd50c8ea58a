"""The link that confirms an address: signed, so that nobody makes one; dated, so that it expires; used once."""

from __future__ import annotations

from datetime import timedelta

from django.core import signing

DAYS = timedelta(days=7)
"""How long a link confirms, and how long an address is kept that nobody confirms."""

_signer = signing.TimestampSigner(salt="odd17.newsletter.confirm")


class Expired(Exception):
    """The link is one of ours, and too old."""


class Forged(Exception):
    """The link is none of ours."""


def confirming_link(secret: str) -> str:
    """What stands in the address: the secret of a subscription, the time, a signature."""
    return _signer.sign(secret)


def secret_of(link: str) -> str:
    """The secret that a link carries; raises Expired and Forged."""
    try:
        return _signer.unsign(link, max_age=DAYS)
    except signing.SignatureExpired as error:
        raise Expired from error
    except signing.BadSignature as error:
        raise Forged from error
