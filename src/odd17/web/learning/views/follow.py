"""Following a module: how far one is, the steps, the quiz; kept with an account, taken along, erased."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from odd17.core.kernel import DataError
from odd17.web.pages.templatetags.words import said

from ..selectors import Standing, progress_at, progress_data
from ..services import NotOpen, progress_erase, progress_keep, quiz_answer, step_read


@never_cache
@require_safe
def overview(request: HttpRequest, token: str) -> HttpResponse:
    """How far one is, and the private link."""
    found = progress_at(request, token)
    shown = {"view": Standing(found), "link": request.build_absolute_uri(found.get_absolute_url())}
    return render(request, "learning/progress.html", shown)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, token: str, id: str) -> HttpResponse:
    """A step: shown, or kept as read and followed by what comes next."""
    found = progress_at(request, token)
    view = Standing(found)
    places = {line.step.id: (place, line) for place, line in enumerate(view.lines, 1)}
    if id not in places:
        raise Http404
    place, line = places[id]
    if not line.open:
        messages.error(request, _("Another step comes before this one."))
        return redirect(found)
    if request.method == "POST":
        try:
            step_read(progress=found, step=id)
        except NotOpen:  # erased from elsewhere in the meantime
            return redirect(found)
        following = Standing(found).next_step
        if following is None:
            return redirect("learning_quiz", token)
        return redirect("learning_progress_step", token, following.id)
    shown = {"view": view, "module": view.module, "step": line.step, "place": place, "read": line.read}
    return render(request, "learning/step.html", shown)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def quiz(request: HttpRequest, token: str) -> HttpResponse:
    """The quiz: asked, marked with an explanation of each answer, asked again until it is passed."""
    found = progress_at(request, token)
    view = Standing(found)
    if view.next_step is not None:
        messages.error(request, _("The quiz opens once every step is read."))
        return redirect(found)
    if request.method != "POST":
        asked = found.passed is None and (view.marks is None or "encore" in request.GET)
        return render(request, "learning/quiz.html", {"view": view, "asked": asked, "chosen": {}})
    given = {one.id: request.POST[f"q-{one.id}"] for one in view.module.questions if request.POST.get(f"q-{one.id}")}
    try:
        marks = quiz_answer(progress=found, given=given)
    except NotOpen:
        return redirect("learning_quiz", token)
    except DataError as error:
        shown = {"view": view, "asked": True, "chosen": {}, "refused": said(error)}
        return render(request, "learning/quiz.html", shown, status=422)
    if marks.missing:
        shown = {"view": view, "asked": True, "chosen": given, "missing": marks.missing}
        return render(request, "learning/quiz.html", shown, status=422)
    return redirect("learning_quiz", token)


@require_POST
@login_required
def keep(request: HttpRequest, token: str) -> HttpResponse:
    """Keep it with the account that is signed in."""
    found = progress_at(request, token)
    progress_keep(progress=found, account=request.user)
    messages.success(request, _("This module is now kept with your account: only it opens this page."))
    return redirect(found)


@never_cache
@require_safe
def data(request: HttpRequest, token: str) -> HttpResponse:
    """All that is kept, as a file."""
    answer = JsonResponse(progress_data(progress_at(request, token)), json_dumps_params={"indent": 2})
    answer.headers["Content-Disposition"] = 'attachment; filename="odd17-learning.json"'
    return answer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, token: str) -> HttpResponse:
    """Remove it all, after a question."""
    found = progress_at(request, token)
    if request.method == "POST":
        progress_erase(progress=found)
        messages.success(request, _("What you read and answered is erased."))
        return redirect("learning")
    return render(request, "learning/erase.html", {"progress": found})
