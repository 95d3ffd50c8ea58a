"""Tables of the crossing and of what studies tell; every row has its date, n, interval, status and full mention."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import polars as pl

from odd17.core.diagnosis.crossing_reading import ActorView, CrossedDomain
from odd17.core.kernel import Absence, Estimate, ObsStatus, Reason, ReasonCode, in_language
from odd17.core.perceptions.study import StudyDescription
from odd17.core.perceptions.tables import PERCEPTIONS, Measure
from odd17.core.territories import Cog
from odd17.publishing import reason_words, wording
from odd17.publishing.crossing_words import actor_name, measure_name, quadrant_name, reason_sentence, short_reason
from odd17.publishing.language import Translator, msgid, translator
from odd17.publishing.studies import asked_sentence, design_sentence, study_sources

from .cells import Row, absence, cited, finished, laid_out
from .table import Column, Kind, Table

_TITLES: Final[dict[str, tuple[str, Kind]]] = {
    "territory": (msgid("Territory code"), Kind.TEXT),
    "territory_name": (msgid("Territory"), Kind.TEXT),
    "level": (msgid("Level"), Kind.TEXT),
    "domain": (msgid("Domain code"), Kind.TEXT),
    "domain_name": (msgid("Domain"), Kind.TEXT),
    "measure": (msgid("Measure"), Kind.TEXT),
    "measure_name": (msgid("What it measures"), Kind.TEXT),
    "item": (msgid("Item code"), Kind.TEXT),
    "item_name": (msgid("Item"), Kind.TEXT),
    "actor": (msgid("Actor code"), Kind.TEXT),
    "actor_name": (msgid("Who was asked"), Kind.TEXT),
    "study": (msgid("Study"), Kind.TEXT),
    "period": (msgid("When they were asked"), Kind.TEXT),
    "estimate": (msgid("Share (0 to 1)"), Kind.NUMBER),
    "low": (msgid("Share: lower bound (95%)"), Kind.NUMBER),
    "high": (msgid("Share: upper bound (95%)"), Kind.NUMBER),
    "se": (msgid("Standard error"), Kind.NUMBER),
    "df": (msgid("Degrees of freedom"), Kind.INTEGER),
    "deff": (msgid("Design effect"), Kind.NUMBER),
    "n": (msgid("Respondents"), Kind.INTEGER),
    "status": (msgid("Status (SDMX)"), Kind.TEXT),
    "absence": (msgid("Why there is no value"), Kind.TEXT),
    "since": (msgid("Earlier study of the same question"), Kind.TEXT),
    "change": (msgid("Change since the earlier study"), Kind.NUMBER),
    "change_se": (msgid("Change: standard error"), Kind.NUMBER),
    "change_low": (msgid("Change: lower bound (95%)"), Kind.NUMBER),
    "change_high": (msgid("Change: upper bound (95%)"), Kind.NUMBER),
    "change_linked": (msgid("Change: respondents asked both times"), Kind.INTEGER),
    "rank": (msgid("Rank (1 = most judge it fragile)"), Kind.INTEGER),
    "rank_low": (msgid("Rank: lower bound (90%)"), Kind.INTEGER),
    "rank_high": (msgid("Rank: upper bound (90%)"), Kind.INTEGER),
    "of": (msgid("Territories ranked"), Kind.INTEGER),
    "objective_rank": (msgid("Rank by figures, among the same"), Kind.INTEGER),
    "objective_low": (msgid("Rank by figures: lower bound (90%)"), Kind.INTEGER),
    "objective_high": (msgid("Rank by figures: upper bound (90%)"), Kind.INTEGER),
    "gap": (msgid("Gap in ranks (above 0: over-perceived)"), Kind.INTEGER),
    "gap_low": (msgid("Gap: lower bound (90%)"), Kind.INTEGER),
    "gap_high": (msgid("Gap: upper bound (90%)"), Kind.INTEGER),
    "quadrant": (msgid("Quadrant code"), Kind.TEXT),
    "quadrant_name": (msgid("Quadrant"), Kind.TEXT),
    "p_shared_priority": (msgid("Probability: shared priority"), Kind.NUMBER),
    "p_under_the_radar": (msgid("Probability: under the radar"), Kind.NUMBER),
    "p_worry": (msgid("Probability: worry"), Kind.NUMBER),
    "p_asset": (msgid("Probability: asset"), Kind.NUMBER),
    "place": (msgid("Place among the priorities"), Kind.INTEGER),
    "place_low": (msgid("Place: lower bound (90%)"), Kind.INTEGER),
    "place_high": (msgid("Place: upper bound (90%)"), Kind.INTEGER),
    "p_first": (msgid("Probability of being among the first three"), Kind.NUMBER),
    "p_blind_spot": (msgid("Probability of a blind spot"), Kind.NUMBER),
    "note": (msgid("Remarks"), Kind.TEXT),
    "citation": (msgid("Source to cite"), Kind.TEXT),
    "licence": (msgid("Licence"), Kind.TEXT),
    "release": (msgid("Release"), Kind.TEXT),
}
_CROSSING: Final = (
    "territory", "territory_name", "domain", "domain_name", "measure", "measure_name", "actor", "actor_name", "study",
    "period", "estimate", "low", "high", "n", "status", "absence", "rank", "rank_low", "rank_high", "of",
    "objective_rank", "objective_low", "objective_high", "gap", "gap_low", "gap_high", "quadrant", "quadrant_name",
    "p_shared_priority", "p_under_the_radar", "p_worry", "p_asset", "place", "place_low", "place_high", "p_first",
    "p_blind_spot", "note", "citation", "licence", "release",
)  # fmt: skip
_PERCEPTIONS: Final = (
    "territory", "territory_name", "level", "domain", "domain_name", "measure", "measure_name", "item", "item_name",
    "actor", "actor_name", "study", "period", "estimate", "low", "high", "se", "df", "deff", "n", "status", "absence",
    "since", "change", "change_se", "change_low", "change_high", "change_linked", "citation", "licence", "release",
)  # fmt: skip


def crossing_table(
    name: str,
    title: str,
    rows: Sequence[CrossedDomain],
    studies: Mapping[str, StudyDescription],
    release: str,
    language: str,
) -> Table:
    """The crossing of some domains and territories, one row a measure of an actor.

    ``measure`` is a measure of a study, or ``score`` for the domain by its figures, with its place among the
    priorities. A domain of which nobody was asked has its ``score`` alone.
    """
    _ = translator(language)
    cells = [laid_out(cell | {"release": release}, _CROSSING) for row in rows for cell in _of_domain(row, studies, _)]
    said = _methods(studies.values(), language)
    figures = {source.id: source for row in rows if row.score.rank is not None for source in row.sources}
    sources = [*study_sources(studies.values()), *figures.values()]
    return finished(name, title, _columns(_CROSSING, _), cells, sources, release, _, said=said)


def perceptions_table(
    rows: pl.DataFrame, studies: Mapping[str, StudyDescription], cog: Cog, release: str, language: str
) -> Table:
    """What studies tell (columns ``PERCEPTIONS``), one row an estimate, withheld ones too."""
    _ = translator(language)
    domains = {item: wording.node_name(item, language) for item in rows["domain"].drop_nulls().unique()}
    items = _item_names(studies, language)
    cells = []
    for row in rows.iter_rows(named=True):
        study = studies[row["study"]]
        shown = Estimate(row["estimate"], obs_status=ObsStatus(row["status"]))
        told: Row = {name: row[name] for name in PERCEPTIONS}
        told |= {
            "territory_name": wording.territory_name(cog[row["territory"]], language),
            "domain_name": domains.get(row["domain"]),
            "measure_name": measure_name(Measure(row["measure"]), language),
            "item_name": items.get((row["study"], row["measure"], row["item"]), row["item"]),
            "actor_name": actor_name(row["actor"], language),
            "absence": _absence(shown, _),
            **_cited(study, _),
            "release": release,
        }
        cells.append(laid_out(told, _PERCEPTIONS))
    shown_studies = [study for id, study in studies.items() if (rows["study"] == id).any()]
    title = _("What studies tell")
    columns = _columns(_PERCEPTIONS, _)
    said = _methods(shown_studies, language)
    return finished("odd17-perceptions", title, columns, cells, study_sources(shown_studies), release, _, said=said)


def _methods(studies: Iterable[StudyDescription], language: str) -> list[str]:
    """Who was asked, when, how many, and how the sample is weighted: a line a study."""
    return [f"{asked_sentence(study, language)} {design_sentence(study, language)}" for study in studies]


def _columns(ids: Sequence[str], _: Translator) -> list[Column]:
    return [Column(id, _(_TITLES[id][0]), _TITLES[id][1], 4) for id in ids]


def _of_domain(row: CrossedDomain, studies: Mapping[str, StudyDescription], _: Translator) -> Iterator[Row]:
    where: Row = {
        "territory": row.territory.id,
        "territory_name": wording.territory_name(row.territory, _.language),
        "domain": row.domain.id,
        "domain_name": row.domain.name.in_language(_.language),
    }
    yield where | _by_figures(row, _)
    for view in row.views:
        own = {**where, **_asked(view.actor, view.study, view.period, studies, _)}
        yield own | _measured(Measure.FRAGILE, view.share, _) | _ranked(view, _)
        for measure, shown in ((Measure.LIVED, view.lived), (Measure.PRIORITY, view.prioritised)):
            if shown is not None:
                yield own | _measured(measure, shown, _)
    for acting in row.acting:
        own = {**where, **_asked(acting.actor, acting.study, acting.period, studies, _)}
        yield own | _measured(Measure.ACTS, acting.share, _)
        if acting.intends is not None:
            yield own | _measured(Measure.INTENDS, acting.intends, _)


def _by_figures(row: CrossedDomain, _: Translator) -> Row:
    found: Row = {"measure": "score", "measure_name": _("the score by figures")}
    if row.score.rank is not None:
        rank = row.score.rank
        last = max(rank.high or rank.value, rank.value + rank.tied)
        found |= {"objective_rank": rank.value, "objective_low": rank.low or rank.value, "objective_high": last}
        found |= {"of": rank.of, **cited(row.sources, _)}
    if row.score.refusal is not None:
        found["note"] = reason_words.sentence(row.score.refusal, _.language)
    if row.priority is not None:
        place = row.priority.place
        found |= {"place": place.value, "place_low": place.low, "place_high": place.high}
        found["p_first"] = row.priority.p_first
    if row.blind_spot is not None:
        found["p_blind_spot"] = row.blind_spot.probability
    return found


def _asked(actor: str, study: str, period: str, studies: Mapping[str, StudyDescription], _: Translator) -> Row:
    names: Row = {"actor": actor, "actor_name": actor_name(actor, _.language), "study": study, "period": period}
    return names | _cited(studies[study], _)


def _cited(study: StudyDescription, _: Translator) -> Row:
    return {"citation": study.mention, "licence": in_language(study.licence, _.language)}


def _measured(measure: Measure, shown: Estimate, _: Translator) -> Row:
    return {
        "measure": measure.value,
        "measure_name": measure_name(measure, _.language),
        "estimate": shown.value,
        "low": shown.low,
        "high": shown.high,
        "n": shown.n,
        "status": shown.obs_status.value,
        "absence": _absence(shown, _),
    }


def _absence(shown: Estimate, _: Translator) -> str | None:
    """Why there is no share: one that is withheld has too few respondents, or would give back one that has."""
    if shown.absence is Absence.SUPPRESSED:
        return short_reason(Reason(ReasonCode.TOO_FEW_RESPONDENTS), _.language)
    return absence(shown, _)


def _ranked(view: ActorView, _: Translator) -> Row:
    found: Row = {}
    if view.rank is not None:
        found |= {"rank": view.rank.value, "rank_low": view.rank.low, "rank_high": view.rank.high, "of": view.rank.of}
    if view.objective is not None:
        found |= {"objective_rank": view.objective.value, "objective_low": view.objective.low}
        found["objective_high"] = view.objective.high
    if view.gap is not None:
        found |= {"gap": view.gap.value, "gap_low": view.gap.low, "gap_high": view.gap.high}
    if view.quadrant is not None:
        found |= {"quadrant": view.quadrant.value, "quadrant_name": quadrant_name(view.quadrant, _.language)}
        found |= {f"p_{quadrant.value}": value for quadrant, value in view.probabilities.items()}
    if view.reason is not None:
        found["note"] = reason_sentence(view.reason, _.language)
    return found


def _item_names(studies: Mapping[str, StudyDescription], language: str) -> dict[tuple[str, str, str | None], str]:
    return {
        (study.id, question.measure.value, item): in_language(name, language)
        for study in studies.values()
        for question in study.questions
        for item, name in question.items.items()
    }
