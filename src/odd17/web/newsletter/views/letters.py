"""Signing up, and the letters that were sent."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from odd17.web.contributions import limits

from ..forms import CONSENT, SignUpForm
from ..selectors import letters_sent
from ..services import subscription_ask

_PAGE = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """The form, or its sending: whatever the address, the same page answers. A trapped form is forgotten."""
    if request.method != "POST":
        return _page(request, _fresh())
    form = SignUpForm(request.POST)
    if form.is_trapped:
        return redirect("newsletter_thanks")
    if not form.is_valid():
        return _page(request, form, 422)
    email = form.cleaned_data["email"]
    if not limits.may(request, "newsletter", ""):
        form.add_error(None, _("Many addresses were sent from here within the hour: please come back later."))
        return _page(request, form, 429)
    if limits.may(request, "newsletter_letter", email):  # beyond, no e-mail leaves, and the page says no more of it
        subscription_ask(email=email, language=form.cleaned_data["language"], words=str(CONSENT))
    return redirect("newsletter_thanks")


@never_cache
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """What happens next: the same for everybody."""
    return render(request, "newsletter/thanks.html")


@never_cache
@require_safe
def letter(request: HttpRequest, number: int) -> HttpResponse:
    """A letter that was sent."""
    found, language = get_object_or_404(letters_sent(), pk=number), get_language() or "fr"
    shown = {"title": found.title(language), "text": found.text(language), "letter": found}
    return render(request, "newsletter/letter.html", shown)


def _fresh() -> SignUpForm:
    return SignUpForm(initial={"stamp": limits.new_stamp(), "language": get_language() or "fr"})


def _page(request: HttpRequest, form: SignUpForm, status: int = 200) -> HttpResponse:
    language = get_language() or "fr"
    listed = Paginator(letters_sent(), _PAGE).get_page(request.GET.get("page"))
    shown = {"form": form, "listed": listed, "letters": [(one, one.title(language)) for one in listed]}
    return render(request, "newsletter/sign_up.html", shown, status=status)
