"""Versions of questionnaires: editors add the next one from a file, as ``odd17 questionnaire add`` does."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from odd17.core.kernel import DataError
from odd17.web.downloads.answers import attachment
from odd17.web.pages.templatetags.words import said
from odd17.workflows.questionnaires import (
    add_questionnaire_sent,
    current_questionnaires,
    questionnaire_schema,
    questionnaire_text,
    questionnaires,
)

from ..forms import VersionForm

WRITE = "self_diagnosis.write_questionnaire"


@never_cache
@login_required
@permission_required(WRITE, raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def versions(request: HttpRequest) -> HttpResponse:
    """Every version, and the form that adds the next one."""
    form = VersionForm(request.POST or None, request.FILES or None)
    refused, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                sent = form.cleaned_data["file"]
                made = add_questionnaire_sent(sent.read(), sent.name)
            except DataError as error:
                refused = said(error)
            else:
                messages.success(request, _("Version {version} is answered from now on.").format(version=made.version))
                return redirect("self_diagnosis_versions")
    shown = {
        "versions": list(questionnaires().values()),
        "current": current_questionnaires(),
        "form": form,
        "refused": refused,
    }
    return render(request, "self_diagnosis/versions.html", shown, status=status)


@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """The JSON Schema of these files, for an editor's completion: public."""
    return JsonResponse(questionnaire_schema(), json_dumps_params={"ensure_ascii": False, "indent": 2})


@require_safe
def text(request: HttpRequest, id: str, version: str) -> HttpResponse:
    """The file of a version: public, as the origin of its questions is."""
    found = questionnaire_text(id, int(version))
    if found is None:
        raise Http404
    return attachment(found, f"{id}-{version}.yml", "application/yaml")
