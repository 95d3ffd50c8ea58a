"""The desk of a programme that people run: begun from a file, changed, its money, comments, and made public."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from odd17.core.kernel import DataError
from odd17.core.programmes.plain import programme_from_plain
from odd17.core.programmes.programme import Programme as Definition
from odd17.core.programmes.programme import check_programme
from odd17.web.contributions.limits import may
from odd17.web.pages.current import release_of
from odd17.workflows.programme_files import read_amounts, read_programme

from ..evidence_shown import Opens, opens_for_all
from ..forms import AmountsForm, CommentForm, DefinitionForm, SettingsForm
from ..models import Editor, new_key
from ..refusals import refusals
from ..services import (
    Changed,
    Refused,
    amounts_replace,
    programme_begin,
    programme_change,
    programme_publish,
)
from .asked import faults, for_editors, shown, version_in
from .people import LASTS


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a programme from a file of measures."""
    form = DefinitionForm(request.POST or None, request.FILES or None)
    refused: list[str] = []
    if request.method == "POST" and form.is_valid():
        if not may(request, "programme_begin", str(request.user.pk)):
            return render(
                request, "programmes/begin.html", {"form": form, "refused": [_("Too many at once.")]}, status=429
            )
        key = new_key()
        try:
            definition = _read(form.cleaned_data, key, opens_for_all(release_of(request)))
        except DataError as error:
            refused = refusals(error)
        else:
            told = form.cleaned_data
            made = programme_begin(account=request.user, definition=definition, key=key, two_to_publish=told["two"])
            return redirect(made)
    wrong = faults(form) if request.method == "POST" else []
    context = {"form": form, "refused": refused, "faults": wrong}
    return render(request, "programmes/begin.html", context, status=422 if wrong or refused else 200)


@for_editors
@require_safe
def desk(request: HttpRequest, place: Editor) -> HttpResponse:
    """All that editors see: reviews and drafts, settings, money, comments, people."""
    return render(request, "programmes/desk.html", desk_context(request, place))


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, place: Editor) -> HttpResponse:
    """Change the title, the source, the measures; whoever comes second is told, and keeps what was typed."""
    kept = place.programme
    before = programme_from_plain(kept.definition)
    first = {
        "title": kept.title, "day": before.published, "mention": before.mention, "two": kept.two_to_publish,
    }  # fmt: skip
    form = SettingsForm(request.POST or None, request.FILES or None, initial=first, known=before.levels)
    form.fields["two"].disabled = not place.owner  # else one editor could do without the second person
    context: dict[str, Any] = shown(place, form=form, version=kept.version)
    if request.method != "POST":
        return render(request, "programmes/change.html", context)
    if not form.is_valid():
        context |= {"faults": faults(form), "version": request.POST.get("version", "")}
        return render(request, "programmes/change.html", context, status=422)
    told = form.cleaned_data
    try:
        kept_before = [text for one in before.measures for text in one.evidence]
        opens = opens_for_all(release_of(request), before, kept_before)
        definition = _read(told, kept.key, opens) if told["file"] else _renamed(before, told)
        programme_change(
            programme=kept, version=version_in(request), definition=definition, two_to_publish=told["two"],
            account=request.user,
        )  # fmt: skip
    except DataError as error:
        context |= {"refused": refusals(error), "version": request.POST.get("version", "")}
        return render(request, "programmes/change.html", context, status=422)
    except Changed:
        kept.refresh_from_db()
        context |= {"theirs": programme_from_plain(kept.definition), "version": kept.version}
        return render(request, "programmes/change.html", context, status=409)
    messages.success(request, _("The programme is changed."))
    return redirect(kept)


@for_editors
@require_POST
def amounts(request: HttpRequest, place: Editor) -> HttpResponse:
    """Put the amounts of a file in the place of those that were there."""
    form = AmountsForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "programmes/desk.html", desk_context(request, place, faults=faults(form)), status=422)
    file = form.cleaned_data["amounts"]
    try:
        definition = programme_from_plain(place.programme.definition)
        kept_before = [text for one in place.programme.amounts for text in one["effects"]]
        opens = opens_for_all(release_of(request), definition, kept_before)
        read = read_amounts(file.read(), file.name, definition, opens)
        amounts_replace(
            programme=place.programme, version=version_in(request), amounts=read, account=request.user
        )  # fmt: skip
    except DataError as error:
        return render(
            request, "programmes/desk.html", desk_context(request, place, refused=refusals(error)), status=422
        )
    except Changed:
        place.programme.refresh_from_db()
        refused = [_("Somebody else changed the programme meanwhile: look at it, then send the file again.")]
        return render(request, "programmes/desk.html", desk_context(request, place, refused=refused), status=409)
    messages.success(request, _("The amounts are kept."))
    return redirect(place.programme)


@for_editors
@require_POST
def publish(request: HttpRequest, place: Editor) -> HttpResponse:
    """Make the programme public."""
    try:
        programme_publish(place=place)
    except Refused:
        messages.error(request, _("Its owner alone makes a programme public."))
    else:
        messages.success(request, _("The programme is public."))
    return redirect(place.programme)


def desk_context(request: HttpRequest, place: Editor, **more: Any) -> dict[str, Any]:
    """What the desk shows."""
    kept = place.programme
    context = shown(
        place,
        reviews=kept.reviews.select_related("by", "published_by", "corrects"),
        people=kept.editors.select_related("account"),
        comments=kept.comments.select_related("by"),
        links=[
            (one, request.build_absolute_uri(reverse("programme_join", args=[one.token])))
            for one in kept.invitations.filter(used=None, made__gt=timezone.now() - LASTS)
        ],
        amounts_form=AmountsForm(),
    )
    return {**context, "comment": CommentForm(context["programme"]), **more}


def _read(told: dict[str, Any], key: str, opens: Opens) -> Definition:
    file = told["file"]
    return read_programme(
        file.read(), file.name, id=key, title=told["title"], published=told["day"], mention=told["mention"],
        levels=told["levels"], opens=opens,
    )  # fmt: skip


def _renamed(before: Definition, told: dict[str, Any]) -> Definition:
    return check_programme(
        replace(
            before, title=told["title"], published=told["day"], mention=told["mention"], levels=told["levels"]
        )
    )  # fmt: skip
