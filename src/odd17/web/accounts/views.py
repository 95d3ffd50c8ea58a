"""A person's own account: where it leads, what is kept, and the way out."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from odd17.core.kernel import UsageError

from .holdings import holdings_of
from .services import account_erase, account_export


@never_cache
@login_required
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """What this account holds and can do, and its settings."""
    edits = request.user.has_perm("wagtailadmin.access_admin")
    return render(request, "accounts/account.html", {"edits": edits, "holdings": holdings_of(request.user)})


@never_cache
@login_required
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """All that is kept of the person who asks, as a file."""
    answer = JsonResponse(account_export(account=request.user), json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer.headers["Content-Disposition"] = 'attachment; filename="odd17-account.json"'
    return answer


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """Ask for the password once more, then erase the person who asks."""
    if request.method != "POST":
        return render(request, "accounts/erase.html")
    if not request.user.check_password(request.POST.get("password", "")):
        return render(request, "accounts/erase.html", {"wrong": _("This is not your password.")}, status=422)
    try:
        account_erase(account=request.user)
    except UsageError:
        said = _("You are the last administrator: make another one first.")
        return render(request, "accounts/erase.html", {"wrong": said}, status=422)
    logout(request)
    messages.success(request, _("Your account is erased."))
    return redirect("account_login")  # which shows what was said
