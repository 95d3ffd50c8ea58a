"""From the respondents of a study to rows of ``PERCEPTIONS``: estimated, compared with the wave before, withheld."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from odd17.core.kernel import Text

from .complementary import withhold_margins
from .linked import covariances
from .prepared import RANK, RESPONDENT, WEIGHT, answer_column, at_level, surveyed
from .rankings import first_choices, worths
from .study import About, DesignFacts, Study
from .survey import Survey
from .tables import PERCEPTION_ORDER, PERCEPTIONS, Measure
from .waves import with_change

_ASKED = ("measure", "domain", "item")
_KEY = (*_ASKED, "territory")
_FIGURES = ("estimate", "se", "low", "high", "df", "deff", "n", "status")


@dataclass(frozen=True)
class Previous:
    """The wave before: its study and respondents as ``prepared`` gives them, and what was published of it."""

    study: Study
    respondents: pl.DataFrame
    published: pl.DataFrame


def estimate_study(
    study: Study,
    respondents: pl.DataFrame,
    nesting: Mapping[str, Sequence[str]],
    previous: Previous | None = None,
) -> pl.DataFrame:
    """What may be published of a study: rows of ``PERCEPTIONS``, in their order.

    ``respondents`` are as ``prepared`` gives them; ``nesting`` are the territories that make others, as
    ``study_places.nesting`` gives them: no cell that is withheld can be told by subtraction between them.
    """
    table = estimated(study, respondents, previous)
    return withhold_margins(table, nesting, None if previous is None else previous.published)


def estimated(study: Study, respondents: pl.DataFrame, previous: Previous | None = None) -> pl.DataFrame:
    """Every estimate of a study, with a column ``weight`` after those of ``PERCEPTIONS``: for its maker's eyes alone,
    since nothing is withheld."""
    survey = surveyed(study, respondents)
    table = _by_territory(study, survey)
    table = table.with_columns(
        study=pl.lit(study.id),
        actor=pl.lit(study.actor),
        period=pl.lit(study.field.period),
        since=pl.lit(None, pl.String),
        **{name: pl.lit(None, dtype) for name, dtype in PERCEPTIONS.items() if name.startswith("change")},
    )
    if previous is not None:
        table = _compared(study, survey, table, previous)
    return table.select(*(pl.col(name).cast(dtype) for name, dtype in PERCEPTIONS.items()), "weight").sort(
        PERCEPTION_ORDER, nulls_last=False
    )


def design_facts(study: Study, respondents: pl.DataFrame) -> DesignFacts:
    """What is told of the design of a study."""
    design, survey = study.design, surveyed(study, respondents)
    weights = survey.weights[survey.weights > 0]
    return DesignFacts(
        weighted=design.weights is not None or bool(design.margins),
        strata=0 if design.strata is None else int(respondents[design.strata].n_unique()),
        units=0 if not design.psu else len(np.unique(survey.weighting.design.stages[0].units)),
        margins=tuple(_margin_name(study, column) for column in design.margins),
        deff=round(float(len(weights) * (weights**2).sum() / weights.sum() ** 2), 6),
    )


def _margin_name(study: Study, column: str) -> Text | str:
    """What readers call a margin: the study's own name, else the level for the column of territories."""
    if column == study.territory.column:
        return study.design.margin_names.get(column, study.territory.level.label)
    return study.design.margin_names.get(column, column)


def _abouts(study: Study) -> dict[str, tuple[Measure, About]]:
    """What each column of answers is about."""
    return {
        answer_column(question.measure, about): (question.measure, about)
        for question in study.questions
        if question.ranking is None
        for about in question.abouts
    }


def _levers(study: Study) -> dict[str, str]:
    """The column of the rank of each lever; empty where they are not ranked."""
    return {
        str(about.item): f"{RANK}{about.item}"
        for question in study.questions
        if question.ranking is not None
        for about in question.abouts
    }


def _by_territory(study: Study, survey: Survey) -> pl.DataFrame:
    """Figures by measure, domain, item and territory, with ``level`` and ``weight``."""
    told: list[pl.DataFrame] = []
    for level in study.territory.estimates:
        here = survey.where(pl.col(at_level(level)).is_not_null())
        told.extend(part.with_columns(level=pl.lit(level.value)) for part in _at(study, here, at_level(level)))
    return pl.concat(told)


