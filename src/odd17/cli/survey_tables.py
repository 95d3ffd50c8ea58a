"""What ``odd17 survey`` shows: what an import found, and the estimates of a study, as tables and as a file."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
from rich.console import Group, RenderableType
from rich.table import Column, Table
from rich.text import Text

from odd17.core.indicators.indicator import Unit
from odd17.core.kernel import ObsStatus, domain, in_language
from odd17.core.perceptions.study import StudyDescription
from odd17.core.perceptions.tables import PERCEPTIONS, Measure
from odd17.core.territories.cog import Cog
from odd17.publishing import exports, format
from odd17.publishing.language import translator
from odd17.publishing.survey_wording import measure_name, reading
from odd17.publishing.watermark import IN_BOTH
from odd17.store.studies import KeptStudy
from odd17.workflows.import_study import StudyFindings

_LISTED = 60


def findings_told(findings: StudyFindings, cog: Cog, language: str) -> RenderableType:
    """What an import would read of a study, and how its estimates would be published."""
    _, told = translator(language), findings.description
    facts = [_("{n} respondents of {file}", n=_whole(told.n, language), file=findings.file)]
    if told.design.weighted:
        deff = format.number(told.design.deff, language, decimals=2)
        facts.append(_("design effect of the weights {deff}", deff=deff))
    if told.design.margins:
        margins = ", ".join(in_language(name, language) for name in told.design.margins)
        facts.append(_("raked to {margins}", margins=margins))
    parts: list[RenderableType] = [
        Text(f"{told.id} · {told.title.in_language(language)} · {format.period(told.period, language)}"),
        Text("; ".join(facts)),
    ]
    table = Table(_("territory"), Column(_("respondents"), justify="right"))
    for row in findings.respondents.head(_LISTED).iter_rows(named=True):
        table.add_row(*map(Text, (_place(row["territory"], cog), _whole(row["n"], language))))
    parts.append(table)
    if findings.respondents.height > _LISTED:
        more = _whole(findings.respondents.height - _LISTED, language)
        parts.append(Text(_("… and {more} more territories.", more=more)))
    if findings.partial:
        count = _whole(findings.partial, language)
        parts.append(Text(_("{count} respondents ordered some levers only: no answer.", count=count)))
    parts.append(Text(_("{count} estimates:", count=_whole(findings.estimates.height, language))))
    parts += [
        Text(f"  {_whole(count, language)} {reading(ObsStatus(status), language)}")
        for status, count in findings.statuses.items()
    ]
    return Group(*parts)


def estimates_table(study: StudyDescription, estimates: pl.DataFrame, cog: Cog, language: str) -> Table:
    """Estimates as people read them; a status is told in words where it is not that of a plain figure."""
    _ = translator(language)
    table = Table(
        _("territory"), _("measure"), _("about"), Column(_("share"), justify="right", no_wrap=True),
        Column(_("interval"), justify="right", no_wrap=True), Column(_("respondents"), justify="right"), _("status"),
    )  # fmt: skip
    for row in estimates.iter_rows(named=True):
        measure, status = Measure(row["measure"]), ObsStatus(row["status"])
        share = "" if row["estimate"] is None else format.quantity(100 * row["estimate"], Unit.PERCENT, language)
        bounds = [row["low"], row["high"]]
        interval = "" if None in bounds else "–".join(format.number(100 * bound, language) for bound in bounds)
        about = " · ".join(_about(study, measure, row["domain"], row["item"], language))
        n = "" if row["n"] is None else _whole(row["n"], language)
        said = "" if status is ObsStatus.NORMAL else reading(status, language)
        cells = (_place(row["territory"], cog), measure_name(measure, language), about, share, interval, n, said)
        table.add_row(*map(Text, cells))
    return table


def estimates_csv(study: KeptStudy) -> bytes:
    """Every estimate of a study as strict CSV, one row each, with the study's full mention."""
    kinds = {
        name: exports.Kind.TEXT
        if dtype == pl.String
        else exports.Kind.INTEGER
        if dtype == pl.Int64
        else exports.Kind.NUMBER
        for name, dtype in PERCEPTIONS.items()
    }
    beside = {"mention": study.description.mention}
    if study.description.fictitious:
        beside["fictitious"] = IN_BOTH
    columns = [exports.Column(name, name, kind) for name, kind in kinds.items()]
    columns += [exports.Column(name, name) for name in beside]
    rows = tuple((*row, *beside.values()) for row in study.estimates.collect().iter_rows())
    return exports.strict_csv(exports.Table(study.id, study.id, tuple(columns), rows, (), "", "", ""))


def _about(
    study: StudyDescription, measure: Measure, domain_id: str | None, item: str | None, language: str
) -> Iterator[str]:
    if domain_id is not None:
        yield domain(domain_id).name.in_language(language)
    if item is not None:
        ranked = measure in (Measure.LEVER_FIRST, Measure.LEVER_WORTH)
        asked = Measure.LEVER_FIRST if ranked else measure
        names = [
            question.items[item] for question in study.questions if question.measure is asked and item in question.items
        ]
        yield names[0].in_language(language)


def _place(territory: str, cog: Cog) -> str:
    return cog[territory].name if territory in cog else territory


def _whole(value: int, language: str) -> str:
    return format.number(value, language, decimals=0)
