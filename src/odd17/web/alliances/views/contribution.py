"""The territory before, during and after an alliance: chosen by who may change it, read by its members."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from odd17.core.kernel import DataError
from odd17.web.downloads.answers import attachment
from odd17.web.downloads.tables import asked_format
from odd17.web.pages.contribution import MOST, choice_groups, contribution_shown
from odd17.web.pages.current import release_of
from odd17.web.pages.drawings import table_files
from odd17.web.pages.language import language
from odd17.web.pages.templatetags.words import said
from odd17.workflows.contribution import contribution_readings, export_contribution

from ..contribution_services import FiguresChanged, figures_agree, figures_choose, figures_of, is_shown_publicly
from ..models import Alliance, ChosenFigures, Person
from ..workspace_page import territory_of
from .asked import faults, for_members, shown, steward_only, version_asked


class EndForm(forms.Form):
    """Until when the alliance acted."""

    ended = forms.DateField(
        label=gettext_lazy("Ended on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Leave it empty while it acts."),
    )


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def contribution(request: HttpRequest, alliance: Alliance, place: Person) -> HttpResponse:
    """Choose indicators and read them; whoever comes second is shown both choices and loses nothing."""
    kept = figures_of(alliance)
    if request.method != "POST":
        return render(request, "alliances/contribution.html", _page(request, alliance, place, kept))
    steward_only(place)
    typed = request.POST.getlist("indicateur")
    known = release_of(request).indicators
    chosen = [id for id in dict.fromkeys(typed) if id in known]
    form = EndForm(request.POST)
    told: dict[str, Any] = {"form": form, "typed": chosen}
    if not form.is_valid():
        return _again(request, alliance, place, kept, 422, **told, faults=faults(form))
    if len(chosen) > MOST:
        refused = _("Choose at most {most} indicators.").format(most=MOST)
        return _again(request, alliance, place, kept, 422, **told, refused=refused)
    try:
        figures_choose(
            alliance=alliance,
            version=version_asked(request),
            indicators=chosen,
            ended=form.cleaned_data["ended"],
        )
    except DataError as error:
        return _again(request, alliance, place, kept, 422, **told, refused=said(error))
    except FiguresChanged:
        return _again(request, alliance, place, figures_of(alliance), 409, **told, second=True)
    messages.success(request, _("The choice is kept."))
    return redirect("alliance_contribution", alliance.pk)


@for_members
@require_POST
def agree(request: HttpRequest, alliance: Alliance, place: Person) -> HttpResponse:
    """Agree, for one's organisation, that the figures stand on the public card; or no longer."""
    kept = figures_of(alliance)
    if kept is None:
        raise Http404
    try:
        figures_agree(
            figures=kept,
            version=version_asked(request),
            partner=place.partner,
            agrees=request.POST.get("agrees") == "1",
        )
    except FiguresChanged:
        messages.error(request, _("Other figures were chosen since you read them: read them again."))
    return redirect("alliance_contribution", alliance.pk)


@for_members
@require_safe
def contribution_file(request: HttpRequest, alliance: Alliance, place: Person, format: str) -> HttpResponse:
    """The figures as a table, for the members."""
    chosen, kept, territory = asked_format(format), figures_of(alliance), territory_of(alliance)
    if kept is None or not kept.indicators or territory is None:
        raise Http404
    readings = contribution_readings(release_of(request), territory, alliance.begun, kept.ended, kept.indicators)
    if not readings:
        raise Http404
    body = export_contribution(readings, alliance.title, chosen, language())
    name = f"odd17-contribution-{territory.id}.{chosen.extension}"
    return attachment(body, name, chosen.media_type)


def _page(
    request: HttpRequest, alliance: Alliance, place: Person, kept: ChosenFigures | None, **more: Any
) -> dict[str, Any]:
    release, territory = release_of(request), territory_of(alliance)
    chosen = [] if kept is None else kept.indicators
    ended = None if kept is None else kept.ended
    typed = more.pop("typed", chosen)
    context = shown(
        alliance,
        place,
        kept=kept,
        version=0 if kept is None else kept.version,
        territory=territory,
        form=EndForm(initial={"ended": ended}),
        most=MOST,
        shown=[] if territory is None else contribution_shown(release, territory, alliance.begun, ended, chosen),
        groups=[] if territory is None else choice_groups(release, territory, alliance.domains, typed),
        files=table_files("alliance_contribution_file", str(alliance.pk)),
        agrees=kept is not None and kept.agreed.filter(pk=place.partner_id).exists(),
        public=kept is not None and is_shown_publicly(kept),
        address=reverse("alliance_contribution", args=[alliance.pk]),
    )
    return context | more


def _again(
    request: HttpRequest, alliance: Alliance, place: Person, kept: ChosenFigures | None, status: int, **more: Any
) -> HttpResponse:
    return render(request, "alliances/contribution.html", _page(request, alliance, place, kept, **more), status=status)
