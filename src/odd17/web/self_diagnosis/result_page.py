"""What the page of a result shows, and the rows that its drawing and its document share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from odd17.core.diagnosis.self_diagnosis.mirror import Quartiles
from odd17.core.diagnosis.self_diagnosis.profile import Profile, Scored
from odd17.core.diagnosis.self_diagnosis.questionnaire import Questionnaire
from odd17.publishing.charts.self_profile import ProfileRow, self_profile_svg
from odd17.web.pages.language import language
from odd17.web.practices.models import Practice
from odd17.web.resources.cases import cases_of
from odd17.web.resources.places import Place, place

from .models import Answering
from .selectors import profile_of, questionnaire_of


@dataclass(frozen=True, slots=True)
class Line:
    """A dimension of the result; ``earlier`` is its score the time before, ``moved`` the difference.

    ``example`` is a practice that shows the dimension, where it is to be worked on and one is told.
    """

    scored: Scored
    earlier: float | None
    places: tuple[Place, ...]
    example: Practice | None = None

    @property
    def moved(self) -> float | None:
        """Points gained since, None where one of the two is not there."""
        if self.earlier is None or self.scored.score is None:
            return None
        return self.scored.score - self.earlier


@dataclass(frozen=True, slots=True)
class ResultPage:
    """A result: the lines in the order of the questionnaire, and the drawing."""

    answering: Answering
    questionnaire: Questionnaire
    profile: Profile
    lines: tuple[Line, ...]
    drawing: str

    def line(self, dimension: str) -> Line:
        """The line of a dimension."""
        return next(one for one in self.lines if one.scored.dimension.id == dimension)

    @property
    def strengths(self) -> tuple[Line, ...]:
        """The dimensions that stand well."""
        return tuple(self.line(one.dimension.id) for one in self.profile.strengths)

    @property
    def next_steps(self) -> tuple[Line, ...]:
        """Those to work on, the weakest first."""
        return tuple(self.line(one.dimension.id) for one in self.profile.next_steps)


def result_page(answering: Answering) -> ResultPage:
    """The result of answers, finished or not."""
    questionnaire, found = questionnaire_of(answering), profile_of(answering)
    before = {} if answering.previous is None else _scores(profile_of(answering.previous))
    examples = _examples(found.next_steps)
    lines = tuple(
        Line(
            scored,
            before.get(scored.dimension.id),
            () if scored.advice is None else _places(scored.advice.leads_to),
            examples.get(scored.dimension.id),
        )
        for scored in found.scored
    )
    return ResultPage(answering, questionnaire, found, lines, drawn(lines, {}))


def links_of(line: Line) -> tuple[tuple[str, str], ...]:
    """Where a line leads, to be printed: names and whole addresses."""
    places = [(str(place.name), settings.ADDRESS + place.address) for place in line.places]
    if line.example is not None:
        places.append((line.example.title, settings.ADDRESS + line.example.get_absolute_url()))
    return tuple(places)


def drawn(lines: tuple[Line, ...], peers: dict[str, Quartiles]) -> str:
    """The profile as SVG, beside the peers where there are some."""
    spoken = language()
    return self_profile_svg(
        [
            ProfileRow(
                line.scored.dimension.name.in_language(spoken),
                line.scored.score,
                line.earlier,
                None if (told := peers.get(line.scored.dimension.id)) is None else (told.low, told.median, told.high),
            )
            for line in lines
        ],
        spoken,
    )


def _examples(next_steps: Sequence[Scored]) -> dict[str, Practice]:
    """A practice by dimension, the weakest served first: another for each, where there are enough."""
    chosen: dict[str, Practice] = {}
    for scored in next_steps:
        cases = cases_of(scored.dimension.cases, len(next_steps)) if scored.dimension.cases else None
        if cases is not None and cases.practices:
            shown = {practice.pk for practice in chosen.values()}
            others = [practice for practice in cases.practices if practice.pk not in shown]
            chosen[scored.dimension.id] = (others or cases.practices)[0]
    return chosen


def _places(ids: tuple[str, ...]) -> tuple[Place, ...]:
    return tuple(found for id in ids if (found := place(id)) is not None)


def _scores(profile: Profile) -> dict[str, float]:
    return {one.dimension.id: one.score for one in profile.scored if one.score is not None}
