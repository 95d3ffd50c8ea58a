"""Public pages of programmes, as of any date that the address says."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from odd17.core.kernel import in_language
from odd17.core.programmes.evidence import measure_address
from odd17.core.programmes.portfolio import effects_on
from odd17.core.programmes.programme import first_effects, full_effects
from odd17.core.programmes.state import changes_between, state_at
from odd17.publishing.charts.timeline import Moment, timeline_svg
from odd17.publishing.programme_document import review_letter
from odd17.web.downloads.answers import attachment
from odd17.web.pages.current import release_of
from odd17.web.pages.language import language
from odd17.workflows.documents import DocumentFormat, make_document
from odd17.workflows.export import FileFormat
from odd17.workflows.programmes import Followed, programmes, state_file, state_json

from ..evidence_shown import evidence_shown
from ..matrix import by_level, by_workstream, levels_to_choose, wanted_in
from ..models import Programme
from ..selectors import programme_for, programmes_of, public_ones, rewritings_of

_PAGE: Final = 50
_TABLES: Final = {"csv": FileFormat.CSV, "tableur-fr.csv": FileFormat.FRENCH_CSV, "xlsx": FileFormat.XLSX}


@never_cache
@require_safe
def all_programmes(request: HttpRequest) -> HttpResponse:
    """The programmes that are followed here."""
    page = Paginator([] if request.demonstration else public_ones(), _PAGE).get_page(request.GET.get("page"))
    context = {"followed": programmes(), "page": page, "mine": _mine(request)}
    return render(request, "programmes/list.html", context)


@never_cache
@require_safe
def programme(request: HttpRequest, id: str) -> HttpResponse:
    """A programme as of ``au`` (today where none is said)."""
    found = programme_for(request, id)
    day = _day(request, "au", timezone.localdate())
    state = state_at(found.programme, found.reviews, day)
    line = _line(found, day)
    context = {
        **context_of(found),
        "state": state,
        "groups": [
            (dimension, [one for one in state.measures if one.measure.dimension == dimension.id])
            for dimension in found.programme.dimensions
        ],
        "matrix": by_level(found.programme, state),
        "streams": by_workstream(found.programme, state),
        "line": line,
        "rewritings": [] if request.demonstration else rewritings_of(id),
        "desk": next((one.get_absolute_url() for one in _mine(request) if one.key == id), ""),
        "drawing": timeline_svg([Moment(one["day"], ", ".join(one["words"]), one["here"]) for one in line], language()),
    }
    return render(request, "programmes/programme.html", context)


@never_cache
@require_safe
def measures(request: HttpRequest, id: str) -> HttpResponse:
    """The measures of a dimension, a workstream, a level, as of ``au``."""
    found = programme_for(request, id)
    wanted = wanted_in(request.GET, found.programme)
    if wanted is None:
        raise Http404(_("The programme has no such measure."))
    state = state_at(found.programme, found.reviews, _day(request, "au", timezone.localdate()))
    context = {
        **context_of(found),
        "state": state,
        "wanted": wanted,
        "level": request.GET.get("niveau", ""),
        "levels": levels_to_choose(found.programme),
        "states": wanted.among(state.measures),
    }
    return render(request, "programmes/measures.html", context)


@never_cache
@require_safe
def measure(request: HttpRequest, id: str, number: int) -> HttpResponse:
    """A measure: when its effects are due, and all that reviews said of it."""
    found = programme_for(request, id)
    try:
        told = found.programme.measure(number)
    except KeyError as error:
        raise Http404(_("The programme has no such measure.")) from error
    release = release_of(request)
    told_of = [(one, one.marks.get(number)) for one in found.reviews if number in one.marks or one.totals is not None]
    context = {
        **context_of(found),
        "measure": told,
        "now": state_at(found.programme, found.reviews, timezone.localdate()).of(number),
        "history": [
            (review, mark, evidence_shown(() if mark is None else mark.evidence, release, found.programme))
            for review, mark in told_of
        ],
        "evidence": evidence_shown(told.evidence, release, found.programme),
        "amounts": effects_on(found.amounts, measure_address(found.programme.id, number)),
        "first": first_effects(found.programme, told),
        "full": full_effects(found.programme, told),
    }
    return render(request, "programmes/measure.html", context)


@never_cache
@require_safe
def workstream(request: HttpRequest, id: str, stream: str) -> HttpResponse:
    """The measures of one workstream, as of ``au``."""
    found = programme_for(request, id)
    here = next((one for one in found.programme.workstreams if one.id == stream), None)
    if here is None:
        raise Http404(_("The programme has no such workstream."))
    day = _day(request, "au", timezone.localdate())
    state = state_at(found.programme, found.reviews, day)
    states = [one for one in state.measures if stream in one.measure.workstreams]
    context = {**context_of(found), "workstream": here, "state": state, "states": states}
    return render(request, "programmes/workstream.html", context)


@never_cache
@require_safe
def changes(request: HttpRequest, id: str) -> HttpResponse:
    """What changed between ``de`` and ``a``."""
    found = programme_for(request, id)
    since = _day(request, "de", found.programme.published)
    until = _day(request, "a", timezone.localdate())
    moved = changes_between(found.programme, found.reviews, since, until)
    return render(
        request, "programmes/changes.html", {**context_of(found), "since": since, "until": until, "changes": moved}
    )


@never_cache
@require_safe
def file(request: HttpRequest, id: str, format: str) -> HttpResponse:
    """The state as of ``au``: tables, JSON, or the review letter as PDF or Word (with what changed since ``de``)."""
    found = programme_for(request, id)
    day = _day(request, "au", timezone.localdate())
    name = f"odd17-{id}-{day}.{format}"
    if format in _TABLES:
        kind = _TABLES[format]
        return attachment(state_file(found, day, kind, language()), name, kind.media_type)
    if format == "json":
        return attachment(state_json(found, day, language()), name, "application/json")
    since = _day(request, "de", None) if "de" in request.GET else None
    moved = () if since is None else changes_between(found.programme, found.reviews, since, day)
    state = state_at(found.programme, found.reviews, day)
    document = DocumentFormat(format)
    when = datetime.combine(day, datetime.min.time()).astimezone()
    letter = review_letter(found.programme, state, moved, since, language())
    return attachment(make_document(letter, document, when), name, document.media_type)


def _day(request: HttpRequest, name: str, otherwise: date | None) -> date:
    """The day that the address says; 404 for what is no day, or one that no calendar of ours has."""
    asked = request.GET.get(name, "")
    if not asked and otherwise is not None:
        return otherwise
    try:
        day = date.fromisoformat(asked[:10])
    except ValueError as error:
        raise Http404(_("Write a day such as 2020-10-17.")) from error
    if not 1900 <= day.year <= 2200:
        raise Http404(_("Write a day such as 2020-10-17."))
    return day


def _mine(request: HttpRequest) -> list[Programme]:
    return [] if request.demonstration else programmes_of(request.user)


def context_of(found: Followed) -> dict[str, object]:
    """What every page of a programme shows."""
    return {"programme": found.programme, "reviews": found.reviews, "has_money": bool(found.figures or found.amounts)}


def _line(found: Followed, day: date) -> list[dict[str, Any]]:
    """What stands on the line of time: publication, the days when effects are due, reviews, and the day looked at."""
    told: dict[date, list[str]] = {found.programme.published: [_("publication")]}
    for dimension in found.programme.dimensions:
        dues = {
            first_effects(found.programme, one) for one in found.programme.measures if one.dimension == dimension.id
        }
        for due in sorted(one for one in dues if one is not None):
            name = in_language(dimension.name, language())
            told.setdefault(due, []).append(_("first effects: {name}").format(name=name))
    for review in found.reviews:
        told.setdefault(review.day, []).append(_("review"))
    told.setdefault(day, []).append(_("the day looked at"))
    return [{"day": one, "words": words, "here": one == day} for one, words in sorted(told.items())]
