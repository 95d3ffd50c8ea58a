"""Report: a territory's diagnosis as a PDF, and those of a whole level."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from odd17.core.diagnosis.reading import Diagnosis
from odd17.core.kernel import Message, UsageError, why
from odd17.core.territories.levels import Level
from odd17.core.territories.territory import Territory
from odd17.publishing import wording
from odd17.publishing.charts.course import course_chart
from odd17.publishing.charts.crossing import gap_charts, quadrant_chart
from odd17.publishing.charts.gaps import gaps_svg
from odd17.publishing.charts.lines import course_svg
from odd17.publishing.charts.maps import LOCATOR
from odd17.publishing.charts.profile import profile_svg
from odd17.publishing.charts.quadrants import quadrants_svg
from odd17.publishing.charts.ranks import ranks_svg
from odd17.publishing.charts.svg import for_print
from odd17.publishing.crossing_words import actor_name
from odd17.publishing.language import language_of, translator
from odd17.publishing.report import Crossed, Picture, report_content
from odd17.store.geometry import NATIONAL
from odd17.store.releases import Release
from odd17.store.whole_files import write_whole

from .crossing import crossing_at
from .diagnose import diagnosis_of
from .draw import kept, map_svg, profile, ranks
from .drawing_process import drawing_process
from .map_figures import subject_name, telling_subject

Progress = Callable[[int, int], None]
"""Called with how many reports are done, and of how many."""

_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def build_report(release: Release, territory: str, language: str, *, home: Path | None = None) -> bytes:
    """The report of ``territory`` (identifier, code or name) as a tagged PDF (PDF/UA-1), kept with the drawings.

    Raises UnknownTerritory or AmbiguousTerritory where a name is not that of one territory.
    """
    here = release.cog.resolve(territory)

    def make() -> bytes:
        content = _content(release, diagnosis_of(release, here), language, home)
        return drawing_process().typeset(content, _time_of(release))

    return kept(release, file_name(release, here, language), home, make)


def build_reports(
    release: Release,
    level: Level,
    out: Path,
    language: str,
    progress: Progress | None = None,
    *,
    home: Path | None = None,
) -> list[Path]:
    """The report of every territory of ``level`` in the folder ``out``, and their paths.

    Raises UsageError where ``out`` is not a folder that can be made. A report is written whole or not at all.
    """
    tell = progress or (lambda done, total: None)
    territories = [release.cog[id] for id in release.cog.at(level)]
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            Message("{out} is not a folder that can be written to: {why}.", out=out, why=why(error))
        ) from error
    tell(0, len(territories))
    paths = []
    pdfs = drawing_process().typeset_all(_contents(release, territories, language, home), _time_of(release))
    for territory, pdf in zip(territories, pdfs, strict=True):
        path = out / file_name(release, territory, language)
        write_whole(path, pdf)
        paths.append(path)
        tell(len(paths), len(territories))
    return paths


def file_name(release: Release, territory: Territory, language: str) -> str:
    """The name of a report's file: it says of what, in which language, and from which release."""
    return f"odd17-{territory.id}-{territory.slug}-{language_of(language)}-{release.id}.pdf"


def _contents(release: Release, territories: list[Territory], language: str, home: Path | None) -> Iterator[str]:
    for territory in territories:
        yield _content(release, diagnosis_of(release, territory), language, home)


def _content(release: Release, diagnosis: Diagnosis, language: str, home: Path | None) -> str:
    """The report's content, with its drawings, as JSON."""
    _ = translator(language)
    chart = profile(release, diagnosis, language)
    firm = ranks(diagnosis, language)
    own = diagnosis.territory.level is Level.OWN
    subject = telling_subject(release, diagnosis.territory.id) if own else _map_subject(diagnosis)
    content = report_content(
        diagnosis,
        release.frame,
        profile=Picture(for_print(profile_svg(chart)), chart.title),
        locator=_map(release, diagnosis, LOCATOR, language, home),
        themed_map=_map(release, diagnosis, subject, language, home),
        ranks=None
        if firm is None
        else Picture(
            for_print(ranks_svg(firm)),
            firm.title,
            _("A dot is the rank; its bar says where other weights, scales and means would put it."),
        ),
        courses=_courses(diagnosis, language),
        crossed=_crossed(release, diagnosis.territory, language),
        language=language,
    )
    return json.dumps(content, ensure_ascii=False)


def _courses(diagnosis: Diagnosis, language: str) -> dict[str, Picture]:
    """Each figure with several periods, drawn over them."""
    charts = {
        figure.indicator.id: course_chart(diagnosis, figure, figure.course, language)
        for reading in diagnosis.domains
        for figure in reading.figures
        if figure.course is not None
    }
    return {id: Picture(for_print(course_svg(chart)), chart.title) for id, chart in charts.items()}


def _crossed(release: Release, territory: Territory, language: str) -> Crossed | None:
    """The crossing with its drawings; None where no study tells of the territory."""
    views = crossing_at(release, territory)
    if views.reason is not None:
        return None
    gaps = gap_charts(views, language)
    quadrants = [(actor, quadrant_chart(views, actor, language)) for actor in views.actors]
    return Crossed(
        views,
        tuple(Picture(for_print(gaps_svg(chart)), chart.title) for chart in gaps),
        tuple(
            Picture(for_print(quadrants_svg(chart)), chart.title, actor_name(actor, language))
            for actor, chart in quadrants
            if chart is not None
        ),
    )


def _map_subject(diagnosis: Diagnosis) -> str:
    """What the report's map shows: the most marked fragility, else the first domain scored, else only the place."""
    scored = [reading.domain.id for reading in diagnosis.domains if reading.score.estimate.value is not None]
    return next(iter([*diagnosis.fragilities, *scored]), LOCATOR)


def _map(release: Release, diagnosis: Diagnosis, subject: str, language: str, home: Path | None) -> Picture:
    """The map of ``subject`` at the territory's own level (the country's: its regions), the territory outlined.

    A territory of one's own has no peers to be mapped with: its communes are shown instead.
    """
    _ = translator(language)
    here = diagnosis.territory
    if here.level is Level.OWN:
        svg = map_svg(release, subject, Level.COMMUNE, language, within=here.id, home=home)
        if subject == LOCATOR:
            text = _("Map of the communes of {name}.", name=here.name)
        else:
            shown = subject_name(release, subject, language)
            text = _("{shown}: the communes of {name}.", shown=shown, name=here.name)
        return Picture(for_print(svg), text, text)
    level = Level.REGION if here.level.is_single else here.level
    within = next((id for id in here.parents if id.startswith(f"{Level.DEPARTEMENT.value}-")), None)
    svg = map_svg(
        release,
        subject,
        level,
        language,
        within=None if level in NATIONAL else within,
        here=None if here.level.is_single else here.id,
        home=home,
    )
    place = wording.level_name(level, language, many=True)
    if subject == LOCATOR:
        text = _("Map of the {level}: {name} is outlined.", level=place, name=here.name)
    else:
        node = wording.node_name(subject, language)
        text = _("{node}: scores of the {level}. {name} is outlined.", node=node, level=place, name=here.name)
    return Picture(for_print(svg), text, text)


def _time_of(release: Release) -> int:
    """The day that the release's identifier begins with: the report's date of creation, the same at each making."""
    found = _DATE.match(release.id)
    day = datetime.fromisoformat(found[0] if found else "2000-01-01")
    return int(day.replace(tzinfo=UTC).timestamp())
