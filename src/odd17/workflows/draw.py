"""Draw: the national maps when a release is built, and on demand the maps of communes, the charts, the downloads.

What is drawn on demand is kept in the cache of its release, since a release never changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import polars as pl

from odd17.core.diagnosis.peers import level_of, members
from odd17.core.diagnosis.reading import Diagnosis, course_of
from odd17.core.diagnosis.selection import newest
from odd17.core.kernel import Message, UsageError, domains
from odd17.core.territories.levels import Level
from odd17.publishing.charts.course import course_chart
from odd17.publishing.charts.drawings import CourseChart, Distribution, DomainProfile, DomainRanks, Drawing
from odd17.publishing.charts.lines import course_svg
from odd17.publishing.charts.profile import profile_svg
from odd17.publishing.charts.ranks import ranks_svg
from odd17.publishing.charts.readings import distribution_chart, domain_profile, domain_ranks
from odd17.publishing.charts.svg import outlined
from odd17.publishing.drawing import Drawer, Output
from odd17.publishing.language import LANGUAGES, language_of
from odd17.store import places
from odd17.store.geometry import NATIONAL
from odd17.store.kept_files import keep
from odd17.store.releases import Release

from .drawing_process import drawing_process
from .map_figures import map_drawing, subjects

Progress = Callable[[str, int, int], None]
_SAFE = re.compile(r"[A-Za-z0-9_.-]+")


def draw_release_maps(release: Release, progress: Progress) -> Iterator[tuple[str, bytes]]:
    """Every national map of ``release``, in both languages: its path under ``maps/``, and its SVG.

    ``release`` may still be under construction: only its tables are read.
    """
    wanted = [
        (language, level, subject)
        for level in NATIONAL
        for subject in subjects(release, level)
        for language in LANGUAGES
    ]
    progress("maps", 0, len(wanted))
    with Drawer(workers=2) as drawer:
        drawn = drawer.draw_all(map_drawing(release, subject, level, language) for language, level, subject in wanted)
        for done, ((language, level, subject), svg) in enumerate(zip(wanted, drawn, strict=True), start=1):
            yield f"{language}/{level.value}/{subject}.svg", svg
            progress("maps", done, len(wanted))


def map_svg(
    release: Release,
    subject: str,
    level: Level,
    language: str,
    *,
    within: str | None = None,
    here: str | None = None,
    home: Path | None = None,
) -> bytes:
    """The map of ``subject`` (a domain, an indicator, or ``territories``) at ``level``, as SVG for a page.

    National maps are the release's files; those of communes (``within`` a département, ``DEP-35``) and those that the
    release lacks are drawn on demand. ``here`` is outlined. Raises UsageError where there is no such map.
    """
    language = language_of(language)
    path = release.map_path(language, level.value, subject) if within is None else None
    svg = path.read_bytes() if path is not None else None
    if svg is None:
        name = f"map-{language}-{level.value}-{within or 'all'}-{subject}.svg"
        svg = kept(release, name, home, lambda: _draw(map_drawing(release, subject, level, language, within=within)))
    return svg if here is None else outlined(svg, here)


def map_file(
    release: Release,
    subject: str,
    level: Level,
    language: str,
    output: Output,
    *,
    within: str | None = None,
    here: str | None = None,
    home: Path | None = None,
) -> bytes:
    """The same map to take away, with title, legend, source, citation and release: SVG or PNG.

    Raises UsageError where there is no such map.
    """
    language = language_of(language)
    name = f"map-{language}-{level.value}-{within or 'all'}-{subject}-{here or 'none'}.{output.value}"
    return kept(
        release,
        name,
        home,
        lambda: _draw(map_drawing(release, subject, level, language, within=within, here=here), output),
    )


def profile(release: Release, diagnosis: Diagnosis, language: str) -> DomainProfile:
    """The chart of a territory's sixteen domains, its peers' middle half behind them."""
    quartiles = {} if diagnosis.peers is None else _quartiles(release, diagnosis.peers.id)
    return domain_profile(diagnosis, quartiles, language)


def ranks(diagnosis: Diagnosis, language: str) -> DomainRanks | None:
    """The chart of a territory's ranks with their intervals; None where nothing could move one."""
    return domain_ranks(diagnosis, language)


