"""Reading proposals: only those of the person who asks."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from .models import Contribution

_OPENED = "proposals"
_MOST_OPENED = 20


def contributions_of(account: AbstractUser) -> QuerySet[Contribution]:
    """Those of an account."""
    return Contribution.objects.filter(account=account)


def mine(request: HttpRequest) -> QuerySet[Contribution]:
    """Those that this browser opened by their link, and those of the account that is signed in."""
    opened = Contribution.objects.filter(pk__in=request.session.get(_OPENED, ()))
    return opened | contributions_of(request.user) if request.user.is_authenticated else opened


def my_contribution(request: HttpRequest, number: int) -> Contribution:
    """One of them; raises Http404 for any other, whether it exists or not."""
    found = mine(request).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def open_here(request: HttpRequest, contribution: Contribution) -> None:
    """Let this browser, which has shown the secret link, open the proposal."""
    opened = [number for number in request.session.get(_OPENED, ()) if number != contribution.pk]
    request.session[_OPENED] = [*opened, contribution.pk][-_MOST_OPENED:]
