"""The links of e-mails: each asks with a page and acts on POST, since programs that read e-mails follow links."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from ..confirming import Expired, Forged, secret_of
from ..forms import LanguageForm
from ..models import Subscription
from ..selectors import subscription_at, subscription_data
from ..services import subscription_confirm, subscription_end, subscription_language


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, link: str) -> HttpResponse:
    """Confirm the address, once; a second time changes nothing and says so."""
    try:
        secret = secret_of(link)
    except Expired:
        return render(request, "newsletter/confirm.html", {"state": "expired"}, status=410)
    except Forged as error:
        raise Http404 from error
    if request.method == "POST":
        found = subscription_confirm(secret=secret)
        if found is not None:
            return render(request, "newsletter/confirm.html", {"state": "confirmed", "subscription": found})
    elif Subscription.objects.filter(confirming=secret, confirmed=None).exists():
        return render(request, "newsletter/confirm.html", {"state": "asked"})
    return render(request, "newsletter/confirm.html", {"state": "used"}, status=410)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscription(request: HttpRequest, token: str) -> HttpResponse:
    """What is kept of somebody, and the language of their letter."""
    found = subscription_at(token)
    form = LanguageForm(request.POST or None, initial={"language": found.language}, auto_id="%s")
    if request.method == "POST" and form.is_valid():
        subscription_language(subscription=found, language=form.cleaned_data["language"])
        messages.success(request, _("The letter will come in this language."))
        return redirect(found)
    status = 422 if request.method == "POST" else 200
    return render(request, "newsletter/subscription.html", {"subscription": found, "form": form}, status=status)


@never_cache
@require_safe
def data(request: HttpRequest, token: str) -> HttpResponse:
    """All that is kept of somebody, as a file."""
    kept = subscription_data(subscription_at(token))
    answer = JsonResponse(kept, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer.headers["Content-Disposition"] = 'attachment; filename="odd17-newsletter.json"'
    return answer


@csrf_exempt  # a mailbox posts here by itself when its person asks to leave (RFC 8058); the address is the secret
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Leave: the address and all that is kept with it are removed. Left already, it says so."""
    if request.method == "POST":
        subscription_end(token=token)
        return render(request, "newsletter/leave.html", {"state": "left"})
    there = Subscription.objects.filter(token=token).exists()
    return render(request, "newsletter/leave.html", {"state": "asked" if there else "left"})
