"""Comments between the editors of a programme: written, changed and taken away by who wrote them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from odd17.core.programmes.plain import programme_from_plain
from odd17.web.contributions.limits import may

from ..forms import CommentForm, CommentTextForm
from ..models import Editor, ProgrammeComment
from ..services import comment_add, comment_change, comment_remove
from .asked import faults, for_editors, shown
from .desk import desk_context


@for_editors
@require_POST
def comment(request: HttpRequest, place: Editor) -> HttpResponse:
    """Tell the other editors something."""
    form = CommentForm(programme_from_plain(place.programme.definition), request.POST)
    if not form.is_valid():
        context = desk_context(request, place, comment=form, faults=faults(form))
        return render(request, "programmes/desk.html", context, status=422)
    if not may(request, "programme_comment", str(request.user.pk)):
        context = desk_context(request, place, comment=form, refused=[_("Too many at once.")])
        return render(request, "programmes/desk.html", context, status=429)
    told = form.cleaned_data
    comment_add(programme=place.programme, account=request.user, text=told["text"], measure=told["measure"])
    return redirect(f"{place.programme.get_absolute_url()}#comments")


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, place: Editor, number: int) -> HttpResponse:
    """Change one's own comment."""
    kept = _own(request, place, number)
    form = CommentTextForm(request.POST or None, initial={"text": kept.text})
    context = shown(place, form=form, comment=kept)
    if request.method != "POST":
        return render(request, "programmes/comment.html", context)
    if not form.is_valid():
        return render(request, "programmes/comment.html", context | {"faults": faults(form)}, status=422)
    if not may(request, "programme_comment", str(request.user.pk)):
        return render(request, "programmes/comment.html", context | {"refused": [_("Too many at once.")]}, status=429)
    comment_change(comment=kept, text=form.cleaned_data["text"])
    messages.success(request, _("The comment is changed."))
    return redirect(f"{place.programme.get_absolute_url()}#comments")


@for_editors
@require_POST
def remove(request: HttpRequest, place: Editor, number: int) -> HttpResponse:
    """Take one's own comment away."""
    comment_remove(comment=_own(request, place, number))
    messages.success(request, _("The comment is removed."))
    return redirect(f"{place.programme.get_absolute_url()}#comments")


def _own(request: HttpRequest, place: Editor, number: int) -> ProgrammeComment:
    found = place.programme.comments.filter(pk=number, by=request.user.pk, removed=None).first()
    if found is None:
        raise Http404(_("There is no such comment of yours."))
    return found
