"""Reviews of a programme: drafted by one editor, published by another where two are needed, then never altered."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from odd17.core.kernel import DataError
from odd17.core.programmes.plain import programme_from_plain
from odd17.core.programmes.state import state_at
from odd17.web.pages.current import release_of

from ..evidence_shown import opens_for_all
from ..forms import ReviewForm, evidence_in, review_values
from ..models import Editor, ProgrammeReview
from ..refusals import refusals
from ..selectors import review_from
from ..services import Changed, Refused, review_publish, review_save
from .asked import faults, for_editors, shown, version_in


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, place: Editor, number: int = 0) -> HttpResponse:
    """Write a draft, or go on with one; of two who save at once the second is told, and keeps what was typed."""
    kept = _draft(place, number) if number else None
    definition = programme_from_plain(place.programme.definition)
    published = place.programme.reviews.exclude(published=None)
    first = {"day": timezone.localdate()} if kept is None else review_values(kept)
    opens = opens_for_all(release_of(request), definition, () if kept is None else evidence_in(kept))
    state = state_at(definition, [review_from(one) for one in published], timezone.localdate())
    form = ReviewForm(definition, state, published, opens, request.POST or None, initial=first)
    context: dict[str, Any] = shown(place, form=form, review=kept, version=kept.version if kept else 0)
    if request.method != "POST":
        return render(request, "programmes/review.html", context)
    if not form.is_valid():
        context |= {"faults": faults(form), "version": version_in(request)}
        return render(request, "programmes/review.html", context, status=422)
    try:
        saved = review_save(
            programme=place.programme, review=kept, version=version_in(request), told=form.told(), account=request.user
        )
    except DataError as error:
        context |= {"refused": refusals(error), "version": version_in(request)}
        return render(request, "programmes/review.html", context, status=422)
    except Changed:
        # the form keeps what was typed and carries today's version: sending it again overrides knowingly
        return _second(request, place, number, context)
    messages.success(request, _("The draft is kept."))
    return redirect("programme_review", place.programme.key, saved.pk)


@for_editors
@require_POST
def publish(request: HttpRequest, place: Editor, number: int) -> HttpResponse:
    """Publish a draft as this page showed it."""
    kept = place.programme.reviews.filter(pk=number).first()
    if kept is None:
        raise Http404(_("There is no such draft."))
    try:
        review_publish(review=kept, version=version_in(request), account=request.user)
    except Refused:
        messages.error(request, _("You wrote this draft: somebody else publishes it."))
    except Changed:
        messages.error(request, _("The draft was changed since you read it: read it again."))
    except DataError as error:
        for one in refusals(error):
            messages.error(request, one)
    else:
        messages.success(request, _("The review is published. It is never altered: a new one corrects it."))
        return redirect(place.programme)
    return redirect("programme_review", place.programme.key, number)


def _second(request: HttpRequest, place: Editor, number: int, context: dict[str, Any]) -> HttpResponse:
    """What stands now beside what was typed; a draft that was published meanwhile becomes a new one."""
    now = place.programme.reviews.select_related("by").filter(pk=number).first()
    open_still = now is not None and now.published is None
    marks = [] if now is None else now.marks
    theirs = {"review": now, "marks": marks}
    context |= {"theirs": theirs, "version": now.version if open_still else 0, "review": now if open_still else None}
    return render(request, "programmes/review.html", context, status=409)


def _draft(place: Editor, number: int) -> ProgrammeReview:
    found = place.programme.reviews.filter(pk=number).first()
    if found is None or (found.published is not None):
        raise Http404(_("There is no such draft."))
    return found
