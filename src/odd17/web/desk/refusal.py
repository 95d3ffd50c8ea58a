"""Who reaches an address of the desk without the right for it is refused (403); who is not signed in may sign in.

Wagtail leads both elsewhere with a message, and has no setting for that: the two functions by which it does so are
replaced, and a test walks the addresses of the desk.
"""

from __future__ import annotations

from typing import NoReturn

from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from wagtail.admin import auth

_ask_to_sign_in = auth.reject_request


def replace() -> None:
    """From now on the desk refuses."""
    auth.permission_denied, auth.reject_request = _refuse, _refuse_or_ask


def _refuse(request: HttpRequest) -> NoReturn:
    """Say no at once, and nothing of it on the next page."""
    list(get_messages(request))
    raise PermissionDenied from None


def _refuse_or_ask(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        _refuse(request)
    return _ask_to_sign_in(request)
