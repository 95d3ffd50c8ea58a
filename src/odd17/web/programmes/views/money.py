"""The money of a programme: by pillar, device, funder, territory and year; each value leads to its own amounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from odd17.core.programmes.portfolio import (
    Amount,
    Cut,
    Sum,
    among,
    disagreements,
    excesses,
    parts_of,
    sums,
    totals,
)
from odd17.core.programmes.report_2020 import report_pillars
from odd17.publishing.programme_charts import money_svg, printed_svg
from odd17.web.downloads.answers import attachment
from odd17.web.downloads.tables import asked_format
from odd17.web.pages.current import release_of
from odd17.web.pages.drawings import File, in_two_widths, table_files
from odd17.web.pages.language import language
from odd17.workflows.programme_money import money_file, money_json, territory_called
from odd17.workflows.programmes import Followed

from ..evidence_shown import evidence_shown
from ..selectors import programme_for
from .public import context_of

ASKED: Final = {
    Cut.PILLAR: "pilier",
    Cut.DEVICE: "dispositif",
    Cut.FUNDER: "financeur",
    Cut.TERRITORY: "territoire",
    Cut.YEAR: "annee",
}
"""The cuts in the order of the page, and how an address asks for one of their values; empty for "not told"."""


@never_cache
@require_safe
def money(request: HttpRequest, id: str) -> HttpResponse:
    """Amounts added up by each cut; or totals that the source prints, and what disagrees."""
    found = programme_for(request, id)
    wanted, amounts = _asked(request, found)
    called = territory_called(release_of(request), language())
    texts = [effect for one in amounts for effect in one.effects]
    shown = dict(zip(texts, evidence_shown(texts, release_of(request), found.programme), strict=True))
    context = {
        **context_of(found),
        "figures": found.figures,
        "disagreements": disagreements(found.figures),
        "parts": parts_of(found.figures),
        "pillars": report_pillars() if found.figures else (),
        "amounts": [
            (one, _called(Cut.TERRITORY, one.territory, called), [shown[effect] for effect in one.effects])
            for one in amounts
        ],
        "wanted": [(cut, _called(cut, key, called)) for cut, key in wanted.items()],
        "totals": totals(amounts),
        "drawing": _drawing(found, wanted, amounts, called),
        "cuts": [
            (cut, [_row(request, cut, one, called) for one in _ordered(cut, sums(amounts, cut))])
            for cut in ASKED
            if cut not in wanted and amounts
        ],
        "excesses": excesses(amounts),
        "files": _files(request, id),
    }
    return render(request, "programmes/money.html", context)


@never_cache
@require_safe
def money_table(request: HttpRequest, id: str, format: str) -> HttpResponse:
    """The amounts (those that the address asks for) as a table in two CSVs and a workbook, or as JSON."""
    found = programme_for(request, id)
    _wanted, amounts = _asked(request, found)
    name = f"odd17-{id}-{'montants' if found.amounts else 'totaux'}"
    if format == "json":
        return attachment(money_json(found, amounts, language()), f"{name}.json", "application/json")
    chosen = asked_format(format)
    body = money_file(found, amounts, release_of(request), chosen, language())
    return attachment(body, f"{name}.{chosen.extension}", chosen.media_type)


def _drawing(
    found: Followed, wanted: Mapping[Cut, object], amounts: Sequence[Amount], called: Any
) -> SafeString | None:
    """By year, else by pillar; or what the source prints, where nothing else is asked for."""
    cut = next((one for one in (Cut.YEAR, Cut.PILLAR, Cut.DEVICE) if one not in wanted), None)
    drawn: list[str | None] = []
    for narrow in (False, True):
        if amounts and cut is not None:
            rows = _ordered(cut, sums(amounts, cut))
            drawn.append(money_svg(rows, lambda key: _called(cut, key, called), language(), narrow=narrow))
        elif found.figures and not wanted:
            drawn.append(printed_svg(found.figures, language(), narrow=narrow))
    wide, small = [one.encode() for one in drawn if one is not None] or (b"", b"")
    return in_two_widths(wide, small) if wide else None


def _asked(request: HttpRequest, found: Followed) -> tuple[dict[Cut, str | int | None], tuple[Amount, ...]]:
    """What the address asks for, and the amounts that are so; 404 where there are none."""
    if not found.figures and not found.amounts:
        raise Http404(_("This programme tells no money."))
    wanted: dict[Cut, str | int | None] = {}
    for cut, name in ASKED.items():
        if name in request.GET:
            text = request.GET[name]
            is_year = cut is Cut.YEAR and text.isascii() and text.isdigit() and len(text) == 4
            wanted[cut] = int(text) if is_year else text or None
    amounts = among(found.amounts, wanted)
    if wanted and not amounts:
        raise Http404(_("No amount is so."))
    return wanted, amounts


def _ordered(cut: Cut, rows: tuple[Sum, ...]) -> list[Sum]:
    """Years in their order, pillars in the report's, the others as they are: the largest first."""
    if cut is Cut.YEAR:
        return sorted(rows, key=lambda one: (str(one.key), one.currency))
    if cut is Cut.PILLAR:
        order = [one.id for one in report_pillars()]
        return sorted(rows, key=lambda one: order.index(one.key) if one.key in order else len(order))
    return list(rows)


def _called(cut: Cut, key: str | int | None, called: Any) -> str:
    if key is None:
        return _("not told")
    if cut is Cut.TERRITORY:
        return str(called(key))
    if cut is Cut.PILLAR:
        return next((one.name.in_language(language()) for one in report_pillars() if one.id == key), str(key))
    return str(key)


def _row(request: HttpRequest, cut: Cut, one: Sum, called: Any) -> dict[str, Any]:
    kept = [(name, request.GET[name]) for name in ASKED.values() if name in request.GET]
    query = urlencode([*kept, (ASKED[cut], "" if one.key is None else str(one.key))])
    return {"name": _called(cut, one.key, called), "address": f"?{query}", "sum": one}


def _files(request: HttpRequest, id: str) -> tuple[File, ...]:
    kept = urlencode([(name, request.GET[name]) for name in ASKED.values() if name in request.GET])
    query = f"?{kept}" if kept else ""
    data = File(_("Data (JSON)"), reverse("programme_money_file", args=[id, "json"]) + query)
    return (*table_files("programme_money_file", id, query=query), data)
