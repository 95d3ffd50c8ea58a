"""The certificate: given once every step is read and the quiz passed, with a name that is kept nowhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from odd17.publishing.learning_document import certificate_document
from odd17.web.contributions.limits import may
from odd17.web.downloads.answers import attachment
from odd17.web.pages.language import language
from odd17.workflows.documents import DocumentFormat, make_document

from ..forms import NameForm
from ..selectors import Standing, progress_at


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def certificate(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the name, then give the PDF; before completion, say what is left to do."""
    view = Standing(progress_at(request, token))
    if not view.done:
        return render(request, "learning/not_yet.html", {"view": view}, status=409)
    form = NameForm(request.POST or None, auto_id="%s")
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "learning/certificate.html", {"view": view, "form": form}, status=status)
    if not may(request, "learning_certificate", token):
        return render(request, "learning/too_many.html", status=429)
    day = timezone.localtime(view.progress.passed).date()
    made = certificate_document(view.module, form.cleaned_data["name"], day, view.marks.right, language())
    content = make_document(made, DocumentFormat.PDF, timezone.now())
    return attachment(content, f"odd17-{view.module.id}.pdf", DocumentFormat.PDF.media_type)
