"""The crossing in words: numbers, dates and intervals in each sentence, in both languages."""

from __future__ import annotations

import pytest

from odd17.core.diagnosis.crossing_reading import (
    ActorGap,
    ActorView,
    BlindSpot,
    CrossedDomain,
    Neighbour,
    Place,
    Priority,
    Shift,
    Why,
    WhyCode,
)
from odd17.core.diagnosis.crossing_tables import Quadrant
from odd17.core.diagnosis.reading import PeerSet, Rank, Score
from odd17.core.kernel import Estimate, ObsStatus, Reason, ReasonCode, actors, domains
from odd17.core.perceptions.tables import Measure
from odd17.core.territories.levels import Level
from odd17.core.territories.territory import Territory
from odd17.publishing import crossing_words, priority_words

YEARS_APART = Reason(ReasonCode.ASKED_IN_DIFFERENT_YEARS, {"year": 2015, "other": 2019})
REGIONS = PeerSet("REG-metropolitan", 13)
HERE = Territory("REG-53", Level.REGION, "53", "Bretagne", "bretagne", ("FRM",), 3_000_000, 27_000.0, False)
SEEN = ActorView(
    "citizens",
    "a-study",
    "2019-10",
    Estimate(0.412, 0.36, 0.46, 412),
    Place(2, 1, 4, 13),
    Place(9, 6, 11, 13),
    Shift(7, 3, 10),
    Quadrant.WORRY,
    {Quadrant.SHARED_PRIORITY: 0.1, Quadrant.UNDER_THE_RADAR: 0.02, Quadrant.WORRY: 0.8, Quadrant.ASSET: 0.08},
)


def row(*views: ActorView, alone: bool = False, spot: BlindSpot | None = None) -> CrossedDomain:
    rank = Rank(9, 13, 0, REGIONS, 6, 11, alone=alone)
    return CrossedDomain(
        HERE, domains()[0], Score("employment", Estimate(40.0), rank, None, 2, 2), views, blind_spot=spot
    )


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def test_a_domain_by_its_figures_and_by_citizens() -> None:
    assert plain(crossing_words.view_sentence(row(SEEN), SEEN, "fr")) == (
        "Emploi : 9e rang sur 13 d’après les chiffres [6–11], 2e d’après les citoyens [1–4] (octobre 2019, n = 412) : "
        "perçu plus fragile de 7 rangs (90 % : de +3 à +10)."
    )
    assert crossing_words.view_sentence(row(SEEN), SEEN, "en") == (
        "Employment: 9th of 13 by its figures [6–11], 2nd by citizens [1–4] (October 2019, n = 412): "
        "perceived as more fragile by 7 places (90%: +3 to +10)."
    )


def test_one_indicator_has_no_interval() -> None:
    assert "9th of 13 by its figures (one indicator), 2nd" in crossing_words.view_sentence(
        row(SEEN, alone=True), SEEN, "en"
    )


def test_a_withheld_share_is_said_in_words() -> None:
    view = ActorView(
        "companies", "s", "2019-10", Estimate(None, obs_status=ObsStatus.SUPPRESSED),
        reason=Reason(ReasonCode.TOO_FEW_RESPONDENTS, {"minimum": 10}),
    )  # fmt: skip
    assert crossing_words.share(view, "fr") == "effectif insuffisant"
    assert plain(crossing_words.view_sentence(row(view), view, "fr")) == (
        "Emploi, d’après les entreprises (octobre 2019). Effectif insuffisant : une part de moins de 10 répondants "
        "n’est pas publiée, ni celle dont on pourrait la déduire."
    )
    unanswered = ActorView("companies", "s", "2019-10", Estimate(None, obs_status=ObsStatus.MISSING))
    assert crossing_words.share(unanswered, "fr") == "non disponible"
    assert crossing_words.quadrant_sentence(view, "fr") is None


def test_too_few_peers_are_counted() -> None:
    few = Reason(ReasonCode.TOO_FEW_PEERS, {"count": 4})
    assert crossing_words.reason_sentence(few, "en") == (
        "Not ranked: only 4 territories have a share, too few to be compared."
    )


