"""What the directory shows: its filters, the entries of a page, where they are, and who does which trade where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from odd17.core.kernel import Domain, UsageError, Word, domains, trades
from odd17.core.resources.catalyst_directory import Directory
from odd17.core.resources.catalyst_query import PAGE, CatalystQuery, query_to
from odd17.core.resources.catalyst_words import kinds, languages
from odd17.core.resources.catalysts import Absence, Catalyst, Coverage
from odd17.core.territories import Cog, Level
from odd17.core.territories.territory import Territory
from odd17.publishing import format as written
from odd17.publishing.charts.counted_map import Counted, counted_map, shade, steps
from odd17.web.pages.drawings import on_page
from odd17.workflows.catalysts import coverage_places
from odd17.workflows.draw import map_svg
from odd17.workflows.releases import Release

_NAMED = 4
_BESIDE = 2


@dataclass(frozen=True, slots=True)
class Choices:
    """A filter: the name of its parameter, its title, its words, and the one that is chosen."""

    parameter: str
    title: str
    words: Sequence[Word | Domain]
    chosen: str | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A trade on a territory: who does it (the first few, how many others) and where they all are listed."""

    trade: Word
    coverage: Coverage
    named: tuple[Catalyst, ...]
    others: int
    address: str


@dataclass(frozen=True, slots=True)
class CountedMap:
    """Where the entries are: a map with its legend, its table, and how many work everywhere in France."""

    svg: SafeString | None
    legend: tuple[tuple[int, str], ...]
    rows: tuple[tuple[Territory, int, str], ...]
    everywhere: int
    nowhere: int


def address_of_query(query: CatalystQuery, name: str = "catalysts", *arguments: str) -> str:
    """The address of what is asked; it keeps everything."""
    asked = urlencode(query_to(query))
    return reverse(name, args=arguments) + (f"?{asked}" if asked else "")


def filters_of(query: CatalystQuery) -> tuple[Choices, ...]:
    """The filters, each with what is chosen."""
    return (
        Choices("metier", _("Trade"), trades(), query.trade),
        Choices("domaine", _("Domain"), domains(), query.domain),
        Choices("nature", _("What it is"), kinds(), query.kind),
        Choices("langue", _("Language"), languages(), query.language),
    )


def pages_of(query: CatalystQuery, total: int) -> list[tuple[int | None, str, bool]]:
    """The numbers of pages with their address, the one that is open, and None where some are left out."""
    last = max(1, -(-total // PAGE))
    near = range(query.page - _BESIDE, query.page + _BESIDE + 1)
    shown: list[tuple[int | None, str, bool]] = []
    before = 0
    for page in sorted({1, last, *(page for page in near if 1 <= page <= last)}):
        if page > before + 1:
            shown.append((None, "", False))
        shown.append((page, address_of_query(replace(query, page=page)), page == query.page))
        before = page
    return shown


def matrix_of(
    directory: Directory, absences: Sequence[Absence], cog: Cog, territory: Territory | None
) -> list[tuple[Territory, list[Cell]]]:
    """Who does which trade: region by region, or on ``territory``, on its parts and on each that holds it."""
    ids = coverage_places(cog, None if territory is None else territory.id)
    matrix = directory.coverage(ids, absences)
    return [
        (cog[id], [_cell(matrix.cells[trade.id, id], trade, id) for trade in trades()]) for id in matrix.territories
    ]


def _cell(coverage: Coverage, trade: Word, territory: str) -> Cell:
    there = coverage.catalysts or coverage.doubtful
    address = address_of_query(CatalystQuery(trade=trade.id, territory=territory))
    return Cell(trade, coverage, there[:_NAMED], max(0, len(there) - _NAMED), address)


def wider_of(
    directory: Directory, query: CatalystQuery, territory: Territory, cog: Cog
) -> list[tuple[Territory, int, str]]:
    """What holds ``territory``, how many entries answer there, and where they are; nothing where none does."""
    found = []
    for place in cog.get(territory.parents):
        asked = replace(query, territory=place.id, page=1)
        if place.level is not Level.METROPOLITAN and (count := len(directory.answering(asked))):
            found.append((place, count, address_of_query(asked)))
    return found


def map_of(release: Release, query: CatalystQuery, directory: Directory, found: Sequence[Catalyst]) -> CountedMap:
    """Where those found are, by region, or by département around the territory asked for; each leads to its own."""
    language, cog = get_language() or "fr", release.cog
    level = Level.REGION if query.territory is None else Level.DEPARTEMENT
    wide = {Level.COUNTRY.value, Level.METROPOLITAN.value}
    everywhere = sum(not wide.isdisjoint(one.territories) for one in found)
    nowhere = sum(not one.territories for one in found)
    there = frozenset(cog.at(level))
    counts = Counter(id for one in found for id in directory.ground(one) & there)
    least = steps(counts)
    rows = tuple(
        (cog[id], count, address_of_query(replace(query, territory=id, page=1)))
        for id, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    )
    shown = {
        place.id: Counted(
            _("%(place)s: %(count)s") % {"place": place.name, "count": written.number(count, language, decimals=0)},
            f"/{address.removeprefix(get_script_prefix())}",  # on_page puts the prefix
            shade(count, least),
        )
        for place, count, address in rows
    }
    try:
        svg = on_page(counted_map(map_svg(release, "territories", level, language), _("Where catalysts are"), shown))
    except UsageError:
        svg = None
    return CountedMap(svg, tuple(_legend(least, language)), rows, everywhere, nowhere)


def _legend(least: tuple[int, ...], language: str) -> Iterator[tuple[int, str]]:
    """The shades with the counts that they stand for; none is no absence."""
    yield 0, _("none known")
    for place, step in enumerate(least, 1):
        above = least[place] - 1 if place < len(least) else None
        low = written.number(step, language, decimals=0)
        if above is None:
            yield place, _("%(low)s or more") % {"low": low}
        elif above == step:
            yield place, low
        else:
            yield place, _("%(low)s to %(high)s") % {"low": low, "high": written.number(above, language, decimals=0)}