def _at(study: Study, survey: Survey, by: str) -> Iterator[pl.DataFrame]:
    abouts, levers = _abouts(study), _levers(study)
    if abouts:
        shares = survey.proportion(list(abouts), by=[by]).drop("level")
        yield _told(shares, abouts, by).join(
            _told(_weights(survey, list(abouts), by), abouts, by), on=_KEY, how="left", nulls_equal=True
        )
    if levers:
        ranked = next(iter(levers.values()))
        weight = _weights(survey, [ranked], by).select(by, "weight")
        measures: tuple[tuple[Measure, Callable[..., pl.DataFrame]], ...] = (
            (Measure.LEVER_FIRST, first_choices),
            (Measure.LEVER_WORTH, worths),
        )
        for measure, function in measures:
            found = function(survey, levers, by=[by]).join(weight, on=by, how="left")
            yield found.select(
                pl.lit(measure.value).alias("measure"), pl.lit(None, pl.String).alias("domain"), "item",
                pl.col(by).alias("territory"), *_FIGURES, "weight",
            )  # fmt: skip


def _weights(survey: Survey, variables: Sequence[str], by: str) -> pl.DataFrame:
    """What the weights of those who answered add up to, in each cell: ``by, variable, weight``."""
    frame = survey.frame.select(by, *variables).with_columns(pl.Series(WEIGHT, survey.weights))
    sums = frame.filter(pl.col(by).is_not_null() & (pl.col(WEIGHT) > 0)).group_by(by).agg(
        pl.when(pl.col(name).is_not_null()).then(WEIGHT).sum().alias(name) for name in variables
    )  # fmt: skip
    return sums.unpivot(index=by, variable_name="variable", value_name="weight")


def _told(table: pl.DataFrame, abouts: Mapping[str, tuple[Measure, About]], by: str) -> pl.DataFrame:
    """A table by variable, with what each variable is about in its place."""
    keys = pl.DataFrame(
        [(name, measure.value, about.domain, about.item) for name, (measure, about) in abouts.items()],
        schema=dict.fromkeys(("variable", *_ASKED), pl.String), orient="row",
    )  # fmt: skip
    rest = [name for name in table.columns if name not in ("variable", by)]
    joined = table.join(keys, on="variable", how="left", maintain_order="left")
    return joined.select(*_ASKED, pl.col(by).alias("territory"), *rest)


def _compared(study: Study, survey: Survey, table: pl.DataFrame, previous: Previous) -> pl.DataFrame:
    """``table`` with the change since the wave before, of the questions that were asked in the same words."""
    before_survey = surveyed(previous.study, previous.respondents)
    same = _same_words(study, previous.study)
    before = _by_territory(previous.study, before_survey).join(same, on=_ASKED, how="semi", nulls_equal=True)
    varied = None
    if study.wave is not None and study.wave.is_panel and previous.study.respondent is not None:
        varied = _covariances(study, survey, before_survey, same)
    told = with_change(table, before, _KEY, varied)
    return told.with_columns(since=pl.when(pl.col("change").is_not_null()).then(pl.lit(previous.study.id)))


def _same_words(study: Study, earlier: Study) -> pl.DataFrame:
    """What both waves asked, in the same words and of the same base: ``measure, domain, item``."""

    def asked(one: Study) -> set[tuple[str, str | None, str | None, str, str | None]]:
        found: set[tuple[str, str | None, str | None, str, str | None]] = set()
        for question in one.questions:
            is_ranking = question.ranking is not None
            measures = (Measure.LEVER_FIRST, Measure.LEVER_WORTH) if is_ranking else (question.measure,)
            base = None if question.base is None else question.base.said.fr
            for about in question.abouts:
                found.update((each.value, about.domain, about.item, question.wording.fr, base) for each in measures)
        return found

    rows = sorted({row[:3] for row in asked(study) & asked(earlier)}, key=str)
    return pl.DataFrame(rows, schema=dict.fromkeys(_ASKED, pl.String), orient="row")


def _covariances(study: Study, later: Survey, earlier: Survey, same: pl.DataFrame) -> pl.DataFrame | None:
    """How the shares of a panel vary together; the worths of levers are taken as of independent samples."""
    both = set(same.rows())
    abouts = {
        name: told
        for name, told in _abouts(study).items()
        if (told[0].value, told[1].domain, told[1].item) in both and name in earlier.frame.columns
    }
    found = []
    for level in study.territory.estimates:
        by = at_level(level)
        if not abouts or by not in earlier.frame.columns:
            continue
        here, there = (survey.where(pl.col(by).is_not_null()) for survey in (later, earlier))
        table = covariances(here, there, list(abouts), by=[by], link=RESPONDENT)
        found.append(_told(table.drop("level"), abouts, by))
    return pl.concat(found) if found else None
