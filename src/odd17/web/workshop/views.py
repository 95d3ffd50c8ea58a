"""The workshop's pages: bring a file, see what it would do, build, compare, publish, undo."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from odd17.core.kernel import DataError, Odd17Error
from odd17.publishing.said import said as in_words
from odd17.web.downloads.answers import attachment
from odd17.web.pages.releases_page import changes_between
from odd17.workflows import candidate
from odd17.workflows.frame_choices import OF_THE_RELEASE
from odd17.workflows.releases import current_release

from .checks import dry_run, scored_in
from .forms import UploadForm
from .models import Upload
from .permissions import for_staff
from .quota import MOST_BYTES
from .selectors import folder_of, may_publish, trail, uploads
from .services import (
    SecondPersonNeeded,
    candidate_build,
    publication_undo,
    upload_create,
    upload_discard,
    upload_publish,
)


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def workshop(request: HttpRequest) -> HttpResponse:
    """The files that were brought, the form to bring one, and the trail."""
    if request.method != "POST":
        return _workshop(request, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if getattr(request, "upload_cut", False):
        form.errors.clear()
        said = _("The file is larger than the {most} MB that are accepted.").format(most=MOST_BYTES // 2**20)
        form.add_error(None, said)
        return _workshop(request, form, status=413)
    if not form.is_valid():
        return _workshop(request, form, status=422)
    try:
        upload = upload_create(by=request.user, file=form.cleaned_data["file"], dataset=form.cleaned_data["dataset"])
    except DataError as error:
        form.add_error(None, in_words(error, get_language() or "fr"))
        return _workshop(request, form, status=422)
    return redirect("workshop_upload", upload.key)


@for_staff
@require_safe
def one_upload(request: HttpRequest, key: str) -> HttpResponse:
    """A file: what its import would do; once its release is built, what that changes."""
    upload = _upload(key)
    building = candidate.read_build(folder_of(upload))
    facts: dict[str, object] = {"upload": upload, "build": building, "current": current_release().id}
    if upload.state == Upload.State.BROUGHT:
        facts |= {
            "run": (run := dry_run(upload)),
            "frames": scored_in(run),
            "may_publish": may_publish(upload, request.user),
            "two_people": settings.TWO_PEOPLE,
        }
        if building is not None and building.state == "done" and building.release is not None:
            built = candidate.candidate_release(folder_of(upload), building.release)
            facts["line"], facts["indicators"] = changes_between(current_release(), built)
            facts["frame"] = built.frame
            facts["outdated"] = building.base != current_release().id
    return render(request, "workshop/upload.html", facts)


@for_staff
@require_POST
def build(request: HttpRequest, key: str) -> HttpResponse:
    """Have the release built."""
    upload = _upload(key)
    if upload.state == Upload.State.BROUGHT and not dry_run(upload).passes:
        messages.error(request, _("Correct what stops the import first."))
        return redirect("workshop_upload", key)
    frame = request.POST.get("frame", OF_THE_RELEASE)
    return _do(request, upload, lambda: candidate_build(upload=upload, by=request.user, frame=frame), None)


@for_staff
@require_POST
def publish(request: HttpRequest, key: str) -> HttpResponse:
    """Publish the release that was built."""
    upload = _upload(key)
    said = _("Published. Readers now see this release.")
    return _do(request, upload, lambda: upload_publish(upload=upload, by=request.user), said)


@for_staff
@require_POST
def undo(request: HttpRequest, key: str) -> HttpResponse:
    """Go back to what was there before the publication."""
    upload = _upload(key)
    said = _("Undone. Readers see the release from before again.")
    return _do(request, upload, lambda: publication_undo(upload=upload, by=request.user), said)


@for_staff
@require_POST
def discard(request: HttpRequest, key: str) -> HttpResponse:
    """Remove a file that was not published."""
    upload = _upload(key)
    answer = _do(request, upload, lambda: upload_discard(upload=upload, by=request.user), _("Discarded."))
    return redirect("workshop") if upload.state == Upload.State.DISCARDED else answer


@for_staff
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """A dataset file to fill, with its comments in the language of the page."""
    name = f"dataset.{get_language() or 'fr'}.yml"
    return attachment(_shipped(name), "dataset.yml", "application/yaml; charset=utf-8")


@for_staff
@require_safe
def example(request: HttpRequest) -> HttpResponse:
    """The file of figures that the template describes; its figures are invented."""
    return attachment(_shipped("exemple.csv"), "exemple.csv", "text/csv; charset=utf-8")


def _workshop(request: HttpRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    facts = {"form": form, "uploads": uploads(), "trail": trail(), "current": current_release().id}
    return render(request, "workshop/workshop.html", facts | {"two_people": settings.TWO_PEOPLE}, status=status)


def _upload(key: str) -> Upload:
    found = uploads().filter(key=key).first()
    if found is None:
        raise Http404(_("There is no such file here."))
    return found


def _do(request: HttpRequest, upload: Upload, act: Callable[[], object], said: str | None) -> HttpResponse:
    """Act, then show the file's page with what came of it; a refusal to the person is a 403."""
    try:
        act()
    except SecondPersonNeeded:
        messages.error(request, _("You brought this file: a second person must publish it."))
        response = one_upload(_as_get(request), upload.key)
        response.status_code = 403
        return response
    except Odd17Error as error:
        messages.error(request, in_words(error, get_language() or "fr"))
    else:
        if said is not None:
            messages.success(request, said)
    return redirect("workshop_upload", upload.key)


def _as_get(request: HttpRequest) -> HttpRequest:
    request.method = "GET"
    return request


def _shipped(name: str) -> bytes:
    return files("odd17.web.workshop").joinpath("model", name).read_bytes()
