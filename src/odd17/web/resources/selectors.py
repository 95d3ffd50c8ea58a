"""Reading requests: each one through its secret link, all of them by those who may handle them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db.models import Q, QuerySet

from odd17.web.accounts.addresses import confirmed_addresses

from .models import AccessRequest

HANDLE = "resources.handle_request"


def requests_for(user: Any) -> QuerySet[AccessRequest]:
    """The confirmed requests, the oldest first, for those who may handle them; none for others."""
    if not user.has_perm(HANDLE):
        return AccessRequest.objects.none()
    return AccessRequest.objects.exclude(confirmed=None).select_related("charge").order_by("confirmed", "pk")


def requests_of(account: AbstractUser) -> QuerySet[AccessRequest]:
    """What an account asked, signed in or from an address that it confirmed."""
    named = Q(email__in=confirmed_addresses(account)) & ~Q(confirmed=None)
    return AccessRequest.objects.filter(Q(account=account) | named).order_by("pk")


def request_data(request: AccessRequest) -> dict[str, Any]:
    """All that is kept of a request for who made it."""
    return {
        "service": request.service,
        "state": request.state,
        "name": request.name,
        "organisation": request.organisation,
        "email": request.email,
        "need": request.need,
        "territory": request.territory,
        "begins": request.begins and request.begins.isoformat(),
        "ends": request.ends and request.ends.isoformat(),
        "made": request.made.isoformat(),
        "confirmed": request.confirmed and request.confirmed.isoformat(),
        "messages": [
            {"at": one.at.isoformat(), "from_staff": one.from_staff, "text": one.text} for one in request.messages.all()
        ],
    }
