"""A study as its makers declare it (``study.yml``), and what may be shown of it beside every figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from odd17.core.kernel import Text
from odd17.core.territories.levels import Level

from .tables import Measure

OF_DOMAINS = (Measure.FRAGILE, Measure.LIVED, Measure.PRIORITY, Measure.ACTS, Measure.INTENDS)
"""Measures that are told of a domain, always."""

OF_ITEMS = (Measure.TRUST, Measure.PARTNER, Measure.PARTNERSHIP, Measure.OWN)
"""Measures that are told of an item, always."""


@dataclass(frozen=True, slots=True)
class Field:
    """When respondents were asked: the first and the last day."""

    start: date
    end: date

    @property
    def period(self) -> str:
        """The months of the field.

        >>> Field(date(2019, 10, 3), date(2019, 10, 21)).period, Field(date(2019, 10, 3), date(2019, 11, 2)).period
        ('2019-10', '2019-10/2019-11')
        """
        first, last = f"{self.start:%Y-%m}", f"{self.end:%Y-%m}"
        return first if first == last else f"{first}/{last}"


@dataclass(frozen=True, slots=True)
class StudyDesign:
    """The columns of the design; without ``weights`` respondents count the same. See ``odd17.Survey``.

    ``margins`` are what weights are raked to, ``margin_names`` what readers call these columns, ``bounds`` hold the
    ratio of weights after to before, and ``trim`` the weights themselves, once raked.
    """

    weights: str | None = None
    strata: str | None = None
    psu: tuple[str, ...] = ()
    fpc: str | None = None
    lonely_psu: str = "fail"
    margins: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    margin_names: Mapping[str, Text | str] = field(default_factory=dict)
    bounds: tuple[float, float] | None = None
    trim: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class StudyTerritory:
    """Where respondents are: ``column`` holds codes or names of ``level`` (of the year ``vintage``), or its own labels.

    ``codes`` says which territory a label means: a code of the level, or an identifier. Without a column all are of the
    one territory of a single level (``FRM``, ``FR``). ``estimates`` are the levels that figures are told at.
    """

    level: Level
    column: str | None
    codes: Mapping[str, str]
    vintage: int
    estimates: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Wave:
    """A study's place in a programme; ``previous`` is the study that asked before, the same people in a panel."""

    programme: str
    number: int
    previous: str | None = None
    is_panel: bool = False


@dataclass(frozen=True, slots=True)
class About:
    """What an answer is about: a domain, an item, both or neither."""

    domain: str | None = None
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Multiple:
    """One cell that holds several answers, parted by ``separator``; ``codes`` says what each is about."""

    column: str
    separator: str
    codes: Mapping[str, About]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The order in which respondents put items: the column of each item's rank (``by_item``), or the columns of who
    stands first, second, third… (``places``), in which ``codes`` says which item an answer means."""

    by_item: Mapping[str, str] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Base:
    """Who was asked: ``where`` gives the answers that let a respondent in, all columns together."""

    said: Text
    where: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Question:
    """A question: in which columns its answers stand, and what they mean.

    ``yes``, ``no``, ``dont_know`` and ``skipped`` are codes, or their labels in the file. Where ``yes`` is empty, it is
    1, true, oui or yes. Don't know and skips are no answer, unless ``counts_dont_know`` keeps the first in the base.
    """

    measure: Measure
    wording: Text
    columns: Mapping[About, str] = field(default_factory=dict)
    multiple: Multiple | None = None
    ranking: Ranking | None = None
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    dont_know: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    counts_dont_know: bool = False
    base: Base | None = None
    labels: Mapping[str, Text] = field(default_factory=dict)

    @property
    def abouts(self) -> tuple[About, ...]:
        """What the answers are about, each once."""
        if self.ranking is not None:
            items = self.ranking.by_item or dict.fromkeys(self.ranking.codes.values(), "")
            return tuple(About(item=item) for item in items)
        told = self.columns if self.multiple is None else self.multiple.codes.values()
        return tuple(dict.fromkeys(told))


@dataclass(frozen=True, slots=True)
class Study:
    """A study file, checked. ``mention`` is the full citation, shown word for word beside every figure.

    ``respondent`` is the column of a panel's pseudonyms: they stay with the microdata.
    """

    id: str
    title: Text
    actor: str
    makers: tuple[str, ...]
    mention: str
    licence: Text | str
    field: Field
    population: Text
    mode: Text
    territory: StudyTerritory
    questions: tuple[Question, ...]
    design: StudyDesign = StudyDesign()
    file: str | None = None
    sheet: str | None = None
    wave: Wave | None = None
    respondent: str | None = None
    fictitious: bool = False


@dataclass(frozen=True, slots=True)
class DesignFacts:
    """What is told of a design: numbers of ``strata`` and of ``units`` drawn (0: respondents themselves), the names of
    what weights are raked to, and the design effect of unequal weights, n Σw² / (Σw)² (Kish, *Survey Sampling*, 1965,
    11.7)."""

    weighted: bool
    strata: int
    units: int
    margins: tuple[Text | str, ...]
    deff: float


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """What is told of a question: ``items`` have the names that the study gives them."""

    measure: Measure
    wording: Text
    domains: tuple[str, ...]
    items: Mapping[str, Text]
    base: Text | None


@dataclass(frozen=True, slots=True)
class StudyDescription:
    """What pages, exports and reports may show of a study; no respondent can be told from it."""

    id: str
    title: Text
    actor: str
    makers: tuple[str, ...]
    mention: str
    licence: Text | str
    field: Field
    population: Text
    mode: Text
    n: int
    design: DesignFacts
    questions: tuple[AskedQuestion, ...]
    wave: Wave | None
    fictitious: bool

    @property
    def period(self) -> str:
        """The months of the field, as ``PERCEPTIONS`` write them."""
        return self.field.period


def described(study: Study, n: int, design: DesignFacts) -> StudyDescription:
    """What may be shown of ``study``, which ``n`` respondents answered."""
    asked = tuple(
        AskedQuestion(
            measure=question.measure,
            wording=question.wording,
            domains=tuple(dict.fromkeys(about.domain for about in question.abouts if about.domain is not None)),
            items={about.item: question.labels[about.item] for about in question.abouts if about.item is not None},
            base=None if question.base is None else question.base.said,
        )
        for question in study.questions
    )
    return StudyDescription(
        study.id, study.title, study.actor, study.makers, study.mention, study.licence, study.field, study.population,
        study.mode, n, design, asked, study.wave, study.fictitious,
    )  # fmt: skip
