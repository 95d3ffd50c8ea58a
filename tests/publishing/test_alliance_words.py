"""What partners said of their alliance, in words of both languages."""

from __future__ import annotations

import pytest

from odd17.core.alliances.counted import MEMBERS, USES, CountedView
from odd17.core.alliances.discussion import Ask, Prompt
from odd17.core.alliances.evaluation import ImpactView
from odd17.core.kernel import impacts
from odd17.publishing.alliance_words import (
    closing_sentences,
    count_sentence,
    impact_name,
    impact_sentence,
    item_name,
    plain_number,
    prompt_sentence,
    signed,
)

LANGUAGES = ("fr", "en")


def _count(item: str, *values: float, unit: str | None = None, change: float | None = None) -> CountedView:
    told = {str(place): value for place, value in enumerate(values)}
    return CountedView(item, unit, told, min(values), sum(values) / len(values), max(values), change)


def _impact(low: int, high: int, change: float | None = None) -> ImpactView:
    return ImpactView("trust", {}, low, (low + high) / 2, high, change)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_impact_has_its_name(language: str) -> None:
    assert len({impact_name(word.id, language) for word in impacts()}) == len(impacts())


@pytest.mark.parametrize(
    ("value", "fr", "en"),
    [(0, "0", "0"), (40, "40", "40"), (12.5, "12,5", "12.5"), (1 / 3, "0,333", "0.333"), (-1.5, "−1,5", "−1.5"),
     (8_000_000_000, "8\u202f000\u202f000\u202f000", "8,000,000,000")],
)  # fmt: skip
def test_a_number_has_the_decimals_that_it_has_three_at_most(value: float, fr: str, en: str) -> None:
    assert (plain_number(value, "fr"), plain_number(value, "en")) == (fr, en)


@pytest.mark.parametrize(("value", "told"), [(1, "+1"), (-1.5, "−1,5"), (0, "0"), (0.0001, "0"), (-0.0001, "0")])
def test_a_change_has_its_sign_and_none_where_nothing_shows(value: float, told: str) -> None:
    assert signed(value, "fr") == told


def test_an_impact_is_said_agreed_or_not_with_its_change() -> None:
    assert impact_sentence(_impact(4, 5), "en") == "You agree, or nearly."
    assert impact_sentence(_impact(1, 5, -1.5), "en") == "You differ: from 1 to 5. Since the round before: −1.5."
    assert (
        impact_sentence(_impact(1, 5, 1), "fr")
        == "Vous différez\u202f: de 1 à 5. Depuis l’évaluation précédente\u202f: +1."
    )


def test_what_is_counted_has_its_name_and_its_unit() -> None:
    assert [item_name(_count(item, 1), "fr") for item in (MEMBERS, USES)] == ["Membres", "Utilisateurs"]
    assert item_name(_count("Repas", 1, unit="kWh"), "fr") == "Repas (kWh)"
    assert item_name(_count("members", 1, unit=""), "fr") == "members"  # as a partner called an indicator


def test_counts_are_said_alone_the_same_or_otherwise() -> None:
    assert count_sentence(_count(MEMBERS, 4), "en") == "One partner counts it: 4."
    assert count_sentence(_count(MEMBERS, 4, 4), "en") == "You count the same: 4."
    told = count_sentence(_count(MEMBERS, 4, 90.5, change=2), "fr")
    assert "de 4 à 90,5" in told
    assert "+2" in told


def test_a_question_about_a_count_names_its_unit() -> None:
    told = prompt_sentence(Prompt(Ask.COUNT, "Repas servis", 40, 90, "par semaine"), "fr")
    assert told.startswith("Repas servis (par semaine)\u202f: de 40 à 90.")
    assert prompt_sentence(Prompt(Ask.COUNT, MEMBERS, 1, 2), "fr").startswith("Membres\u202f: de 1 à 2.")
    assert prompt_sentence(Prompt(Ask.COUNT, "members", 1, 2, ""), "en").startswith("members: from 1 to 2.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_of_the_discussion_has_its_words(language: str) -> None:
    told = {
        ask: prompt_sentence(Prompt(ask, MEMBERS if ask is Ask.COUNT else "trust", 1, 4.5), language) for ask in Ask
    }
    assert len(set(told.values())) == len(Ask)
    name = impact_name("trust", language)
    assert all(sentence.startswith(name) for ask, sentence in told.items() if ask is not Ask.COUNT)
    assert "{" not in " ".join(told.values())
    for ask in (Ask.DIFFER, Ask.COUNT):
        assert plain_number(4.5, language) in told[ask]
    assert all(closing_sentences(language))
    assert closing_sentences("fr") != closing_sentences("en")
