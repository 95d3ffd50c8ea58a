"""What the page of search shows: practices found, what narrows them, and where they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from odd17.core.kernel import UsageError, alliance_types, proofs
from odd17.core.practices.case import Case
from odd17.core.practices.completeness import is_stale
from odd17.core.practices.query import Facet, FoundPractices, Hit, PracticeQuery, query_to
from odd17.core.territories import Cog, Level
from odd17.core.territories.territory import Territory
from odd17.publishing import format as written
from odd17.publishing.charts.counted_map import Counted, counted_map, shade, steps
from odd17.web.pages.drawings import on_page
from odd17.workflows.draw import map_svg
from odd17.workflows.nearness import apart_from
from odd17.workflows.releases import Release

from .found_page import Choice, Filter, PageLink, turning
from .models import Practice
from .search_words import TITLES, in_order, value_name
from .selectors import published

_OPEN = (Facet.DOMAIN, Facet.TERRITORY, Facet.PARTNER, Facet.PROOF)


@dataclass(frozen=True, slots=True)
class Row:
    """A practice found, as the list shows it."""

    practice: Practice
    hit: Hit
    places: tuple[str, ...]
    proof: str | None
    kind: str | None
    year: str
    stale: bool
    away: str = ""


@dataclass(frozen=True, slots=True)
class CountedMap:
    """Where the practices found are: a map, its legend, and its table."""

    svg: SafeString | None
    legend: tuple[tuple[int, str], ...]
    rows: tuple[tuple[Territory, int, str], ...]
    level: Level


def address_of_query(query: PracticeQuery, name: str = "practices") -> str:
    """The address of what is asked; it keeps everything."""
    asked = urlencode(query_to(query))
    return reverse(name) + (f"?{asked}" if asked else "")


def filters_of(query: PracticeQuery, found: FoundPractices, cog: Cog) -> list[Filter]:
    """The filters that leave something to choose."""
    made = []
    for facet, title in TITLES.items():
        choices = tuple(
            _territories(query, found, cog) if facet is Facet.TERRITORY else _choices(facet, query, found, cog)
        )
        if choices:
            is_open = facet in _OPEN or bool(query.filters.get(facet))
            made.append(Filter(facet.value, str(title), choices, is_open))
    return made


def chips(query: PracticeQuery, cog: Cog) -> list[tuple[str, str, str]]:
    """What narrows the search: the filter, its value, and the address without it."""
    language = get_language() or "fr"
    return [
        (str(TITLES[facet]), value_name(facet, value, language, cog), address_of_query(query.without(facet, value)))
        for facet in TITLES
        for value in query.filters.get(facet, ())
    ]


def rows_of(found: FoundPractices, cog: Cog, near: str | None = None) -> list[Row]:
    """The practices of the page, read from the base: one withdrawn a moment ago is not shown.

    Each says how far it is from the territory ``near``.
    """
    numbers = [int(hit.id) for hit in found.hits]
    kept = published().filter(pk__in=numbers).defer("story").select_related("locale").prefetch_related("impacts")
    known = {practice.pk: practice for practice in kept}
    today = timezone.localdate()
    apart = {} if near is None else apart_from(cog, near, {pk: item.territories for pk, item in known.items()})
    return [
        _row(known[int(hit.id)], hit, cog, today, apart.get(int(hit.id))) for hit in found.hits if int(hit.id) in known
    ]


def described(query: PracticeQuery, cog: Cog) -> str:
    """What is asked, in words."""
    language = get_language() or "fr"
    named = [value_name(facet, value, language, cog) for facet in TITLES for value in query.filters.get(facet, ())]
    text = _("“%(text)s”") % {"text": query.text} if query.text else ""
    return ", ".join([part for part in (text, *named) if part]) or _("all practices")


def pages_of(query: PracticeQuery, total: int) -> list[PageLink]:
    """The numbers of the pages that are near."""
    return turning(query.page, total, lambda page: page_address(query, page))


def page_address(query: PracticeQuery, page: int) -> str:
    """The address of another page of the same search."""
    return address_of_query(replace(query, page=page))


def map_of(release: Release, query: PracticeQuery, found: FoundPractices) -> CountedMap:
    """The territories of the practices found, each leading to those in it; by département inside a territory."""
    language = get_language() or "fr"
    level = Level.DEPARTEMENT if query.filters.get(Facet.TERRITORY) else Level.REGION
    counts = _inside(query, found.facets[Facet.TERRITORY], level, release.cog)
    least = steps(counts)
    rows = tuple(
        (release.cog[id], count, address_of_query(_in(query, id)))
        for id, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    )
    shown = {
        place.id: Counted(
            _("%(place)s: %(count)s") % {"place": place.name, "count": written.number(count, language, decimals=0)},
            address,
            shade(count, least),
        )
        for place, count, address in rows
    }
    try:
        svg = on_page(
            counted_map(map_svg(release, "territories", level, language), _("Where these practices are"), shown)
        )
    except UsageError:
        svg = None
    return CountedMap(svg, tuple(_legend(least, language)), rows, level)


def _inside(query: PracticeQuery, counts: Mapping[str, int], level: Level, cog: Cog) -> dict[str, int]:
    """The counts of one level, of what is asked for only where territories are."""
    asked = query.filters.get(Facet.TERRITORY, ())
    found = {id: count for id, count in counts.items() if id in cog and cog[id].level is level}
    if not asked:
        return found
    around = {parent for id in asked if id in cog for parent in (id, *cog[id].parents)}
    return {id: count for id, count in found.items() if id in around or not around.isdisjoint(_own(asked, cog[id]))}


def _own(asked: tuple[str, ...], territory: Territory) -> set[str]:
    return {id for id in asked if id == territory.id or id in territory.parents}


def _legend(least: tuple[int, ...], language: str) -> Iterator[tuple[int, str]]:
    yield 0, _("none told")
    for place, step in enumerate(least, 1):
        above = least[place] - 1 if place < len(least) else None
        low = written.number(step, language, decimals=0)
        if above is None:
            yield place, _("%(low)s or more") % {"low": low}
        elif above == step:
            yield place, low
        else:
            yield place, _("%(low)s to %(high)s") % {"low": low, "high": written.number(above, language, decimals=0)}


def _choices(facet: Facet, query: PracticeQuery, found: FoundPractices, cog: Cog) -> Iterator[Choice]:
    language = get_language() or "fr"
    chosen = query.filters.get(facet, ())
    counts = dict(found.facets[facet]) | {value: found.facets[facet].get(value, 0) for value in chosen}
    for value in in_order(facet, counts):
        other = query.without(facet, value) if value in chosen else query.with_value(facet, value)
        yield Choice(value_name(facet, value, language, cog), counts[value], address_of_query(other), value in chosen)


def _territories(query: PracticeQuery, found: FoundPractices, cog: Cog) -> Iterator[Choice]:
    """The tree: regions, and under the one that is open, its départements, then EPCIs and communes."""
    counts = found.facets[Facet.TERRITORY]
    chosen = query.filters.get(Facet.TERRITORY, ())
    opened = {parent for id in chosen if id in cog for parent in (id, *cog[id].parents)}
    known = [id for id in dict.fromkeys((*counts, *chosen)) if id in cog]
    within: dict[str | None, list[str]] = {}
    for id in known:
        parent = next((one for one in cog[id].parents if one in counts or one in chosen), None)
        parent = None if parent is not None and cog[parent].level.is_single else parent
        within.setdefault(parent, []).append(id)
    yield from _branch(None, 0, query, counts, chosen, opened, within, cog)


def _branch(
    parent: str | None,
    depth: int,
    query: PracticeQuery,
    counts: Mapping[str, int],
    chosen: tuple[str, ...],
    opened: set[str],
    within: Mapping[str | None, list[str]],
    cog: Cog,
) -> Iterator[Choice]:
    language = get_language() or "fr"
    for id in sorted(within.get(parent, ()), key=lambda item: (-counts.get(item, 0), cog[item].name)):
        other = query.without(Facet.TERRITORY) if id in chosen else _in(query, id)
        name = value_name(Facet.TERRITORY, id, language, cog)
        yield Choice(name, counts.get(id, 0), address_of_query(other), id in chosen, depth)
        if id in opened:
            yield from _branch(id, depth + 1, query, counts, chosen, opened, within, cog)


def _in(query: PracticeQuery, territory: str) -> PracticeQuery:
    return query.without(Facet.TERRITORY).with_value(Facet.TERRITORY, territory)


def _row(practice: Practice, hit: Hit, cog: Cog, today: date, apart: float | None) -> Row:
    language = get_language() or "fr"
    told = {impact.proof for impact in practice.impacts.all()}
    best = next((item.name.in_language(language) for item in reversed(proofs()) if item.id in told), None)
    kind = next(
        (item.name.in_language(language) for item in alliance_types() if item.id == practice.alliance_type), None
    )
    first = practice.first_published_at
    case = Case(
        id=str(practice.pk),
        title=practice.title,
        checked=practice.checked,
        published=None if first is None else first.date(),
    )
    return Row(
        practice=practice,
        hit=hit,
        places=tuple(value_name(Facet.TERRITORY, id, language, cog) for id in practice.territories if id in cog),
        proof=best,
        kind=kind,
        year="" if practice.begun is None else str(practice.begun.year),
        stale=is_stale(case, today),
        away="" if apart is None else _away(apart, language),
    )


def _away(apart: float, language: str) -> str:
    if apart < 1:
        return _("there") if apart == 0 else _("less than 1 km away")
    return _("%(count)s km away") % {"count": written.number(apart, language, decimals=0)}