def test_a_quadrant_is_told_with_its_probability_or_not_at_all() -> None:
    told = crossing_words.quadrant_sentence(SEEN, "fr")
    assert told is not None
    assert (
        plain(told) == "Inquiétude (vu comme fragile, ce que les chiffres ne disent pas), avec une probabilité de 80 %."
    )
    unsure = ActorView(**{name: getattr(SEEN, name) for name in SEEN.__slots__} | {
        "quadrant": Quadrant.CANNOT_TELL, "probabilities": {Quadrant.WORRY: 0.6, Quadrant.ASSET: 0.4},
    })  # fmt: skip
    said = crossing_words.quadrant_sentence(unsure, "fr")
    assert said is not None
    assert plain(said).startswith("On ne peut pas dire : le quadrant le plus probable, inquiétude")


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        (ActorGap("citizens", "companies", Shift(3, 1, 5), None), "more fragile than companies do, by 3 places"),
        (ActorGap("citizens", "companies", Shift(-1, -5, 1), None), "do, by 1 place (90%: −5 to +1)"),
        (ActorGap("citizens", "companies", Shift(0, -1, 1), None), "Citizens and companies put it at the same rank"),
        (
            ActorGap("citizens", "companies", None, YEARS_APART),
            "Citizens and companies. Not compared: asked in 2015 and in 2019.",
        ),
    ],
)  # fmt: skip
def test_two_actors(gap: ActorGap, said: str) -> None:
    assert said in crossing_words.actor_gap_sentence(gap, "en")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_code_has_words(language: str) -> None:
    params = {"rank": 2, "low": 1, "high": 3, "of": 13, "actor": "citizens", "period": "2019-10", "n": 40,
              "probability": 0.8, "share": 0.2, "study": "s"}  # fmt: skip
    said = {priority_words.why_sentence(Why(code, params), language) for code in WhyCode}
    assert len(said) == len(WhyCode)
    said = {crossing_words.quadrant_name(item, language) for item in Quadrant}
    assert len(said) == len(Quadrant)
    assert len({crossing_words.measure_name(item, language) for item in Measure}) == len(Measure)
    for actor in actors():
        assert crossing_words.actor_name(actor.id, language)
        assert crossing_words.who(actor.id, language)


def test_a_priority_says_what_it_turns_on() -> None:
    priority = Priority(
        Place(2, 1, 4, 16), 0.7, 0.83, 0.9, 0.6, ("objective", "citizens"), (), {"objective": 0.9, "citizens": 0.5},
        {"objective": 1, "citizens": 7}, Neighbour("housing", 0.01, 2, ()),
        Neighbour("health", 0.02, None, ("citizens",)), (),
    )  # fmt: skip
    assert priority_words.priority_sentence(priority, "en") == (
        "Priority 2 of 16 [1–4]; among the first three with a probability of 83%."
    )
    assert priority_words.turns_sentences(priority, "en") == (
        "1st by its figures alone and 7th by citizens alone.",
        "It would pass Poor housing if its figures stood 2 places nearer to rank 1.",
        "Without what citizens see, Health would pass it.",
    )


@pytest.mark.parametrize(
    ("spot", "said"),
    [
        (BlindSpot("s", 0.9, 0.81, True), "few organisations act, with a probability of 81%"),
        (BlindSpot("s", 0.9, 0.5, False), "Not told as a blind spot"),
        (BlindSpot("s", 0.9, None, None), "cannot tell"),
    ],
)
def test_a_blind_spot(spot: BlindSpot, said: str) -> None:
    assert said in str(priority_words.blind_spot_sentence(row(spot=spot), "en"))
    assert priority_words.blind_spot_sentence(row(), "en") is None


@pytest.mark.parametrize(
    ("quadrant", "told"),
    [(Quadrant.WORRY, "worry (82%)"), (Quadrant.CANNOT_TELL, "cannot tell (worry: 82%)"), (None, None)],
)
def test_a_quadrant_in_short_has_its_probability_even_where_it_cannot_be_told(
    quadrant: Quadrant | None, told: str | None
) -> None:
    chances = {Quadrant.WORRY: 0.82, Quadrant.ASSET: 0.18}
    view = ActorView("citizens", "s", "2019-10", Estimate(0.4), quadrant=quadrant, probabilities=chances)
    assert crossing_words.quadrant_in_short(view, "en") == told