def ranks_chart(diagnosis: Diagnosis, language: str) -> bytes | None:
    """The ranks as SVG for a page; None where nothing could move one."""
    drawing = ranks(diagnosis, language)
    return None if drawing is None else ranks_svg(drawing)


def over_time(diagnosis: Diagnosis, indicator_id: str, language: str) -> CourseChart:
    """The chart of a figure over its periods; raises UsageError where it has none, or one period only."""
    figure, course = course_of(diagnosis, indicator_id)
    return course_chart(diagnosis, figure, course, language)


def course_svgs(diagnosis: Diagnosis, language: str) -> dict[str, bytes]:
    """Each figure with several periods as SVG for a page, by indicator; drawn in this process, in a millisecond."""
    return {
        figure.indicator.id: course_svg(course_chart(diagnosis, figure, figure.course, language))
        for reading in diagnosis.domains
        for figure in reading.figures
        if figure.course is not None
    }


def profile_chart(release: Release, diagnosis: Diagnosis, language: str) -> bytes:
    """The profile as SVG for a page; drawn in this process, in a millisecond."""
    return profile_svg(profile(release, diagnosis, language))


def distribution(
    release: Release, indicator_id: str, peer_set: str, language: str, marked: Sequence[str] = ()
) -> Distribution:
    """The chart of an indicator among the peers, in its newest period; ``marked`` are identifiers.

    Raises UsageError for an unknown indicator, and where no peer has a value.
    """
    indicator = release.indicators.get(indicator_id)
    if indicator is None:
        raise UsageError(Message("No indicator is called {indicator_id!r}.", indicator_id=indicator_id[:80]))
    level = level_of(peer_set)
    rows = release.observations(indicators=[indicator_id]).filter(pl.col("value").is_not_null())
    peers = rows.join(members(peer_set, release.cog), on="territory", how="semi")
    period = newest(peers["period"].unique().to_list())
    if period is None:
        raise UsageError(
            Message(
                "Indicator {indicator_id!r} has no figure among {peer_set} in release {release}.",
                indicator_id=indicator_id,
                peer_set=peer_set,
                release=release.id,
            )
        )
    current = rows.filter(pl.col("period") == period)
    values = dict(current.select("territory", "value").iter_rows())
    return distribution_chart(
        indicator,
        period,
        level,
        sorted(peers.filter(pl.col("period") == period)["value"].to_list()),
        [(release.cog[id], values[id]) for id in marked if id in values],
        release=release.id,
        language=language,
    )


def drawn(release: Release, name: str, drawing: Drawing, output: Output, home: Path | None = None) -> bytes:
    """``drawing`` as ``output``, kept in the release's cache under ``name``, which says all that it shows."""
    return kept(release, f"{name}.{output.value}", home, lambda: _draw(drawing, output))


def kept(release: Release, name: str, home: Path | None, make: Callable[[], bytes]) -> bytes:
    """The file called ``name`` in the release's cache; made, and put there whole, where it is not."""
    if not _SAFE.fullmatch(name):
        raise UsageError(Message("{name!r} cannot name a drawing.", name=name[:80]))
    folder = (home or places.home()) / "cache"
    path = folder / release.id / name
    if path.is_file():
        return path.read_bytes()
    made = make()
    keep(path, made, folder)
    return made


def _draw(drawing: Drawing, output: Output = Output.SVG) -> bytes:
    return drawing_process().draw(drawing, output)


@lru_cache(maxsize=32)
def _quartiles(release: Release, peer_set: str) -> Mapping[str, tuple[float, float]]:
    """The lower and upper quartile of the peers' scores by domain, where at least four peers have one."""
    rows = release.scores(peer_set=peer_set, nodes=[domain.id for domain in domains()])
    spread = (
        rows.filter(pl.col("score").is_not_null())
        .group_by("node")
        .agg(
            low=pl.col("score").quantile(0.25, "linear"), high=pl.col("score").quantile(0.75, "linear"), count=pl.len()
        )
        .filter(pl.col("count") >= 4)
    )
    return {node: (low, high) for node, low, high, _count in spread.iter_rows()}
