"""Made-up studies with a known truth, for the demonstration and for the tests: nobody was asked.

Everything follows from a seed. The truth is a share for each region, question and wave; respondents answer at random by
it. What is told of metropolitan France is the mean of regions by population. Citizens are drawn with too many of the
elderly, and are raked to regions and ages; other actors have weights, and local elected officials are a panel, of whom
most are asked both times. Small regions have few respondents, so that every status occurs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from odd17.core.kernel import actors, domains, families, levers, partner_kinds

from .columns import BoolArray, FloatArray, IntArray
from .tables import Measure

SEED = 2019
WHOLE = "FRM"
YES, NO, UNKNOWN = "oui", "non", "nsp"
AGES = {"18-34": 0.26, "35-59": 0.41, "60+": 0.33}
"""Ages and their shares of the adults, the same in every region."""

_AGE_EFFECT = np.array([-0.25, 0.0, 0.2])  # on the logit of every share
_AGE_DRAWN = np.array([0.7, 1.0, 1.4])  # how much more often each answers
_YEARS = (2021, 2025)
_SIZES = {"citizens": (2600, 45), "elected_officials": (1000, 26), "companies": (700, 8), "associations": (800, 14)}
_STAYS = 0.7  # share of a panel that is asked again
_HOLDS = 0.5  # share of them who say the same whatever happened
_SILENT = (0.03, 0.02)  # do not know; did not say
_WORTHS = (np.array([0.5, 0.3, 0.2]), np.array([0.42, 0.35, 0.23]))  # of the levers, at each wave, in some order
_OF_ORGANISATIONS = ("companies", "associations")


@dataclass(frozen=True, slots=True)
class Asked:
    """One column of answers: what it measures, and the share who say yes, shaped (regions, ages)."""

    measure: Measure
    domain: str | None
    item: str | None

    @property
    def column(self) -> str:
        """Its name in the file of respondents."""
        return "_".join(part for part in (self.measure.value, self.domain, self.item) if part is not None)


@dataclass(frozen=True, slots=True)
class FictitiousStudy:
    """One study: who was asked, when, what; ``respondents`` as its file has them, and the truth behind them.

    ``respondents`` has ``region`` (code), for citizens ``age``, else ``weight``, for a panel ``respondent``, a column
    of oui, non, nsp or null for each of ``questions``, and ``rank_<lever>``. ``truth`` has ``measure, domain, item,
    territory, share``. ``populations`` are the margins by code of region.
    """

    id: str
    actor: str
    number: int
    previous: str | None
    start: date
    end: date
    questions: tuple[Asked, ...]
    respondents: pl.DataFrame
    truth: pl.DataFrame
    populations: Mapping[str, int]

    @property
    def is_panel(self) -> bool:
        """Whether the respondents of the wave before were asked again."""
        return self.actor == "elected_officials"


def fictitious_studies(regions: Mapping[str, int], seed: int = SEED) -> list[FictitiousStudy]:
    """The studies of the four actors, two waves each, in ``regions`` (code: population); waves one after the other.

    >>> studies = fictitious_studies({"53": 3_449_370, "94": 355_486})
    >>> [(study.id, study.respondents.height) for study in studies][:2]
    [('demo-citizens-2021', 2600), ('demo-citizens-2025', 2600)]
    """
    found: list[FictitiousStudy] = []
    common = np.random.default_rng([seed, 0]).normal(0, 0.5, (len(regions), len(domains())))
    for number, actor in enumerate(actors(), start=1):
        random = np.random.default_rng([seed, number])
        questions = _questions(actor.id)
        first = _logits(questions, common, random)
        logits = [first, first + random.normal(0.15, 0.3, len(questions))[:, None] + random.normal(0, 0.1, first.shape)]
        worths = [random.permutation(worth) for worth in _WORTHS]
        before: _Sample | None = None
        for wave in range(2):
            sample = _sample(actor.id, regions, before, random)
            answers = _answers(logits, wave, sample, before, random)
            ranks = _rankings(worths[wave], len(sample.region), random)
            sample = _Sample(sample.region, sample.age, sample.who, answers)
            found.append(_study(actor.id, wave, regions, questions, logits[wave], worths[wave], sample, ranks, random))
            before = sample
    return found


@dataclass(frozen=True, slots=True)
class _Sample:
    """Respondents: places of their region and age, who they are in a panel, and answers shaped (questions, people)."""

    region: IntArray
    age: IntArray
    who: IntArray
    answers: BoolArray


def _questions(actor: str) -> tuple[Asked, ...]:
    by_domain = [Measure.FRAGILE, Measure.PRIORITY]
    if actor == "citizens":
        by_domain.append(Measure.LIVED)
    items: list[tuple[Measure, list[str]]] = [(Measure.TRUST, [other.id for other in actors()])]
    if actor in _OF_ORGANISATIONS:
        by_domain += [Measure.ACTS, Measure.INTENDS]
        items += [
            (Measure.PARTNER, [kind.id for kind in partner_kinds()]),
            (Measure.PARTNERSHIP, [family.id for family in families()]),
        ]
    return (
        *(Asked(measure, domain.id, None) for measure in by_domain for domain in domains()),
        *(Asked(measure, None, item) for measure, listed in items for item in listed),
        Asked(Measure.READY, None, None),
    )


def _logits(questions: tuple[Asked, ...], common: FloatArray, random: np.random.Generator) -> FloatArray:
    """Of the share who say yes, shaped (questions, regions); what is seen of a domain is partly seen by all actors."""
    level = {Measure.LIVED: -1.3, Measure.PRIORITY: -1.0, Measure.ACTS: -1.0, Measure.INTENDS: -1.2}
    regions = common.shape[0]
    place = {domain.id: at for at, domain in enumerate(domains())}
    found = np.empty((len(questions), regions))
    for row, asked in enumerate(questions):
        shared = asked.domain is not None and asked.measure is not Measure.ACTS
        seen = 0.8 * common[:, place[str(asked.domain)]] if shared else 0.0
        middle = level.get(asked.measure, -0.3) + random.normal(0, 0.4)
        found[row] = middle + seen + random.normal(0, 0.35, regions)
    return np.clip(found, -2.5, 2.5)


def _sample(actor: str, regions: Mapping[str, int], before: _Sample | None, random: np.random.Generator) -> _Sample:
    total, least = _SIZES[actor]
    sizes = np.sqrt(np.array(list(regions.values()), dtype=float))
    smallest = sizes.min()
    drawn = np.maximum(np.round(sizes / sizes.sum() * total), least).astype(np.int64)
    if len(regions) > 2:
        drawn[sizes == smallest] = least
    drawn[np.argmax(sizes)] += total - drawn.sum()
    region = np.repeat(np.arange(len(regions)), drawn)
    n = len(region)
    ages = np.array(list(AGES.values())) * _AGE_DRAWN
    age = random.choice(len(ages), n, p=ages / ages.sum()) if actor == "citizens" else np.ones(n, dtype=np.int64)
    who = np.arange(n)
    if before is not None:
        stays = (random.random(n) < _STAYS) & (actor == "elected_officials")
        who = np.where(stays, before.who, who + n)
    return _Sample(region, age.astype(np.int64), who, np.zeros((0, n), dtype=np.bool_))


def _shares(logits: FloatArray, actor_ages: bool) -> FloatArray:
    """Shaped (questions, regions, ages)."""
    effect = _AGE_EFFECT if actor_ages else np.zeros(len(_AGE_EFFECT))
    found: FloatArray = 1 / (1 + np.exp(-(logits[:, :, None] + effect)))
    return found


def _answers(
    logits: list[FloatArray], wave: int, sample: _Sample, before: _Sample | None, random: np.random.Generator
) -> BoolArray:
    has_ages = bool((sample.age != 1).any())
    p = _shares(logits[wave], has_ages)[:, sample.region, sample.age]
    fresh: BoolArray = random.random(p.shape) < p
    if before is None:
        return fresh
    same = sample.who == before.who
    if not same.any():
        return fresh
    # of those asked again some hold to what they said, the others so that the share is what it should be
    old = _shares(logits[0], has_ages)[:, sample.region, sample.age]
    holds = np.minimum(_HOLDS, 0.9 * np.minimum(p / old, (1 - p) / (1 - old)))
    other = (p - holds * old) / (1 - holds)
    again = np.where(random.random(p.shape) < holds, before.answers, random.random(p.shape) < other)
    return np.asarray(np.where(same, again, fresh), dtype=np.bool_)


def _rankings(worth: FloatArray, n: int, random: np.random.Generator) -> IntArray:
    """Ranks shaped (people, levers), as the model of Plackett and Luce draws them."""
    race = random.exponential(1.0, (n, len(worth))) / worth  # who arrives first does so in proportion to its worth
    return np.asarray(np.argsort(np.argsort(race, axis=1), axis=1) + 1, dtype=np.int64)


def _study(
    actor: str,
    wave: int,
    regions: Mapping[str, int],
    questions: tuple[Asked, ...],
    logits: FloatArray,
    worth: FloatArray,
    sample: _Sample,
    ranks: IntArray,
    random: np.random.Generator,
) -> FictitiousStudy:
    n = len(sample.region)
    codes = list(regions)
    people = np.array(list(regions.values()), dtype=float)
    columns: dict[str, pl.Series] = {"region": pl.Series([codes[at] for at in sample.region])}
    if actor == "citizens":
        columns["age"] = pl.Series([list(AGES)[at] for at in sample.age])
    else:
        drawn = np.bincount(sample.region, minlength=len(codes))
        weight = people / drawn / (people.sum() / n)
        columns["weight"] = pl.Series(weight[sample.region].round(6))
    if actor == "elected_officials":
        columns["respondent"] = pl.Series([f"r{at:05d}" for at in sample.who])
    silence = random.random((len(questions), n))
    for row, asked in enumerate(questions):
        said = np.where(sample.answers[row], YES, NO).astype(object)
        said[silence[row] < sum(_SILENT)] = None
        said[silence[row] < _SILENT[0]] = UNKNOWN
        columns[asked.column] = pl.Series(said.tolist(), dtype=pl.String)
    quiet = random.random(n) < 0.05
    for at, lever in enumerate(levers()):
        columns[f"rank_{lever.id}"] = pl.Series(
            [None if silent else int(rank) for rank, silent in zip(ranks[:, at], quiet, strict=True)], dtype=pl.Int64
        )
    shuffled = random.permutation(n)
    year, month = _YEARS[wave], 10
    id = f"demo-{actor.replace('_', '-')}-"
    return FictitiousStudy(
        id=f"{id}{year}",
        actor=actor,
        number=wave + 1,
        previous=f"{id}{_YEARS[0]}" if wave else None,
        start=date(year, month, 4),
        end=date(year, month, 25),
        questions=questions,
        respondents=pl.DataFrame(columns)[shuffled.tolist()],
        truth=_truth(questions, _shares(logits, actor == "citizens"), worth, codes, people),
        populations=dict(regions),
    )


def _truth(
    questions: tuple[Asked, ...], shares: FloatArray, worth: FloatArray, codes: list[str], people: FloatArray
) -> pl.DataFrame:
    by_region = shares @ np.array(list(AGES.values()))
    every = np.column_stack([by_region @ people / people.sum(), by_region])
    places = [WHOLE, *(f"REG-{code}" for code in codes)]
    rows: list[tuple[str, str | None, str | None, str, float]] = [
        (asked.measure.value, asked.domain, asked.item, place, float(every[row, at]))
        for row, asked in enumerate(questions)
        for at, place in enumerate(places)
    ]
    for measure in (Measure.LEVER_FIRST, Measure.LEVER_WORTH):
        rows += [
            (measure.value, None, lever.id, place, float(value))
            for lever, value in zip(levers(), worth, strict=True)
            for place in places
        ]
    schema = dict.fromkeys(("measure", "domain", "item", "territory"), pl.String) | {"share": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")
