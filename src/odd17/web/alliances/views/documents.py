"""Documents of an alliance: put in, listed, given, taken away. None is read by anybody but members."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from odd17.web.config.policy import MEDIA
from odd17.web.contributions.files import MOST_BYTES, FileRefused
from odd17.web.contributions.limits import may
from odd17.web.workshop.quota import takes_at_most

from ..document_services import document_add, document_remove, standing
from ..forms import DocumentForm
from ..models import Alliance, Person
from ..office_files import read_document
from .asked import faults, for_members, shown, steward_only

_FORM_BYTES = MOST_BYTES + 2**20
_ON_A_PAGE = 30


@takes_at_most(_FORM_BYTES)
@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def documents(request: HttpRequest, alliance: Alliance, place: Person) -> HttpResponse:
    """The documents, those taken away too, and the form that puts one in."""
    form = DocumentForm(request.POST or None, request.FILES or None)
    refused, status = "", 200
    if request.method == "POST":
        status = 422
        if getattr(request, "upload_cut", False):
            refused, status = _("This file is too large: 10 MB at most."), 413
        elif form.is_valid():
            if not may(request, "alliance_document", str(alliance.pk)):
                refused, status = _("Many documents came within the hour: please come back later."), 429
            else:
                try:
                    file = form.cleaned_data["file"]
                    taken = read_document(file.name, file.read())
                    told = form.cleaned_data["about"]
                    document_add(alliance=alliance, place=place, file=taken, about=told, account=request.user)
                except FileRefused as error:
                    refused = str(error)
                else:
                    messages.success(request, _("The document is there, for members alone."))
                    return redirect("alliance_documents", alliance.pk)
    page = Paginator(alliance.documents.select_related("by", "partner", "removal__by"), _ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    wrong = faults(form) if status == 422 else []
    context = shown(alliance, place, form=form, documents=page, faults=wrong, refused=refused)
    return render(request, "alliances/documents.html", context, status=status)


@for_members
@require_safe
def document_file(request: HttpRequest, alliance: Alliance, place: Person, document: int) -> HttpResponseBase:
    """One document, to keep; a browser never shows it as a page of ours."""
    found = get_object_or_404(standing(alliance), pk=document)
    answer = FileResponse(found.file.open("rb"), content_type=found.kind, as_attachment=True, filename=found.name)
    answer.headers["Content-Security-Policy"] = MEDIA
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@for_members
@require_POST
def document_out(request: HttpRequest, alliance: Alliance, place: Person, document: int) -> HttpResponse:
    """Take a document away: those of the partner who put it, or a steward."""
    found = get_object_or_404(alliance.documents, pk=document)
    if found.partner_id != place.partner_id:
        steward_only(place)
    document_remove(document=found, account=request.user)
    return redirect("alliance_documents", alliance.pk)
