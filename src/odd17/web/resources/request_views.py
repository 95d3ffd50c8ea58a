"""Asking for a service, and following the request by its secret link."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from odd17.core.resources.access import OPEN, Service, service
from odd17.web.contributions import limits
from odd17.web.contributions.models import new_token

from .forms import MessageForm, RequestForm
from .models import AccessRequest
from .selectors import request_data
from .services import message_add, request_confirm, request_erase, request_make


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest, id: str) -> HttpResponse:
    """The form of a request, or its sending. A trapped form is thanked and forgotten."""
    asked = _service(id)
    if asked.id == "mirror":  # asked for by those who answered, from their result
        return redirect("self_diagnosis")
    if request.method != "POST":
        return _page(request, asked, RequestForm(initial={"stamp": limits.new_stamp()}))
    form = RequestForm(request.POST)
    if form.is_trapped:
        return redirect("access")
    if not form.is_valid():
        return _page(request, asked, form, status=422)
    stamp = form.cleaned_data["stamp"]
    known = AccessRequest.objects.filter(once=stamp).exists()
    if not known and not limits.may(request, "access_request", form.cleaned_data["email"]):
        form.add_error(None, _("Several requests were made within the hour: please come back later."))
        return _page(request, asked, form, status=429)
    said = {name: form.cleaned_data[name] for name in ("name", "organisation", "need", "territory", "begins", "ends")}
    said |= {"service": asked.id, "email": form.cleaned_data["email"].lower()}
    account = request.user if request.user.is_authenticated else None
    request_make(once=stamp, language=get_language() or "fr", account=account, said=said)
    return render(request, "resources/request_sent.html", {"days": settings.ANSWER_DAYS})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm that the address is theirs: a page asks, since programs that read e-mails follow links."""
    found = get_object_or_404(AccessRequest, confirming=token)
    if request.method != "POST":
        return render(request, "resources/request_confirm.html", {"asked": found})
    request_confirm(request=found)
    return redirect(found)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """A request for who made it: how far it is, what was said, and a message to add."""
    found = get_object_or_404(AccessRequest.objects.exclude(confirmed=None), token=token)
    form = MessageForm(request.POST or None, initial={"once": new_token()}, auto_id="%s")
    status = 200
    if request.method == "POST":
        if not form.is_valid():
            status = 422
        elif not limits.may(request, "request_message", str(found.pk)):
            form.add_error(None, _("Several messages were sent within the hour: please come back later."))
            status = 429
        else:
            message_add(request=found, text=form.cleaned_data["text"], once=form.cleaned_data["once"])
            return redirect(found)
    shown = {"asked": found, "form": form, "days": settings.ANSWER_DAYS}
    return render(request, "resources/request_follow.html", shown, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, token: str) -> HttpResponse:
    """Erase a request with all that was said, after a page that asks."""
    found = get_object_or_404(AccessRequest, token=token)
    if request.method != "POST":
        return render(request, "resources/request_erase.html", {"asked": found})
    request_erase(request=found)
    return redirect("access")


@never_cache
@require_safe
def data(request: HttpRequest, token: str) -> HttpResponse:
    """All that is kept of a request."""
    found = get_object_or_404(AccessRequest.objects.exclude(confirmed=None), token=token)
    return JsonResponse(request_data(found), json_dumps_params={"ensure_ascii": False})


def _service(id: str) -> Service:
    try:
        found = service(id)
    except KeyError:
        raise Http404(_("There is no such service.")) from None
    if found.tier == OPEN:
        raise Http404(_("This service is open: nothing is to be asked for."))
    return found


def _page(request: HttpRequest, asked: Service, form: RequestForm, status: int = 200) -> HttpResponse:
    shown = {"service": asked, "form": form, "days": settings.ANSWER_DAYS}
    return render(request, "resources/request_make.html", shown, status=status)
